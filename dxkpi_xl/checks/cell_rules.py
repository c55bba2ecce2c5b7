"""Rules within one cell that the schema knows as well: blank, shape of a KPI value, length."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.cycle import kpi_value
from dxkpi_xl.findings import Finding, Severity


@rule("C001", "C002", scope=Scope.CELL, spoils=True)
def required_blank(row: CheckedRow) -> Iterator[Finding]:
    """A cell that must be filled is blank (C001), or one whose blank is only asked after (C002)."""
    for column, value in row.answered:
        if value == "" and row.is_required(column):
            yield row.finding("C001" if column.when_blank is Severity.WRONG else "C002", column.key)


@rule("C004", scope=Scope.CELL, spoils=True)
def not_a_kpi_value(row: CheckedRow) -> Iterator[Finding]:
    """A KPI cell holds something that has no shape of a value."""
    for column, value in row.answered:
        if column.kind == "kpi_value" and value and kpi_value.parse(value) is None:
            yield row.finding("C004", column.key, value=quoted(value))


@rule("C005", scope=Scope.CELL)
def too_long(row: CheckedRow) -> Iterator[Finding]:
    """A text is longer than its column allows.

    Characters are counted as a person and JSON Schema count them (RFC 8259: 𠮷 is one); Excel's own length rule counts
    it as two, so what the workbook lets through is never refused here.
    """
    for column, value in row.answered:
        if column.max_length is not None and len(value) > column.max_length:
            facts = {"length": str(len(value)), "limit": str(column.max_length)}
            yield row.finding("C005", column.key, **facts)
