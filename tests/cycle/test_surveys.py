"""Surveys are known at once and made one at a time."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from dxkpi_xl.cycle import survey
from dxkpi_xl.cycle.model import PER_SECTION, Register
from dxkpi_xl.cycle.survey import Surveys, surveys
from dxkpi_xl.form.columns import Form
from dxkpi_xl.returns.issued import Issued

IDS = ["R6-01-0", "R6-02-Y", "R6-03-W", "R6-04-U", "R6-05-S", "R6-06-Q"]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The IDs of the surveys that are made, in that order."""
    found: list[str] = []
    make = Surveys._survey

    def watched(self: Surveys, key: str) -> survey.Survey:
        found.append(key)
        return make(self, key)

    monkeypatch.setattr(Surveys, "_survey", watched)
    return found


def test_whom_they_are_for_is_known_without_making_any(form: Form, r6: Register, made: list[str]) -> None:
    known = Surveys(form, r6)
    assert list(known) == IDS
    assert len(known) == 6
    assert known.addressees["R6-03-W"] == "土木部"
    assert "R6-03-W" in known
    assert "R6-99-X" not in known
    assert made == []


def test_one_is_made_when_it_is_asked_for_and_kept(form: Form, r6: Register, made: list[str]) -> None:
    known = Surveys(form, r6)
    assert known["R6-02-Y"] is known["R6-02-Y"]
    assert made == ["R6-02-Y"]
    assert [each.addressee for each in known.values()] == list(known.addressees.values())
    assert tuple(known.values()) == surveys(form, r6)


def test_no_more_than_the_last_are_kept(
    form: Form, r6: Register, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "_MOST_KEPT", 2)
    known = Surveys(form, r6)
    for key in (IDS[0], IDS[1], IDS[2], IDS[1], IDS[0]):
        assert known[key].id == key
    assert made == [IDS[0], IDS[1], IDS[2], IDS[0]]


def test_each_section_has_one_where_the_cycle_says_so(form: Form, r6: Register) -> None:
    known = Surveys(form, replace(r6, cycle=replace(r6.cycle, distribute_to=PER_SECTION)))
    assert len(known) == sum(len(bureau.sections) for bureau in r6.bureaus)
    assert all(known[key].addressee == addressee for key, addressee in known.addressees.items())
    assert {row.listing_id for each in known.values() for row in each.rows} == set(r6.listing_by_id)


def test_a_child_is_sent_no_survey(form: Form, r6: Register) -> None:
    issued = Issued(form=form, register=r6)
    assert sum(len(each.rows) for each in issued.surveys.values()) == 67
    sent = copy.copy(issued)  # made of what a pickle holds
    assert "surveys" not in vars(sent)
    assert sent == issued
    assert sent.surveys["R6-01-0"] == issued.surveys["R6-01-0"]
