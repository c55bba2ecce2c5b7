"""What stands in the way of sending out is said with the cell of the ledger to mend."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dxkpi_xl.cycle.model import Area, Contact, Register
from dxkpi_xl.findings import Catalogue, Place
from dxkpi_xl.form.columns import Form
from dxkpi_xl.survey_books.issue_findings import issue_findings


def place(thing: str, field: str) -> Place:
    """A ledger whose cells are named for what stands in them."""
    return Place(file="調査台帳.xlsx", cell=f"{thing}/{field}")


def codes(form: Form, register: Register) -> list[tuple[str, str]]:
    """Codes and cells, those about a bureau's mail left out."""
    found = issue_findings(form, register, place)
    return [(each.code, each.place.cell) for each in found if each.code != "T025"]


def test_the_real_register_can_be_sent_out(form: Form, r6: Register) -> None:
    assert codes(form, r6) == []


@pytest.mark.parametrize(("length", "expected"), [(255, []), (256, [("T020", "I-1/name")])])
def test_a_choice_longer_than_excel_looks_up_is_refused(
    form: Form, r6: Register, length: int, expected: list[tuple[str, str]]
) -> None:
    first = r6.plan[0]
    longer = Area(no=first.no, name="あ" * (length - len(first.no) - 1), items=first.items)
    assert codes(form, replace(r6, plan=(longer, *r6.plan[1:]))) == expected


def test_a_bureau_without_sections_is_refused(form: Form, r6: Register) -> None:
    bureaus = (replace(r6.bureaus[0], sections=()), *r6.bureaus[1:])
    assert codes(form, replace(r6, bureaus=bureaus)) == [("T021", "総務部/id")]


@pytest.mark.parametrize(("count", "expected"), [(0, []), (99, []), (100, [("T022", "cycle/spare_rows")])])
def test_spare_rows_have_a_bound(form: Form, r6: Register, count: int, expected: list[tuple[str, str]]) -> None:
    assert codes(form, replace(r6, cycle=replace(r6.cycle, spare_rows=count))) == expected


def test_a_letter_without_deadline_or_address_is_asked_after(form: Form, r6: Register) -> None:
    cycle = replace(r6.cycle, office_deadline=None, contact=Contact())
    assert codes(form, replace(r6, cycle=cycle)) == [("T023", "cycle/office_deadline"), ("T024", "cycle/contact.mail")]


@pytest.mark.parametrize(
    ("outline", "expected"),
    [
        ("あ" * 400, []),
        ("あ" * 1000, [("T028", "L0001/outline")]),
        ("あ" * 1001, [("T027", "L0001/outline")]),
        ("\n" * 254, [("T026", "L0001/outline")]),
    ],
)
def test_an_issued_text_beyond_the_forms_limit_is_told(
    form: Form, r6: Register, outline: str, expected: list[tuple[str, str]]
) -> None:
    listings = (replace(r6.listings[0], outline=outline), *r6.listings[1:])
    assert codes(form, replace(r6, listings=listings)) == expected


def test_every_finding_has_its_words(form: Form, r6: Register, catalogue: Catalogue) -> None:
    bureaus = (replace(r6.bureaus[0], sections=()), *r6.bureaus[1:])
    cycle = replace(r6.cycle, spare_rows=100, office_deadline=None, contact=Contact())
    long = replace(r6.plan[0], name="あ" * 300)
    listings = (
        replace(r6.listings[0], outline="あ" * 1001),
        replace(r6.listings[1], outline="\n" * 254),
        replace(r6.listings[2], outline="あ" * 1000),
        *r6.listings[3:],
    )
    register = replace(r6, cycle=cycle, bureaus=bureaus, plan=(long, *r6.plan[1:]), listings=listings)
    found = issue_findings(form, register, place)
    assert {each.code for each in found} == {f"T02{n}" for n in range(9)}
    assert all("{" not in catalogue.word(each).message + catalogue.word(each).remedy for each in found)
