"""One worksheet in one pass: only the cells that hold something, each with its own address."""

import re
from collections.abc import Mapping
from functools import cache

from dxkpi_xl.cells.limits import EXCEL_COLUMNS, EXCEL_ROWS
from dxkpi_xl.cells.model import LONGEST_FORMULA, Area, Cell, CellKind, SheetCells, column_letters
from dxkpi_xl.cells.plain_sheet import plain_sheet
from dxkpi_xl.cells.shared_strings import is_struck, plain_text
from dxkpi_xl.cells.sheet_context import SheetContent, SheetContext, too_large
from dxkpi_xl.cells.shown import Shown, show_value
from dxkpi_xl.cells.styles_part import PLAIN, Style
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.workbook_part import SheetEntry
from dxkpi_xl.cells.xml_pass import TRUE, Attributes, XmlPart, xml_pass

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_LONG_NUMBER = 10  # digits; no row, column or shared string has as many


def read_sheet(part: XmlPart, entry: SheetEntry, context: SheetContext) -> SheetCells:
    """The cells of one worksheet.

    The told dimension is ignored, rows and cells without an address follow the one before.
    Raises Unreadable: DAMAGED for an impossible address, an unknown shared string, two values in one cell; TOO_LARGE.
    """
    content = plain_sheet(part, context) or _passed_over(part, context)
    context.spend(content.cells)
    return SheetCells(name=entry.name, visibility=entry.visibility, **content._asdict())


def _passed_over(part: XmlPart, context: SheetContext) -> SheetContent:
    sheet = _SheetPass(part.name, context)
    starts = {
        "row": sheet.start_row,
        "c": sheet.start_cell,
        "f": sheet.start_formula,
        "rPh": sheet.start_phonetic,
        "strike": sheet.strike,
        "col": sheet.columns,
        "mergeCell": sheet.merge,
        "sheetProtection": sheet.protection,
    }
    ends = {
        "v": sheet.end_value,
        "f": sheet.end_formula,
        "t": sheet.end_text,
        "rPh": sheet.end_phonetic,
        "c": sheet.end_cell,
    }
    xml_pass(part, starts=starts, ends=ends)
    hidden_rows, hidden_columns = frozenset(sheet.hidden_rows), sheet.hidden_columns()
    return SheetContent(sheet.cells, tuple(sheet.merges), sheet.protected, hidden_rows, hidden_columns)


class _SheetPass:
    """The place where the pass is now, and what it has found; one method for each tag.

    The methods of <c> run for every cell of every file: they call as little as they can.
    """

    def __init__(self, part: str, context: SheetContext) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Area] = []
        self.protected = False
        self.hidden_rows: set[int] = set()
        self._hidden_column_spans: list[tuple[int, int]] = []
        self._part = part
        self._context = context
        self._texts = context.strings.texts
        self._find_style = context.styles.get
        self._find_column = _columns().get
        self._row = 0
        self._row_text = ""
        self._row_cut = 0
        self._row_hidden = False
        self._col = 0
        self._cell: Attributes = {}
        self._value: str | None = None
        self._inline: str | None = None
        self._formula: str | None = None
        self._struck = False
        self._phonetic = False

    def start_row(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        self._set_row(self._row + 1 if written is None else self._number(written, EXCEL_ROWS))
        self._row_hidden = attributes.get("hidden") in TRUE
        self._col = 0
        self._cell = {}

    def _set_row(self, row: int) -> None:
        self._row = row
        self._row_text = str(row)
        self._row_cut = -len(self._row_text)

    def start_cell(self, attributes: Attributes) -> None:
        if "r" not in attributes:
            self._go_to_cell()
            self._col += 1
        self._cell = attributes
        self._struck = False

    def _go_to_cell(self) -> None:
        """Note where the last cell stands that told it: of most cells nobody asks, they hold only a style."""
        address = self._cell.get("r")
        if address is None:
            return
        # The usual address ends with its row; all others go the long way.
        usual = address[self._row_cut :] == self._row_text
        col = self._find_column(address[: self._row_cut]) if usual else None
        if col is None:
            row, col = self._place(address)
            self._set_row(row)
        self._col = col

    def start_formula(self, _: Attributes) -> None:
        self._formula = ""

    def end_formula(self, text: str) -> None:
        self._formula = text[:LONGEST_FORMULA]

    def end_value(self, text: str) -> None:
        self._value = text or None

    def end_text(self, text: str) -> None:
        if not self._phonetic:
            self._inline = text if self._inline is None else self._inline + text

    def start_phonetic(self, _: Attributes) -> None:
        self._phonetic = True

    def end_phonetic(self, _: str) -> None:
        self._phonetic = False

    def strike(self, attributes: Attributes) -> None:
        self._struck = self._struck or is_struck(attributes)

    def end_cell(self, _: str) -> None:
        value, formula = self._value, self._formula
        if value is None and formula is None and self._inline is None:
            return
        self._go_to_cell()
        style = self._find_style(self._cell.get("s", "0"), PLAIN)
        kind: CellKind = "text"
        if value is not None and self._cell.get("t") == "s":
            text = raw = self._shared(value)
        elif value is not None or self._inline is not None:
            text, raw, kind = self._shown(value, style)
        else:
            text = raw = ""
        if text or formula is not None:
            row, col = self._row, self._col
            if (row, col) in self.cells or col > EXCEL_COLUMNS or row > EXCEL_ROWS:
                raise self._damaged("address")
            struck = self._struck or style.struck
            # Past Cell.__new__, which would cost as much as all the rest of this method.
            self.cells[row, col] = tuple.__new__(
                Cell, (row, col, text, kind, formula, style.number_format, raw, struck)
            )
            if len(self.cells) > self._context.cells_left:
                raise too_large("cells", self._context.limits.cells)
            if self._row_hidden:
                self.hidden_rows.add(row)
        self._value = self._inline = self._formula = None

    def _shown(self, value: str | None, style: Style) -> Shown:
        if value is None:
            text = plain_text(self._inline or "")
            return Shown(text, text, "text")
        return show_value(self._cell.get("t", "n"), value, style.meaning, epoch_1904=self._context.epoch_1904)

    def _shared(self, value: str) -> str:
        if not (value.isascii() and value.isdigit() and len(value) < _LONG_NUMBER):
            raise self._damaged("unknown shared string")
        index = int(value)
        if index >= len(self._texts):
            raise self._damaged("unknown shared string")
        if index in self._context.strings.struck:
            self._struck = True
        return self._texts[index]

    def columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in TRUE:
            first, last = (self._number(attributes.get(end, ""), EXCEL_COLUMNS) for end in ("min", "max"))
            self._hidden_column_spans.append((first, last))

    def hidden_columns(self) -> frozenset[int]:
        if not self._hidden_column_spans:
            return frozenset()
        used = {col for _, col in self.cells}
        hidden: set[int] = set()
        done = 0  # no column is looked at twice, however many spans are told
        for first, last in sorted(self._hidden_column_spans):
            hidden.update(range(max(first, done + 1), min(last, max(used, default=0)) + 1))
            done = max(done, last)
        return frozenset(hidden & used)

    def merge(self, attributes: Attributes) -> None:
        if len(self.merges) >= self._context.limits.cells:
            raise too_large("cells", self._context.limits.cells)
        first, _, last = attributes.get("ref", "").partition(":")
        self.merges.append(Area(*self._place(first), *self._place(last or first)))

    def protection(self, attributes: Attributes) -> None:
        self.protected = attributes.get("sheet") in TRUE

    def _place(self, address: str) -> tuple[int, int]:
        match = _ADDRESS.fullmatch(address)
        col = _columns().get(match[1].upper()) if match else None
        if match is None or col is None:
            raise self._damaged("address")
        return self._number(match[2], EXCEL_ROWS), col

    def _number(self, written: str, highest: int) -> int:
        number = int(written) if written.isascii() and written.isdigit() and len(written) < _LONG_NUMBER else 0
        if not 1 <= number <= highest:
            raise self._damaged("address")
        return number

    def _damaged(self, reason: str) -> Unreadable:
        return Unreadable(UnreadableCode.DAMAGED, reason=reason, part=self._part, row=self._row)


@cache
def _columns() -> Mapping[str, int]:
    """The number of every column by its letters."""
    return {column_letters(col): col for col in range(1, EXCEL_COLUMNS + 1)}
