"""Dates and fiscal years as officials type them."""

from __future__ import annotations

import datetime

import pytest

from dxkpi_xl.dates import read_date, read_fiscal_year


@pytest.mark.parametrize(
    "written",
    [
        "2024/5/17",
        "2024-05-17",
        "2024.5.17",
        "2024年5月17日",
        "2024年5月17日(金)",
        "2024/05/17 00:00:00",
        "２０２４／５／１７",
        "令和6年5月17日",
        "令和６年 ５月 １７日（金曜日）",
        "R6.5.17",
        "r6/5/17",
        "R06.05.17",
    ],
)
def test_every_usual_spelling_of_a_day_is_read(written: str) -> None:
    assert read_date(written) == datetime.date(2024, 5, 17)


def test_the_first_year_of_an_era_is_gannen() -> None:
    assert read_date("令和元年5月1日") == datetime.date(2019, 5, 1)
    assert read_date("平成31年4月30日") == datetime.date(2019, 4, 30)


@pytest.mark.parametrize(
    "written", ["", "5月17日", "2024/2/30", "24/5/17", "5/17", "令和6年度", "未定", "45429", "R6.13.1"]
)
def test_what_names_no_day_is_none(written: str) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("R6", "R6"),
        ("ｒ６", "R6"),
        ("令和6年度", "R6"),
        ("令和 6 年", "R6"),
        ("令和元年度", "R1"),
        ("2024年度", "R6"),
        ("2018", "H30"),
        ("R06", "R6"),
        ("R0", None),
        ("1900", None),
        ("6年度", None),
        ("", None),
    ],
)
def test_a_fiscal_year_is_read_in_its_usual_spellings(written: str, expected: str | None) -> None:
    assert read_fiscal_year(written) == expected
