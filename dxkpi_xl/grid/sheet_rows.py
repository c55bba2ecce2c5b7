"""Rows that are written whole: the lean way to fill a large sheet, each cell put straight into XML."""

from collections.abc import Sequence

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.addresses import column_names
from dxkpi_xl.grid.refusals import Reason
from dxkpi_xl.grid.row_writer import WholeRow
from dxkpi_xl.grid.shared_texts import RichText
from dxkpi_xl.grid.sheet_base import At
from dxkpi_xl.grid.sheet_cells import LIKE_A_FORMULA, Run, SheetCells, kept_as_text
from dxkpi_xl.grid.styles import Style

#: What stands in a cell (a text, a number, or the runs of a text in several fonts) and how it looks; None is no cell.
Cell = tuple[str | float | tuple[Run, ...], Style] | None


class SheetRows(SheetCells):
    """The method that writes a row at once, for sheets that are written from top to bottom."""

    _has_whole_rows = False

    def row(self, row: int, cells: Sequence[Cell], height: float = 0, *, grows: bool = False) -> None:
        """Write a row from its first column on, each cell as ``text``, ``number`` or ``rich_text`` writes it.

        ``height`` and ``grows`` are those of ``row_height``, 0 is the default.  This row and those above take nothing
        more: cells that are to be one are joined before, and no chart shows what is in them.
        """
        if not 0 <= height <= limits.ROW_HEIGHT:
            raise self._refused(Reason.ROW_TOO_HIGH, (row, 1), height=f"{height:g}", limit=int(limits.ROW_HEIGHT))
        self._number_formats_above(row)
        there = [n for n, cell in enumerate(cells) if cell is not None]
        whole = WholeRow(cells=self._xml(row, cells), first=there[0], last=there[-1], points=height, grows=grows)
        self._put((row, 1), self._worksheet.write_whole_row, row - 1, whole)

    def _xml(self, row: int, cells: Sequence[Cell]) -> str:
        formats, number_of = self._formats.numbers, self._worksheet.str_table.string_table.get
        written: list[str] = []
        for column, (letters, cell) in enumerate(zip(column_names(len(cells)), cells, strict=True), start=1):
            if cell is None:
                continue
            value, style = cell
            if value == "":
                content = "/>"
            elif isinstance(value, str) and value[0] not in LIKE_A_FORMULA and (number := number_of(value)) is not None:
                self._worksheet.str_table.count += 1
                content = f' t="s"><v>{number}</v></c>'
            else:
                content, style = self._unusual((row, column), value, style)
            written.append(f'<c r="{letters}{row}" s="{formats[style]}"{content}')
        return "".join(written)

    def _unusual(self, cell: At, value: str | float | tuple[Run, ...], style: Style) -> tuple[str, Style]:
        """The content of a cell, as XML, and its look; of a text that stands in the book for the first time, too."""
        if isinstance(value, (int, float)):
            self._refuse_no_number(cell, value)
            return f"><v>{value:.16G}</v></c>", style
        text: str | RichText
        text, style = self._in_fonts(cell, value, style) if isinstance(value, tuple) else (value, style)
        if text == "":
            return "/>", style
        if isinstance(text, str):
            self._refuse_new_text(cell, text)
            style = kept_as_text(text, style)
        return f' t="s"><v>{self._worksheet.str_table._get_shared_string_index(text)}</v></c>', style

    def _number_formats_above(self, row: int) -> None:
        """XlsxWriter numbers formats when a book is closed, sheet by sheet; those of a whole row, at once."""
        if not self._has_whole_rows:
            before = self._workbook.worksheets()[: self._worksheet.index]
            for each in before:
                each.number_formats()
            self._has_whole_rows = True
        self._worksheet.number_formats(row - 1)
