"""The next year starts from this year's register."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.roll_on import roll_on


def test_titles_and_year_columns_roll_on(r6: Register) -> None:
    cycle = roll_on(r6, "R7").cycle
    assert (cycle.year, cycle.years) == ("R7", ("R5", "R6", "R7", "R8"))
    assert cycle.full_title == "行政のDX等に係る令和7年度関連事業・KPI一覧"


def test_a_title_with_the_year_typed_in_rolls_on_as_well(r6: Register) -> None:
    typed = replace(r6, cycle=replace(r6.cycle, title="令和6年度の一覧", meeting="令和6年度第1回会議"))
    cycle = roll_on(typed, "R7").cycle
    assert (cycle.title, cycle.meeting) == ("令和7年度の一覧", "令和7年度第1回会議")


@pytest.mark.parametrize(
    ("deadline", "year", "expected"),
    [
        ("2024-05-17", "R7", "2025-05-16"),  # a Saturday
        ("2024-05-18", "R7", "2025-05-16"),  # a Sunday
        ("2024-05-19", "R7", "2025-05-19"),  # a Monday
        ("2024-05-17", "R8", "2026-05-15"),
        ("2024-02-29", "R7", "2025-02-28"),
        ("2024-05-24", "R5", "2023-05-24"),
    ],
)
def test_a_deadline_moves_by_whole_years_and_back_to_friday_from_a_weekend(
    r6: Register, deadline: str, year: str, expected: str
) -> None:
    given = replace(r6, cycle=replace(r6.cycle, office_deadline=datetime.date.fromisoformat(deadline)))
    assert roll_on(given, year).cycle.office_deadline == datetime.date.fromisoformat(expected)


def test_the_date_of_the_annex_is_blank_again(r6: Register) -> None:
    dated = replace(r6, cycle=replace(r6.cycle, annex_date="令和6年6月1日現在"))
    assert roll_on(dated, "R7").cycle.annex_date == ""
    assert roll_on(dated, "R6").cycle.annex_date == "令和6年6月1日現在"


def test_a_deadline_not_set_stays_so(r6: Register) -> None:
    given = replace(r6, cycle=replace(r6.cycle, section_deadline=None))
    assert roll_on(given, "R7").cycle.section_deadline is None


def test_kpis_keep_all_their_years_and_are_no_longer_new(r6: Register) -> None:
    rolled = roll_on(r6, "R7")
    assert any(kpi.is_new for kpi in r6.kpis)
    assert not any(kpi.is_new for kpi in rolled.kpis)
    assert [kpi.targets for kpi in rolled.kpis] == [kpi.targets for kpi in r6.kpis]


def test_ids_texts_and_order_are_kept_for_life(r6: Register) -> None:
    rolled = roll_on(r6, "R7")
    assert (rolled.listings, rolled.projects, rolled.plan) == (r6.listings, r6.projects, r6.plan)
    assert [kpi.id for kpi in rolled.kpis] == [kpi.id for kpi in r6.kpis]


def test_the_same_year_changes_nothing(r6: Register) -> None:
    assert roll_on(r6, "R6") is r6


def test_a_text_that_is_no_year_is_refused(r6: Register) -> None:
    with pytest.raises(ValueError, match="not a year key"):
        roll_on(r6, "2025")
