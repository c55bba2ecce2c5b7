"""The sheets of an OpenDocument spreadsheet in one pass: only the cells that hold something."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from dxkpi_xl.cells.collected import Allowance, Collected
from dxkpi_xl.cells.limits import EXCEL_COLUMNS, EXCEL_ROWS
from dxkpi_xl.cells.model import Area, SheetCells
from dxkpi_xl.cells.ods_names import OFFICE, TABLE, TEXT
from dxkpi_xl.cells.ods_styles import OdsStyles
from dxkpi_xl.cells.ods_text import CellText
from dxkpi_xl.cells.ods_values import excel_formula, shown_value, typed_style
from dxkpi_xl.cells.shown import Shown
from dxkpi_xl.cells.styles_part import Style
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xml_pass import Attributes

# What may hold paragraphs or tables that are no answer: comments, drawings, readings of words, deleted text.
_PASSED_BY = (
    "annotation", "ruby-text", "note", "tracked-changes", "shapes", "dde-links", "content-validations",
    "frame", "g", "custom-shape", "control", "caption", "rect", "ellipse", "circle", "line", "path",
    "polygon", "polyline", "connector", "measure", "regular-polygon", "page-thumbnail",
)  # fmt: skip
_OUTSIDE_TABLE = "ta_extref"  # LibreOffice's copy of another file's cells
_HIDDEN = frozenset({"collapse", "filter"})
_MOST_SHEETS = 2_000
_Told = TypeVar("_Told", Attributes, str)


@dataclass(kw_only=True)
class _RowCell:
    """A cell of the row that is being read; it may stand in several columns and, with the row, in several rows."""

    col: int
    columns: int
    shown: Shown
    style: Style
    formula: str | None
    struck: bool


@dataclass(kw_only=True)
class _Sheet:
    attributes: Attributes
    cells: Collected
    row: int = 1  # the next
    col: int = 1
    column: int = 1  # of <table-column>
    column_styles: list[tuple[int, str]] = field(default_factory=list)  # (last column, style)
    hidden_columns: list[range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)


class ContentPass:
    """The place where the pass is now, and the sheets it has found."""

    def __init__(self, styles: OdsStyles, allowance: Allowance) -> None:
        self.sheets: list[SheetCells] = []
        self._styles = styles
        self._allowance = allowance
        self._passed_by = 0  # how deep within elements that are passed by
        self._sheet: _Sheet | None = None
        self._row: Attributes = {}
        self._row_cells: list[_RowCell] = []
        self._cell: Attributes | None = None
        self._text = CellText()
        self._struck = False

    def starts(self) -> Mapping[str, Callable[[Attributes], None]]:
        read = {
            "table-column": self._column,
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "p": lambda _: self._text.start_paragraph(),
            "s": lambda attributes: self._text.spaces(attributes.get(f"{TEXT} c", "1")),
            "tab": lambda _: self._text.tab(),
            "line-break": lambda _: self._text.line_break(),
            "span": self._span,
        }
        return (
            {name: self._unless_passing(handle) for name, handle in read.items()}
            | dict.fromkeys(_PASSED_BY, self._pass_by)
            | {"table": self._start_table}
        )

    def ends(self) -> Mapping[str, Callable[[str], None]]:
        read: dict[str, Callable[[str], None]] = {
            "table-row": self._end_row,
            "table-cell": self._end_cell,
            "covered-table-cell": self._end_cell,
            "p": lambda _: self._text.end_paragraph(),
        }
        return (
            {name: self._unless_passing(handle) for name, handle in read.items()}
            | dict.fromkeys(_PASSED_BY, self._passed)
            | {"table": self._end_table}
        )

    def characters(self, piece: str) -> None:
        if not self._passed_by:
            self._text.characters(piece)

    def _unless_passing(self, handle: Callable[[_Told], None]) -> Callable[[_Told], None]:
        def handle_or_not(told: _Told) -> None:
            if not self._passed_by:
                handle(told)

        return handle_or_not

    def _pass_by(self, _: Attributes) -> None:
        self._passed_by += 1

    def _passed(self, _: str) -> None:
        self._passed_by -= 1

    def _start_table(self, attributes: Attributes) -> None:
        outside = attributes.get(f"{TABLE} style-name") == _OUTSIDE_TABLE
        if self._passed_by or self._sheet is not None or outside:  # a table within a cell is no sheet
            self._passed_by += 1
            return
        if len(self.sheets) >= _MOST_SHEETS:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="sheets", allowed=_MOST_SHEETS)
        self._sheet = _Sheet(attributes=attributes, cells=Collected(self._allowance))

    def _end_table(self, _: str) -> None:
        if self._passed_by:
            self._passed_by -= 1
        elif self._sheet is not None:
            sheet, self._sheet = self._sheet, None
            shown = self._styles.shows_table(sheet.attributes.get(f"{TABLE} style-name", ""))
            self.sheets.append(
                sheet.cells.sheet(
                    sheet.attributes.get(f"{TABLE} name", ""),
                    visibility="visible" if shown else "hidden",
                    protected=sheet.attributes.get(f"{TABLE} protected") == "true",
                    hidden_rows=sheet.hidden_rows,
                    hidden_columns=(col for columns in sheet.hidden_columns for col in columns),
                )
            )

    def _column(self, attributes: Attributes) -> None:
        if self._sheet is None:
            return
        first = self._sheet.column
        self._sheet.column = after = min(first + _repeated(attributes, "columns"), EXCEL_COLUMNS + 1)
        self._sheet.column_styles.append((after - 1, attributes.get(f"{TABLE} default-cell-style-name", "")))
        if attributes.get(f"{TABLE} visibility") in _HIDDEN:
            self._sheet.hidden_columns.append(range(first, after))

    def _start_row(self, attributes: Attributes) -> None:
        self._row = attributes
        self._row_cells = []
        if self._sheet is not None:
            self._sheet.col = 1

    def _end_row(self, _: str) -> None:
        if self._sheet is None:
            return
        rows = range(self._sheet.row, self._sheet.row + _repeated(self._row, "rows"))
        self._sheet.row = rows.stop
        if not self._row_cells:
            return
        if rows.stop - 1 > EXCEL_ROWS:
            raise Unreadable(UnreadableCode.DAMAGED, reason="address", row=rows.stop - 1)
        for row in rows:
            for cell in self._row_cells:
                for col in range(cell.col, cell.col + cell.columns):
                    self._sheet.cells.add(row, col, cell.shown, cell.style, formula=cell.formula, struck=cell.struck)
        if self._row.get(f"{TABLE} visibility") in _HIDDEN:
            self._sheet.hidden_rows.update(rows)

    def _start_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        self._text = CellText()
        self._struck = False

    def _span(self, attributes: Attributes) -> None:
        self._struck = self._struck or self._styles.strikes_text(attributes.get(f"{TEXT} style-name", ""))

    def _end_cell(self, _: str) -> None:
        attributes, sheet, self._cell = self._cell, self._sheet, None
        if attributes is None or sheet is None:
            return
        col, columns = sheet.col, _repeated(attributes, "columns")
        sheet.col += columns
        rows_spanned, columns_spanned = (_number(attributes, f"number-{side}-spanned") for side in ("rows", "columns"))
        if rows_spanned > 1 or columns_spanned > 1:
            sheet.cells.merge(Area(sheet.row, col, sheet.row + rows_spanned - 1, col + columns_spanned - 1))
        formula = attributes.get(f"{TABLE} formula")
        if formula is None and not self._text.found and f"{OFFICE} value-type" not in attributes:
            return
        style = typed_style(attributes.get(f"{OFFICE} value-type", ""), self._style(attributes, col))
        self._row_cells.append(
            _RowCell(
                col=col,
                columns=columns,
                shown=shown_value(attributes, self._text.text() if self._text.found else None, style),
                style=style,
                formula=None if formula is None else excel_formula(formula),
                struck=self._struck,
            )
        )

    def _style(self, attributes: Attributes, col: int) -> Style:
        name = attributes.get(f"{TABLE} style-name") or self._row.get(f"{TABLE} default-cell-style-name")
        return self._styles.cell_style(name or _column_style(self._sheet.column_styles if self._sheet else (), col))


def _column_style(styles: Iterable[tuple[int, str]], col: int) -> str:
    return next((name for last, name in styles if col <= last), "")


def _repeated(attributes: Attributes, what: str) -> int:
    return _number(attributes, f"number-{what}-repeated")


def _number(attributes: Attributes, name: str) -> int:
    written = attributes.get(f"{TABLE} {name}", "1")
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise Unreadable(UnreadableCode.DAMAGED, reason="address")
    return max(1, int(written))
