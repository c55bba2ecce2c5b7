"""Of several returns of one survey: a later one replaces an earlier one, parts are put together, nothing silently."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dxkpi_xl.cycle.office import FileDecision
from dxkpi_xl.cycle.survey import Survey, send_back_number
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.form.columns import Column
from dxkpi_xl.returns.file_decisions import Decided, decided_files
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged
from dxkpi_xl.returns.model import Receipt, Return, ReturnedRow, Verdict
from dxkpi_xl.returns.spoken_rows import Mended, Pair, new_key

_MOST_DIFFERENCES = 5


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What counts: returns (several of one survey only where they are parts), receipts of all files, findings."""

    returns: tuple[Return, ...]
    receipts: tuple[Receipt, ...]
    findings: tuple[Finding, ...]


def choose(judged: Iterable[tuple[Receipt, Judged]], issued: Issued, decisions: Sequence[FileDecision] = ()) -> Chosen:
    """Choose what counts of each survey.

    A return that answers every row which an earlier one changed replaces it. Where the earlier one changed rows that
    the later left as issued, the two are parts of one answer (課 by 課) and both count; rows that both changed are
    two sides, and a conflict if they differ. The order is 記入日, then the time of saving that each
    file tells (where all tell one), then the file's own time, then its name. A return that
    mends what was sent back stands for the returns that it mends, also where it restores what was issued.

    What the office decided goes first: a file that it ignores does not count, and those that came after one that it
    uses do not; nothing replaces a file that it uses.
    """
    every = sorted(judged, key=lambda pair: pair[0].file)
    decided = decided_files([receipt for receipt, _ in every], decisions)
    receipts, by_survey, findings = _distinct(every, decided)
    returns: list[Return] = []
    said: dict[str, Receipt] = {}
    put_together: list[Finding] = []
    for survey_id in sorted(by_survey):
        if len(by_survey[survey_id]) == 1:
            returns.extend(answer for _, answer in by_survey[survey_id])
            continue
        survey = issued.surveys[survey_id]
        family = Mended.of(by_survey[survey_id])
        pairs, dropped = _up_to_the_used(sorted(by_survey[survey_id], key=family.moment), decided, issued.columns)
        parts, replaced = _parts(pairs, survey, family, issued.columns, decided)
        said.update({receipt.file: receipt for receipt in (*dropped, *replaced)})
        returns.extend(parts)
        if len(parts) > 1 and not all(part.file in decided.by_file for part in parts):
            put_together.append(_put_together(parts, survey))
    counted = {answer.file for answer in returns}
    kept = tuple(each for file, found in findings.items() if file in counted for each in found)
    return Chosen(
        returns=tuple(returns),
        receipts=tuple(said.get(receipt.file, receipt) for receipt in receipts),
        findings=(*decided.findings, *put_together, *kept),
    )


def _distinct(
    every: Sequence[tuple[Receipt, Judged]], decided: Decided
) -> tuple[list[Receipt], dict[str, list[Pair]], dict[str, tuple[Finding, ...]]]:
    """Say of a second copy of the same bytes that it is one; give receipts, returns by survey, findings by file."""
    receipts: list[Receipt] = []
    by_survey: dict[str, list[Pair]] = {}
    findings: dict[str, tuple[Finding, ...]] = {}
    first_of: dict[str, str] = {}
    for receipt, each in every:
        if decided.is_ignored(receipt):
            receipts.append(decided.ignored(receipt))
            continue
        if receipt.sha256 and receipt.sha256 in first_of:
            same = {"same_as": first_of[receipt.sha256]}
            receipts.append(replace(receipt, verdict=Verdict.IDENTICAL, facts=same))
            continue
        first_of[receipt.sha256] = receipt.file
        receipts.append(receipt)
        if each.answer is not None:
            by_survey.setdefault(each.answer.survey_id, []).append((receipt, each.answer))
            findings[receipt.file] = each.findings
    return receipts, by_survey, findings


def _up_to_the_used(
    pairs: Sequence[Pair], decided: Decided, columns: Sequence[Column]
) -> tuple[Sequence[Pair], list[Receipt]]:
    """Give the returns up to the last one that the office uses, and the receipts of those after it."""
    used = [n for n, (receipt, _) in enumerate(pairs) if decided.is_used(receipt)]
    if not used:
        return pairs, []
    by, answer = pairs[used[-1]]
    later = pairs[used[-1] + 1 :]
    dropped = [decided.replaced(receipt, by, _differences(each, answer, columns)) for receipt, each in later]
    return pairs[: used[-1] + 1], dropped


def _parts(
    pairs: Sequence[Pair], survey: Survey, family: Mended, columns: Sequence[Column], decided: Decided
) -> tuple[list[Return], list[Receipt]]:
    """Give the returns that count, the latest first, each with the rows it speaks for, and the replaced receipts."""
    latest_receipt, latest = pairs[-1]
    parts, replaced = [latest], []
    spoken = family.spoken(latest, survey)
    for n, (receipt, earlier) in reversed(tuple(enumerate(pairs[:-1]))):
        own = family.spoken(earlier, survey)
        mending = next((pair for pair in pairs[n + 1 :] if family.mends(pair[1], earlier)), None)
        if (mending or own <= spoken) and not decided.is_used(receipt):
            replaced.append(_superseded(receipt, earlier, *(mending or (latest_receipt, latest)), columns))
            continue
        said_already = {new_key(row) for row in earlier.new_rows} & spoken
        parts.append(_only(earlier, own - said_already))
        spoken |= own
    return parts, replaced


def _put_together(parts: Sequence[Return], survey: Survey) -> Finding:
    facts = {"addressee": survey.addressee, "files": "、".join(f"「{part.file}」" for part in parts)}
    return Finding(code="I020", place=Place(file=parts[0].file), facts=facts, bureau=survey.bureau.name)


def _only(answer: Return, rows: frozenset[str]) -> Return:
    return replace(
        answer,
        rows=tuple(row for row in answer.rows if row.listing_id in rows),
        new_rows=tuple(row for row in answer.new_rows if new_key(row) in rows),
        own=None,  # what the rules say of these rows is not what they say of all
    )


def _superseded(receipt: Receipt, earlier: Return, by: Receipt, latest: Return, columns: Sequence[Column]) -> Receipt:
    newer = (latest.written_on or datetime.date.min) > (earlier.written_on or datetime.date.min)
    reason = "記入日が新しい" if newer else "後から保存された"
    if send_back_number(earlier.sha256) in latest.mends:
        reason = "新しい、差し戻しを受けて直された"
    facts = {"by": by.file, "reason": reason, "differences": _differences(earlier, latest, columns)}
    return replace(receipt, verdict=Verdict.SUPERSEDED, facts=facts)


def _differences(earlier: Return, latest: Return, columns: Sequence[Column]) -> str:
    """Say in a few words where the two returns differ: 管理番号 and heading."""
    labels = {column.key: column.label for column in columns}
    now: Mapping[str, ReturnedRow] = {row.listing_id: row for row in (*latest.rows, *latest.new_rows)}
    found = [
        f"{row.listing_id}「{labels[key]}」"
        for row in (*earlier.rows, *earlier.new_rows)
        for key, value in row.values().items()
        if row.listing_id not in now or now[row.listing_id].value(key) != value
    ]
    more = f" ほか{len(found) - _MOST_DIFFERENCES}箇所" if len(found) > _MOST_DIFFERENCES else ""
    return ("、".join(found[:_MOST_DIFFERENCES]) + more) or "なし"
