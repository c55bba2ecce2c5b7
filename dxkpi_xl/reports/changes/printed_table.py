"""A table for paper: A3 landscape, one page wide, headings repeated, page n/N, and no text cut, however long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.paper import Band, Field, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Line, Style
from dxkpi_xl.grid.text_height import CellText, row_height
from dxkpi_xl.reports.changes.printed_rows import Body, Cell, Column

TITLE = Style(bold=True, size=14)
NOTE = Style(size=9, colour=Colour.MUTED_TEXT)
HEADING = Style(bold=True, fill=Colour.HEADING_FILL, border=Line.THIN, align="center", wrap=True)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with what stands above it: its title and notes, a line each; ``empty`` is said where it has no row."""

    title: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "変更はありません。"


def write_printed_table(book: Book, name: str, table: Table) -> Sheet:
    """Add a sheet with a table to a book; a row that is higher than a row can be goes on in rows below it."""
    sheet = book.sheet(name)
    heading_row = write_head(sheet, table.title, table.notes)
    for number, column in enumerate(table.columns, start=1):
        sheet.column_width(number, number, column.width)
    _write_headings(book, sheet, heading_row, table.columns)
    body = Body(book, sheet, table.columns)
    last = heading_row
    for row in table.rows:
        last = body.write(last + 1, row)
    if not table.rows:
        last += 1
        sheet.text(address(last, 1), table.empty, Style())
    sheet.autofilter(area(heading_row, 1, last, len(table.columns)))
    sheet.freeze(address(heading_row + 1, 1))
    set_paper(sheet, table.title, heading_row)
    return sheet


def write_head(sheet: Sheet, title: str, notes: Sequence[str]) -> int:
    """Write title and notes and give the row of the table's headings."""
    sheet.text("A1", title, TITLE)
    sheet.row_height(1, 24)
    for number, note in enumerate(notes, start=2):
        sheet.text(address(number, 1), note, NOTE)
    return len(notes) + 3


def set_paper(sheet: Sheet, title: str, heading_row: int | None) -> None:
    """Set a sheet up for A3 landscape; the headings' row is repeated on each page."""
    footer = Band(left=(title[:80],), centre=(Field.PAGE, " / ", Field.PAGES), right=(sheet.name,))
    repeat = (heading_row, heading_row) if heading_row else None
    sheet.print_setup(PrintSetup(paper="A3", repeat_rows=repeat, footer=footer))
    sheet.hide_gridlines()


def _write_headings(book: Book, sheet: Sheet, row: int, columns: Sequence[Column]) -> None:
    for number, column in enumerate(columns, start=1):
        sheet.text(address(row, number), column.heading, HEADING)
    widths = [book.normal.column_points(column.width) for column in columns]
    texts = [
        CellText(text=column.heading, width=width, style=HEADING, normal=book.normal)
        for column, width in zip(columns, widths, strict=True)
    ]
    sheet.row_height(row, row_height(texts))
