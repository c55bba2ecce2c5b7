"""Of parts of one answer every part is judged, each row where it was answered."""

from __future__ import annotations

from dataclasses import replace

from dxkpi_xl.checks.alone import check_alone
from dxkpi_xl.checks.example_returns import example_returns
from dxkpi_xl.checks.examples import Answers
from dxkpi_xl.checks.run import check_all
from dxkpi_xl.cycle import fields
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return


def part(issued: Issued, file: str, typed: dict[tuple[str, str], str], rows: frozenset[str] | None = None) -> Return:
    """総務部's workbook under a name of its own, with the findings of the child that read it; some rows of it."""
    answers = example_returns(issued, Answers(cells=typed))
    answer = next(each for each in answers if issued.surveys[each.survey_id].addressee == "総務部")
    named = tuple(replace(row, place=replace(row.place, file=file)) for row in answer.rows)
    kept = tuple(row for row in named if rows is None or row.listing_id in rows)
    answer = replace(answer, file=file, rows=kept)
    return replace(answer, own=check_alone(issued, answer)) if rows is None else answer


def said(issued: Issued, *parts: Return) -> list[tuple[str, str]]:
    found = check_all(issued, parts)
    return sorted((each.code, each.listing_id) for each in found if each.listing_id in ("L0001", "L0002"))


def test_what_is_wrong_in_the_latest_part_is_said_beside_an_earlier_one(issued: Issued) -> None:
    wrong = {("L0002", fields.CHANGE_KIND): "たぶん継続"}
    latest = part(issued, "2.xlsx", wrong)
    earlier = part(issued, "1.xlsx", {("L0001", fields.OUTLINE): "窓口を増やす。"}, frozenset({"L0001"}))
    alone = said(issued, latest)
    assert [code for code, row in alone if row == "L0002"] != []
    for parts in ((latest, earlier), (earlier, latest)):
        assert [each for each in said(issued, *parts) if each[1] == "L0002"] == [e for e in alone if e[1] == "L0002"]


def test_what_one_part_answered_is_not_asked_of_the_other(issued: Issued) -> None:
    blank = {("L0001", fields.OUTLINE): ""}
    issued_blank = replace(
        issued,
        register=replace(
            issued.register,
            listings=tuple(replace(x, outline="") if x.id == "L0001" else x for x in issued.register.listings),
        ),
    )
    changed = {("L0002", fields.OUTLINE): "窓口を減らす。", ("L0002", fields.CHANGE_KIND): fields.CHANGED}
    latest = part(issued_blank, "2.xlsx", blank | changed)
    assert [row for _, row in said(issued_blank, latest)] == ["L0001"]
    earlier = part(
        issued_blank,
        "1.xlsx",
        {("L0001", fields.OUTLINE): "窓口を増やす。", ("L0001", fields.CHANGE_KIND): fields.CHANGED},
        frozenset({"L0001"}),
    )
    assert said(issued_blank, latest, earlier) == []
