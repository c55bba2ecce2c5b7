"""A plain table on a sheet of its own: title, headings, rows of text; filterable, printable, one page wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.paper import Band, Field, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Line, Style

TITLE = Style(bold=True, size=14)
HEADING = Style(bold=True, fill=Colour.HEADING_FILL, border=Line.THIN, align="center", wrap=True)
TEXT = Style(border=Line.THIN, valign="top", wrap=True)
NUMBER = TEXT.but(align="right")
HEADING_ROW = 3


@dataclass(frozen=True, kw_only=True)
class TableColumn:
    """One column: heading and width in characters."""

    heading: str
    width: float


def write_table(
    book: Book, name: str, title: str, columns: Sequence[TableColumn], rows: Sequence[Sequence[str | int]]
) -> Sheet:
    """Add a sheet with a table to a book and give it; texts are written as texts, whole numbers as numbers."""
    sheet = book.sheet(name)
    sheet.text("A1", title, TITLE)
    for n, column in enumerate(columns, start=1):
        sheet.column_width(n, n, column.width)
        sheet.text(address(HEADING_ROW, n), column.heading, HEADING)
    for row, values in enumerate(rows, start=HEADING_ROW + 1):
        for n, value in enumerate(values, start=1):
            if isinstance(value, int):
                sheet.number(address(row, n), value, NUMBER)
            else:
                sheet.text(address(row, n), value, TEXT)
    sheet.autofilter(area(HEADING_ROW, 1, max(HEADING_ROW + 1, HEADING_ROW + len(rows)), len(columns)))
    sheet.freeze(address(HEADING_ROW + 1, 1))
    footer = Band(left=(title,), right=(Field.PAGE, "/", Field.PAGES))
    sheet.print_setup(PrintSetup(paper="A4", repeat_rows=(HEADING_ROW, HEADING_ROW), footer=footer))
    return sheet
