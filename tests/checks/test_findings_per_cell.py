"""One cell, one finding: the heaviest; what would follow from a blank or an unreadable cell is not said as well."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from dxkpi_xl.checks.example_returns import example_returns
from dxkpi_xl.checks.examples import Answers
from dxkpi_xl.checks.reasons import accept_reasons
from dxkpi_xl.checks.run import check_all, check_return, one_a_cell
from dxkpi_xl.findings import Catalogue, Finding, Place, Severity
from dxkpi_xl.returns.issued import Issued

ROW = "L0013"


def at_row(issued: Issued, catalogue: Catalogue, cells: dict[str, str]) -> list[tuple[str, str]]:
    given = {(ROW, key): value for key, value in {"change_kind": "変更", **cells}.items()}
    found = one_a_cell(check_all(issued, example_returns(issued, Answers(cells=given))), catalogue)
    return [(each.code, each.column) for each in found if each.listing_id == ROW]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"targets.R6": ""}, [("C001", "targets.R6")]),
        ({"target": ""}, [("C002", "target")]),
        ({"target_kind": ""}, [("C001", "target_kind")]),
        ({"targets.R6": "〃"}, [("C011", "targets.R6")]),
        ({"targets.R6": "七万"}, [("C004", "targets.R6")]),
        ({"targets.R6": "756000"}, [("Y002", "targets.R6")]),
        ({"targets.R6": "75.6%"}, [("Y003", "targets.R6")]),
        ({"targets.R6": "70000"}, [("Y001", "targets.R6"), ("R004", "target")]),
        ({"targets.R6": "-"}, [("Y004", "targets.R6")]),
        (
            {"targets.R6": "", "targets.R7": "", "target": ""},
            [("C002", "target"), ("C001", "targets.R6"), ("C001", "targets.R7")],
        ),
        ({"kpi_name": "未定"}, [("C013", "kpi_name")]),
        ({"outline": "令和4年度までに行う。"}, [("R009", "outline")]),
        ({"outline": "令和4年度に行った。"}, []),
        ({"target": "平成30年度から75,600件"}, []),
        ({"target": "H30年度に75,600件"}, [("R009", "target")]),
        ({"target": "2023年度(令和5年度)に75,600件"}, [("R009", "target")]),
        ({"target": "R6年度に75,600件"}, []),
    ],
)
def test_a_cell_has_the_one_finding_that_explains_it(
    issued: Issued, catalogue: Catalogue, cells: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert at_row(issued, catalogue, cells) == expected


def test_the_heaviest_finding_of_a_cell_is_kept_whatever_the_order(catalogue: Catalogue) -> None:
    place = Place(file="f", sheet="s", cell="A1")
    note, ask, wrong = (Finding(code=code, place=place) for code in ("X001", "R009", "C001"))
    nowhere = Finding(code="C010", place=Place(file="f"))
    assert one_a_cell((note, nowhere, ask, wrong, nowhere), catalogue) == (nowhere, wrong, nowhere)
    assert one_a_cell((ask, Finding(code="R004", place=place)), catalogue) == (ask,)


def test_a_row_shifted_as_a_whole_is_said_once_and_judged_no_further(issued: Issued, catalogue: Catalogue) -> None:
    survey = next(iter(issued.surveys.values()))
    ids = [row.listing_id for row in survey.rows][:5]
    keys = ("project", "outline", "target_kind", "target")
    cells = {(below, key): f"@{above}" for above, below in pairwise(ids) for key in keys}
    found = one_a_cell(check_return(issued, example_returns(issued, Answers(cells=cells))[0]), catalogue)
    block = [each for each in found if each.code == "I011"]
    assert [(each.listing_id, each.facts["last"], each.facts["count"]) for each in block] == [(ids[1], ids[4], "4")]
    assert not [each for each in found if each.listing_id in ids and each.code != "I011"]


def test_an_unreadable_cell_silences_the_rules_that_need_it(issued: Issued) -> None:
    answer = next(each for each in example_returns(issued, Answers()) if ROW in {row.listing_id for row in each.rows})
    rows = []
    for row in answer.rows:
        if row.listing_id == ROW:
            kept = {key: each for key, each in row.answers.items() if key != "targets.R6"}
            target = replace(kept["target"], value="数のない文")
            row = replace(row, answers={**kept, "target": target}, unread=frozenset({"targets.R6"}))  # noqa: PLW2901
        rows.append(row)
    found = check_return(issued, replace(answer, rows=tuple(rows)))
    assert [each.code for each in found if each.listing_id == ROW] == ["R014"]


def test_a_reason_in_the_remarks_answers_what_would_be_asked_but_sends_nothing_wrong_through(
    issued: Issued, catalogue: Catalogue
) -> None:
    cells = {
        (ROW, "targets.R7"): "70000",
        (ROW, "kpi_name"): "",
        (ROW, "change_kind"): "変更",
        (ROW, "note"): "見直しによる",
    }
    returns = example_returns(issued, Answers(cells=cells))
    found = accept_reasons(one_a_cell(check_all(issued, returns), catalogue), returns, catalogue)
    here = [each for each in found if each.listing_id == ROW]
    assert [(each.code, each.column) for each in here] == [("C001", "kpi_name"), ("C020", "targets.R7")]
    worded = catalogue.word(here[1])
    assert worded.severity is Severity.NOTE
    assert worded.message == (
        "L0013 の「R7目標値」についての確認事項「目標値が昨年度より後退しています」(Y001)に、"
        "備考で「見直しによる」との御説明があります。"
    )


def test_a_reason_does_not_settle_what_the_office_must_do(issued: Issued, catalogue: Catalogue) -> None:
    returns = example_returns(issued, Answers(cells={(ROW, "note"): "課名が変わりました"}))
    place = returns[0].rows[0].place
    office = Finding(code="I001", place=place, facts={"label": "担当課"}, listing_id=ROW)
    assert accept_reasons((office,), returns, catalogue) == (office,)


def test_the_same_relisting_by_two_bureaus_is_found_at_the_second(issued: Issued, catalogue: Catalogue) -> None:
    row = {"change_kind": "新規", "area_name": "I-3", "item_name": "(5) RPAの導入", "relist_of": "L0022"}
    new = (("総務部", row), ("企画調整部", row))
    found = check_all(issued, example_returns(issued, Answers(new=new)))
    assert [(each.code, each.bureau, each.facts["other"]) for each in found if each.listing_id == "新01"] == [
        ("X005", "企画調整部", "総務部の新01")
    ]
