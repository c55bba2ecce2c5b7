"""The rows of a table for paper, each in as many rows of the sheet as its highest cell needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import INTEGER_FORMAT, Align, Colour, Line, Style
from dxkpi_xl.grid.text_height import MOST, CellText, Ruler, row_height, ruler
from dxkpi_xl.grid.text_pieces import split_to_fit

# Respondents' texts begin with "=" or "-" at times: entered again in Excel, they must stay texts.
BODY = Style(border=Line.THIN, valign="top", wrap=True, quote_prefix=True)
NUMBER = Style(border=Line.THIN, valign="top", align="right", num_format=INTEGER_FORMAT)
CONTINUED = "(続き)"
_BOLD = BODY.but(bold=True)
_BLANK = BODY.but(italic=True, colour=Colour.MUTED_TEXT)
_PLAIN = Style()


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

    @cached_property
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """What is the same in all rows of a column: its width in points, how its cells look and how high they are."""

    names_row: bool
    points: float
    text: Style
    number: Style
    plain_ruler: Ruler
    number_ruler: Ruler
    marked_ruler: Ruler

    def height(self, cell: Cell) -> float:
        """Give how high a row must be for a cell."""
        measure = (
            self.plain_ruler
            if isinstance(cell, str)
            else self.number_ruler
            if isinstance(cell, int)
            else self.marked_ruler
        )
        return measure.height(measure.lines(_text_of(cell)))


class Body:
    """Writes the rows of one table."""

    def __init__(self, book: Book, sheet: Sheet, columns: Sequence[Column]) -> None:
        self._sheet = sheet
        self._normal = book.normal
        self._columns = tuple(_looks(book, column) for column in columns)

    def write(self, first: int, row: Sequence[Cell]) -> int:
        """Write a row from a row of the sheet on, in as many as its highest cell needs; give the last one."""
        height = max([column.height(cell) for column, cell in zip(self._columns, row, strict=True)])
        if height <= MOST:
            self._write(first, row, height)
            return first
        last = first - 1
        for last, part in enumerate(self._parts(row, self._measured(row)), start=first):
            self._write(last, part, row_height(self._measured(part)))
        return last

    def _measured(self, row: Sequence[Cell]) -> list[CellText]:
        return [
            CellText(text=_text_of(cell), width=column.points, style=_measured_style(cell), normal=self._normal)
            for column, cell in zip(self._columns, row, strict=True)
        ]

    def _parts(self, row: Sequence[Cell], texts: Sequence[CellText]) -> Iterator[tuple[Cell, ...]]:
        """Give a row in pieces; what names the row stands in each of them."""
        pieces = [split_to_fit(text) for text in texts]
        for part in range(max(map(len, pieces))):
            yield tuple(
                cell if len(own) == 1 and (part == 0 or column.names_row) else _part_of(cell, own, part)
                for column, cell, own in zip(self._columns, row, pieces, strict=True)
            )

    def _write(self, row: int, cells: Sequence[Cell], height: float) -> None:
        for number, (column, cell) in enumerate(zip(self._columns, cells, strict=True), start=1):
            self._write_cell((row, number), column, cell)
        self._sheet.row_height(row, height)

    def _write_cell(self, at: tuple[int, int], column: _Looks, cell: Cell) -> None:
        if isinstance(cell, str):
            self._sheet.text(at, cell, column.text)
        elif isinstance(cell, int):
            self._sheet.number(at, cell, column.number)
        elif cell.text:
            self._sheet.rich_text(at, [(text, cell.mark if changed else _PLAIN) for text, changed in cell.spans], BODY)
        else:
            self._sheet.text(at, cell.blank, _BLANK)


def _looks(book: Book, column: Column) -> _Looks:
    points = book.normal.column_points(column.width)
    return _Looks(
        names_row=column.names_row,
        points=points,
        text=BODY.but(align=column.align),
        number=NUMBER.but(align="right" if column.align == "left" else column.align),
        plain_ruler=ruler(points, BODY, book.normal),
        number_ruler=ruler(points, NUMBER, book.normal),
        marked_ruler=ruler(points, _BOLD, book.normal),  # bold is longest
    )


def _measured_style(cell: Cell) -> Style:
    if isinstance(cell, int):
        return NUMBER
    return _BOLD if isinstance(cell, Marked) else BODY  # a marked text is bold where it is longest


def _text_of(cell: Cell) -> str:
    return cell.text or cell.blank if isinstance(cell, Marked) else str(cell)


def _part_of(cell: Cell, pieces: Sequence[str], part: int) -> Cell:
    if part >= len(pieces):
        return CONTINUED if isinstance(cell, str) and cell else ""
    if not isinstance(cell, Marked):
        return pieces[part].removesuffix("\n")
    start = sum(map(len, pieces[:part]))
    spans = cell.part(start, start + len(pieces[part].removesuffix("\n")))
    return Marked(spans=spans, mark=cell.mark, blank=cell.blank)
