"""Which listing's words a row shows: its own, or those of its project's first row."""

from __future__ import annotations

from dxkpi_xl.cycle.model import ORIGINAL_CONTENT, Listing, Register
from dxkpi_xl.cycle.numbering import Numbering


def content_of(register: Register, numbering: Numbering, listing: Listing) -> Listing:
    """Give the listing whose outline, target and KPI a listing shows.

    A relisted row follows its project's first row where it says nothing itself, or always, as the cycle's
    ``relisting_policy`` has it. A row that defines a KPI keeps its own: that KPI stands nowhere else.
    """
    if numbering.is_relisted(listing) and (listing.is_bare or _must_follow(register, listing)):
        return register.listing_by_id[numbering.first_listing[listing.project_id]]
    return listing


def _must_follow(register: Register, listing: Listing) -> bool:
    kpi = register.kpi_of(listing)
    defines = kpi is not None and kpi.defined_by == listing.id
    return register.cycle.relisting_policy == ORIGINAL_CONTENT and not defines
