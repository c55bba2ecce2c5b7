"""A plain table on a sheet of its own: title, headings, rows of text; filterable, printable, one page wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.paper import Band, Field, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rules import Dialog
from dxkpi_xl.grid.styles import TEXT_FORMAT, Colour, Line, Style
from dxkpi_xl.grid.text_height import MOST, Ruler, ruler

TITLE = Style(bold=True, size=14)
HEADING = Style(bold=True, fill=Colour.HEADING_FILL, border=Line.THIN, align="center", wrap=True)
TEXT = Style(border=Line.THIN, valign="top", wrap=True)
NUMBER = TEXT.but(align="right")
ANSWER = TEXT.but(fill=Colour.ANSWER_FILL, num_format=TEXT_FORMAT)
HEADING_ROW = 3


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """One column: heading, width in characters; ``answer`` marks what the office fills in, from ``choices`` if any."""

    heading: str
    width: float
    answer: bool = False
    choices: tuple[str, ...] = ()
    prompt: str = ""


def write_table(
    book: Book,
    name: str,
    title: str,
    columns: Sequence[TableColumn],
    rows: Sequence[Sequence[str | int]],
    spare_rows: int = 0,
) -> Sheet:
    """Add a sheet with a table to a book and give it; texts are written as texts, whole numbers as numbers.

    ``spare_rows`` are blank rows below, for the office to write in.
    """
    sheet = book.sheet(name)
    sheet.text("A1", title, TITLE)
    for n, column in enumerate(columns, start=1):
        sheet.column_width(n, n, column.width)
        sheet.text(address(HEADING_ROW, n), column.heading, HEADING)
    sheet.row_height(HEADING_ROW, 30)
    blank = [[""] * len(columns)] * spare_rows
    rulers = [ruler(book.normal.column_points(column.width), TEXT, book.normal) for column in columns]
    looks = [(measure, ANSWER if column.answer else TEXT) for measure, column in zip(rulers, columns, strict=True)]
    for row, values in enumerate([*rows, *blank], start=HEADING_ROW + 1):
        _write_row(sheet, row, looks, values)
    last = HEADING_ROW + len(rows) + spare_rows
    _choices(sheet, columns, max(HEADING_ROW + 1, last))
    sheet.autofilter(area(HEADING_ROW, 1, max(HEADING_ROW + 1, last), len(columns)))
    sheet.freeze(address(HEADING_ROW + 1, 1))
    footer = Band(left=(title,), right=(Field.PAGE, "/", Field.PAGES))
    sheet.print_setup(PrintSetup(paper="A3", repeat_rows=(HEADING_ROW, HEADING_ROW), footer=footer))
    return sheet


def _write_row(sheet: Sheet, row: int, looks: Sequence[tuple[Ruler, Style]], values: Sequence[str | int]) -> None:
    height = 0.0
    for n, ((measure, style), value) in enumerate(zip(looks, values, strict=True), start=1):
        if isinstance(value, int):
            sheet.number((row, n), value, NUMBER)
            continue
        sheet.text((row, n), value, style)
        height = max(height, measure.height(measure.lines(value)))
    sheet.row_height(row, min(MOST, height), grows=True)


def _choices(sheet: Sheet, columns: Sequence[TableColumn], last: int) -> None:
    for n, column in enumerate(columns, start=1):
        cells = area(HEADING_ROW + 1, n, last, n)
        dialog = Dialog(prompt_title=column.heading if column.prompt else "", prompt=column.prompt)
        if column.choices:
            sheet.choices(cells, column.choices, dialog)
        elif column.prompt:
            sheet.prompt(cells, dialog)
