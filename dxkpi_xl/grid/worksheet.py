"""XlsxWriter's worksheet with cells that are written with less ado."""

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellRichStringTuple, CellStringTuple
from xlsxwriter.xmlwriter import XMLwriter

from dxkpi_xl.grid.addresses import column_name
from dxkpi_xl.grid.row_writer import DONE, RowWriter
from dxkpi_xl.grid.shared_texts import RichText


@lru_cache(maxsize=64)
def _url(target: str, text: str, tip: str | None) -> Url:
    """XlsxWriter's link; cells near each other often open the same file."""
    url = Url(target)
    url.text, url.tip = text, tip or ""
    return url


class GrowingWorksheet(RowWriter):
    """Texts, numbers and blanks, nearly all cells, are written without looking for what cannot be in them."""

    def __init__(self) -> None:
        super().__init__()
        self._blanks: dict[Any, Any] = {}
        self._fonts: dict[Any, str] = {}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        # No book has strings in its cells (constant_memory), because it is made in memory.
        kind, shown = cell.__class__, cell.format
        opening = f'<c r="{column_name(col + 1)}{row + 1}" s="{shown._get_xf_index()}"' if shown else ""
        if opening and kind in (CellStringTuple, CellRichStringTuple):
            self.fh.write(f'{opening} t="s"><v>{cell.string}</v></c>')
        elif opening and kind is CellBlankTuple:
            self.fh.write(f"{opening}/>")
        elif opening and kind is CellNumberTuple:
            self.fh.write(f"{opening}><v>{cell.number:.16G}</v></c>")
        else:
            super()._write_cell(row, col, cell)

    def write_text(self, row: int, col: int, text: str, cell_format: Format) -> int:
        """A text, as ``write_string`` writes it; whoever calls has seen to it that it is no longer than a cell."""
        if code := self._check_dimensions(row, col):
            return code
        self.table[row][col] = CellStringTuple(self.str_table._get_shared_string_index(text), cell_format)
        return DONE

    def write_runs(self, row: int, col: int, text: RichText, cell_format: Format) -> int:
        """A rich text, as ``write_rich_string`` writes it; at least two runs, no longer than a cell together."""
        if code := self._check_dimensions(row, col):
            return code
        self.table[row][col] = CellRichStringTuple(self.str_table._get_shared_string_index(text), cell_format, "")
        return DONE

    def rich_text(self, runs: Sequence[tuple[Format, str]]) -> RichText:
        """Runs as the book's texts hold them: none of them empty; a format's font is put into XML once."""
        return tuple((self._font(shown), text) for shown, text in runs)

    def _font(self, shown: Format) -> str:
        written = self._fonts.get(shown)
        if written is None:
            self.rstring = XMLwriter()
            self.rstring._set_filehandle(io.StringIO())
            self.rstring._xml_start_tag("r")
            self._write_font(shown)
            written = self._fonts[shown] = self.rstring.fh.getvalue()
        return written

    def write_empty(self, row: int, col: int, cell_format: Format) -> int:
        """A blank cell, as ``write_blank`` writes it; those of one format are one object."""
        if code := self._check_dimensions(row, col):
            return code
        blank = self._blanks.get(cell_format)
        if blank is None:
            blank = self._blanks[cell_format] = CellBlankTuple(cell_format)
        self.table[row][col] = blank
        return DONE

    def add_link(self, row: int, col: int, target: str, text: str, tip: str | None) -> int:
        """What ``write_url`` notes down of a link, whose text is a cell of a whole row."""
        self.hyperlinks[row][col] = _url(target, text, tip)
        return DONE

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Without its =, and nothing else: ours were checked, where XlsxWriter looks for 70 newer functions in each."""
        if formula.startswith("=") and not expand_future_functions:
            return formula[1:]
        return str(super()._prepare_formula(formula, expand_future_functions))
