"""The real annex, answered as it was transcribed, is accepted: what is asked of it is what ought to be asked."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from dxkpi_xl.checks.example_returns import example_returns
from dxkpi_xl.checks.examples import Answers
from dxkpi_xl.checks.run import check_all, one_a_cell
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.demo.bureaus import transcribed_answers
from dxkpi_xl.demo.emptied import emptied
from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.form.columns import Form
from dxkpi_xl.returns.issued import Issued

BLANK_TARGETS = {f"L{n:04}" for n in range(17, 26)}
# The annex's relisted rows whose text is not that of the row they repeat: outline or target, as printed.
DRIFTS = [("L0029", "target"), ("L0039", "target"), ("L0053", "target"), ("L0056", "outline"), ("L0059", "target")]


def said(findings: tuple[Finding, ...], code: str) -> list[tuple[str, str]]:
    return sorted((each.listing_id, each.column) for each in findings if each.code == code)


def assert_as_ought_to_be(findings: tuple[Finding, ...], catalogue: Catalogue) -> None:
    assert {each.code for each in findings} == {"C002", "R009", "X001"}
    assert said(findings, "C002") == sorted((listing, "target") for listing in BLANK_TARGETS)
    assert said(findings, "R009") == [("L0049", "target")]
    assert [each.facts["value"] for each in findings if each.code == "R009"] == ["令和5年度末までに"]
    assert said(findings, "X001") == DRIFTS
    weights = [catalogue.severity(each) for each in findings]
    assert (weights.count(Severity.WRONG), weights.count(Severity.ASK), weights.count(Severity.NOTE)) == (0, 10, 5)


def test_the_annex_typed_into_empty_workbooks_has_nothing_to_send_back(
    form: Form, r6: Register, r6_folder: Path, catalogue: Catalogue
) -> None:
    transcript = json.loads((r6_folder / "annex.json").read_text(encoding="utf-8"))
    cells = {(f"L{n:04}", key): text for n, row in transcribed_answers(transcript) for key, text in row.items()}
    issued = Issued(form=form, register=emptied(r6))
    findings = check_all(issued, example_returns(issued, Answers(cells=cells)))
    assert_as_ought_to_be(one_a_cell(findings, catalogue), catalogue)


def test_the_annex_returned_unchanged_says_the_same(as_it_stands: tuple[Finding, ...], catalogue: Catalogue) -> None:
    assert_as_ought_to_be(one_a_cell(as_it_stands, catalogue), catalogue)


def test_the_order_of_the_returns_does_not_matter(issued: Issued, as_it_stands: tuple[Finding, ...]) -> None:
    returns = example_returns(issued, Answers())
    assert check_all(issued, returns[::-1]) == as_it_stands


def test_one_bureau_alone_is_judged_beside_what_was_issued_to_the_others(
    issued: Issued, as_it_stands: tuple[Finding, ...]
) -> None:
    for answer in example_returns(issued, Answers()):
        alone = check_all(issued, (answer,))
        assert alone == tuple(each for each in as_it_stands if each.place.file == answer.file)


def test_a_relisted_kpi_is_compared_with_what_its_defining_row_says_this_year(issued: Issued) -> None:
    changes = {("L0008", "targets.R6"): "75.0%", ("L0008", "target"): "75.0%とする。"}
    returns = example_returns(issued, Answers(cells=changes))
    found = {each.listing_id for each in check_all(issued, returns) if each.code == "R004"}
    assert found == {"L0010", "L0050", "L0060"}  # their sentences still say 73.7%


def test_a_survey_without_rows_is_no_reason_to_fail(form: Form, r6: Register) -> None:
    issued = Issued(form=form, register=replace(r6, listings=(), projects=(), kpis=()))
    assert check_all(issued, example_returns(issued, Answers())) == ()
