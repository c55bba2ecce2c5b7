"""判断: what the office decided of a field, on what sides, why and by whom; data, never a hand edit of an output."""

from __future__ import annotations

from dataclasses import dataclass

# The choices of a decision: one side's answer (A案, B案 … in the order shown), what was issued, or typed in.
AS_ISSUED = "前年度のまま"
TYPED = "手入力"
# The choices of a decision on a finding.
ACCEPT, SEND_BACK = "受け取る", "差し戻す"


def side_choice(position: int) -> str:
    """Give the name of the choice for a side: A案 for the first, B案 for the second."""
    return f"{chr(ord('A') + position)}案"


@dataclass(frozen=True, kw_only=True)
class DecidedSide:
    """One side as it stood when the office decided: who, and what they answered."""

    who: str
    value: str


@dataclass(frozen=True, kw_only=True)
class FieldDecision:
    """A decision on one field of one row: the choice, its value, why, by whom, when; and the sides it was made on.

    ``recorded_on`` is the day on which the program first read it (YYYY-MM-DD).
    """

    listing_id: str
    column: str
    base: str
    sides: tuple[DecidedSide, ...]
    choice: str
    value: str
    reason: str
    decided_by: str
    decided_on: str = ""
    recorded_on: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The field it is about."""
        return (self.listing_id, self.column)

    @property
    def is_taken_back(self) -> bool:
        """Whether it only takes back what was decided before."""
        return not self.choice


@dataclass(frozen=True, kw_only=True)
class FindingDecision:
    """What the office decided about one finding: accept it with a reason, or send it back; by whom and when.

    The finding is known by its code, bureau, row, column and message: said of another value, it is another finding.
    """

    code: str
    bureau: str
    listing_id: str
    column: str
    message: str
    choice: str
    reason: str
    decided_by: str
    decided_on: str = ""
    recorded_on: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The finding it is about."""
        return (self.code, self.bureau, self.listing_id, self.column, self.message)

    @property
    def is_taken_back(self) -> bool:
        """Whether it only takes back what was decided before."""
        return not self.choice


Decision = FieldDecision | FindingDecision
