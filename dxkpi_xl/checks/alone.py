"""What the rules say of one return by itself, whoever else answered: judged once, where the return is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dxkpi_xl.checks import RETURN_RULES, ROW_RULES
from dxkpi_xl.checks.issued_rules import shifted_blocks
from dxkpi_xl.checks.row import CheckedRow
from dxkpi_xl.checks.subject import CheckedReturn, RowsUnderCheck, kpi_of_another
from dxkpi_xl.checks.text_policy import TextPolicy, load_text_policy
from dxkpi_xl.cycle.model import Kpi
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import OwnFindings, Return
from dxkpi_xl.workspace import templates_folder


def check_alone(issued: Issued, answer: Return) -> OwnFindings:
    """Give what the rules on returns and on rows say of a return, as long as no other return has a say in it."""
    checked = RowsUnderCheck(issued=issued, policy=policy_of(issued), elsewhere=_unknown)
    survey = issued.surveys[answer.survey_id]
    subject = CheckedReturn(survey=survey, answer=answer, rows=tuple(checked.of(answer)))
    # A row whose answers belong to its neighbour is wrong as a whole: what else could be said of it is not true of it.
    shifted = frozenset(row.returned.listing_id for block in shifted_blocks(subject) for row in block.rows)
    known = (row for row in subject.rows if kpi_of_another(issued, row.returned.listing_id) is None)
    true = (row for row in known if row.returned.listing_id not in shifted)
    return OwnFindings(
        whole=tuple(_whole(subject)),
        rows=tuple(finding for row in true for finding in row_findings(row)),
        shifted=shifted,
    )


def policy_of(issued: Issued) -> TextPolicy:
    """Give the form's rules about characters and words."""
    return load_text_policy(templates_folder() / issued.form.id)


def row_findings(row: CheckedRow) -> Iterator[Finding]:
    """Give what the rules say of one row, in their order; a rule is silent where what it needs is doubtful."""
    if row.doubtful != row.unusable:
        row = replace(row, doubtful=row.unusable)
    for rule in ROW_RULES:
        if row.doubtful and not row.doubtful.isdisjoint(row.keys(rule.needs)):
            continue
        found = tuple(rule.check(row))
        yield from found
        if rule.spoils and found:
            row = replace(row, doubtful=row.doubtful | {finding.column for finding in found})


def _unknown(_kpi: Kpi) -> Mapping[str, str]:
    return {}


def _whole(subject: CheckedReturn) -> Iterator[Finding]:
    yield from _head_findings(subject)
    for rule in RETURN_RULES:
        yield from rule.check(subject)


def _head_findings(subject: CheckedReturn) -> Iterator[Finding]:
    for each in subject.rows[0].form.head if subject.rows else ():
        if each.required and not subject.answer.head_value(each.key):
            place = subject.answer.head_places.get(each.key, Place(file=subject.answer.file))
            yield Finding(code="C010", place=place, facts={"label": each.label}, bureau=subject.survey.bureau.name)
