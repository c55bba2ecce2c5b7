"""Cells as they are collected from the formats other than .xlsx, counted against the limits."""

from collections.abc import Iterable

from dxkpi_xl.cells.limits import EXCEL_COLUMNS, EXCEL_ROWS, Limits
from dxkpi_xl.cells.model import LONGEST_FORMULA, Area, Cell, SheetCells, Visibility
from dxkpi_xl.cells.shown import Shown
from dxkpi_xl.cells.styles_part import Style
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode


class Allowance:
    """How many cells and characters of one workbook may still be read."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._cells = limits.cells
        self._characters = limits.characters

    def spend(self, *, cells: int, characters: int) -> None:
        """Raises Unreadable (TOO_LARGE) if there are more than allowed."""
        self._cells -= cells
        self._characters -= characters
        if self._cells < 0:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="cells", allowed=self._limits.cells)
        if self._characters < 0:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="characters", allowed=self._limits.characters)


class Collected:
    """One sheet while it is read."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merges: list[Area] = []

    def add(
        self, row: int, col: int, shown: Shown, style: Style, *, formula: str | None = None, struck: bool = False
    ) -> None:
        """Keep a cell that holds something, from 1.  Raises Unreadable: TOO_LARGE, DAMAGED for an impossible place."""
        if not shown.text and formula is None:
            return
        place = row, col
        if place in self._cells or not (1 <= row <= EXCEL_ROWS and 1 <= col <= EXCEL_COLUMNS):
            raise Unreadable(UnreadableCode.DAMAGED, reason="address", row=row)
        self._allowance.spend(cells=1, characters=len(shown.text))
        text, raw, kind = shown
        begun = None if formula is None else formula[:LONGEST_FORMULA]
        self._cells[place] = Cell(row, col, text, kind, begun, style.number_format, raw, struck or style.struck)

    def merge(self, area: Area) -> None:
        """Keep a merge; merges count as cells."""
        self._allowance.spend(cells=1, characters=0)
        self._merges.append(area)

    def sheet(
        self,
        name: str,
        *,
        visibility: Visibility = "visible",
        protected: bool = False,
        hidden_rows: Iterable[int] = (),
        hidden_columns: Iterable[int] = (),
    ) -> SheetCells:
        """The finished sheet; of the hidden rows and columns those that hold a cell."""
        return SheetCells(
            name=name,
            visibility=visibility,
            protected=protected,
            cells=self._cells,
            merges=tuple(self._merges),
            hidden_rows=frozenset(hidden_rows) & {row for row, _ in self._cells},
            hidden_columns=frozenset(hidden_columns) & {col for _, col in self._cells},
        )
