"""Relisted rows whose own words the annex does not print, because the cycle has them follow their original."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.content import content_of
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.findings import Finding


def unprinted_words(register: Register) -> Iterator[Finding]:
    """Give a finding (K013) for each row that says something of its own, other than what it is printed with."""
    numbering = register.numbering
    for listing in register.listings:
        shown = content_of(register, numbering, listing)
        if listing.is_bare or shown.id == listing.id:
            continue
        own, printed = (fields.listing_values(register, numbering, each) for each in (listing, shown))
        keys = (*fields.LISTING_ANSWERS, *fields.KPI_ANSWERS)
        if any(own[key] != printed[key] for key in keys):
            facts = {"id": listing.id, "name": " ".join(register.project_of(listing).name.split()), "first": shown.id}
            yield Finding(code="K013", facts=facts, listing_id=listing.id)
