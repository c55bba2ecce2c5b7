"""Of several files of one survey: which counts, and that nothing is set aside without a word."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import pytest

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.office import IGNORE, USE, FileDecision
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.findings import Catalogue, Finding, Place
from dxkpi_xl.merge.merge import merge
from dxkpi_xl.returns.choose import Chosen, choose
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged
from dxkpi_xl.returns.model import Answer, Receipt, Return, ReturnedRow, Verdict

MAY = datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC)
A_DAY = datetime.date(2024, 5, 20)

Changes = Mapping[tuple[str, str], str]
File = tuple[Receipt, Judged]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file of 総務部: what it changes, when it was written and saved; ``content`` where it equals another's."""

    name: str
    changes: Changes = field(default_factory=dict)
    written_on: datetime.date | None = None
    hour: int = 0
    content: str = ""


@pytest.fixture
def survey(issued: Issued) -> Survey:
    return next(each for each in issued.surveys.values() if each.addressee == "総務部")


@pytest.fixture
def file(survey: Survey) -> Callable[[Sent], File]:
    """A file as the inbox gives it."""

    def give(sent: Sent) -> File:
        sha256 = hashlib.sha256((sent.content or sent.name).encode()).hexdigest()
        rows = []
        for row in survey.rows:
            values = {key: sent.changes.get((row.listing_id, key), row.values.get(key, "")) for key in row.open_columns}
            answers = {k: Answer(value=v, written=v, place=Place(file=sent.name)) for k, v in sorted(values.items())}
            rows.append(ReturnedRow(listing_id=row.listing_id, place=Place(file=sent.name), answers=answers))
        answer = Return(
            survey_id=survey.id,
            file=sent.name,
            sha256=sha256,
            head={},
            written_on=sent.written_on,
            rows=tuple(rows),
            new_rows=(),
        )
        receipt = Receipt(
            file=sent.name,
            sha256=sha256,
            size=1,
            arrived=MAY + datetime.timedelta(hours=sent.hour),
            verdict=Verdict.ACCEPTED,
            survey_id=survey.id,
        )
        return receipt, Judged(verdict=Verdict.ACCEPTED, sha256=sha256, answer=answer)

    return give


def damaged(name: str) -> File:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    receipt = Receipt(file=name, sha256=sha256, size=1, arrived=MAY, verdict=Verdict.DAMAGED)
    return receipt, Judged(verdict=Verdict.DAMAGED, sha256=sha256)


def decision(file: str, choice: str, sha256: str = "", cell: str = "A3") -> FileDecision:
    place = Place(file="調査台帳.xlsx", sheet="受付の判断", cell=cell)
    return FileDecision(file=file, sha256=sha256, choice=choice, reason="電話で確認", decided_by="佐藤", place=place)


def counted(chosen: Chosen) -> dict[str, list[str]]:
    """The files that count, and the rows for which each speaks."""
    return {answer.file: [row.listing_id for row in answer.rows] for answer in chosen.returns}


def codes(chosen: Chosen) -> list[tuple[str, str]]:
    return [(receipt.file, receipt.finding().code) for receipt in chosen.receipts]


def found(chosen: Chosen) -> list[tuple[str, str]]:
    return [(finding.code, finding.place.cell) for finding in chosen.findings]


EARLY = Sent(name="1.xlsx", changes={("L0001", "outline"): "初め"})
LATE = Sent(name="2.xlsx", changes={("L0001", "outline"): "後"}, hour=1)
OTHER_ROW = Sent(name="3.xlsx", changes={("L0002", "outline"): "別の行"}, hour=2)


def test_a_second_copy_of_the_same_bytes_is_nothing(issued: Issued, file: Callable[[Sent], File]) -> None:
    copy = Sent(name="2.xlsx", changes=EARLY.changes, content="1.xlsx", hour=5)
    chosen = choose([file(copy), file(EARLY)], issued)
    assert list(counted(chosen)) == ["1.xlsx"]
    assert codes(chosen) == [("1.xlsx", "F001"), ("2.xlsx", "F003")]
    assert chosen.receipts[1].facts == {"same_as": "1.xlsx"}
    assert chosen.findings == ()


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (EARLY, LATE, "後から保存された"),
        (Sent(name="1.xlsx", changes=EARLY.changes, written_on=A_DAY, hour=0), LATE, "記入日が新しい"),
    ],
)
def test_a_later_return_of_the_same_rows_replaces_an_earlier_one(
    issued: Issued, file: Callable[[Sent], File], first: Sent, second: Sent, reason: str
) -> None:
    """記入日 goes before the time at which the file was saved: in the second case 1.xlsx is the later one."""
    later, earlier = (first, second) if first.written_on else (second, first)
    for order in ([first, second], [second, first]):
        chosen = choose([file(each) for each in order], issued)
        assert list(counted(chosen)) == [later.name]
        replaced = next(receipt for receipt in chosen.receipts if receipt.file == earlier.name)
        assert (replaced.verdict, replaced.finding().code) == (Verdict.SUPERSEDED, "F002")
        assert replaced.facts == {"by": later.name, "reason": reason, "differences": "L0001「事業概要又は取組内容」"}
        assert chosen.findings == ()


def test_parts_of_one_answer_are_put_together_each_with_the_rows_it_changed(
    issued: Issued, r6: Register, file: Callable[[Sent], File]
) -> None:
    chosen = choose([file(EARLY), file(OTHER_ROW)], issued)
    assert counted(chosen) == {"3.xlsx": [row.listing_id for row in chosen.returns[0].rows], "1.xlsx": ["L0001"]}
    assert codes(chosen) == [("1.xlsx", "F001"), ("3.xlsx", "F001")]
    assert found(chosen) == [("I020", "")]
    merged = merge(issued, r6, chosen.returns)
    outlines = {each.id: each.outline for each in merged.register.listings}
    assert (outlines["L0001"], outlines["L0002"], merged.findings) == ("初め", "別の行", ())


def test_parts_that_both_changed_a_field_are_a_conflict(
    issued: Issued, r6: Register, file: Callable[[Sent], File]
) -> None:
    both = Sent(name="1.xlsx", changes={("L0001", "outline"): "初め", ("L0003", "outline"): "この行だけ"})
    chosen = choose([file(both), file(LATE)], issued)
    assert counted(chosen)["1.xlsx"] == ["L0001", "L0003"]
    merged = merge(issued, r6, chosen.returns)
    assert [(f.code, f.listing_id) for f in merged.findings] == [("K001", "L0001")]
    assert "総務部(1.xlsx)「初め」" in merged.findings[0].facts["sides"]
    assert merged.register.listing_by_id["L0003"].outline == "この行だけ"


@pytest.mark.parametrize("named", ["name", "hash"])
def test_a_file_that_the_office_ignores_does_not_count_and_its_receipt_says_why(
    issued: Issued, file: Callable[[Sent], File], catalogue: Catalogue, named: str
) -> None:
    late = file(LATE)
    made = decision("2.xlsx", IGNORE) if named == "name" else decision("", IGNORE, late[0].sha256[:8])
    chosen = choose([file(EARLY), late], issued, [made])
    assert list(counted(chosen)) == ["1.xlsx"]
    assert codes(chosen) == [("1.xlsx", "F001"), ("2.xlsx", "F014")]
    assert chosen.receipts[1].verdict is Verdict.SUPERSEDED
    assert chosen.findings == ()
    worded = catalogue.word(chosen.receipts[1].finding()).message
    assert worded == "「2.xlsx」は、事務局の判断(佐藤。理由: 電話で確認)により、取りまとめに使いません。"


def test_a_part_that_the_office_ignores_is_not_put_together(issued: Issued, file: Callable[[Sent], File]) -> None:
    chosen = choose([file(EARLY), file(OTHER_ROW)], issued, [decision("1.xlsx", IGNORE)])
    assert (list(counted(chosen)), chosen.findings) == (["3.xlsx"], ())


def test_a_decision_is_about_the_content_and_so_about_every_copy(issued: Issued, file: Callable[[Sent], File]) -> None:
    copy = Sent(name="2.xlsx", changes=EARLY.changes, content="1.xlsx")
    chosen = choose([file(EARLY), file(copy)], issued, [decision("2.xlsx", IGNORE)])
    assert chosen.returns == ()
    assert codes(chosen) == [("1.xlsx", "F014"), ("2.xlsx", "F014")]


def test_a_file_that_is_no_return_can_be_ignored_and_keeps_its_verdict(
    issued: Issued, file: Callable[[Sent], File]
) -> None:
    chosen = choose([file(EARLY), damaged("x.xlsx")], issued, [decision("x.xlsx", IGNORE)])
    assert codes(chosen) == [("1.xlsx", "F001"), ("x.xlsx", "F014")]
    assert chosen.receipts[1].verdict is Verdict.DAMAGED


def test_a_file_that_the_office_uses_counts_instead_of_later_ones(
    issued: Issued, file: Callable[[Sent], File], catalogue: Catalogue
) -> None:
    chosen = choose([file(EARLY), file(LATE), file(OTHER_ROW)], issued, [decision("1.xlsx", USE)])
    assert list(counted(chosen)) == ["1.xlsx"]
    assert codes(chosen) == [("1.xlsx", "F001"), ("2.xlsx", "F015"), ("3.xlsx", "F015")]
    assert found(chosen) == [("I023", "A3")]
    assert catalogue.word(chosen.receipts[1].finding()).message == (
        "事務局の判断(佐藤。理由: 電話で確認)により、「2.xlsx」ではなく「1.xlsx」を採用しました。"
        "違い: L0001「事業概要又は取組内容」"
    )


def test_what_came_before_a_used_file_is_chosen_as_ever(issued: Issued, file: Callable[[Sent], File]) -> None:
    part = Sent(name="0.xlsx", changes={("L0002", "outline"): "別の行"})
    used = Sent(name="1.xlsx", changes=EARLY.changes, hour=1)
    late = Sent(name="2.xlsx", changes=LATE.changes, hour=2)
    chosen = choose([file(part), file(used), file(late)], issued, [decision("1.xlsx", USE)])
    assert counted(chosen)["0.xlsx"] == ["L0002"]
    assert list(counted(chosen)) == ["1.xlsx", "0.xlsx"]
    assert found(chosen) == [("I023", "A3"), ("I020", "")]


def test_two_files_that_the_office_uses_both_count_and_nobody_is_asked(
    issued: Issued, r6: Register, file: Callable[[Sent], File]
) -> None:
    decisions = [decision("1.xlsx", USE), decision("2.xlsx", USE, cell="A4")]
    chosen = choose([file(EARLY), file(LATE)], issued, decisions)
    assert list(counted(chosen)) == ["2.xlsx", "1.xlsx"]
    assert found(chosen) == [("I023", "A3"), ("I023", "A4")]
    assert [finding.code for finding in merge(issued, r6, chosen.returns).findings] == ["K001"]


@pytest.mark.parametrize(
    "made",
    [
        decision("ない.xlsx", IGNORE),
        decision("", USE, "0" * 64),
        decision("", IGNORE, hashlib.sha256(b"1.xlsx").hexdigest()[:7]),
        decision("1.xlsx", IGNORE, "0" * 64),
    ],
)
def test_a_decision_that_names_no_file_is_asked_after_at_its_cell(
    issued: Issued, file: Callable[[Sent], File], catalogue: Catalogue, made: FileDecision
) -> None:
    chosen = choose([file(EARLY)], issued, [made])
    assert list(counted(chosen)) == ["1.xlsx"]
    assert found(chosen) == [("I021", "A3")]
    assert made.named in catalogue.word(chosen.findings[0]).message


def test_a_file_that_cannot_be_read_cannot_be_used(issued: Issued) -> None:
    chosen = choose([damaged("x.xlsx")], issued, [decision("x.xlsx", USE)])
    assert codes(chosen) == [("x.xlsx", "F007")]
    assert found(chosen) == [("I022", "A3")]


def test_of_two_decisions_that_contradict_each_other_the_first_counts_and_the_second_is_asked_after(
    issued: Issued, file: Callable[[Sent], File]
) -> None:
    early = file(EARLY)
    decisions = [decision("1.xlsx", IGNORE), decision("", USE, early[0].sha256, cell="B4")]
    chosen = choose([early], issued, decisions)
    assert chosen.returns == ()
    assert found(chosen) == [("I024", "B4")]


def test_findings_of_a_file_that_does_not_count_are_left_out(issued: Issued, file: Callable[[Sent], File]) -> None:
    receipt, judged = file(EARLY)
    finding = Finding(code="C003", place=Place(file="1.xlsx", cell="N9"))
    early = (receipt, replace(judged, findings=(finding,)))
    assert choose([early], issued).findings == (finding,)
    assert choose([early, file(LATE)], issued).findings == ()
