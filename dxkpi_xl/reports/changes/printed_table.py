"""A table for paper: A3 landscape, one page wide, headings repeated, page n/N, and no text cut, however long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.paper import Band, Field, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import INTEGER_FORMAT, Align, Colour, Line, Style
from dxkpi_xl.grid.text_height import CellText, row_height
from dxkpi_xl.grid.text_pieces import split_to_fit

TITLE = Style(bold=True, size=14)
NOTE = Style(size=9, colour=Colour.MUTED_TEXT)
HEADING = Style(bold=True, fill=Colour.HEADING_FILL, border=Line.THIN, align="center", wrap=True)
# Respondents' texts begin with "=" or "-" at times: entered again in Excel, they must stay texts.
BODY = Style(border=Line.THIN, valign="top", wrap=True, quote_prefix=True)
NUMBER = Style(border=Line.THIN, valign="top", align="right", num_format=INTEGER_FORMAT)
CONTINUED = "(続き)"


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: heading, width in characters; ``names_row`` says that it is repeated where a row is continued."""

    heading: str
    width: float
    align: Align = "left"
    names_row: bool = False


@dataclass(frozen=True, kw_only=True)
class Marked:
    """A text in pieces, the changed ones in the font of ``mark``; ``blank`` is shown where there is no text."""

    spans: tuple[tuple[str, bool], ...]
    mark: Style
    blank: str = ""

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for text, _ in self.spans)

    def part(self, start: int, end: int) -> tuple[tuple[str, bool], ...]:
        """Give the pieces of the text from a character on to another."""
        found, at = [], 0
        for text, changed in self.spans:
            found.append((text[max(0, start - at) : max(0, end - at)], changed))
            at += len(text)
        return tuple(piece for piece in found if piece[0])


Cell = str | int | Marked


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
    last = heading_row
    for row in table.rows:
        for part in _parts(book, table.columns, row):
            last += 1
            _write_row(book, sheet, last, table.columns, part)
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
    sheet.row_height(row, row_height(_measured(book, column, column.heading, HEADING) for column in columns))


def _measured(book: Book, column: Column, text: str, style: Style) -> CellText:
    return CellText(text=text, width=book.normal.column_points(column.width), style=style, normal=book.normal)


def _style_of(cell: Cell) -> Style:
    if isinstance(cell, int):
        return NUMBER
    return BODY.but(bold=True) if isinstance(cell, Marked) else BODY  # a marked text is bold where it is longest


def _text_of(cell: Cell) -> str:
    return cell.text or cell.blank if isinstance(cell, Marked) else str(cell)


def _parts(book: Book, columns: Sequence[Column], row: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    """Give a row in as many rows as its highest cell needs; what names the row stands in each of them."""
    texts = [
        _measured(book, column, _text_of(cell), _style_of(cell)) for column, cell in zip(columns, row, strict=True)
    ]
    pieces = [split_to_fit(text) for text in texts]
    for part in range(max(map(len, pieces))):
        yield tuple(
            cell if len(own) == 1 and (part == 0 or column.names_row) else _part_of(cell, own, part)
            for column, cell, own in zip(columns, row, pieces, strict=True)
        )


def _part_of(cell: Cell, pieces: Sequence[str], part: int) -> Cell:
    if part >= len(pieces):
        return CONTINUED if isinstance(cell, str) and cell else ""
    if not isinstance(cell, Marked):
        return pieces[part].removesuffix("\n")
    start = sum(map(len, pieces[:part]))
    spans = cell.part(start, start + len(pieces[part].removesuffix("\n")))
    return Marked(spans=spans, mark=cell.mark, blank=cell.blank)


def _write_row(book: Book, sheet: Sheet, row: int, columns: Sequence[Column], cells: Sequence[Cell]) -> None:
    texts = []
    for number, (column, cell) in enumerate(zip(columns, cells, strict=True), start=1):
        _write_cell(sheet, address(row, number), column, cell)
        texts.append(_measured(book, column, _text_of(cell), _style_of(cell)))
    sheet.row_height(row, row_height(texts))


def _write_cell(sheet: Sheet, at: str, column: Column, cell: Cell) -> None:
    if isinstance(cell, int):
        sheet.number(at, cell, NUMBER.but(align="right" if column.align == "left" else column.align))
    elif isinstance(cell, str):
        sheet.text(at, cell, BODY.but(align=column.align))
    elif cell.text:
        sheet.rich_text(at, [(text, cell.mark if changed else Style()) for text, changed in cell.spans], BODY)
    else:
        sheet.text(at, cell.blank, BODY.but(italic=True, colour=Colour.MUTED_TEXT))
