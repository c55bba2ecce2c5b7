"""Which listings a workbook offers to relist or to merge into: all, while a person can look through them."""

from __future__ import annotations

from dxkpi_xl.cycle.model import Listing, Register
from dxkpi_xl.cycle.survey import Survey

# Longer lists nobody looks through, and every workbook would carry the whole register: 1,000 workbooks of 26,000 rows
# each, where each is asked about 26.
MOST_OFFERED = 500


def offered_listings(register: Register, survey: Survey) -> tuple[Listing, ...]:
    """Give all listings in printed order, those of the survey's bureau where all are too many, else its own rows."""
    if len(register.listings) <= MOST_OFFERED:
        return register.listings
    of_bureau = register.listings_of_bureau.get(survey.bureau.name, ())
    if len(of_bureau) <= MOST_OFFERED:
        return of_bureau
    own = {row.listing_id for row in survey.rows}
    return tuple(each for each in of_bureau if each.id in own)
