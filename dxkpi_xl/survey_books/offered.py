"""Which listings a workbook offers to relist or to merge into: all, while a person can look through them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.cycle.model import Area, Listing, Register
from dxkpi_xl.cycle.survey import Survey

# Longer lists nobody looks through, and every workbook would carry the whole register: 1,000 workbooks of 26,000 rows
# each, where each is asked about 26.
MOST_OFFERED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedListing:
    """A listing as a workbook names it: ``project_no`` and ``printed_name`` as printed, bureaus one a line."""

    id: str
    project_no: str
    printed_name: str
    name: str
    bureaus: str
    owners: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All of the register that a workbook holds beside its own rows: the plan, and what may be relisted."""

    plan: tuple[Area, ...]
    listings: tuple[OfferedListing, ...]


class Offers:
    """What the workbooks of one register offer; where each offers the whole of it, that is put into words once."""

    def __init__(self, register: Register) -> None:
        self._register = register

    @cached_property
    def of_all(self) -> Offer | None:
        """What every workbook offers; None where each offers something of its own."""
        register = self._register
        return self._offer(register.listings) if len(register.listings) <= MOST_OFFERED else None

    def of(self, survey: Survey) -> Offer:
        """Give what the workbook of a survey offers."""
        return self.of_all or self._offer(offered_listings(self._register, survey))

    def _offer(self, listings: tuple[Listing, ...]) -> Offer:
        return Offer(plan=self._register.plan, listings=tuple(_in_words(self._register, each) for each in listings))


def offered_listings(register: Register, survey: Survey) -> tuple[Listing, ...]:
    """Give all listings in printed order, those of the survey's bureau where all are too many, else its own rows."""
    if len(register.listings) <= MOST_OFFERED:
        return register.listings
    of_bureau = register.listings_of_bureau.get(survey.bureau.name, ())
    if len(of_bureau) <= MOST_OFFERED:
        return of_bureau
    own = {row.listing_id for row in survey.rows}
    return tuple(each for each in of_bureau if each.id in own)


def _in_words(register: Register, listing: Listing) -> OfferedListing:
    project = register.project_of(listing)
    return OfferedListing(
        id=listing.id,
        project_no=register.numbering.project_cell(listing),
        printed_name=listing.name_layout or project.name,
        name=" ".join(project.name.split()),
        bureaus="\n".join(owner.bureau for owner in project.owners),
        owners="、".join(map(str, project.owners)),
    )
