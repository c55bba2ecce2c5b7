"""Of several returns of one survey the latest counts, by what is inside; the others are kept and named."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dxkpi_xl.findings import Finding
from dxkpi_xl.returns.judge import Judged
from dxkpi_xl.returns.model import Receipt, Return, Verdict


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What came in: the returns that count (one a survey), every file's receipt, findings on those that count."""

    returns: tuple[Return, ...]
    receipts: tuple[Receipt, ...]
    findings: tuple[Finding, ...]


def choose(judged: Iterable[tuple[Receipt, Judged]]) -> Intake:
    """Choose the return that counts of each survey; identical and earlier ones get a verdict of their own."""
    receipts: list[Receipt] = []
    first_of: dict[str, str] = {}
    latest: dict[str, tuple[Receipt, Judged]] = {}
    for receipt, each in sorted(judged, key=lambda pair: pair[0].file):
        if receipt.sha256 and receipt.sha256 in first_of:
            same = {"same_as": first_of[receipt.sha256]}
            receipts.append(replace(receipt, verdict=Verdict.IDENTICAL, facts=same))
            continue
        first_of[receipt.sha256] = receipt.file
        receipts.append(receipt)
        if each.answer is not None:
            rival = latest.get(each.answer.survey_id)
            if rival is None or _moment(receipt, each.answer) > _moment(*_answer(rival)):
                latest[each.answer.survey_id] = (receipt, each)
    chosen = [latest[key] for key in sorted(latest)]
    return Intake(
        returns=tuple(answer for _, answer in map(_answer, chosen)),
        receipts=tuple(_superseded(receipt, latest) for receipt in receipts),
        findings=tuple(finding for _, each in chosen for finding in each.findings),
    )


def _answer(pair: tuple[Receipt, Judged]) -> tuple[Receipt, Return]:
    receipt, judged = pair
    if judged.answer is None:
        raise ValueError("a file without a return was chosen")
    return receipt, judged.answer


def _moment(receipt: Receipt, answer: Return) -> tuple[datetime.date, datetime.datetime, str]:
    # 記入日 first; then when the file arrived; the name decides only between files that agree in both.
    return (answer.written_on or datetime.date.min, receipt.arrived, receipt.file)


def _superseded(receipt: Receipt, latest: dict[str, tuple[Receipt, Judged]]) -> Receipt:
    if receipt.verdict is not Verdict.ACCEPTED:
        return receipt
    chosen = latest[receipt.survey_id][0]
    if chosen.file == receipt.file:
        return receipt
    return replace(receipt, verdict=Verdict.SUPERSEDED, facts={"by": chosen.file})
