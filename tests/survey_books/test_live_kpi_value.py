"""The live shape check of KPI cells is sound: it never marks what the form's own pattern takes."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dxkpi_xl.form.kinds import KPI_VALUE_PATTERN
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.grid.styles import Style
from dxkpi_xl.survey_books.live_kpi_value import is_no_kpi_value, looks_wrong
from dxkpi_xl.survey_books.live_terms import LiveCell

_WIDE = str.maketrans("0123456789,.%+-", "０１２３４５６７８９，．％＋－")


@given(st.from_regex(re.compile(KPI_VALUE_PATTERN, re.ASCII), fullmatch=True), st.booleans())
def test_what_the_pattern_takes_is_never_marked_in_either_width(value: str, wide: bool) -> None:
    assert not looks_wrong(value.translate(_WIDE) if wide else value)


TAKEN = [
    *("48.2%", "４８．２％", "75,600件", "40万枚", "4以上", "ほぼ100%", "約300", "850名程度", "59団体(累計)"),
    *("-", "－", "ー", "0", ""),
]
MARKED = ["未定", "なし", "〃", "同上", "10〜20", "50→60", "2024/5/10", "R6: 50", "検討中", "目標48.2%"]


@pytest.mark.parametrize("value", TAKEN)
def test_values_as_people_write_them_are_taken(value: str) -> None:
    assert not looks_wrong(value)


@pytest.mark.parametrize("value", MARKED)
def test_what_is_no_value_is_marked(value: str) -> None:
    assert looks_wrong(value)


@pytest.mark.libreoffice
def test_libreoffice_says_of_each_value_what_we_say() -> None:
    values = [*TAKEN, *MARKED, " 48 ", "　48", "75 600", "４８．２％以上", "１０〜２０", "=1", "a", "1" * 30, "3.5人"]
    book = Book(Properties(title="x"))
    sheet = book.sheet("s")
    for n, value in enumerate(values, start=1):
        sheet.text(f"A{n}", value, Style(num_format="@"))
        sheet.formula(f"B{n}", f"={is_no_kpi_value(LiveCell(ref=f'A{n}', value=value)).formula}", "?", Style())
    bare = io.BytesIO()
    load_workbook(io.BytesIO(book.to_bytes())).save(bare)  # openpyxl saves no cached values
    said = load_workbook(io.BytesIO(convert(bare.getvalue(), "xlsx")), data_only=True)["s"]
    assert {value: said[f"B{n}"].value for n, value in enumerate(values, start=1)} == {
        value: looks_wrong(value) for value in values
    }


def test_the_formula_stays_short_enough_for_five_of_them_in_a_row() -> None:
    assert len(is_no_kpi_value(LiveCell(ref="Q9", value="")).formula) < 400
