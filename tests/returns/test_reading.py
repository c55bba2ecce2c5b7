"""A return is read by its keys and headings, wherever they stand; what differs from the issue is found at its cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dxkpi_xl.checks.run import check_return
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged
from dxkpi_xl.returns.model import Return, Verdict

Give = Callable[[str], Any]
Judge = Callable[[bytes], Judged]


def rows_of(judged: Judged) -> dict[str, dict[str, str]]:
    assert judged.answer is not None
    return {row.listing_id: row.values() for row in judged.answer.rows}


def codes_of(judged: Judged) -> list[tuple[str, str]]:
    return [(finding.code, finding.place.cell) for finding in judged.findings]


def test_an_untouched_workbook_says_what_was_issued(workbook_of: Callable[[str], bytes], judged: Judge) -> None:
    result = judged(workbook_of("企画調整部"))
    assert (result.verdict, result.findings) == (Verdict.ACCEPTED, ())
    assert isinstance(result.answer, Return)
    assert (result.answer.survey_id, len(result.answer.rows), result.answer.new_rows) == ("R6-02-Y", 34, ())
    assert rows_of(result)["L0017"]["targets.R6"] == "27714"


def _insert_row(someone: Any) -> None:
    someone.sheet.insert_rows(someone.find("L0002")[0])


def _move_column(someone: Any) -> None:
    heading, column = someone.find("備考")
    for row in range(heading, someone.sheet.max_row + 1):
        someone.sheet.cell(row, column + 20).value = someone.sheet.cell(row, column).value
        someone.sheet.cell(row, column).value = None


def _rename_sheet(someone: Any) -> None:
    someone.sheet.title = "回答(総務部)"


def _trim_top(someone: Any) -> None:
    someone.sheet.insert_rows(1, 3)


def _own_sheet_first(someone: Any) -> None:
    someone.book.create_sheet("メモ", 0)["A1"] = "自分用"


def _strip_hidden(someone: Any) -> None:
    for sheet in list(someone.book.worksheets):
        if sheet.sheet_state != "visible":
            del someone.book[sheet.title]


def _sort(someone: Any) -> None:
    first, last = someone.find("L0001")[0], someone.find("L0002")[0]
    for column in range(1, someone.sheet.max_column + 1):
        one, other = someone.sheet.cell(first, column), someone.sheet.cell(last, column)
        if type(one).__name__ == type(other).__name__ == "Cell":
            one.value, other.value = other.value, one.value


@pytest.mark.parametrize(
    "happens", [_insert_row, _move_column, _rename_sheet, _trim_top, _own_sheet_first, _strip_hidden, _sort]
)
def test_whatever_moves_the_same_is_read(
    person: Give, judged: Judge, workbook_of: Callable[[str], bytes], happens: Callable[[Any], None]
) -> None:
    someone = person("総務部")
    someone.cell("L0001", "備考").value = "そのまま"
    happens(someone)
    result = judged(someone.save())
    expected = rows_of(judged(workbook_of("総務部")))
    expected["L0001"]["note"] = "そのまま"
    assert result.verdict is Verdict.ACCEPTED
    assert rows_of(result) == expected
    assert codes_of(result) == []


def test_an_office_cell_that_was_changed_is_found_and_the_issued_value_stands(person: Give, judged: Judge) -> None:
    someone = person("土木部")
    cell = someone.cell("L0012", "担当課")
    cell.value = "土木総務課"
    result = judged(someone.save())
    assert codes_of(result) == [("I001", cell.coordinate)]
    assert result.findings[0].facts["issued"] == "建設産業室"
    assert "section" not in rows_of(result)["L0012"]


def test_a_row_that_was_deleted_is_missed(person: Give, judged: Judge) -> None:
    someone = person("出納局")
    someone.sheet.delete_rows(someone.find("L0016")[0])
    result = judged(someone.save())
    assert [(f.code, f.listing_id) for f in result.findings] == [("I002", "L0016")]


def test_a_row_that_stands_twice_is_not_used_and_both_places_are_named(person: Give, judged: Judge) -> None:
    someone = person("出納局")
    one, other = someone.cell("L0015", "管理番号"), someone.cell("L0016", "管理番号")
    other.value = "L0015"
    result = judged(someone.save())
    expected = [("I004", one.coordinate), ("I004", other.coordinate), ("I002", "")]
    assert codes_of(result) == expected
    assert rows_of(result) == {}


def test_an_unknown_key_is_named(person: Give, judged: Judge) -> None:
    someone = person("出納局")
    cell = someone.cell("L0016", "管理番号")
    cell.value = "L9999"
    assert codes_of(judged(someone.save())) == [("I003", cell.coordinate), ("I002", "")]


def test_a_missing_column_is_named_and_its_answers_are_not_taken_as_blank(person: Give, judged: Judge) -> None:
    someone = person("土木部")
    someone.sheet.delete_cols(someone.find("事業概要又は取組内容")[1])
    result = judged(someone.save())
    assert [(f.code, f.column) for f in result.findings] == [("I005", "outline")]
    assert "outline" not in rows_of(result)["L0012"]


def test_a_reworded_heading_between_known_ones_is_still_its_column(person: Give, judged: Judge) -> None:
    someone = person("土木部")
    row, column = someone.find("事業概要又は取組内容")
    someone.sheet.cell(row, column).value = "概要"
    result = judged(someone.save())
    assert [(f.code, f.column, f.facts["value"]) for f in result.findings] == [("I008", "outline", "概要")]
    assert rows_of(result)["L0012"]["outline"] != ""


@pytest.mark.parametrize(
    ("heading", "typed", "code"),
    [
        ("事業概要又は取組内容", "=1+1", "C006"),
        ("指標(KPI)・目標の別", "数値目標", "C003"),
        ("区分", "たぶん継続", "C003"),
        ("統合先の管理番号", "L9999", "C003"),
    ],
)
def test_a_cell_that_cannot_be_used_is_found_at_its_address(
    person: Give, judged: Judge, heading: str, typed: str, code: str
) -> None:
    someone = person("土木部")
    cell = someone.cell("L0012", heading)
    cell.value = typed
    assert codes_of(judged(someone.save())) == [(code, cell.coordinate)]


@pytest.mark.parametrize(
    ("typed", "number_format", "read"),
    [
        ("４８．２％", "@", "４８．２％"),
        (0.482, "0.0%", "48.2%"),
        (75600, "General", "75600"),
        ("75,600件", "@", "75,600件"),
        ("－", "@", "－"),
        (" ", "@", ""),
        ("ほぼ100%", "@", "ほぼ100%"),
        ("未定", "@", "未定"),
    ],
)
def test_a_kpi_value_is_taken_as_it_was_meant(
    person: Give, judged: Judge, typed: object, number_format: str, read: str
) -> None:
    someone = person("企画調整部")
    cell = someone.cell("L0017", "R6目標値")
    cell.value, cell.number_format = typed, number_format
    assert rows_of(judged(someone.save()))["L0017"]["targets.R6"] == read


def test_a_spare_row_becomes_a_new_row_once_something_is_typed_in_it(person: Give, judged: Judge) -> None:
    someone = person("土木部")
    someone.cell("新02", "分野名称").value = "I-3 公務能率の向上に向けた取組"
    someone.cell("新02", "項目名称").value = "(５) ＲＰＡの導入"
    someone.cell("新02", "事業名又は取組名").value = "新しい事業"
    result = judged(someone.save())
    assert result.answer is not None
    rows = [(row.listing_id, row.value("item_name"), row.value("project")) for row in result.answer.new_rows]
    assert rows == [("新02", "(5) RPAの導入", "新しい事業")]


def test_an_item_of_another_area_is_not_in_the_list(person: Give, judged: Judge) -> None:
    someone = person("土木部")
    someone.cell("新01", "分野名称").value = "II-1"
    cell = someone.cell("新01", "項目名称")
    cell.value = "(6)ア"
    assert codes_of(judged(someone.save())) == [("C003", cell.coordinate)]


def test_what_stands_beside_the_form_is_named_and_the_form_still_read(person: Give, judged: Judge) -> None:
    someone = person("土木部")
    row, column = someone.find("L0012")
    beside = someone.sheet.cell(row, column + 60)
    below = someone.sheet.cell(row + 200, column + 40)
    beside.value, below.value = "電話で連絡済み", "別表"
    result = judged(someone.save())
    assert codes_of(result) == [("I007", beside.coordinate), ("I007", below.coordinate)]
    assert rows_of(result)["L0012"]["change_kind"] == "継続"


def test_a_blank_head_field_points_to_its_cell(issued: Issued, person: Give, judged: Judge) -> None:
    someone = person("土木部")
    row, column = someone.find("記入者")
    result = judged(someone.save())
    assert result.answer is not None
    place = result.answer.head_places["respondent"]
    merged = next((a for a in someone.sheet.merged_cells.ranges if (a.min_row, a.min_col) == (row, column)), None)
    expected = someone.sheet.cell(row, (merged.max_col if merged else column) + 1).coordinate
    assert place.cell == expected
    first = next(finding for finding in check_return(issued, result.answer) if finding.code == "C010")
    assert (first.facts["label"], first.place.cell) == ("記入者", expected)


def _put_id(someone: Any, text: str | None) -> None:
    for sheet in someone.book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if str(cell.value) == "R6-03-W":
                    cell.value = text
    someone.book.properties.subject = None
    for name in list(someone.book.custom_doc_props.names):
        del someone.book.custom_doc_props[name]


def test_without_any_id_the_rows_and_the_addressee_tell_whose_it_is(person: Give, judged: Judge) -> None:
    someone = person("土木部")
    _put_id(someone, None)
    result = judged(someone.save())
    assert result.verdict is Verdict.ACCEPTED
    assert result.answer is not None
    assert result.answer.survey_id == "R6-03-W"


@pytest.mark.parametrize(
    ("survey_id", "verdict"), [("R5-03-3", Verdict.OTHER_YEAR), ("R6-77-V", Verdict.UNKNOWN_BUREAU)]
)
def test_a_strange_id_is_another_years_or_of_an_unknown_bureau(
    person: Give, judged: Judge, survey_id: str, verdict: Verdict
) -> None:
    from dxkpi_xl.cycle.survey_id import read_survey_id

    assert read_survey_id(survey_id) == survey_id
    someone = person("土木部")
    _put_id(someone, survey_id)
    result = judged(someone.save())
    assert (result.verdict, result.facts["survey_id"], result.answer) == (verdict, survey_id, None)


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (b"", Verdict.DAMAGED),
        (b"PK\x03\x04 half", Verdict.DAMAGED),
        (b"%PDF-1.7\n", Verdict.WRONG_KIND),
        (b"a,b\n1,2\n", Verdict.OTHER_FORM),
    ],
)
def test_what_is_no_workbook_gets_its_verdict(judged: Judge, data: bytes, verdict: Verdict) -> None:
    assert judged(data).verdict is verdict


def test_a_workbook_of_something_else_is_another_form(judged: Judge) -> None:
    import io

    from openpyxl import Workbook

    book, saved = Workbook(), io.BytesIO()
    book.active["A1"] = "家計簿"
    book.save(saved)
    result = judged(saved.getvalue())
    assert (result.verdict, dict(result.facts)) == (Verdict.OTHER_FORM, {"sheets": "Sheet"})
