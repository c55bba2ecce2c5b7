"""Whose return it is: what is seen goes before what is hidden, and whatever contradicts is said."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from dxkpi_xl.cells.read import read_workbook
from dxkpi_xl.cells.saved_time import time_of_ole, time_of_text
from dxkpi_xl.cycle.survey_id import survey_id
from dxkpi_xl.returns.choose import choose
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged, judge
from dxkpi_xl.returns.model import Receipt, Verdict

from .strange_files import saved, with_part

OWN, OTHER, LAST_YEAR = survey_id("R6", "03"), survey_id("R6", "04"), survey_id("R5", "03")
Judge = Callable[[bytes], Judged]


class Copy:
    """A workbook that somebody does things to."""

    def __init__(self, data: bytes) -> None:
        self.book: Any = load_workbook(io.BytesIO(data))
        self.sheet: Any = self.book["事業・KPI"]

    def cells(self, text: str) -> list[Any]:
        found = [cell for sheet in self.book for row in sheet.iter_rows() for cell in row if str(cell.value) == text]
        assert found, text
        return found

    def visible_id(self, text: str | None) -> None:
        (cell,) = (cell for cell in self.cells(OWN) if cell.parent is self.sheet)
        cell.value = text

    def hidden_id(self, text: str | None) -> None:
        for cell in self.cells(OWN):
            if cell.parent is not self.sheet:
                cell.value = text
        self.book.properties.subject = text
        for name in list(self.book.custom_doc_props.names):
            del self.book.custom_doc_props[name]

    def answer(self, sheet: Any, listing_id: str, heading: str, value: str) -> str:
        (row,) = (c.row for line in sheet.iter_rows() for c in line if c.value == listing_id)
        (column,) = (c.column for line in sheet.iter_rows() for c in line if c.value == heading)
        cell = sheet.cell(row, column)
        cell.value = value
        return str(cell.coordinate)


@pytest.fixture
def copy(returned: dict[str, bytes]) -> Copy:
    return Copy(returned["土木部"])


def modified_at(moment: str) -> Callable[[bytes], bytes]:
    """A change of the part that tells when a workbook was saved."""
    told = rb"\g<1>" + moment.encode()
    return lambda part: re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", told, part)


def said(judged: Judged) -> list[tuple[str, str, str]]:
    return [(f.code, f.place.sheet, f.place.cell) for f in judged.findings]


def test_a_hidden_copy_that_says_something_else_is_reported_and_the_visible_id_counts(
    copy: Copy, judged: Judge
) -> None:
    copy.hidden_id(OTHER)
    result = judged(saved(copy.book))
    assert result.answer is not None
    assert (result.verdict, result.answer.survey_id) == (Verdict.ACCEPTED, OWN)
    assert [(f.code, f.facts["used"], f.facts["other"]) for f in result.findings] == [("I025", OWN, OTHER)]
    assert result.findings[0].place.sheet == "発行時の控え"


def test_a_property_alone_that_says_something_else_is_reported(copy: Copy, judged: Judge) -> None:
    copy.book.properties.subject = OTHER
    result = judged(saved(copy.book))
    assert [(f.code, f.facts["where"]) for f in result.findings] == [("I025", "ファイルのプロパティ")]


def test_a_spoilt_visible_id_is_reported_and_the_hidden_one_counts(copy: Copy, judged: Judge) -> None:
    (cell,) = (cell for cell in copy.cells(OWN) if cell.parent is copy.sheet)
    copy.visible_id("土木部のID")
    result = judged(saved(copy.book))
    assert result.answer is not None
    assert result.answer.survey_id == OWN
    assert said(result) == [("I025", "事業・KPI", cell.coordinate)]


def test_without_a_visible_id_the_hidden_one_counts_and_nothing_contradicts(copy: Copy, judged: Judge) -> None:
    copy.visible_id(None)
    result = judged(saved(copy.book))
    assert result.answer is not None
    assert (result.answer.survey_id, said(result)) == (OWN, [])


def test_last_years_sheet_in_this_years_workbook_is_last_years(copy: Copy, judged: Judge) -> None:
    copy.visible_id(LAST_YEAR)
    result = judged(saved(copy.book))
    assert (result.verdict, result.facts["survey_id"]) == (Verdict.OTHER_YEAR, LAST_YEAR)


def test_last_years_sheet_beside_this_years_is_said_not_to_be_used(copy: Copy, judged: Judge) -> None:
    beside = copy.book.copy_worksheet(copy.sheet)
    beside.title = "昨年度"
    for row in beside.iter_rows():
        for cell in row:
            cell.value = LAST_YEAR if cell.value == OWN else cell.value
    result = judged(saved(copy.book))
    assert result.answer is not None
    assert (result.answer.survey_id, result.answer.sheet) == (OWN, "事業・KPI")
    assert said(result) == [("I029", "昨年度", "")]


def test_of_two_sheets_with_different_answers_the_other_is_reported_with_what_differs(
    copy: Copy, judged: Judge
) -> None:
    beside = copy.book.copy_worksheet(copy.sheet)
    beside.title = "事業・KPI (2)"
    copy.answer(copy.sheet, "L0012", "備考", "一枚目")
    copy.answer(beside, "L0012", "備考", "二枚目")
    result = judged(saved(copy.book))
    assert result.answer is not None
    (found,) = result.findings
    assert (found.code, found.place.sheet) == ("I026", "事業・KPI (2)")
    assert (found.facts["count"], found.facts["where"]) == ("1", "L0012「備考」")
    assert {row.listing_id: row.value("note") for row in result.answer.rows}["L0012"] == "一枚目"


def test_a_second_sheet_that_says_the_same_is_nothing(copy: Copy, judged: Judge) -> None:
    copy.answer(copy.sheet, "L0012", "備考", "同じ")
    copy.book.copy_worksheet(copy.sheet)
    assert said(judged(saved(copy.book))) == []


def test_answers_on_a_copied_sheet_count_where_the_original_is_as_issued(distributed: Any, judged: Judge) -> None:
    (path,) = (distributed / "outbox" / "配布").glob("調査票_*土木部*.xlsx")
    copy = Copy(path.read_bytes())
    beside = copy.book.copy_worksheet(copy.sheet)
    copy.answer(beside, "L0012", "備考", "写しに記入")
    result = judged(saved(copy.book))
    assert result.answer is not None
    assert result.answer.sheet == beside.title
    assert {row.listing_id: row.value("note") for row in result.answer.rows}["L0012"] == "写しに記入"


def test_the_time_of_the_last_saving_is_read_from_the_file(copy: Copy, judged: Judge) -> None:
    moment = datetime.datetime(2024, 5, 20, 1, 2, 3, tzinfo=datetime.UTC)
    data = saved(copy.book)
    assert read_workbook(data).modified is not None
    result = judged(with_part(data, "docProps/core.xml", modified_at("2024-05-20T01:02:03Z")))
    assert result.answer is not None
    assert result.answer.saved_at == moment


@pytest.mark.parametrize(("told", "counts"), [(True, "1.xlsx"), (False, "2.xlsx")])
def test_of_one_day_the_later_saved_counts_before_the_later_arrived_where_both_tell(
    copy: Copy, issued: Issued, told: bool, counts: str
) -> None:
    copy.answer(copy.sheet, "L0012", "備考", "あり")
    data = saved(copy.book)
    pairs = []
    for name, minute, hour in (("1.xlsx", 9, 1), ("2.xlsx", 8, 2)):
        made = with_part(data, "docProps/core.xml", modified_at(f"2024-05-20T01:0{minute}:00Z" if told else "?"))
        result = judge(made, name, issued)
        arrived = datetime.datetime(2024, 5, 21, hour, tzinfo=datetime.UTC)
        receipt = Receipt(file=name, sha256=f"{name}{told}", size=1, arrived=arrived, verdict=result.verdict)
        pairs.append((receipt, result))
    assert [each.file for each in choose(pairs, issued).returns] == [counts]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-05-20T01:02:03Z", "2024-05-20T01:02:03+00:00"),
        ("2024-05-20T10:02:03.123456789+09:00", "2024-05-20T01:02:03.123456+00:00"),
        ("2024-05-20T10:02:03", "2024-05-20T01:02:03+00:00"),
        ("", None),
        ("昨日", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-99-99", None),
    ],
)
def test_a_time_in_a_property_is_a_moment_or_none(written: str, expected: str | None) -> None:
    moment = time_of_text(written)
    assert (moment.isoformat() if moment else None) == expected


def test_a_time_of_an_xls_is_a_moment_or_none() -> None:
    assert time_of_ole(13_360_640_523) == datetime.datetime(2024, 5, 20, 1, 2, 3, tzinfo=datetime.UTC)
    assert [time_of_ole(each) for each in (0, -1, 2**62, None, "x")] == [None] * 5
