"""The history of decisions: one JSON object a line, only ever added to; it outlives a deleted or re-sorted board."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.merge.decision import DecidedSide, FieldDecision
from dxkpi_xl.merge.decisions import latest


def read_journal(text: str, file: str) -> tuple[FieldDecision, ...]:
    """Read the history; CannotProceed, naming the line, where somebody spoilt it: decisions are never dropped."""
    return tuple(_decision(line, n, file) for n, line in enumerate(text.splitlines(), start=1) if line.strip())


def write_journal(decisions: Iterable[FieldDecision]) -> str:
    """Give the text of the history."""
    return "".join(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in decisions)


def with_new(
    history: tuple[FieldDecision, ...], read: Iterable[FieldDecision], today: str
) -> tuple[FieldDecision, ...]:
    """Add to the history what was read from the board and differs from the decision that counts; today as its day."""
    counting = latest(history)
    added = []
    for each in read:
        known = counting.get(each.key)
        if known is None or replace(known, recorded_on="") != replace(each, recorded_on=""):
            added.append(replace(each, recorded_on=today))
    return (*history, *added)


def _decision(line: str, number: int, file: str) -> FieldDecision:
    try:
        entry = json.loads(line)
        sides = tuple(DecidedSide(**side) for side in entry.pop("sides"))
        return FieldDecision(**entry, sides=sides)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CannotProceed(
            f"判断の記録({file})の{number}行目を読み取れません。",
            "このファイルは書き換えず、控えから元に戻してください。",
        ) from error
