"""The answer to "where did this number come from?", in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dxkpi_xl.annex.not_printed import NotPrinted
from dxkpi_xl.annex.printed_sources import PrintedSource
from dxkpi_xl.merge.three_way import FieldOutcome, Side

_BLANK = "(空欄)"


def trace_lines(found: Sequence[PrintedSource], arrived: Mapping[str, str]) -> tuple[str, ...]:
    """Give the answer in Japanese, a few lines for each printed cell."""
    return tuple(line for each in found for line in _lines(each, arrived))


def not_printed_lines(row: NotPrinted) -> tuple[str, ...]:
    """Give the answer of a row that is not printed: why, and who said so where."""
    told = (line for label, outcome in row.told for line in (f"  {label}「{_flat(outcome.value)}」", *_said(outcome)))
    return (f"{row.listing_id}「{row.name}」は掲載されていません。{row.reason}", *told)


def _lines(each: PrintedSource, arrived: Mapping[str, str]) -> Iterator[str]:
    source = each.source
    printed = f"「{_flat(each.printed)}」" if each.printed else _BLANK
    yield f"{each.cell}「{each.heading}」({each.listing_id}) = {printed}"
    place = f"  ← {source.origin.value}"
    if source.place.file:
        place += f": {source.place}"
    yield place
    if source.sha256:
        received = f"、受け取り {arrived[source.sha256]}" if source.sha256 in arrived else ""
        yield f"    SHA-256 {source.sha256}{received}"
    if source.outcome is not None:
        yield from _said(source.outcome)


def _said(outcome: FieldOutcome) -> Iterator[str]:
    yield f"    発行時の内容: 「{_flat(outcome.base) or _BLANK}」"
    for side in outcome.sides:
        yield f"    {side.who}の回答: 「{_flat(side.value) or _BLANK}」 {side.place}"
    if outcome.decision:
        made = outcome.decision
        yield f"    判断: {made.choice} 決定者 {made.decided_by} {made.decided_on} 理由 {made.reason}"


def _flat(text: str) -> str:
    return " ".join(text.split())


def trace_data(found: Sequence[PrintedSource], arrived: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the answer for programs."""
    return [_data(each, arrived) for each in found]


def not_printed_data(row: NotPrinted) -> dict[str, Any]:
    """Give the answer of a row that is not printed, for programs."""
    told = [{"heading": label, "value": outcome.value, **_outcome_data(outcome)} for label, outcome in row.told]
    return {
        "listing_id": row.listing_id,
        "project": row.name,
        "why": row.why.name.lower(),
        "reason": row.reason,
        "told": told,
    }


def _data(each: PrintedSource, arrived: Mapping[str, str]) -> dict[str, Any]:
    source = each.source
    return {
        "cell": each.cell,
        "listing_id": each.listing_id,
        "heading": each.heading,
        "printed": each.printed,
        "origin": source.origin.value,
        "place": asdict(source.place),
        "sha256": source.sha256,
        "received": arrived.get(source.sha256, ""),
        **_outcome_data(source.outcome),
    }


def _outcome_data(outcome: FieldOutcome | None) -> dict[str, Any]:
    decision = outcome.decision if outcome else None
    return {
        "issued": outcome.base if outcome else None,
        "sides": [_side_data(side) for side in outcome.sides] if outcome else [],
        "decision": vars(decision) | {"sides": [vars(s) for s in decision.sides]} if decision else None,
    }


def _side_data(side: Side) -> dict[str, Any]:
    return {"who": side.who, "value": side.value, "place": asdict(side.place)}
