"""Which listing's words a row shows: its own, or those of its project's first row where it says nothing itself."""

from __future__ import annotations

from dxkpi_xl.cycle.model import Listing, Register
from dxkpi_xl.cycle.numbering import Numbering


def content_of(register: Register, numbering: Numbering, listing: Listing) -> Listing:
    """Give the listing whose outline, target and KPI a listing shows."""
    if listing.is_bare and numbering.is_relisted(listing):
        return register.listing_by_id[numbering.first_listing[listing.project_id]]
    return listing
