"""Rules against last year: each KPI value beside the one that was issued, which is what the register knew."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dxkpi_xl.checks.kpi_series import PERCENT, direction_of, goes_against
from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.cycle.kpi_value import KpiValue
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import Column

# A value ten times as large, or as small, is more often a slip of the hand than a revision.
_MAGNITUDE = 10
_VALUES = (fields.BASELINE, fields.TARGETS)


def _changed(row: CheckedRow) -> Iterator[tuple[Column, KpiValue, KpiValue]]:
    """Give each answered value that was a number when issued and reads otherwise now: column, was, now."""
    for column, value in row.changed:
        if column.kind != "kpi_value":
            continue
        was, now = kpi_value.parse(row.before.get(column.key, "")), kpi_value.parse(value)
        if was is None or now is None or was.number is None:
            continue
        if kpi_value.plain(was.written) != kpi_value.plain(now.written):
            yield column, was, now


def _facts(was: KpiValue, now: KpiValue) -> dict[str, str]:
    return {"was": quoted(was.written), "value": quoted(now.written)}


@rule("Y003", scope=Scope.LAST_YEAR, points_at=_VALUES, spoils=True)
def unit_changed(row: CheckedRow) -> Iterator[Finding]:
    """The unit is another than last year; one that is only left out or added says nothing here, unless it is %."""
    for column, was, now in _changed(row):
        if _is_another_unit(was, now):
            yield row.finding("Y003", column.key, **_facts(was, now))


def _is_another_unit(was: KpiValue, now: KpiValue) -> bool:
    units = {was.unit, now.unit}
    return bool(was.number and now.number) and len(units) > 1 and ("" not in units or PERCENT in units)


@rule("Y002", scope=Scope.LAST_YEAR, points_at=_VALUES, spoils=True)
def magnitude_changed(row: CheckedRow) -> Iterator[Finding]:
    """The value is ten times as large as last year, or as small."""
    for column, was, now in _changed(row):
        if was.number and now.number and not _is_another_unit(was, now) and _far(was.number, now.number):
            yield row.finding("Y002", column.key, **_facts(was, now))


def _far(was: Decimal, now: Decimal) -> bool:
    larger, smaller = max(abs(was), abs(now)), min(abs(was), abs(now))
    return larger >= smaller * _MAGNITUDE


@rule("Y004", scope=Scope.LAST_YEAR, points_at=_VALUES)
def target_withdrawn(row: CheckedRow) -> Iterator[Finding]:
    """A value of last year is "-" (not set) now."""
    for column, was, now in _changed(row):
        if now.number is None:
            yield row.finding("Y004", column.key, **_facts(was, now))


@rule("Y001", scope=Scope.LAST_YEAR, points_at=(fields.TARGETS,))
def target_lowered(row: CheckedRow) -> Iterator[Finding]:
    """A year's target is less ambitious than last year, in the KPI's own direction."""
    direction = direction_of(row, row.before)
    for column, was, now in _changed(row):
        if not column.year or was.number is None or now.number is None or was.unit != now.unit:
            continue
        if goes_against(direction, was.number, now.number):
            yield row.finding("Y001", column.key, **_facts(was, now))
