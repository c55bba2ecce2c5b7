"""What is written into a cell is what is read from it, and what Excel cannot hold is refused."""

import datetime
import io
import re
from collections.abc import Callable

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import TEXT_FORMAT, Style


def read_back(book: Book) -> list[list[object]]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book.to_bytes()))
    return [list(row) for row in workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80), min_size=1, max_size=8))
def test_any_text_that_is_written_is_the_text_that_is_read(texts: list[str]) -> None:
    book = Book(Properties(title="試し"))
    sheet = book.sheet("表")
    for row, text in enumerate(texts, 1):
        sheet.text(f"A{row}", text, Style(num_format=TEXT_FORMAT))
        sheet.rich_text(f"B{row}", [("名", Style(bold=True)), (text, Style())], Style())
    assert read_back(book) == [[text, "名" + text] for text in texts]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+81", "-", "@SUM(1)", "{=1}", "https://example.jp", "internal:A1", "0012", "1e5", "<r>a</r>", "_x000D_"],
)
def test_what_looks_like_a_formula_a_link_or_markup_stays_text(book: Book, sheet: Sheet, text: str) -> None:
    sheet.text("A1", text, Style())
    assert read_back(book) == [[text]]
    cell = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]["A1"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


@pytest.mark.parametrize(("text", "prefixed"), [("=1+1", True), ("-3", True), ("3", False), ("・三", False)])
def test_a_text_like_a_formula_stays_text_when_its_cell_is_entered_and_left(
    book: Book, sheet: Sheet, text: str, prefixed: bool
) -> None:
    sheet.text("A1", text, Style())
    sheet.text("A2", text, Style(num_format=TEXT_FORMAT))
    read = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]
    assert [bool(read["A1"].quotePrefix), bool(read["A2"].quotePrefix)] == [prefixed, False]


def test_an_empty_text_leaves_a_blank_cell_that_keeps_its_style(book: Book, sheet: Sheet) -> None:
    sheet.text("A1", "", Style(num_format=TEXT_FORMAT))
    cell = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]["A1"]
    assert (cell.value, cell.number_format) == (None, "@")


def test_a_text_cell_has_excels_own_text_format(sheet: Sheet, part: Callable[[str], str]) -> None:
    sheet.text("A1", "48.2%", Style(num_format=TEXT_FORMAT))
    assert 'numFmtId="49"' in part("xl/styles.xml")


def test_a_text_holds_32767_units_and_no_more(book: Book, sheet: Sheet) -> None:
    sheet.text("A1", "𠮷" * 16_383 + "あ", Style())
    assert len(str(read_back(book)[0][0])) == 16_384


def write_rich(sheet: Sheet, text: str) -> None:
    sheet.rich_text("C7", [("名", Style(bold=True)), (text, Style())], Style())


@pytest.mark.parametrize(
    "write",
    [
        lambda sheet, text: sheet.text("C7", text, Style()),
        write_rich,
        lambda sheet, text: sheet.merge("C7:D8", text, Style()),
        lambda sheet, text: sheet.link("C7", text, ("表", "A1"), Style()),
        lambda sheet, text: sheet.note("C7", text),
        lambda sheet, text: sheet.formula("C7", "=A1", text, Style()),
    ],
    ids=["text", "rich text", "merge", "link", "note", "cached value"],
)
def test_a_longer_text_is_refused_with_its_cell_and_nothing_is_cut(
    sheet: Sheet, write: Callable[[Sheet, str], None]
) -> None:
    with pytest.raises(Refused) as refused:
        write(sheet, "𠮷" * 16_384)
    assert (refused.value.reason, refused.value.sheet) == (Reason.TEXT_TOO_LONG, "表")
    assert refused.value.cell.startswith("C7")
    assert refused.value.facts["limit"] == 32_767


def test_253_line_feeds_are_written_and_254_are_refused(sheet: Sheet) -> None:
    sheet.text("A1", "\n" * 253, Style())
    with pytest.raises(Refused) as refused:
        sheet.text("A2", "\n" * 254, Style())
    assert (refused.value.reason, refused.value.cell) == (Reason.TOO_MANY_LINE_FEEDS, "A2")


def test_half_a_surrogate_pair_is_refused(sheet: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        sheet.text("A1", "\ud842", Style())
    assert refused.value.reason is Reason.NOT_UNICODE


def test_a_bold_name_stands_over_its_plain_part(sheet: Sheet, part: Callable[[str], str]) -> None:
    sheet.rich_text("A1", [("名前", Style(bold=True)), ("", Style()), ("\n（部分）", Style())], Style(wrap=True))
    strings = part("xl/sharedStrings.xml")
    assert strings.count("<r>") == 2
    assert strings.index("<b/>") < strings.index("名前") < strings.index("（部分）")
    assert strings.count("<b/>") == 1


def test_runs_have_the_cells_font_unless_they_say_another(sheet: Sheet, part: Callable[[str], str]) -> None:
    runs = [("名前", Style(bold=True)), ("部分", Style(font="BIZ UDゴシック", size=7))]
    sheet.rich_text("A1", runs, Style(font="ＭＳ 明朝", size=9))
    fonts = re.findall(r'<sz val="([^"]+)"/>.*?<rFont val="([^"]+)"/>', part("xl/sharedStrings.xml"))
    assert fonts == [("9", "ＭＳ 明朝"), ("7", "BIZ UDゴシック")]


def test_a_rich_text_of_one_run_keeps_its_font(book: Book, sheet: Sheet) -> None:
    sheet.rich_text("A1", [("名前", Style(bold=True)), ("", Style())], Style(wrap=True))
    cell = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]["A1"]
    assert (cell.value, cell.font.b, cell.alignment.wrap_text) == ("名前", True, True)


def test_a_formula_shows_its_cached_value_to_readers_that_do_not_calculate(book: Book, sheet: Sheet) -> None:
    sheet.formula("A1", '=IF(B1="","未入力","済")', "未入力", Style())
    sheet.formula("A2", "=1+1", 2, Style())
    sheet.formula("A3", "=1=1", True, Style())
    assert read_back(book) == [["未入力"], [2.0], [True]]
    assert openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]["A1"].value == '=IF(B1="","未入力","済")'


def test_an_empty_cached_value_is_blank_to_readers(book: Book, sheet: Sheet) -> None:
    sheet.text("A1", "見出し", Style())
    sheet.formula("B1", '=IF(A1="","未入力","")', "", Style())
    assert read_back(book) == [["見出し"]]
    assert openpyxl.load_workbook(io.BytesIO(book.to_bytes()), data_only=True)["表"]["B1"].value is None


def test_numbers_and_days_are_numbers_and_days(book: Book, sheet: Sheet) -> None:
    sheet.number("A1", 75600, Style(), "#,##0")
    sheet.date("A2", datetime.date(2024, 6, 28), Style())
    read = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]
    assert (read["A1"].value, read["A1"].number_format) == (75600, "#,##0")
    assert (read["A2"].value, read["A2"].number_format) == (datetime.datetime(2024, 6, 28, 0, 0), "yyyy/mm/dd")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True])
def test_what_is_not_a_number_is_refused_as_one(sheet: Sheet, value: float) -> None:
    with pytest.raises(Refused) as refused:
        sheet.number("A1", value, Style())
    assert refused.value.reason is Reason.NOT_A_NUMBER


def test_a_link_leads_to_a_cell_of_the_same_workbook(book: Book, sheet: Sheet) -> None:
    book.sheet("事業's")
    sheet.link("A1", "最初の未入力へ", ("事業's", "J14"), Style(), "移動します。")
    link = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]["A1"].hyperlink
    assert (link.location, link.target, link.tooltip) == ("'事業''s'!J14", None, "移動します。")


def test_a_link_to_anything_but_a_cell_is_refused(sheet: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        sheet.link("A1", "外へ", ("表", "https://example.jp"), Style())
    assert refused.value.reason is Reason.BAD_ADDRESS


def test_a_note_is_as_large_as_its_text(sheet: Sheet, part: Callable[[str], str]) -> None:
    sheet.note("B2", "短い")
    sheet.note("B9", "長い文章です。" * 30)
    heights = [float(height) for height in re.findall(r";height:([\d.]+)pt", part("xl/drawings/vmlDrawing1.vml"))]
    assert heights[1] > 4 * heights[0]


def test_merged_cells_hold_the_text_in_their_first_cell(book: Book, sheet: Sheet) -> None:
    sheet.merge("A1:B2", "結合", Style())
    read = openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]
    assert (read["A1"].value, [str(area) for area in read.merged_cells.ranges]) == ("結合", ["A1:B2"])


@pytest.mark.parametrize("second", ["B2:C3", "D4:D4"])
def test_merges_that_overlap_or_hold_one_cell_are_refused(sheet: Sheet, second: str) -> None:
    sheet.merge("A1:B2", "", Style())
    with pytest.raises(Refused) as refused:
        sheet.merge(second, "", Style())
    assert refused.value.cell == second


@pytest.mark.parametrize("cell", ["A0", "a1", "$A$1", "XFE1", "A1048577", "あ1", ""])
def test_an_address_that_is_none_is_refused(sheet: Sheet, cell: str) -> None:
    with pytest.raises(Refused) as refused:
        sheet.text(cell, "一", Style())
    assert refused.value.reason is Reason.BAD_ADDRESS


def test_the_last_cell_of_a_sheet_can_be_written(book: Book, sheet: Sheet) -> None:
    sheet.text("XFD1048576", "端", Style())
    assert openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]["XFD1048576"].value == "端"


def test_a_cell_may_be_named_by_its_row_and_column(book: Book, sheet: Sheet) -> None:
    sheet.text((1, 1), "名", Style())
    sheet.number((1, 2), 3, Style())
    sheet.rich_text((2, 1), [("太", Style(bold=True)), ("字", Style())], Style())
    sheet.text((2, 28), "", Style(bold=True))
    assert read_back(book) == [["名", 3.0], ["太字", ""]]
    assert openpyxl.load_workbook(io.BytesIO(book.to_bytes()))["表"]["AB2"].font.b


@pytest.mark.parametrize(("row", "column", "cell"), [(7, 28, "AB7"), (1_048_576, 16_384, "XFD1048576")])
def test_a_refusal_names_the_cell_that_was_given_by_row_and_column(
    sheet: Sheet, row: int, column: int, cell: str
) -> None:
    with pytest.raises(Refused) as refused:
        sheet.text((row, column), "\n" * 254, Style())
    assert (refused.value.reason, refused.value.cell) == (Reason.TOO_MANY_LINE_FEEDS, cell)


@pytest.mark.parametrize(("row", "column"), [(0, 1), (1_048_577, 1), (1, 0), (1, 16_385)])
def test_a_row_or_column_that_no_sheet_has_is_refused(sheet: Sheet, row: int, column: int) -> None:
    for value in ("名", ""):
        with pytest.raises(Refused) as refused:
            sheet.text((row, column), value, Style())
        assert refused.value.reason is Reason.BAD_ADDRESS


def test_one_link_more_than_excel_holds_is_refused(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LINKS", 2)
    sheet.link("A1", "行き先", ("表", "B1"), Style())
    sheet.file_link((2, 1), "原本", "受領/原本.xlsx", Style())
    with pytest.raises(Refused) as refused:
        sheet.link("A3", "行き先", ("表", "B1"), Style())
    assert (refused.value.reason, refused.value.cell) == (Reason.TOO_MANY, "A3")
    assert dict(refused.value.facts) == {"what": "リンク", "length": 3, "limit": 2}


def test_texts_of_other_fonts_are_equal_each_time(book: Book, sheet: Sheet, part: Callable[[str], str]) -> None:
    for row, size in enumerate((9.0, 12.0, 9.0), start=1):
        sheet.rich_text((row, 1), [(f"名{row}", Style(bold=True)), ("字", Style())], Style(size=size))
    runs = re.findall(r"<r>.*?</r>", part("xl/sharedStrings.xml"))
    assert [run.replace("名3", "名1") for run in runs[4:]] == runs[:2]
    assert [re.findall(r'<sz val="(\d+)"/>', run) for run in runs] == [["9"]] * 2 + [["12"]] * 2 + [["9"]] * 2
