"""XlsxWriter's worksheet with rows of our own: they keep a height and still grow, and they can be written whole."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from xlsxwriter.worksheet import Worksheet

from dxkpi_xl.grid.held_text import HeldText

#: As many rows share what XlsxWriter calls their span.
_ROWS_A_SPAN = 16
_POINTS_PER_PIXEL = 0.75
#: XlsxWriter's codes.
DONE, _WRITTEN_ALREADY = 0, -2


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeRow:
    """A row whose cells are finished: their XML, the first and the last column, the height in points (0: default)."""

    cells: str
    first: int
    last: int
    points: float
    grows: bool

    @property
    def pixels(self) -> int:
        """The height as XlsxWriter rounds it."""
        return int(self.points * 4 / 3 + 0.5)


@lru_cache(maxsize=1024)
def _size(pixels: int) -> tuple[int, bool]:
    """What XlsxWriter keeps of a row to find where notes and charts stand: its height, and whether it is hidden."""
    return pixels, False


class RowWriter(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A row with ``ht`` but without ``customHeight`` is as high as we say and grows as text is typed.

    XlsxWriter always writes both, so rows are written here.  Cells stand in XlsxWriter's table until the book is
    closed, but for rows that are written whole: they, and all above them, are held as XML and take nothing more.
    """

    def __init__(self) -> None:
        super().__init__()
        self.growing_rows: set[int] = set()
        self._whole: dict[int, WholeRow] = {}
        self._numbered = 0  # in the rows above, formats have their numbers
        self._closed = 0  # the rows above take nothing more
        self._written = 0  # the rows above are XML
        self._held: HeldText | None = None

    def _assemble_xml_file(self) -> None:
        """Write the sheet, and let its cells go: other sheets are still to be written."""
        super()._assemble_xml_file()
        self.table.clear()

    def _write_rows(self) -> None:
        for piece in self._held.pieces() if self._held else ():
            self.fh.write(piece)
        self._write_up_to(self.dim_rowmax + 1)

    def write_whole_row(self, row: int, whole: WholeRow) -> int:
        """A row of which no cell, height or anything else was written; what stands above it is finished with it."""
        if row in self.table or row in self.row_info:
            return _WRITTEN_ALREADY
        if code := self._check_dimensions(row, whole.first) or self._check_dimensions(row, whole.last):
            return code
        self._whole[row] = whole
        if whole.points:
            self.row_sizes[row] = _size(whole.pixels)
        self._closed = row + 1
        begun = row - row % _ROWS_A_SPAN
        if begun > self._written:
            if self._held is None:
                self.fh = self._held = HeldText()
            self._write_up_to(begun)
            for each in [each for each in self.table if each < begun]:
                del self.table[each]
        return DONE

    def number_formats(self, end: int | None = None) -> None:
        """Number the formats of the columns and of the rows above one (all rows), in XlsxWriter's order."""
        if self._numbered == 0:
            for _, column in sorted(self.col_info.items()):
                if column.column_format:
                    column.column_format._get_xf_index()
        rows = range(self._numbered, (self.dim_rowmax or 0) + 1 if end is None else end)
        for cells in [self.table[row] for row in rows if row in self.table]:
            for _, cell in sorted(cells.items()):
                if cell.format:
                    cell.format._get_xf_index()
        self._numbered = max(self._numbered, rows.stop)

    def _check_dimensions(self, row: int, col: int, ignore_row: bool = False, ignore_col: bool = False) -> int:
        if row < self._closed and not ignore_row and not ignore_col:
            return _WRITTEN_ALREADY
        return int(super()._check_dimensions(row, col, ignore_row, ignore_col))

    def _get_range_data(self, row_start: int, *more: int) -> Any:
        if row_start < self._closed:
            raise ValueError(f"a chart shows row {row_start + 1} of {self.name}, which was written whole")
        return super()._get_range_data(row_start, *more)

    def _write_up_to(self, end: int) -> None:
        """Write the rows above one, in blocks that share a span."""
        for start in range(self._written, end, _ROWS_A_SPAN):
            rows = range(start, min(start + _ROWS_A_SPAN, end))
            span = self._span(rows)
            for row in rows:
                self._write_one(row, span)
        self._written = end

    def _span(self, rows: range) -> str:
        ends: list[int] = []
        for row in rows:
            for cells in (self.table.get(row), self.comments.get(row)):
                if cells:
                    ends += (min(cells), max(cells))
            if whole := self._whole.get(row):
                ends += (whole.first, whole.last)
        return f' spans="{min(ends) + 1}:{max(ends) + 1}"' if ends else ""

    def _write_one(self, row: int, span: str) -> None:
        whole, cells, info = self._whole.pop(row, None), self.table.get(row), self.row_info.get(row)
        write, tag = self.fh.write, f'<row r="{row + 1}"{span}'
        if whole:
            write(f"{tag}{self._height(whole.pixels, whole.grows)}>{whole.cells}</row>")
            return
        if info:
            tag += self._height(info.height, row + 1 in self.growing_rows, info.hidden)
        if cells:
            write(f"{tag}>")
            for column in sorted(cells):
                self._write_cell(row, column, cells[column])
            write("</row>")
        elif info or row in self.comments:
            write(f"{tag}/>")

    def _height(self, pixels: int, grows: bool, hidden: bool = False) -> str:
        is_default = pixels in (0, self.default_row_height)
        high = "" if is_default else f' ht="{pixels * _POINTS_PER_PIXEL:.16g}"'
        unseen = ' hidden="1"' if hidden else ""
        kept = "" if is_default or grows else ' customHeight="1"'
        return f"{high}{unseen}{kept}"
