"""The live shape check of KPI cells is sound: it never marks what the form's own pattern takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.form.kinds import KPI_VALUE_PATTERN
from dxkpi_xl.survey_books.live_kpi_value import is_no_kpi_value, looks_wrong
from dxkpi_xl.survey_books.live_terms import LiveCell

_WIDE = str.maketrans("0123456789,.%+-", "０１２３４５６７８９，．％＋－")


@given(st.from_regex(re.compile(KPI_VALUE_PATTERN, re.ASCII), fullmatch=True), st.booleans())
def test_what_the_pattern_takes_is_never_marked_in_either_width(value: str, wide: bool) -> None:
    assert not looks_wrong(value.translate(_WIDE) if wide else value)


@pytest.mark.parametrize(
    "value",
    [
        "48.2%",
        "４８．２％",
        "75,600件",
        "40万枚",
        "4以上",
        "ほぼ100%",
        "約300",
        "850名程度",
        "59団体(累計)",
        "-",
        "－",
        "ー",
        "0",
        "",
    ],
)
def test_values_as_people_write_them_are_taken(value: str) -> None:
    assert not looks_wrong(value)


@pytest.mark.parametrize(
    "value", ["未定", "なし", "〃", "同上", "10〜20", "50→60", "2024/5/10", "R6: 50", "検討中", "目標48.2%"]
)
def test_what_is_no_value_is_marked(value: str) -> None:
    assert looks_wrong(value)


def test_the_formula_stays_short_enough_for_five_of_them_in_a_row() -> None:
    assert len(is_no_kpi_value(LiveCell(ref="Q9", value="")).formula) < 700
