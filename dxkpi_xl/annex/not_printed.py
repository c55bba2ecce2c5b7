"""Why a row that somebody asks for is not printed: it ended, the row it repeats ended, or the ledger left it out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dxkpi_xl.cycle import fields
from dxkpi_xl.merge.merged import Merged
from dxkpi_xl.merge.three_way import FieldOutcome
from dxkpi_xl.returns.issued import Issued

# The columns that tell of a row's end, in the order in which they are told.
_TELLING = (fields.CHANGE_KIND, fields.MERGE_INTO, fields.END_REASON)


class Why(StrEnum):
    """Why a row is not printed, in words."""

    ENDED = "区分が「{kind}」のためです。"
    WITH_ORIGINAL = "再掲元の{first}が掲載されなくなったためです(dxkpi trace {first} でその理由が分かります)。"
    NOT_IN_LEDGER = "調査票の発行の後に、調査台帳の「掲載行」から除かれたためです。"


@dataclass(frozen=True, kw_only=True)
class NotPrinted:
    """A row that was issued and is not printed: its project's name, why, and (label, outcome) of what tells of it."""

    listing_id: str
    name: str
    why: Why
    facts: Mapping[str, str] = field(default_factory=dict)
    told: tuple[tuple[str, FieldOutcome], ...] = ()

    @property
    def reason(self) -> str:
        """Why it is not printed, in words."""
        return self.why.value.format(**self.facts)


def not_printed(listing_id: str, issued: Issued, merged: Merged) -> NotPrinted | None:
    """Give why an issued row is not in the merged register; None where it is there, or never was issued."""
    listing = issued.register.listing_by_id.get(listing_id)
    if listing is None or listing_id in merged.register.listing_by_id:
        return None
    name = " ".join(issued.register.project_of(listing).name.split())
    if listing_id not in merged.ended:
        return NotPrinted(listing_id=listing_id, name=name, why=Why.NOT_IN_LEDGER)
    values = merged.outcome_of.rows[listing_id].values()
    if not issued.form.ended.holds(values):
        first = issued.register.numbering.first_listing[listing.project_id]
        return NotPrinted(listing_id=listing_id, name=name, why=Why.WITH_ORIGINAL, facts={"first": first})
    return NotPrinted(
        listing_id=listing_id,
        name=name,
        why=Why.ENDED,
        facts={"kind": values[fields.CHANGE_KIND]},
        told=tuple(_told(listing_id, issued, merged)),
    )


def _told(listing_id: str, issued: Issued, merged: Merged) -> list[tuple[str, FieldOutcome]]:
    labels = {column.key: column.label for column in issued.columns}
    outcomes = ((key, merged.outcome_of.get((listing_id, key))) for key in _TELLING)
    return [(labels[key], outcome) for key, outcome in outcomes if outcome and outcome.value]
