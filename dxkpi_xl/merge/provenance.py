"""Where a value of the merged register came from: a return's cell, the ledger, a decision, or a computation."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.consistency import Places
from dxkpi_xl.cycle.model import Listing, Register
from dxkpi_xl.findings import Place
from dxkpi_xl.merge.outcomes import FieldKey, Outcomes
from dxkpi_xl.merge.three_way import OFFICE, FieldOutcome, FieldState


class Origin(StrEnum):
    """What kind of source a value has."""

    RETURN = "回答"
    AS_ISSUED = "発行時のまま"
    LEDGER = "調査台帳"
    DECISION = "判断"
    UNDECIDED = "競合(未決)"
    COMPUTED = "計算"


@dataclass(frozen=True, kw_only=True)
class Source:
    """The source of one field: its kind, the place where the value stands, and the outcome that it came by, if any."""

    origin: Origin
    place: Place = field(default_factory=Place)
    sha256: str = ""
    outcome: FieldOutcome | None = None


class Sources:
    """Answers where the values of a merged register came from."""

    def __init__(self, register: Register, outcomes: Outcomes, ledger: Places) -> None:
        self._register = register
        self._outcomes = outcomes
        self._happened = frozenset((outcome.listing_id, outcome.column) for outcome in outcomes.happened)
        self._ledger = ledger
        self._numbering = register.numbering

    def of(self, listing: Listing, key: str) -> Source:
        """Give the source of a column's value in a row; ``listing`` is the row whose content is printed."""
        if key in (fields.NUMBER, fields.KPI_NO):
            return Source(origin=Origin.COMPUTED)
        answered = self._answered(listing, key)
        outcome, key = self._outcomes.get(answered), answered[1]
        if outcome is None or outcome.state is FieldState.UNANSWERED:
            place = self._in_ledger(listing, key)
            return Source(origin=Origin.LEDGER if outcome is None else Origin.AS_ISSUED, place=place, outcome=outcome)
        return self._of_outcome(listing, key, outcome)

    def is_as_issued(self, listing: Listing, key: str) -> bool:
        """Whether no side says anything but what was issued, nor any row is new: known without making the source."""
        return self._answered(listing, key) not in self._happened

    def _answered(self, listing: Listing, key: str) -> FieldKey:
        """Give the field in which a column's printed value is answered."""
        if key == fields.TARGET and not listing.target:
            key = fields.TARGET_KIND  # without a sentence only its label is printed
        return self._holder(listing, key), key

    def _of_outcome(self, listing: Listing, key: str, outcome: FieldOutcome) -> Source:
        side = outcome.source
        sha256 = side.sha256 if side else ""
        place = side.place if side else self._in_ledger(listing, key)
        if outcome.state is FieldState.DECIDED:
            return Source(origin=Origin.DECISION, place=place, sha256=sha256, outcome=outcome)
        if outcome.state is FieldState.CONFLICT:
            if side is None or side.who == OFFICE or outcome.value == outcome.base:
                place, sha256 = self._in_ledger(listing, key), ""
            return Source(origin=Origin.UNDECIDED, place=place, sha256=sha256, outcome=outcome)
        if side is None or side.who == OFFICE:
            return Source(origin=Origin.LEDGER, place=self._in_ledger(listing, key), outcome=outcome)
        return Source(origin=Origin.RETURN, place=place, sha256=sha256, outcome=outcome)

    def _holder(self, listing: Listing, key: str) -> str:
        """Give the id of the listing whose row answers a column: the KPI's own row, the project's first row."""
        if key in fields.KPI_ANSWERS or key.startswith(f"{fields.TARGETS}."):
            kpi = self._register.kpi_of(listing)
            return kpi.defined_by if kpi else listing.id
        if key == fields.PROJECT and (listing.id, key) not in self._outcomes:
            return self._numbering.first_listing[listing.project_id]
        return listing.id

    def _in_ledger(self, listing: Listing, key: str) -> Place:
        thing, part = {
            fields.AREA_NAME: (listing.area_no, "name"),
            fields.ITEM_NAME: (f"{listing.area_no} {listing.item_no}", "name"),
            fields.BUREAU: (listing.project_id, "owners"),
            fields.SECTION: (listing.project_id, "owners"),
            fields.PROJECT: (listing.project_id, "name"),
            fields.KPI_NAME: (listing.kpi_id, "name"),
        }.get(key, (listing.id, key))
        if listing.kpi_id and (key == fields.BASELINE or key.startswith(f"{fields.TARGETS}.")):
            thing = listing.kpi_id
        return self._ledger(thing, part)
