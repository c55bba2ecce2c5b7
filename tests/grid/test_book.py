"""A workbook: its bytes, its properties, its sheets and its names."""

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.charts import Chart, Series
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rules import Dialog
from dxkpi_xl.grid.styles import Colour, Line, Mark, Style


def everything() -> bytes:
    book = Book(Properties(title="調査票", subject="令和6年度", company="福島県"))
    front, lists = book.sheet("事業・KPI"), book.sheet("リスト")
    lists.hide(very=True)
    cell = Style(border=Line.THIN, fill=Colour.ANSWER_FILL, wrap=True, locked=False)
    for row in range(1, 5):
        lists.number(f"A{row}", row, Style())
    front.rich_text("A1", [("名前", Style(bold=True)), ("\n（部分）", Style())], cell)
    front.choices("B2:B9", "='リスト'!$A$1:$A$4", Dialog(prompt="選んでください。"))
    front.mark_when("B2:B9", '=$B2=""', Mark(fill=Colour.MISSING_FILL))
    front.note("A1", "御確認ください。")
    series = Series(name="件数", sheet="リスト", categories="A1:A4", values="A1:A4")
    front.chart("D2", Chart(kind="column", title="件数", alternative_text="件数の推移", series=(series,)))
    front.protect()
    book.define_constant("dxkpi_survey", "R6-01")
    book.custom_property("dxkpi_survey", "R6-01")
    return book.to_bytes()


def test_the_same_calls_give_the_same_bytes() -> None:
    assert everything() == everything()


def test_the_bytes_can_be_taken_twice(book: Book, sheet: Sheet) -> None:
    sheet.text("A1", "一", Style())
    assert book.to_bytes() == book.to_bytes()


def test_another_reader_opens_the_workbook_with_all_its_sheets() -> None:
    read = openpyxl.load_workbook(io.BytesIO(everything()))
    assert [(name, read[name].sheet_state) for name in read.sheetnames] == [
        ("事業・KPI", "visible"),
        ("リスト", "veryHidden"),
    ]


def test_properties_carry_title_and_office_but_no_person() -> None:
    with zipfile.ZipFile(io.BytesIO(everything())) as package:
        core = package.read("docProps/core.xml").decode()
        app = package.read("docProps/app.xml").decode()
        notes = package.read("xl/comments1.xml").decode()
    assert "<dc:title>調査票</dc:title><dc:subject>令和6年度</dc:subject><dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "<Company>福島県</Company>" in app
    assert "<authors><author></author></authors>" in notes


def test_nothing_in_the_workbook_points_outside() -> None:
    with zipfile.ZipFile(io.BytesIO(everything())) as package:
        relations = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".rels"))
    assert "External" not in relations


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("あ" * 31, True),
        ("あ" * 32, False),
        ("𠮷" * 15 + "あ", True),
        ("𠮷" * 16, False),
        ("事業・KPI", True),
        ("事業/KPI", False),
        ("事業：KPI", True),
        ("事業:KPI", False),
        ("'表", False),
        ("表'1", True),
        ("History", False),
        ("Historyの表", True),
        (" ", False),
        ("表\n", False),
    ],
)
def test_sheet_names_are_refused_as_excel_refuses_them(book: Book, name: str, taken: bool) -> None:
    if taken:
        assert book.sheet(name).name == name
    else:
        with pytest.raises(Refused) as refused:
            book.sheet(name)
        assert refused.value.reason is Reason.BAD_SHEET_NAME


def test_a_second_sheet_of_the_same_name_is_refused_whatever_its_letter_case(book: Book) -> None:
    book.sheet("Kpi")
    with pytest.raises(Refused) as refused:
        book.sheet("KPI")
    assert refused.value.reason is Reason.SHEET_NAME_TAKEN


def test_a_workbook_without_a_visible_sheet_is_refused(book: Book, sheet: Sheet) -> None:
    sheet.hide()
    with pytest.raises(Refused) as refused:
        book.to_bytes()
    assert refused.value.reason is Reason.NO_VISIBLE_SHEET


def test_a_hidden_first_sheet_leaves_the_second_one_open(book: Book, part: Callable[[str], str]) -> None:
    book.sheet("隠し").hide()
    book.sheet("表")
    assert 'activeTab="1"' in part("xl/workbook.xml")
    assert '<sheet name="隠し" sheetId="1" state="hidden" r:id="rId1"/>' in part("xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        *(("項目一覧", True), ("KPI14", False), ("KPI_14", True), ("R6", False), ("XFE1", True), ("R1C1", False)),
        *(("c", False), ("6年度", False), ("年度6", True), ("名 前", False), ("あ" * 255, True), ("あ" * 256, False)),
    ],
)
def test_names_that_excel_would_read_as_cells_are_refused(book: Book, sheet: Sheet, name: str, taken: bool) -> None:
    if taken:
        book.define_name(name, f"='{sheet.name}'!$A$1:$A$9")
    else:
        with pytest.raises(Refused) as refused:
            book.define_name(name, f"='{sheet.name}'!$A$1:$A$9")
        assert refused.value.reason is Reason.BAD_NAME


def test_a_constant_is_a_hidden_name(book: Book, sheet: Sheet, part: Callable[[str], str]) -> None:
    sheet.text("A1", "一", Style())
    book.define_constant("dxkpi_survey", 'R6-"01"')
    book.define_name("一覧", "='表'!$A$1:$A$9")
    names = re.findall("<definedName .*?</definedName>", part("xl/workbook.xml"))
    assert names == [
        '<definedName name="dxkpi_survey" hidden="1">"R6-""01"""</definedName>',
        "<definedName name=\"一覧\">'表'!$A$1:$A$9</definedName>",
    ]


@pytest.mark.parametrize(("name", "value"), [("調査票", "x"), ("dxkpi id", "x")])
def test_a_custom_property_needs_an_ascii_name(book: Book, name: str, value: str) -> None:
    with pytest.raises(Refused) as refused:
        book.custom_property(name, value)
    assert refused.value.reason is Reason.BAD_PROPERTY


def test_a_custom_property_holds_255_units_and_no_more(book: Book) -> None:
    book.custom_property("dxkpi_a", "あ" * 255)
    with pytest.raises(Refused) as refused:
        book.custom_property("dxkpi_b", "あ" * 256)
    assert refused.value.reason is Reason.TEXT_TOO_LONG


@pytest.mark.parametrize("size", [8, 10, 14])
def test_a_normal_font_whose_digits_were_not_measured_is_refused(size: float) -> None:
    with pytest.raises(Refused) as refused:
        NormalFont(size=size)
    assert refused.value.reason is Reason.FONT_NOT_MEASURED
    assert refused.value.remedy == "9、10.5、11、12 のいずれかを設定してください。"


def test_the_normal_font_is_named_and_not_replaced_by_the_theme(sheet: Sheet, part: Callable[[str], str]) -> None:
    sheet.text("A1", "太字", Style(bold=True))
    styles = part("xl/styles.xml")
    assert '<name val="BIZ UDゴシック"/><family val="3"/><charset val="128"/></font>' in styles
    assert "<scheme" not in styles


@pytest.mark.parametrize(
    ("size", "characters", "pixels", "points"),
    [(9, 20, 125, 93.75), (10.5, 20, 145, 108.75), (11, 20, 165, 113.4375), (12, 0.5, 7, 5.25)],
)
def test_column_widths_are_those_measured_in_libreoffice(
    size: float, characters: float, pixels: int, points: float
) -> None:
    normal = NormalFont(size=size)
    assert normal.column_pixels(characters) == pixels
    assert normal.column_points(characters) == points
    assert normal.column_pixels(normal.column_characters(pixels)) == pixels
