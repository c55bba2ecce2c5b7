"""The history of decisions: one JSON object a line, only ever added to; it outlives a deleted or re-sorted board."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.merge.decision import DecidedSide, Decision, FieldDecision, FindingDecision
from dxkpi_xl.merge.decisions import latest


def read_journal(text: str, file: str) -> tuple[Decision, ...]:
    """Read the history; CannotProceed, naming the line, where somebody spoilt it: decisions are never dropped."""
    return tuple(_decision(line, n, file) for n, line in enumerate(text.split("\n"), start=1) if line.strip())


def write_journal(decisions: Iterable[Decision]) -> str:
    """Give the text of the history."""
    kinds = {kind: name for name, kind in _KINDS.items()}
    return "".join(
        json.dumps({"kind": kinds[type(each)], **asdict(each)}, ensure_ascii=False) + "\n" for each in decisions
    )


def with_new(history: tuple[Decision, ...], read: Iterable[Decision], today: str) -> tuple[Decision, ...]:
    """Add to the history what was read from the board and differs from what counts; today as its day.

    Taking back what does not count any more adds nothing.
    """
    counting = latest(history)
    added = []
    for each in read:
        known = counting.get(each.key)
        same = known is not None and replace(known, recorded_on="") == replace(each, recorded_on="")
        if not same and not (known is None and each.is_taken_back):
            added.append(replace(each, recorded_on=today))
    return (*history, *added)


_KINDS: dict[str, type[Decision]] = {"field": FieldDecision, "finding": FindingDecision}


def _decision(line: str, number: int, file: str) -> Decision:
    try:
        entry = json.loads(line)
        kind = _KINDS[entry.pop("kind")]
        if "sides" in entry:
            entry["sides"] = tuple(DecidedSide(**side) for side in entry["sides"])
        return kind(**entry)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CannotProceed(
            f"判断の記録({file})の{number}行目を読み取れません。",
            "このファイルは書き換えず、控えから元に戻してください。",
        ) from error
