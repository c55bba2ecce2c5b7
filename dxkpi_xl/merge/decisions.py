"""Applies the office's decisions to the fields that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dxkpi_xl.findings import Finding
from dxkpi_xl.merge.decision import DecidedSide, Decision, FieldDecision, FindingDecision
from dxkpi_xl.merge.outcomes import RowOutcomes
from dxkpi_xl.merge.three_way import FieldOutcome, FieldState


def fits(decision: FieldDecision, outcome: FieldOutcome) -> bool:
    """Say whether a field's sides still are those that a decision was made on."""
    return decision.base == outcome.base and set(decision.sides) == set(decided_sides(outcome))


def decided_sides(outcome: FieldOutcome) -> tuple[DecidedSide, ...]:
    """Give the sides of a field that say something else than what was issued, in their order."""
    return tuple(DecidedSide(who=side.who, value=side.value) for side in outcome.sides if side.value != outcome.base)


def latest(decisions: Iterable[Decision]) -> Mapping[tuple[str, ...], Decision]:
    """Give the decision that counts of each field and finding: the last one of the history, unless taken back."""
    last = {decision.key: decision for decision in decisions}
    return {key: decision for key, decision in last.items() if not decision.is_taken_back}


def on_fields(decisions: Iterable[Decision]) -> Mapping[tuple[str, ...], FieldDecision]:
    """Give the decisions on fields that count, by (管理番号, column key)."""
    return {key: each for key, each in latest(decisions).items() if isinstance(each, FieldDecision)}


def on_findings(decisions: Iterable[Decision]) -> Mapping[tuple[str, ...], FindingDecision]:
    """Give the decisions on findings that count, by their key."""
    return {key: each for key, each in latest(decisions).items() if isinstance(each, FindingDecision)}


def decided(
    rows: Mapping[str, RowOutcomes], decisions: Mapping[tuple[str, ...], FieldDecision]
) -> tuple[Mapping[str, RowOutcomes], tuple[Finding, ...]]:
    """Apply decisions to rows by listing id; one whose sides changed since becomes a finding (K003) instead."""
    findings: list[Finding] = []
    settled = dict(rows)
    spoken_of = {listing_id for listing_id, _ in decisions}
    for listing_id, row in rows.items():
        if listing_id not in spoken_of:
            continue
        changed: dict[str, FieldOutcome] = {}
        for outcome in row:
            decision = decisions.get((listing_id, outcome.column))
            if decision is None:
                continue
            if fits(decision, outcome):
                changed[outcome.column] = _settled(outcome, decision)
            else:
                findings.append(_no_longer_fits(outcome, decision))
        settled[listing_id] = row.but(changed)
    return settled, tuple(findings)


def _settled(outcome: FieldOutcome, decision: FieldDecision) -> FieldOutcome:
    return replace(outcome, value=decision.value, state=FieldState.DECIDED, decision=decision)


def _no_longer_fits(outcome: FieldOutcome, decision: FieldDecision) -> Finding:
    # Without a cell: the conflict itself is found at the cell, and one cell has one finding.
    facts = {"id": outcome.listing_id, "choice": decision.choice, "who": decision.decided_by}
    return Finding(code="K003", facts=facts, listing_id=outcome.listing_id, column=outcome.column)
