"""Rows written whole are the rows that cells make one by one, and both are what XlsxWriter makes of the same cells."""

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.book import Book, Properties, workbook_options
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rows import Cell
from dxkpi_xl.grid.styles import Style, style_properties

STYLES = (Style(), Style(bold=True, wrap=True), Style(size=9, num_format="#,##0"), Style(fill="#FFFF00", valign="top"))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "=1+1", "<r>甲</r>", "_x000D_", " 前後 ", "甲\n", "a & <b>", "\x1f", "甲"]
)
numbers = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
runs = st.lists(st.tuples(texts, st.sampled_from(STYLES)), max_size=3).map(tuple)
cells = st.none() | st.tuples(texts | numbers | runs, st.sampled_from(STYLES))
rows = st.lists(cells, min_size=1, max_size=5).filter(lambda row: any(cell is not None for cell in row))
heights = st.sampled_from([0.0, 12.0, 15.75, 33.3, 409.0])
Rows = Mapping[int, tuple[Sequence[Cell], float, bool]]


def parts(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def write_cells(sheet: Sheet, number: int, row: Sequence[Cell], height: float, grows: bool) -> None:
    if height:
        sheet.row_height(number, height, grows)
    for column, cell in enumerate(row, start=1):
        if cell is None:
            continue
        value, style = cell
        if isinstance(value, tuple):
            sheet.rich_text((number, column), value, style)
        elif isinstance(value, str):
            sheet.text((number, column), value, style)
        else:
            sheet.number((number, column), value, style)


def book_with(rows_of_sheets: Sequence[Rows], write: Callable[..., None]) -> bytes:
    book = Book(Properties(title="試し"))
    for n, of_sheet in enumerate(rows_of_sheets):
        sheet = book.sheet(f"表{n}")
        sheet.column_width(2, 3, 12, Style(size=8))
        sheet.text("A1", "見出し", Style(underline=True))
        sheet.join("A2:B2")
        sheet.note("C1", "注")
        sheet.note("C2", "次の行の注")
        for number, row in sorted(of_sheet.items()):
            write(sheet, number, *row)
        sheet.text("B70", "後", Style(size=14, italic=True))
    return book.to_bytes()


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.integers(2, 60), st.tuples(rows, heights, st.booleans())), min_size=1, max_size=3))
def test_rows_written_whole_are_the_rows_that_their_cells_make(rows_of_sheets: list[Rows]) -> None:
    whole = book_with(rows_of_sheets, lambda sheet, number, row, *more: sheet.row(number, row, more[0], grows=more[1]))
    assert whole == book_with(rows_of_sheets, write_cells)


def plain(sheet: Any, formats: Mapping[Style, Any], at: tuple[int, int], value: object, style: Style) -> None:
    """One cell by XlsxWriter itself."""
    shown = formats[style]
    if isinstance(value, tuple):
        pieces = [part for text, font in value for part in (formats[font], text)]
        sheet.write_rich_string(*at, *pieces, shown)
    elif value == "":
        sheet.write_blank(*at, None, shown)
    elif isinstance(value, str):
        sheet.write_string(*at, value, shown)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(*at, value, shown)
    elif isinstance(value, bool):
        sheet.write_formula(*at, "=A1", shown, value)
    else:
        sheet.write_number(*at, value, shown)


def ours(sheet: Sheet, at: tuple[int, int], value: Any, style: Style) -> None:
    """The same cell by our sheet."""
    place = (at[0] + 1, at[1] + 1)
    if isinstance(value, tuple):
        sheet.rich_text(place, value, style)
    elif isinstance(value, str):
        sheet.text(place, value, style)
    elif isinstance(value, datetime.date):
        sheet.date(place, value, style, style.num_format)
    elif isinstance(value, bool):
        sheet.formula(place, "=A1", value, style)
    else:
        sheet.number(place, value, style)


said = st.text(st.sampled_from("甲乙丙 \nab<&>\"'１2"), min_size=1, max_size=9)
some_runs = st.lists(st.tuples(said, st.just(Style(font="BIZ UDゴシック", size=9))), min_size=2, max_size=3).map(tuple)
values = st.just("") | said | numbers | st.booleans() | st.dates(datetime.date(1950, 1, 1)) | some_runs
FONT = Style(font="BIZ UDゴシック", size=9)
LOOKS = (Style(size=9), Style(bold=True, size=10), Style(num_format="0.00"))


@settings(deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 40), st.integers(0, 6)), st.tuples(values, st.sampled_from(LOOKS)), min_size=1
    ),
    st.dictionaries(st.integers(0, 45), st.sampled_from([None, 13.5, 60.0])),
    st.randoms(),
)
def test_cells_in_any_order_are_what_xlsxwriter_makes_of_them(
    placed: dict[tuple[int, int], tuple[Any, Style]], high: dict[int, float | None], random: Any
) -> None:
    order = [(at, cell) for at, cell in placed.items() for _ in range(2)]  # the later writing of a cell stays
    random.shuffle(order)
    book = Book(Properties(title="試し"))
    sheet = book.sheet("表")
    file = io.BytesIO()
    other = xlsxwriter.Workbook(file, workbook_options(NormalFont()))
    other.set_properties({"title": "試し", "subject": "", "company": "", "created": datetime.datetime(2000, 1, 1)})
    formats = {style: other.add_format(style_properties(style)) for style in (*LOOKS, FONT)}
    plain_sheet = other.add_worksheet("表")
    for row, height in high.items():
        if height is None:
            sheet.hide_row(row + 1)
            plain_sheet.set_row(row, None, None, {"hidden": True})
        else:
            sheet.row_height(row + 1, height)
            plain_sheet.set_row(row, height)
    for at, (value, style) in order:
        ours(sheet, at, value, style)
        plain(plain_sheet, formats, at, value, style)
    other.close()
    assert parts(book.to_bytes()) == parts(file.getvalue())


def test_a_text_that_no_cell_can_hold_is_refused_among_others(sheet: Sheet) -> None:
    with pytest.raises(Refused) as caught:
        sheet.row(2, [("甲", Style()), ("乙" * (limits.CELL_TEXT + 1), Style())])
    assert (caught.value.reason, caught.value.cell) == (Reason.TEXT_TOO_LONG, "B2")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), True])
def test_what_is_no_number_is_refused_in_a_row(sheet: Sheet, value: float) -> None:
    with pytest.raises(Refused) as caught:
        sheet.row(3, [None, (value, Style())])
    assert (caught.value.reason, caught.value.cell) == (Reason.NOT_A_NUMBER, "B3")


@pytest.mark.parametrize(
    "write",
    [
        lambda sheet: sheet.text("C4", "乙", Style()),
        lambda sheet: sheet.row(5, [("乙", Style())]),
        lambda sheet: sheet.row_height(3, 20),
        lambda sheet: sheet.note("A5", "注"),
        lambda sheet: sheet.join("A5:B6"),
    ],
    ids=["cell above", "row again", "height", "note", "merge"],
)
def test_a_row_written_whole_and_those_above_take_nothing_more(sheet: Sheet, write: Callable[[Sheet], None]) -> None:
    sheet.row(5, [("甲", Style())])
    with pytest.raises(Refused) as caught:
        write(sheet)
    assert caught.value.reason is Reason.WRITER


def test_a_row_of_which_a_cell_is_written_is_not_written_whole(sheet: Sheet) -> None:
    sheet.text("C5", "甲", Style())
    with pytest.raises(Refused):
        sheet.row(5, [("甲", Style())])


def test_a_row_higher_than_excel_has_is_refused(sheet: Sheet) -> None:
    with pytest.raises(Refused) as caught:
        sheet.row(5, [("甲", Style())], limits.ROW_HEIGHT + 1)
    assert caught.value.reason is Reason.ROW_TOO_HIGH
