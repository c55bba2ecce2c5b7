"""The answer to "where did this number come from?", in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from dxkpi_xl.annex.printed_sources import PrintedSource
from dxkpi_xl.merge.three_way import Side


def trace_lines(found: Sequence[PrintedSource], arrived: Mapping[str, str]) -> tuple[str, ...]:
    """Give the answer in Japanese, a few lines for each printed cell."""
    return tuple(line for each in found for line in _lines(each, arrived))


def _lines(each: PrintedSource, arrived: Mapping[str, str]) -> Iterator[str]:
    source = each.source
    yield f"{each.cell}「{each.heading}」({each.listing_id}) = 「{' '.join(each.printed.split())}」"
    place = f"  ← {source.origin.value}"
    if source.place.file:
        place += f": {source.place}"
    yield place
    if source.sha256:
        received = f"、受け取り {arrived[source.sha256]}" if source.sha256 in arrived else ""
        yield f"    SHA-256 {source.sha256}{received}"
    outcome = source.outcome
    if outcome is None:
        return
    yield f"    発行時の内容: 「{' '.join(outcome.base.split()) or '(空欄)'}」"
    for side in outcome.sides:
        yield f"    {side.who}の回答: {_side(side)}"
    if outcome.decision:
        made = outcome.decision
        yield f"    判断: {made.choice} 決定者 {made.decided_by} {made.decided_on} 理由 {made.reason}"


def _side(side: Side) -> str:
    return f"「{' '.join(side.value.split()) or '(空欄)'}」 {side.place}"


def trace_data(found: Sequence[PrintedSource], arrived: Mapping[str, str]) -> list[dict[str, Any]]:
    """Give the answer for programs."""
    return [_data(each, arrived) for each in found]


def _data(each: PrintedSource, arrived: Mapping[str, str]) -> dict[str, Any]:
    source, outcome = each.source, each.source.outcome
    return {
        "cell": each.cell,
        "listing_id": each.listing_id,
        "heading": each.heading,
        "printed": each.printed,
        "origin": source.origin.value,
        "place": asdict(source.place),
        "sha256": source.sha256,
        "received": arrived.get(source.sha256, ""),
        "issued": outcome.base if outcome else None,
        "sides": [{"who": s.who, "value": s.value, "place": asdict(s.place)} for s in outcome.sides] if outcome else [],
        "decision": vars(outcome.decision) | {"sides": [vars(s) for s in outcome.decision.sides]}
        if outcome and outcome.decision
        else None,
    }
