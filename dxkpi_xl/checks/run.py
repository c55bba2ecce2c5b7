"""Runs all rules over a return, in order; one cell, one finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dxkpi_xl.checks.cell_rules import not_a_kpi_value, required_blank, too_long
from dxkpi_xl.checks.row import CheckedRow
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return

RowRule = Callable[[CheckedRow], Iterator[Finding]]

ROW_RULES: tuple[RowRule, ...] = (required_blank, not_a_kpi_value, too_long)


def check_return(issued: Issued, answer: Return) -> tuple[Finding, ...]:
    """Give what is to be said of a return, in the order of its rows."""
    survey = issued.surveys[answer.survey_id]
    rows = survey.row_by_listing
    found: list[Finding] = list(_head_findings(issued, answer))
    for returned in (*answer.rows, *answer.new_rows):
        row = CheckedRow(
            form=issued.form,
            columns=issued.columns,
            survey=survey,
            issued=rows.get(returned.listing_id),
            returned=returned,
        )
        found.extend(finding for rule in ROW_RULES for finding in rule(row))
    return tuple(found)


def _head_findings(issued: Issued, answer: Return) -> Iterator[Finding]:
    survey = issued.surveys[answer.survey_id]
    for each in issued.form.head:
        if each.required and not answer.head_value(each.key):
            place = Place(file=answer.file)
            yield Finding(code="C010", place=place, facts={"label": each.label}, bureau=survey.bureau.name)


def one_a_cell(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Keep the first finding of each cell; those without a cell are all kept."""
    seen: set[Place] = set()
    kept = []
    for finding in findings:
        if finding.place.cell and finding.place in seen:
            continue
        seen.add(finding.place)
        kept.append(finding)
    return tuple(kept)
