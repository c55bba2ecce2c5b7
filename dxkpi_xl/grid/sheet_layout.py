"""Where things are on the sheet and on the screen: widths, heights, panes, cursor, visibility, warnings to ignore."""

from collections.abc import Sequence
from typing import Literal

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.charts import Chart, make_chart
from dxkpi_xl.grid.refusals import Reason
from dxkpi_xl.grid.sheet_rules import SheetRules
from dxkpi_xl.grid.styles import Style

#: Excel's green corners, by XlsxWriter's names.
IgnoredError = Literal["number_stored_as_text", "formula_unlocked", "formula_differs", "empty_cell_reference"]


class SheetLayout(SheetRules):
    """The methods about columns, rows and the view."""

    def column_width(
        self, first: int, last: int, characters: float, style: Style | None = None, hidden: bool = False
    ) -> None:
        """Columns ``first`` to ``last`` (A is 1): width in digits of the Normal font, 0 to 255."""
        if not 0 <= characters <= limits.COLUMN_WIDTH or not 1 <= first <= last <= limits.COLUMNS:
            raise self._refused(Reason.COLUMN_TOO_WIDE, "", width=characters, limit=int(limits.COLUMN_WIDTH))
        shown = None if style is None else self._formats.of(style)
        self._must("", self._worksheet.set_column, first - 1, last - 1, characters, shown, {"hidden": hidden})

    def row_height(self, row: int, points: float, grows: bool = False) -> None:
        """The height of a row in points, at most 409.

        With ``grows`` it is the height as issued; Excel and LibreOffice fit it to the text when someone types in it.
        """
        if not 0 < points <= limits.ROW_HEIGHT:
            raise self._refused(Reason.ROW_TOO_HIGH, f"A{row}", height=f"{points:g}", limit=int(limits.ROW_HEIGHT))
        self._put((row, 1), self._worksheet.set_row, row - 1, points)
        if grows:
            self._worksheet.growing_rows.add(row)

    def hide_row(self, row: int) -> None:
        """Hide a row; what it holds stays readable for programs."""
        self._must(f"A{row}", self._worksheet.set_row, row - 1, None, None, {"hidden": True})

    def autofilter(self, cells: str) -> None:
        """Filter buttons on the first row of the range."""
        top, left, bottom, right = self._area(cells)
        self._must(cells, self._worksheet.autofilter, top - 1, left - 1, bottom - 1, right - 1)

    def freeze(self, cell: str) -> None:
        """Keep what is above and left of the cell in view."""
        self._must(cell, self._worksheet.freeze_panes, *self._zero_based(cell))

    def select(self, cell: str) -> None:
        """Where the cursor stands when the sheet is opened."""
        row, column = self._zero_based(cell)
        self._must(cell, self._worksheet.set_selection, row, column, row, column)

    def activate(self) -> None:
        """The sheet shown when the workbook is opened."""
        self._worksheet.activate()

    def hide(self, very: bool = False) -> None:
        """Hide the sheet; ``very``: Excel's menu does not offer to show it (LibreOffice shows it all the same)."""
        (self._worksheet.very_hidden if very else self._worksheet.hide)()

    def tab_colour(self, colour: str) -> None:
        """The colour of the sheet's tab, ``#RRGGBB``."""
        self._must("", self._worksheet.set_tab_color, str(colour))

    def zoom(self, percent: int) -> None:
        """The scale on the screen, 10 to 400."""
        self._must("", self._worksheet.set_zoom, percent)

    def hide_gridlines(self) -> None:
        """No grid on the screen nor on paper."""
        self._worksheet.hide_gridlines(2)

    def ignore_errors(self, cells: Sequence[str], error: IgnoredError = "number_stored_as_text") -> None:
        """No green corner in these ranges; calls add up."""
        for one in cells:
            self._area(one)
        ranges = self._ignored.setdefault(error, [])
        ranges += cells
        self._must("", self._worksheet.ignore_errors, {key: " ".join(areas) for key, areas in self._ignored.items()})

    def chart(self, cell: str, chart: Chart) -> None:
        """Place a native chart, its upper left corner in the cell."""
        row, column = self._zero_based(cell)
        drawn = make_chart(self._workbook, self.name, chart)
        options = {"description": chart.alternative_text, "object_position": 1}
        self._must(cell, self._worksheet.insert_chart, row, column, drawn, options)
