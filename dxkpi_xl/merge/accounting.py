"""What became of every answered field: nothing that a department wrote is unaccounted for, and the counts prove it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from dxkpi_xl.merge.outcomes import Outcomes
from dxkpi_xl.merge.three_way import OFFICE, FieldOutcome, FieldState, Side
from dxkpi_xl.returns.model import Return


class Account(StrEnum):
    """What became of one answered field."""

    EQUAL = "発行時と同じ"
    TAKEN = "変更を採用"
    OTHER_TAKEN = "発行時のまま(ほかの部局の変更を採用)"
    DECIDED = "判断により採用"
    OVERRULED = "判断により不採用"
    IN_CONFLICT = "競合(未決)"
    NOT_PLACED = "掲載できない新規の行"


def accounts(returns: Iterable[Return], outcomes: Outcomes) -> Counter[Account]:
    """Count what became of the answered fields of all returns; the sum is the number of fields answered.

    A field that no outcome speaks of is of a new row that has no place in the plan, or of a row that the office took
    out of the ledger.
    """
    found: Counter[Account] = Counter()
    found[Account.EQUAL] = sum(row.unchanged_answers() for row in outcomes.rows.values())
    for outcome in outcomes.happened:
        for side in outcome.sides:
            if side.who != OFFICE:
                found[_fate(outcome, side)] += 1
    answered = sum(len(row.answers) for each in returns for row in (*each.rows, *each.new_rows))
    found[Account.NOT_PLACED] = answered - sum(found.values())
    return found


def _fate(outcome: FieldOutcome, side: Side) -> Account:
    if outcome.state is FieldState.DECIDED:
        return Account.DECIDED if side.value == outcome.value else Account.OVERRULED
    if outcome.state is FieldState.CONFLICT and side.value != outcome.base:
        return Account.IN_CONFLICT
    if side.value != outcome.base:
        return Account.TAKEN
    return Account.EQUAL if outcome.value == outcome.base else Account.OTHER_TAKEN
