"""The annex is read back and compared with the original."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from dxkpi_xl.annex.compare import Difference, compare_with_transcript, expected_texts
from dxkpi_xl.annex.layout import AnnexLayout
from dxkpi_xl.annex.read_back import read_annex
from dxkpi_xl.annex.rows import annex_columns, annex_rows
from dxkpi_xl.annex.workbook import annex_workbook
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.libreoffice import convert


def texts(data: bytes, layout: AnnexLayout) -> list[tuple[str, ...]]:
    return [row.texts for row in read_annex(data, layout.columns)]


def changed(data: bytes, change: Callable[[Any], None]) -> bytes:
    """Save a workbook again by openpyxl after a change to its sheet."""
    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    change(book.worksheets[0])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_all_1088_cells_are_as_in_the_original(
    workbook: bytes, layout: AnnexLayout, transcript: dict[str, Any]
) -> None:
    result = compare_with_transcript(texts(workbook, layout), transcript)
    assert result.differences == ()
    assert (result.equal_rows, result.rows, result.equal_cells, result.cells) == (64, 64, 1088, 1088)


@pytest.mark.libreoffice
def test_all_1088_cells_are_so_after_libreoffice_saved_it_again(
    workbook: bytes, layout: AnnexLayout, transcript: dict[str, Any]
) -> None:
    assert compare_with_transcript(texts(convert(workbook, "xlsx"), layout), transcript).equal_cells == 1088


def test_a_judge_of_another_make_reads_the_same(workbook: bytes, transcript: dict[str, Any]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets[0]
    rows = [tuple("" if v is None else str(v) for v in row) for row in sheet.iter_rows(min_row=6, values_only=True)]
    assert rows == list(expected_texts(transcript))


def test_an_inserted_row_a_moved_column_and_a_renamed_sheet_do_not_matter(
    workbook: bytes, layout: AnnexLayout, transcript: dict[str, Any]
) -> None:
    def change(sheet: Any) -> None:
        sheet.title = "別名"
        for merge in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merge))
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1)

    assert compare_with_transcript(texts(changed(workbook, change), layout), transcript).equal_cells == 1088


def test_a_changed_cell_is_named_with_its_row_and_heading(
    workbook: bytes, layout: AnnexLayout, transcript: dict[str, Any]
) -> None:
    def change(sheet: Any) -> None:
        sheet["P18"].value = 75601

    result = compare_with_transcript(texts(changed(workbook, change), layout), transcript)
    assert result.differences == (Difference(row=13, heading="目標値 R6", expected="75600", found="75601"),)
    assert (result.equal_rows, result.equal_cells) == (63, 1087)


def test_a_missing_row_differs_in_its_cells(workbook: bytes, layout: AnnexLayout, transcript: dict[str, Any]) -> None:
    result = compare_with_transcript(texts(workbook, layout)[:-1], transcript)
    assert {each.row for each in result.differences} == {64}
    assert result.cells == 1088


def test_parts_of_a_row_are_joined_again(form: Form, hard_register: Register) -> None:
    columns = annex_columns(form, hard_register.cycle.years)
    read = [row.texts for row in read_annex(annex_workbook(form, hard_register), columns)]
    printed = [tuple(text.replace(",", "") if text[:1].isdigit() and n >= 12 else text for n, text in enumerate(row))
               for row in annex_rows(form, hard_register).texts()]  # fmt: skip
    assert read == printed


def test_a_file_without_the_headings_is_refused_with_what_is_missing(workbook: bytes, layout: AnnexLayout) -> None:
    def change(sheet: Any) -> None:
        sheet["L4"].value = "名前"

    with pytest.raises(CannotProceed, match=r"資料\.xlsx: 資料の見出し「指標名」が見つかりません"):
        read_annex(changed(workbook, change), layout.columns, "資料.xlsx")


def test_a_file_that_is_no_workbook_is_refused(layout: AnnexLayout) -> None:
    with pytest.raises(CannotProceed, match=r"資料\.xlsx: Excelのブックとして読み取れません"):
        read_annex(b"%PDF-1.4", layout.columns, "資料.xlsx")


def test_the_year_columns_follow_the_cycle(form: Form, r6: Register, transcript: dict[str, Any]) -> None:
    register = replace(r6, cycle=replace(r6.cycle, year="R7", years=("R6", "R7", "R8")))
    columns = annex_columns(form, register.cycle.years)
    rows = read_annex(annex_workbook(form, register), columns)
    assert [column.key for column in columns][-3:] == ["targets.R6", "targets.R7", "targets.R8"]
    assert rows[12].texts[-3:] == ("75600", "76300", "")
