"""Each rule has answers that break it and answers that just do not: the exact code at the exact cell, and no other."""

from __future__ import annotations

import pytest

from dxkpi_xl.cells.model import column_letters
from dxkpi_xl.checks import ALL_RULES
from dxkpi_xl.checks.example_returns import FIRST_HEAD_ROW, FIRST_ROW, example_returns
from dxkpi_xl.checks.examples import Answers, RuleExample, load_examples
from dxkpi_xl.checks.run import check_all, one_a_cell
from dxkpi_xl.findings import Catalogue, Finding
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.workspace import templates_folder

EXAMPLES = load_examples(templates_folder() / "r6")


def found_in(
    issued: Issued, catalogue: Catalogue, as_it_stands: tuple[Finding, ...], answers: Answers
) -> list[tuple[str, str, str]]:
    """What the answers add to the findings on the annex itself, as (code, file, cell)."""
    known = {(f.code, f.place) for f in as_it_stands}
    found = one_a_cell(check_all(issued, example_returns(issued, answers)), catalogue)
    return [(f.code, f.place.file, f.place.cell) for f in found if (f.code, f.place) not in known]


def expected_at(issued: Issued, example: RuleExample) -> tuple[str, str]:
    """The file and cell that an example names, computed from the form and the survey alone."""
    listing_id, key = example.at
    addressee = example.breaks.new[-1][0] if example.breaks.new else "総務部"
    if listing_id == "head":
        answered = [each.key for each in issued.form.head if each.answered]
        return f"{addressee}.xlsx", f"C{FIRST_HEAD_ROW + len(answered)}"
    for survey in issued.surveys.values():
        ids = [row.listing_id for row in survey.rows]
        if listing_id in ids or (listing_id == "新01" and survey.addressee == addressee):
            row = FIRST_ROW + (ids.index(listing_id) if listing_id in ids else len(ids))
            column = [each.key for each in issued.columns].index(key) + 1
            return f"{survey.addressee}.xlsx", f"{column_letters(column)}{row}"
    raise AssertionError(example.at)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_answers_that_break_a_rule_are_found_at_their_cell_and_nothing_else_is(
    issued: Issued, catalogue: Catalogue, as_it_stands: tuple[Finding, ...], example: RuleExample
) -> None:
    found = found_in(issued, catalogue, as_it_stands, example.breaks)
    if example.at == ("", ""):
        assert found == [(example.code, f"{survey.addressee}.xlsx", "") for survey in issued.surveys.values()]
    elif example.at[0] == "head":
        _, cell = expected_at(issued, example)
        assert found == [(example.code, f"{survey.addressee}.xlsx", cell) for survey in issued.surveys.values()]
    else:
        assert found == [(example.code, *expected_at(issued, example))]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_answers_that_just_do_not_break_it_are_not_found(
    issued: Issued, catalogue: Catalogue, as_it_stands: tuple[Finding, ...], example: RuleExample
) -> None:
    assert found_in(issued, catalogue, as_it_stands, example.holds) == []


def test_every_code_of_every_rule_has_an_example_and_words(catalogue: Catalogue) -> None:
    codes = [code for rule in ALL_RULES for code in rule.codes]
    assert sorted(codes) == sorted(example.code for example in EXAMPLES)
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert catalogue.entry(code).code == code


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_every_finding_can_be_worded(issued: Issued, catalogue: Catalogue, example: RuleExample) -> None:
    for finding in check_all(issued, example_returns(issued, example.breaks)):
        worded = catalogue.word(finding)
        assert "{" not in worded.message + worded.remedy
