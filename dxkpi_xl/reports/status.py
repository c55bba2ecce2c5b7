"""Where each addressee stands: from nothing returned to nothing left to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.merge.merge import CONFLICTS
from dxkpi_xl.reports.state import State
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return


@dataclass(frozen=True, kw_only=True)
class AddresseeStatus:
    """One addressee: its survey, the file that counts, rows asked and added, findings by weight, rows in conflict."""

    survey_id: str
    addressee: str
    state: State
    file: str
    rows: int
    new_rows: int
    wrong: int
    ask: int
    note: int
    conflicts: int


def statuses(
    issued: Issued, returns: Iterable[Return], findings: Iterable[Finding], catalogue: Catalogue
) -> tuple[AddresseeStatus, ...]:
    """Give where each addressee stands, in the order of the organisation."""
    by_id: dict[str, list[Return]] = {}
    for answer in returns:
        by_id.setdefault(answer.survey_id, []).append(answer)
    counts: dict[str, Counter[Severity]] = {}
    in_conflict: set[str] = set()
    for finding in findings:
        if finding.code in CONFLICTS:
            in_conflict.add(finding.listing_id)  # for the office to decide: no mistake of the file it stands in
        else:
            counts.setdefault(finding.place.file, Counter())[catalogue.severity(finding)] += 1
    return tuple(_status(issued, key, by_id.get(key, []), counts, in_conflict) for key in issued.surveys)


def _status(
    issued: Issued,
    survey_id: str,
    answers: Sequence[Return],
    counts: Mapping[str, Counter[Severity]],
    in_conflict: set[str],
) -> AddresseeStatus:
    found: Counter[Severity] = Counter()
    for answer in answers:
        found.update(counts.get(answer.file, Counter()))
    asked = [listing.id for listing in issued.surveys.listings(survey_id)]
    conflicts = sum(each in in_conflict for each in asked)
    return AddresseeStatus(
        survey_id=survey_id,
        addressee=issued.surveys.addressees[survey_id],
        state=_state(bool(answers), found, conflicts),
        file="、".join(answer.file for answer in answers),
        rows=len(asked),
        new_rows=sum(len(answer.new_rows) for answer in answers),
        wrong=found[Severity.WRONG],
        ask=found[Severity.ASK],
        note=found[Severity.NOTE],
        conflicts=conflicts,
    )


def _state(returned: bool, found: Counter[Severity], conflicts: int) -> State:
    if not returned:
        return State.NOT_RETURNED
    if found[Severity.WRONG]:
        return State.SENT_BACK
    if found[Severity.ASK]:
        return State.TO_ASK
    return State.RETURNED if conflicts else State.DONE
