"""Rules within one cell; each yields what it finds, at the cell."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.cycle import kpi_value
from dxkpi_xl.findings import Finding, Severity


def required_blank(row: CheckedRow) -> Iterator[Finding]:
    """A cell that must be filled is blank (C001), or one whose blank is only asked after (C002)."""
    for column, answer in row.answered():
        requirement = row.form.requirement(column, row.role)
        if answer.value == "" and requirement is not None and requirement.holds(row.values):
            yield row.finding("C001" if column.when_blank is Severity.WRONG else "C002", column.key)


def too_long(row: CheckedRow) -> Iterator[Finding]:
    """A text is longer than its column allows (UTF-16 units, as Excel's own length rule counts)."""
    for column, answer in row.answered():
        length = len(answer.value.encode("utf-16-le")) // 2
        if column.max_length is not None and length > column.max_length:
            facts = {"length": str(length), "limit": str(column.max_length)}
            yield row.finding("C005", column.key, **facts)


def not_a_kpi_value(row: CheckedRow) -> Iterator[Finding]:
    """A KPI cell holds something that has no shape of a value."""
    for column, answer in row.answered():
        if column.kind == "kpi_value" and answer.value and kpi_value.parse(answer.value) is None:
            yield row.finding("C004", column.key, value=quoted(answer.value))
