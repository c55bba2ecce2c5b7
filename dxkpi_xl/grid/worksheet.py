"""XlsxWriter's worksheet with rows that keep a height and still grow, and cells that are written with less ado."""

import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, CellRichStringTuple, CellStringTuple, Worksheet
from xlsxwriter.xmlwriter import XMLwriter

from dxkpi_xl.grid.addresses import column_name

#: As many rows share what XlsxWriter calls their span.
_ROWS_A_SPAN = 16


class GrowingWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A row with ``ht`` but without ``customHeight`` is as high as we say and grows as text is typed.

    XlsxWriter always writes both; the attribute is left out where the row's start tag is written.
    Texts, numbers and blanks, nearly all cells, are written without looking for what cannot be in their attributes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.growing_rows: set[int] = set()
        self._blanks: dict[Any, Any] = {}
        self._fonts: dict[Any, str] = {}

    def _write_rows(self) -> None:
        self._calculate_spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            span, info, cells = self.row_spans.get(row // _ROWS_A_SPAN), self.row_info.get(row), self.table.get(row)
            if cells:
                self._write_row(row, span, info)
                for column in sorted(cells):
                    self._write_cell(row, column, cells[column])
                self._xml_end_tag("row")
            elif info or row in self.comments:
                self._write_empty_row(row, span, info)

    def _calculate_spans(self) -> None:
        ends: dict[int, list[int]] = {}
        for rows in (self.table, self.comments):
            for row, cells in rows.items():
                if cells:
                    ends.setdefault(row // _ROWS_A_SPAN, []).extend((min(cells), max(cells)))
        self.row_spans = {block: f"{min(columns) + 1}:{max(columns) + 1}" for block, columns in ends.items()}

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

    def holds(self, text: str) -> bool:
        """Whether a text stands in some cell of the book."""
        return text in self.str_table.string_table

    def write_texts(self, row: int, texts: Sequence[str], cell_format: Format) -> int:
        """Texts from the first column on, each as ``write_text`` writes it, blank ones as ``write_empty``."""
        if self._check_dimensions(row, 0) or self._check_dimensions(row, len(texts) - 1):
            return -1
        index, blank = self.str_table._get_shared_string_index, self._blank(cell_format)
        self.table[row].update(
            (n, CellStringTuple(index(text), cell_format) if text else blank) for n, text in enumerate(texts)
        )
        return 0

    def write_text(self, row: int, col: int, text: str, cell_format: Format) -> int:
        """A text, as ``write_string`` writes it; whoever calls has seen to it that it is no longer than a cell."""
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = CellStringTuple(self.str_table._get_shared_string_index(text), cell_format)
        return 0

    def write_empty(self, row: int, col: int, cell_format: Format) -> int:
        """A blank cell, as ``write_blank`` writes it; those of one format are one object."""
        if self._check_dimensions(row, col):
            return -1
        self.table[row][col] = self._blank(cell_format)
        return 0

    def _blank(self, cell_format: Format) -> Any:
        blank = self._blanks.get(cell_format)
        if blank is None:
            blank = self._blanks[cell_format] = CellBlankTuple(cell_format)
        return blank

    def write_runs(self, row: int, col: int, runs: Sequence[tuple[Format, str]], cell_format: Format) -> int:
        """A rich text, as ``write_rich_string`` writes it; a format's font is put into XML once.

        At least two runs, none of them empty, no longer than a cell: whoever calls has seen to that.
        """
        if self._check_dimensions(row, col):
            return -1
        string = "".join(self._font(shown) + self._inside(text) for shown, text in runs)
        raw = "".join(text for _, text in runs)
        index = self.str_table._get_shared_string_index(string)
        self.table[row][col] = CellRichStringTuple(index, cell_format, raw)
        return 0

    def _font(self, shown: Format) -> str:
        written = self._fonts.get(shown)
        if written is None:
            self.rstring = XMLwriter()
            self.rstring._set_filehandle(io.StringIO())
            self.rstring._xml_start_tag("r")
            self._write_font(shown)
            written = self._fonts[shown] = self.rstring.fh.getvalue()
        return written

    def _inside(self, text: str) -> str:
        space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
        return f"<t{space}>{self._escape_control_characters(self._escape_data(text))}</t></r>"

    def _assemble_xml_file(self) -> None:
        """Write the sheet, and let its cells go: other sheets are still to be written."""
        super()._assemble_xml_file()
        self.table.clear()

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        """Without its =, and nothing else: ours were checked, where XlsxWriter looks for 70 newer functions in each."""
        if formula.startswith("=") and not expand_future_functions:
            return formula[1:]
        return str(super()._prepare_formula(formula, expand_future_functions))

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_start_tag_unencoded(tag, self._without_custom_height(tag, attributes))

    def _xml_empty_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        super()._xml_empty_tag_unencoded(tag, self._without_custom_height(tag, attributes))

    def _without_custom_height(self, tag: str, attributes: Any) -> Any:
        if tag == "row" and dict(attributes).get("r") in self.growing_rows:
            return [pair for pair in attributes if pair[0] != "customHeight"]
        return attributes
