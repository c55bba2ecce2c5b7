"""Plays the bureaus: opens a survey workbook with openpyxl and types the transcribed answers into its open cells only.

Another library than the one that wrote the files, and told nothing of how they were made: it finds the columns by
their headings and the rows by their 管理番号, as a person does.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dxkpi_xl.cycle import fields
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import Form, folded

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WRITTEN_ON = "2024/5/20"


def answered(workbook: bytes, form: Form, years: tuple[str, ...], answers: Mapping[str, Mapping[str, str]]) -> bytes:
    """Give the workbook with answers (by 管理番号 and column key) typed in, saved by openpyxl."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook))
    sheet = book[form.sheets["answers"]]
    labels = {folded(column.label): column.key for column in form.columns_for(years)}
    heading, positions = _headings(sheet, labels)
    for row in range(heading + 1, sheet.max_row + 1):
        key = str(sheet.cell(row, positions[fields.LISTING_ID]).value or "")
        for column, value in answers.get(key, {}).items():
            cell = sheet.cell(row, positions[column])
            if value and not cell.protection.locked:
                cell.value = value
                cell.data_type = "s"  # typed as text, as into a text cell: openpyxl would make a formula of "=…"
    _fill_head(sheet, form, heading)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _headings(sheet: Worksheet, labels: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    for row, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        texts = [folded(str(value or "")) for value in cells]
        found = {labels[text]: column for column, text in enumerate(texts, start=1) if text in labels}
        if fields.LISTING_ID in found and fields.TARGET in found:
            return row, found
    raise CannotProceed(f"シート「{sheet.title}」に見出しがありません。", "調査票を作り直してください。")


def _fill_head(sheet: Worksheet, form: Form, heading: int) -> None:
    wanted = {folded(each.label): each for each in form.head if each.answered}
    cells = [cell for row in sheet.iter_rows(max_row=heading - 1) for cell in row if cell.value is not None]
    for cell in cells:
        each = wanted.get(folded(str(cell.value)))
        if each is not None:
            target = _next_cell(sheet, cell.row, cell.column)
            target.value = WRITTEN_ON if each.kind == "date" else f"({each.label}の記入例)"


def _next_cell(sheet: Worksheet, row: int, column: int) -> Any:
    """Give the first cell to the right of a label, past the label's own merge."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            column = area.max_col
    return sheet.cell(row, column + 1)


def transcribed_answers(document: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the answers of a transcribed annex, row number and answers by column key; only what a row says itself."""
    for row in document["rows"]:
        values = {
            fields.OUTLINE: row["outline"],
            fields.TARGET_KIND: row["target_kind"],
            fields.TARGET: row["target"],
            fields.KPI_NAME: row["kpi_name"],
            fields.BASELINE: row["baseline"],
        }
        targets = {fields.target_key(year): value for year, value in row["targets"].items()}
        yield row["row"], values | targets
