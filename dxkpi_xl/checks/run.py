"""Runs all rules over what came back, in order; one cell, one finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dxkpi_xl.checks import RETURN_RULES, ROW_RULES, YEAR_RULES
from dxkpi_xl.checks.issued_rules import shifted_blocks
from dxkpi_xl.checks.row import CheckedRow
from dxkpi_xl.checks.text_policy import load_text_policy
from dxkpi_xl.checks.year import CheckedReturn, CheckedYear
from dxkpi_xl.findings import Catalogue, Finding, Place, Severity
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return
from dxkpi_xl.workspace import templates_folder

_WEIGHTS = (Severity.WRONG, Severity.ASK, Severity.NOTE)


def check_return(issued: Issued, answer: Return) -> tuple[Finding, ...]:
    """Give what is to be said of one return alone, as if no other had come."""
    return check_all(issued, (answer,))


def check_all(issued: Issued, returns: tuple[Return, ...]) -> tuple[Finding, ...]:
    """Give what is to be said of all returns: of each as a whole, of its rows in order, then of rows beside each other.

    The order of the returns does not matter.
    """
    policy = load_text_policy(templates_folder() / issued.form.id)
    year = CheckedYear(issued, returns, policy)
    alone = (finding for each in year.returns for finding in _alone(each))
    beside = (finding for each in year.returns for row in each.rows for finding in _row_findings(row))
    across = (finding for rule in YEAR_RULES for finding in rule.check(year))
    # A row whose answers belong to its neighbour is wrong as a whole: what else could be said of it is not true of it.
    shifted = {
        (each.answer.file, row.returned.listing_id)
        for each in year.returns
        for block in shifted_blocks(each)
        for row in block.rows
    }
    true = (each for each in (*beside, *across) if (each.place.file, each.listing_id) not in shifted)
    return (*alone, *true)


def _alone(subject: CheckedReturn) -> Iterator[Finding]:
    yield from _head_findings(subject)
    for rule in RETURN_RULES:
        yield from rule.check(subject)


def _row_findings(row: CheckedRow) -> Iterator[Finding]:
    row = replace(row, doubtful=row.unusable)
    for rule in ROW_RULES:
        if row.doubtful.isdisjoint(row.keys(rule.needs)):
            found = tuple(rule.check(row))
            yield from found
            if rule.spoils and found:
                row = replace(row, doubtful=row.doubtful | {finding.column for finding in found})


def _head_findings(subject: CheckedReturn) -> Iterator[Finding]:
    for each in subject.rows[0].form.head if subject.rows else ():
        if each.required and not subject.answer.head_value(each.key):
            place = subject.answer.head_places.get(each.key, Place(file=subject.answer.file))
            yield Finding(code="C010", place=place, facts={"label": each.label}, bureau=subject.survey.bureau.name)


def one_a_cell(findings: Iterable[Finding], catalogue: Catalogue) -> tuple[Finding, ...]:
    """Keep the heaviest finding of each cell, the first of equals; those without a cell are all kept."""
    given = tuple(findings)
    heard: dict[Place, Finding] = {}
    for finding in given:
        best = heard.get(finding.place)
        if best is None or _weight(catalogue, finding) < _weight(catalogue, best):
            heard[finding.place] = finding
    return tuple(each for each in given if not each.place.cell or heard[each.place] is each)


def _weight(catalogue: Catalogue, finding: Finding) -> int:
    return _WEIGHTS.index(catalogue.severity(finding))
