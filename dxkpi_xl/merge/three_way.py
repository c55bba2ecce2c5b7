"""One field, three ways: what was issued, and what each side says now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dxkpi_xl.cycle.model import AS_ISSUED, BY_LEAD
from dxkpi_xl.findings import Place
from dxkpi_xl.merge.decision import FieldDecision

# The side of the DX office itself: what it changed in the ledger after the workbooks were issued.
OFFICE = "事務局"


class FieldState(StrEnum):
    """How a field came to its value."""

    UNANSWERED = "unanswered"  # no side could answer: no return, or its cell could not be used
    UNCHANGED = "unchanged"  # all sides say what was issued
    TAKEN = "taken"  # one side changed it
    AGREED = "agreed"  # several sides changed it alike
    CONFLICT = "conflict"  # several sides changed it differently: shown as the cycle has it until it is decided
    DECIDED = "decided"  # the office decided it


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one owner (or the office) says of a field, and the cell it stood in; ``leads``: that of 主担当."""

    who: str
    value: str
    place: Place
    sha256: str = ""
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOutcome:
    """The merged value of one field of one row, with all that it was made from."""

    listing_id: str
    column: str
    base: str
    value: str
    state: FieldState
    sides: tuple[Side, ...]
    decision: FieldDecision | None = None

    @property
    def source(self) -> Side | None:
        """The first side that says the merged value; None where none does."""
        return next((side for side in self.sides if side.value == self.value), None)


def merge_field(
    listing_id: str, column: str, base: str, sides: tuple[Side, ...], in_conflict: str = AS_ISSUED
) -> FieldOutcome:
    """Merge one field: one side changed, take it; both alike, take it; both differently, a conflict.

    ``in_conflict`` says what an undecided conflict shows: what was issued, or what the lead owner answered.
    """
    changed = tuple(dict.fromkeys(side.value for side in sides if side.value != base))
    if not sides:
        state = FieldState.UNANSWERED
    elif not changed:
        state = FieldState.UNCHANGED
    elif len(changed) > 1:
        state = FieldState.CONFLICT
    else:
        alike = sum(side.value == changed[0] for side in sides) > 1
        state = FieldState.AGREED if alike else FieldState.TAKEN
    shown = changed if len(changed) == 1 else _of_lead(base, sides) if in_conflict == BY_LEAD else ()
    value = shown[0] if len(shown) == 1 else base
    return FieldOutcome(listing_id=listing_id, column=column, base=base, value=value, state=state, sides=sides)


def _of_lead(base: str, sides: tuple[Side, ...]) -> tuple[str, ...]:
    """Give what the lead owner changed a field to; two values where parts of their answer differ."""
    return tuple(dict.fromkeys(side.value for side in sides if side.leads and side.value != base))
