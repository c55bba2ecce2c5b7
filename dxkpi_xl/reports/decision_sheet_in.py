"""Reads back what the office decided on the sheet 競合・判断 of the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dxkpi_xl.cells.model import Cell, WorkbookCells
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.form.columns import Column, folded
from dxkpi_xl.merge.decision import AS_ISSUED, TYPED, DecidedSide, FieldDecision, side_choice
from dxkpi_xl.merge.decisions import decided_sides
from dxkpi_xl.merge.outcomes import Outcomes
from dxkpi_xl.merge.three_way import FieldOutcome
from dxkpi_xl.reports.decision_sheet import (
    ANSWERS,
    DECIDED_BY,
    DECIDED_ON,
    DECISION,
    ISSUED,
    ITEM,
    LISTING_ID,
    REASON,
    SHEET,
    VALUE,
    DecisionsRead,
)
from dxkpi_xl.reports.table_in import rows_of, text_of


def read_decision_sheet(
    workbook: WorkbookCells, file: str, columns: Sequence[Column], outcomes: Outcomes
) -> DecisionsRead:
    """Read what the office decided; ``outcomes`` are the fields as they stand, by (管理番号, column key).

    A decision is taken with the sides that stood beside it, so that it is known later what it was made on; on a row
    that the office added itself, the sides as they stand now.
    """
    decisions: list[FieldDecision] = []
    findings: list[Finding] = []
    pending: dict[tuple[str, ...], tuple[str, ...]] = {}
    fields = _Fields(columns, outcomes)
    for row in rows_of(workbook, SHEET, (LISTING_ID, DECISION)):
        if not text_of(row, LISTING_ID):
            continue
        read = _decision(row, file, fields)
        typed = tuple(text_of(row, heading) for heading in ANSWERS)
        if any(typed) and (isinstance(read, Finding) or read.is_taken_back):
            pending[SHEET, text_of(row, LISTING_ID), text_of(row, ITEM)] = typed
        if isinstance(read, Finding):
            findings.append(read)
        else:
            decisions.append(read)
    return DecisionsRead(decisions=tuple(decisions), findings=tuple(findings), pending=pending)


class _Fields:
    """Finds the fields that the sheet speaks of, by what the office reads there."""

    def __init__(self, columns: Sequence[Column], outcomes: Outcomes) -> None:
        self._outcomes = outcomes
        # Of two that read alike the first one counts.
        self._ids = {folded(each): each for each in reversed(outcomes.listing_ids)}
        self._keys = {folded(column.label): column.key for column in reversed(columns)}

    def of(self, row: Mapping[str, Cell]) -> FieldOutcome | None:
        """Give the field of a row; None where there is none."""
        listing_id = self._ids.get(folded(text_of(row, LISTING_ID)), "")
        return self._outcomes.get((listing_id, self._keys.get(folded(text_of(row, ITEM)), "")))


def _decision(row: Mapping[str, Cell], file: str, fields: _Fields) -> FieldDecision | Finding:
    place = Place(file=file, sheet=SHEET, cell=row[DECISION if DECISION in row else LISTING_ID].address)
    outcome = fields.of(row)
    facts = {"id": text_of(row, LISTING_ID), "label": text_of(row, ITEM), "sheet": SHEET}
    if outcome is None:
        return Finding(code="K005", place=place, facts=facts)
    listing_id, key = outcome.listing_id, outcome.column
    sides = _sides(row) or decided_sides(outcome)
    base = text_of(row, ISSUED) if ISSUED in row else outcome.base
    if not text_of(row, DECISION):
        return FieldDecision(
            listing_id=listing_id, column=key, base=base, sides=sides, choice="", value="", reason="", decided_by=""
        )
    missing = [name for name in (REASON, DECIDED_BY) if not text_of(row, name)]
    value = _value(row, sides, outcome)
    if value is None:
        missing.insert(0, VALUE)
    if missing or value is None:
        facts["missing"] = "と".join(f"「{name}」" for name in missing)
        return Finding(code="K004", place=place, facts=facts, listing_id=listing_id, column=key)
    return FieldDecision(
        listing_id=listing_id,
        column=key,
        base=base,
        sides=sides,
        choice=text_of(row, DECISION),
        value=value,
        reason=text_of(row, REASON),
        decided_by=text_of(row, DECIDED_BY),
        decided_on=text_of(row, DECIDED_ON),
    )


def _sides(row: Mapping[str, Cell]) -> tuple[DecidedSide, ...]:
    found = []
    for n in range(len(row)):
        who = text_of(row, f"{side_choice(n)}の部局")
        if who:
            found.append(DecidedSide(who=who, value=text_of(row, f"{side_choice(n)}の回答")))
    return tuple(found)


def _value(row: Mapping[str, Cell], sides: Iterable[DecidedSide], outcome: FieldOutcome) -> str | None:
    choice = folded(text_of(row, DECISION))
    if choice == folded(AS_ISSUED):
        return outcome.base
    if choice == folded(TYPED):
        return text_of(row, VALUE) or None
    by_choice = {folded(side_choice(n)): side.value for n, side in enumerate(sides)}
    return by_choice.get(choice)
