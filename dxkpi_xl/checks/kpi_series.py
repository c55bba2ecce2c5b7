"""A row's KPI values in the order of the years, and what may be compared with what."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dxkpi_xl.checks.row import CheckedRow
from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.cycle.kpi_value import KpiValue
from dxkpi_xl.form.columns import Column

UP, DOWN, KEEP = "up", "down", "keep"
PERCENT = "%"

_NUMBERS = re.compile(r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\.[0-9]{1,30})?)(?P<scale>千|万|億)?")
_SCALES = {"千": 1_000, "万": 10_000, "億": 100_000_000}


@dataclass(frozen=True, kw_only=True)
class Point:
    """One value that is a number: its column, and what it says."""

    column: Column
    value: KpiValue
    number: Decimal


def points(row: CheckedRow, values: Mapping[str, str]) -> tuple[Point, ...]:
    """Give those of a row's values that are numbers; ``-``, blank, unreadable and doubtful ones are left out."""
    found = []
    for column in row.kpi_columns:
        written = values.get(column.key, "")
        value = kpi_value.parse(written) if written else None
        if value is not None and value.number is not None and column.key not in row.doubtful:
            found.append(Point(column=column, value=value, number=value.number))
    return tuple(found)


def unit_of(row: CheckedRow, series: tuple[Point, ...]) -> str:
    """Give the unit a series is in: the KPI's own, or what most values have; a bare 0 is 0 in any unit."""
    if row.kpi is not None and row.kpi.unit:
        return row.kpi.unit
    counts = Counter(point.value.unit for point in series if point.number)
    return counts.most_common(1)[0][0] if counts else ""


def direction_of(row: CheckedRow, values: Mapping[str, str]) -> str:
    """Give a KPI's direction: its own, or that from its first to its last value; blank where there is none."""
    if row.kpi is not None and row.kpi.direction:
        return row.kpi.direction
    numbers = [point.number for point in points(row, values)]
    if len(numbers) < 2 or numbers[0] == numbers[-1]:
        return ""
    return UP if numbers[-1] > numbers[0] else DOWN


def goes_against(direction: str, earlier: Decimal, later: Decimal) -> bool:
    """Say whether going from one number to another goes against a direction."""
    return (
        (direction == UP and later < earlier)
        or (direction == DOWN and later > earlier)
        or (direction == KEEP and later != earlier)
    )


def numbers_in(text: str) -> frozenset[Decimal]:
    """Give all numbers that stand in a text, width folded, commas and 千・万・億 understood."""
    flat = unicodedata.normalize("NFKC", text)
    return frozenset(
        Decimal(found["number"].replace(",", "")) * _SCALES.get(found["scale"] or "", 1)
        for found in _NUMBERS.finditer(flat)
    )


def has_kpi_answers(row: CheckedRow) -> bool:
    """Whether the row shows anything in a column of its KPI that it answers itself."""
    keys = (fields.KPI_NAME, *(column.key for column in row.kpi_columns))
    return any(row.is_answered(key) and row.value(key) for key in keys)
