"""Rules within one row about its KPI: values, unit, direction, and the sentence that quotes this year's target."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dxkpi_xl.checks.kpi_series import (
    DOWN,
    direction_of,
    goes_against,
    has_kpi_answers,
    numbers_in,
    points,
    unit_of,
)
from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import THIS_YEARS_TARGET, Scope, rule
from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.findings import Finding

_DIRECTIONS = {"up": "増える", "down": "減る", "keep": "維持する"}


@rule("R001", scope=Scope.ROW, needs=(fields.TARGET_KIND,), points_at=(fields.TARGET_KIND,), spoils=True)
def kpi_without_its_label(row: CheckedRow) -> Iterator[Finding]:
    """A row labelled 目標 has a KPI (the reverse, 指標(KPI) without one, is C001)."""
    if row.value(fields.TARGET_KIND) != fields.WITHOUT_KPI or row.ends:
        return
    relists = row.issued is not None and bool(row.issued.kpi_number)
    if row.is_answered(fields.TARGET_KIND) and (relists or has_kpi_answers(row)):
        yield row.finding("R001", fields.TARGET_KIND, kpi=quoted(row.value(fields.KPI_NAME)))


@rule("R006", scope=Scope.ROW, points_at=(fields.BASELINE, fields.TARGETS), spoils=True)
def unit_differs_between_years(row: CheckedRow) -> Iterator[Finding]:
    """A value's unit differs from that of the other years, or from the KPI's own; 0 is 0 in any unit."""
    series = points(row, row.values)
    unit = unit_of(row, series)
    for point in series:
        if point.number and point.value.unit != unit and row.is_answered(point.column.key):
            facts = {"value": quoted(point.value.written), "unit": _said(point.value.unit), "others": _said(unit)}
            yield row.finding("R006", point.column.key, **facts)


def _said(unit: str) -> str:
    return f"「{unit}」" if unit else "なし"


@rule("R005", scope=Scope.ROW, points_at=(fields.TARGETS,))
def runs_against_its_direction(row: CheckedRow) -> Iterator[Finding]:
    """A value runs against the KPI's direction; values of different units are not compared."""
    direction = direction_of(row, row.values)
    for earlier, later in pairwise(points(row, row.values)):
        same_unit = earlier.value.unit == later.value.unit or not earlier.number or not later.number
        if same_unit and row.is_answered(later.column.key) and goes_against(direction, earlier.number, later.number):
            facts = {
                "value": quoted(later.value.written),
                "earlier": quoted(earlier.value.written),
                "earlier_label": earlier.column.label,
                "direction": _DIRECTIONS[direction],
            }
            yield row.finding("R005", later.column.key, **facts)


@rule("R007", "R008", scope=Scope.ROW, needs=(fields.TARGET_KIND, THIS_YEARS_TARGET), points_at=(fields.TARGETS,))
def not_set_or_zero_this_year(row: CheckedRow) -> Iterator[Finding]:
    """This year's target of a row with a KPI is not set (R007), or 0 where the KPI is not one to bring down (R008)."""
    key = row.this_years_target
    value = kpi_value.parse(row.value(key))
    if value is None or row.ends or not row.is_answered(key) or row.value(fields.TARGET_KIND) != fields.WITH_KPI:
        return
    if value.number is None:
        yield row.finding("R007", key, value=quoted(value.written))
    elif value.number == 0 and direction_of(row, row.values) != DOWN:
        yield row.finding("R008", key, value=quoted(value.written))


@rule("R004", scope=Scope.ROW, needs=(fields.TARGET_KIND, fields.TARGET, THIS_YEARS_TARGET), points_at=(fields.TARGET,))
def sentence_without_this_years_target(row: CheckedRow) -> Iterator[Finding]:
    """The sentence of a row with a KPI does not quote this year's target (all 20 such rows of the real annex do)."""
    target = kpi_value.parse(row.value(row.this_years_target))
    sentence = row.value(fields.TARGET)
    if target is None or target.number is None or not sentence or not row.is_answered(fields.TARGET) or row.ends:
        return
    if row.value(fields.TARGET_KIND) == fields.WITH_KPI and target.number not in numbers_in(sentence):
        facts = {"target": quoted(row.value(row.this_years_target)), "year": row.column[row.this_years_target].label}
        yield row.finding("R004", fields.TARGET, value=quoted(sentence), **facts)
