"""Many workbooks: made by any number of processes they have the same bytes, and none carries the whole register."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dxkpi_xl.cycle.model import Register, in_plan_order
from dxkpi_xl.cycle.survey import surveys
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.refusals import Refused
from dxkpi_xl.survey_books.distribution import issued_books
from dxkpi_xl.survey_books.filled import Filled
from dxkpi_xl.survey_books.many import OnDemand, Wanted, workbooks
from dxkpi_xl.survey_books.offered import MOST_OFFERED, Offers, offered_listings
from dxkpi_xl.survey_books.workbook import survey_workbook


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
        list(issued_books(form, long, surveys(form, long), no_progress, workers=2))
    assert refused.value.facts["length"] == 40_000


def test_all_listings_are_offered_while_they_can_be_looked_through(form: Form, r6: Register) -> None:
    assert all(offered_listings(r6, survey) == r6.listings for survey in surveys(form, r6))


def test_of_too_many_listings_those_of_the_bureau_are_offered(form: Form, r6: Register) -> None:
    many = with_many_listings(r6, MOST_OFFERED)
    for survey in surveys(form, many):
        offered = offered_listings(many, survey)
        assert {each.id for each in offered} == {row.listing_id for row in survey.rows}
        assert len(offered) < len(many.listings)


def test_filled_workbooks_are_the_same_from_child_processes(form: Form, r6: Register) -> None:
    wanted = [
        Wanted(
            survey=each, filled=Filled(answers={(each.rows[0].listing_id, "outline"): "改めた"}, head={"mail": "甲"})
        )
        for each in surveys(form, r6)
    ]
    here = [survey_workbook(form, r6, each.survey, each.filled) for each in wanted]
    assert list(workbooks(form, r6, wanted, no_progress, workers=2)) == here
    assert list(workbooks(form, r6, wanted, no_progress)) == here


def test_of_a_large_register_a_child_is_given_the_rows_of_its_own_workbook(form: Form, r6: Register) -> None:
    many = with_many_listings(r6, MOST_OFFERED)
    offers = Offers(many)
    assert offers.of_all is None
    for survey in surveys(form, many):
        assert [each.id for each in offers.of(survey).listings] == [row.listing_id for row in survey.rows]


def test_an_item_is_made_each_time_that_it_is_asked_for() -> None:
    asked: list[int] = []

    def made(n: int) -> int:
        asked.append(n)
        return n * n

    squares = OnDemand(4, made)
    assert (len(squares), asked) == (4, [])
    assert (squares[2], squares[-1], squares[1:3], asked) == (4, 9, [1, 4], [2, 3, 1, 2])
    with pytest.raises(IndexError):
        squares[4]
