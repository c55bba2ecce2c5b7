"""The register of one year becomes the start of another: titles, years and deadlines move, ids stay for life."""

from __future__ import annotations

import datetime
from dataclasses import replace

from dxkpi_xl import years
from dxkpi_xl.cycle.model import Cycle, Register

_FRIDAY = 4


def roll_on(register: Register, year: str) -> Register:
    """Give the register at the start of another fiscal year (``R7``); the same year gives it unchanged.

    KPIs keep their values of all years and are no longer new; a deadline that would fall on a weekend is the Friday
    before. The annex's date is blank again. ValueError where ``year`` is no year key.
    """
    by = years.western(year) - years.western(register.cycle.year)
    if by == 0:
        return register
    return replace(
        register,
        cycle=_rolled_cycle(register.cycle, year, by),
        kpis=tuple(replace(kpi, is_new=False) for kpi in register.kpis),
    )


def _rolled_cycle(cycle: Cycle, year: str, by: int) -> Cycle:
    def words(text: str) -> str:
        # An office may have typed the year where {year_label} would do: it moves all the same.
        return text.replace(cycle.year_label, years.year_label(year))

    return replace(
        cycle,
        year=year,
        title=words(cycle.title),
        document=words(cycle.document),
        document_note=words(cycle.document_note),
        meeting=words(cycle.meeting),
        years=tuple(years.shifted(each, by) for each in cycle.years),
        section_deadline=_shifted(cycle.section_deadline, by),
        office_deadline=_shifted(cycle.office_deadline, by),
        annex_date="",
    )


def _shifted(day: datetime.date | None, by: int) -> datetime.date | None:
    if day is None:
        return None
    try:
        moved = day.replace(year=day.year + by)
    except ValueError:  # 29 February
        moved = day.replace(year=day.year + by, day=28)
    return moved - datetime.timedelta(days=max(0, moved.weekday() - _FRIDAY))
