"""Many workbooks: made by any number of processes they have the same bytes, and none carries the whole register."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dxkpi_xl.cycle.model import Register, in_plan_order
from dxkpi_xl.cycle.survey import surveys
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.refusals import Refused
from dxkpi_xl.survey_books.distribution import issued_books
from dxkpi_xl.survey_books.offered import MOST_OFFERED, offered_listings


def no_progress(done: int, of: int) -> None:
    """Say nothing."""


def with_many_listings(register: Register, count: int) -> Register:
    """Give a register that lists its projects again and again, under ids of their own."""
    times = range(1 + count // len(register.listings))
    listings = [replace(each, id=f"{each.id}{time or ''}") for time in times for each in register.listings]
    return replace(register, listings=in_plan_order(register.plan, tuple(listings)))


def test_one_two_and_eight_processes_make_the_same_bytes_as_this_one(form: Form, r6: Register) -> None:
    wanted = surveys(form, r6)
    here = [book.data for book in issued_books(form, r6, wanted, no_progress)]
    for workers in (1, 2, 8):
        assert [book.data for book in issued_books(form, r6, wanted, no_progress, workers)] == here


def test_what_a_child_cannot_make_is_refused_with_its_reason(form: Form, r6: Register) -> None:
    long = replace(r6, listings=(replace(r6.listings[0], outline="長" * 40_000), *r6.listings[1:]))
    with pytest.raises(Refused) as refused:
        issued_books(form, long, surveys(form, long), no_progress, workers=2)
    assert refused.value.facts["length"] == 40_000


def test_all_listings_are_offered_while_they_can_be_looked_through(form: Form, r6: Register) -> None:
    assert all(offered_listings(r6, survey) == r6.listings for survey in surveys(form, r6))


def test_of_too_many_listings_those_of_the_bureau_are_offered(form: Form, r6: Register) -> None:
    many = with_many_listings(r6, MOST_OFFERED)
    for survey in surveys(form, many):
        offered = offered_listings(many, survey)
        assert {each.id for each in offered} == {row.listing_id for row in survey.rows}
        assert len(offered) < len(many.listings)
