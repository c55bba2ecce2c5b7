"""The merged register with its evidence: every field's outcome, what was added and ended, what must be decided."""

from __future__ import annotations

from collections.abc import Mapping, ValuesView
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.merge.given_ids import Given
from dxkpi_xl.merge.outcomes import FieldKey, Outcomes
from dxkpi_xl.merge.three_way import FieldOutcome, FieldState


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What a merge gives: the register, each field's outcome by (listing id, column key), the findings.

    ``added`` and ``ended`` are listing ids: of rows that came in as new, and of rows that are no longer listed.
    ``given`` are all ids that were given to new things, in this run or before.
    """

    register: Register
    outcome_of: Outcomes
    added: tuple[str, ...]
    ended: tuple[str, ...]
    findings: tuple[Finding, ...]
    given: Given

    @property
    def outcomes(self) -> ValuesView[FieldOutcome]:
        """All outcomes; each of a field to which nothing happened is made anew."""
        return self.outcome_of.values()

    @property
    def undecided(self) -> frozenset[FieldKey]:
        """The fields in conflict that nobody has decided yet, as (listing id, column key)."""
        happened = self.outcome_of.happened
        return frozenset((o.listing_id, o.column) for o in happened if o.state is FieldState.CONFLICT)

    def listing_id_of(self, place: Place, listing_id: str) -> str:
        """Give the listing that a cell's answer went into: a new row has its own id only since the merge."""
        return self._listing_at.get(place, listing_id)

    @cached_property
    def _listing_at(self) -> Mapping[Place, str]:
        return {side.place: o.listing_id for o in self.outcome_of.of_new_rows for side in o.sides}
