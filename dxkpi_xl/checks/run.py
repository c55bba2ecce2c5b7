"""Runs all rules over what came back, in order; one cell, one finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dxkpi_xl.checks import YEAR_RULES
from dxkpi_xl.checks.alone import check_alone, policy_of, row_findings
from dxkpi_xl.checks.parts import rows_to_judge
from dxkpi_xl.checks.subject import kpi_of_another
from dxkpi_xl.checks.year import CheckedYear
from dxkpi_xl.findings import Catalogue, Finding, Place, Severity
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import OwnFindings, Return, ReturnedRow

_WEIGHTS = (Severity.WRONG, Severity.ASK, Severity.NOTE)


def check_return(issued: Issued, answer: Return) -> tuple[Finding, ...]:
    """Give what is to be said of one return alone, as if no other had come."""
    return check_all(issued, (answer,))


def check_all(issued: Issued, returns: tuple[Return, ...]) -> tuple[Finding, ...]:
    """Give what is to be said of all returns: of each as a whole, of its rows in order, then of rows beside each other.

    The order of the returns does not matter. What was said of a return where it was read is not asked again.
    """
    judged = rows_to_judge(issued, returns)
    told = tuple(each if each.own else replace(each, own=check_alone(issued, each)) for each in judged)
    year = CheckedYear(issued, told, policy_of(issued))
    own = [(answer, answer.own or OwnFindings()) for answer in told]
    whole = (finding for _, said in own for finding in said.whole)
    beside = (finding for answer, said in own for finding in _of_rows(year, answer, said))
    across = (finding for rule in YEAR_RULES for finding in rule.check(year))
    shifted = {(answer.file, listing_id) for answer, said in own for listing_id in said.shifted}
    true = (each for each in across if (each.place.file, each.listing_id) not in shifted)
    return (*whole, *beside, *true)


def _of_rows(year: CheckedYear, answer: Return, own: OwnFindings) -> Iterator[Finding]:
    """Give what is to be said of a return's rows, those that show another row's KPI beside that KPI as answered."""

    def is_left(row: ReturnedRow) -> bool:
        return row.listing_id not in own.shifted and kpi_of_another(year.issued, row.listing_id) is not None

    left = {row.returned.listing_id: row_findings(row) for row in year.rows_of(answer, is_left)}
    if not left:
        yield from own.rows
        return
    said: dict[str, list[Finding]] = {}
    for finding in own.rows:
        said.setdefault(finding.listing_id, []).append(finding)
    for row in (*answer.rows, *answer.new_rows):
        yield from left[row.listing_id] if row.listing_id in left else said.get(row.listing_id, ())


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
