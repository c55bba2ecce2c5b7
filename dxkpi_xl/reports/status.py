"""Where each addressee stands: from nothing returned to nothing left to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return


class State(StrEnum):
    """How far an addressee is."""

    NOT_RETURNED = "未提出"
    TO_SEND_BACK = "差し戻し"
    TO_ASK = "確認待ち"
    DONE = "完了"


@dataclass(frozen=True, kw_only=True)
class AddresseeStatus:
    """One addressee: its survey, the file that counts, rows asked and added, findings by weight."""

    survey_id: str
    addressee: str
    state: State
    file: str
    rows: int
    new_rows: int
    wrong: int
    ask: int
    note: int


def statuses(
    issued: Issued, returns: Iterable[Return], findings: Iterable[Finding], catalogue: Catalogue
) -> tuple[AddresseeStatus, ...]:
    """Give where each addressee stands, in the order of the organisation."""
    by_id: dict[str, list[Return]] = {}
    for answer in returns:
        by_id.setdefault(answer.survey_id, []).append(answer)
    counts: dict[str, Counter[Severity]] = {}
    for finding in findings:
        counts.setdefault(finding.place.file, Counter())[catalogue.severity(finding)] += 1
    return tuple(
        _status(survey_id, survey.addressee, len(survey.rows), by_id.get(survey_id, []), counts)
        for survey_id, survey in issued.surveys.items()
    )


def _status(
    survey_id: str, addressee: str, rows: int, answers: Sequence[Return], counts: Mapping[str, Counter[Severity]]
) -> AddresseeStatus:
    found: Counter[Severity] = Counter()
    for answer in answers:
        found.update(counts.get(answer.file, Counter()))
    state = State.DONE
    if not answers:
        state = State.NOT_RETURNED
    elif found[Severity.WRONG]:
        state = State.TO_SEND_BACK
    elif found[Severity.ASK]:
        state = State.TO_ASK
    return AddresseeStatus(
        survey_id=survey_id,
        addressee=addressee,
        state=state,
        file="、".join(answer.file for answer in answers),
        rows=rows,
        new_rows=sum(len(answer.new_rows) for answer in answers),
        wrong=found[Severity.WRONG],
        ask=found[Severity.ASK],
        note=found[Severity.NOTE],
    )
