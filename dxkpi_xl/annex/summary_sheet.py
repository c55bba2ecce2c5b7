"""集計: counts by area and bureau, KPIs, what is new and what ended, with native charts beside the tables."""

from __future__ import annotations

from collections.abc import Sequence

from dxkpi_xl.annex import side_paper as side
from dxkpi_xl.annex.counts import Counts, counts
from dxkpi_xl.annex.summary_charts import PlacedTable, compared_chart, stacked_chart
from dxkpi_xl.annex.summary_tables import NAMING_COLUMNS, TOTAL, Cell, Table, area_table, bureau_table, key_figures
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.charts import Chart
from dxkpi_xl.grid.styles import Style

SUMMARY_SHEET = "集計"

_NO_POINTS, _NAME_POINTS, _COUNT_POINTS = 58.0, 184.0, 56.0
_CHART_HEIGHT, _GAP_HEIGHT = 180.0, 10.0
_LEAST_FIGURES = 13  # rows beside which the first chart stands
_CHART_COLUMN = 5  # where that chart begins
_TABLE_HEAD = 2  # rows: title and headings


def add_summary_sheet(book: Book, form: Form, register: Register, previous: Register | None = None) -> None:
    """Add the sheet 集計; with ``previous`` (the register as issued) it says what is new and what ended as well."""
    _SummarySheet(book, form, register, counts(register, previous)).write()


class _SummarySheet:
    """Writes the tables and charts from top to bottom."""

    def __init__(self, book: Book, form: Form, register: Register, found: Counts) -> None:
        self._book = book
        self._register = register
        self._figures_shown = key_figures(found)
        self._areas, self._bureaus = area_table(form, found), bureau_table(form, found)
        self._sheet = book.sheet(SUMMARY_SHEET)
        self._columns = max(len(self._areas.headings), len(self._bureaus.headings))
        width, self._page = side.usable_points(register.cycle)
        room = max(_COUNT_POINTS, (width - _NO_POINTS - _NAME_POINTS) / (self._columns - NAMING_COLUMNS))
        points = [_NO_POINTS, _NAME_POINTS, *[room] * (self._columns - NAMING_COLUMNS)]
        self._widths = [side.characters(book.normal, each) for each in points]
        self._row = 1
        self._blocks: list[tuple[int, float]] = []

    def write(self) -> None:
        """Write the sheet."""
        sheet = self._sheet
        for n, width in enumerate(self._widths, start=1):
            sheet.column_width(n, n, width)
        sheet.text("A1", f"{self._register.cycle.year_label} 関連事業・KPIの集計", side.TITLE)
        self._end_block([side.TITLE_HEIGHT, _GAP_HEIGHT])
        figures_row, figures_height = self._figures()
        areas, bureaus = self._table(self._areas), self._table(self._bureaus)
        self._charts(areas, bureaus, figures_row, figures_height)
        printed = area(1, 1, self._row - 1, self._columns)
        sheet.print_setup(side.side_setup(self._register.cycle, SUMMARY_SHEET, printed))
        sheet.page_breaks(side.page_breaks(self._blocks, self._page))
        sheet.hide_gridlines()
        sheet.select("A1")

    def _figures(self) -> tuple[int, float]:
        top = self._row
        for row, (label, value) in enumerate(self._figures_shown, start=top):
            self._sheet.merge(area(row, 1, row, NAMING_COLUMNS), label, side.TEXT)
            self._cell(row, NAMING_COLUMNS + 1, value, side.NUMBER)
        heights = [side.ROW_HEIGHT] * max(len(self._figures_shown), _LEAST_FIGURES)
        self._end_block([*heights, _GAP_HEIGHT])
        return top, sum(heights)

    def _table(self, table: Table) -> PlacedTable:
        top, sheet = self._row, self._sheet
        sheet.text(address(top, 1), table.title, side.SECTION)
        for n, heading in enumerate(table.headings, start=1):
            sheet.text(address(top + 1, n), heading, side.HEADING)
        for row, cells in enumerate(table.rows, start=top + _TABLE_HEAD):
            is_total = row == top + _TABLE_HEAD + len(table.rows) - 1
            for n, cell in enumerate(cells, start=1):
                style = side.TEXT if n <= NAMING_COLUMNS else side.NUMBER
                self._cell(row, n, cell, style.but(bold=is_total))
        heads = [side.SECTION_HEIGHT, self._height(table.headings, side.HEADING)]
        bodies = [self._height([str(cell) for cell in row[:NAMING_COLUMNS]], side.TEXT) for row in table.rows]
        self._end_block([*heads, *bodies, _GAP_HEIGHT])
        return PlacedTable(sheet=sheet.name, table=table, first_row=top + _TABLE_HEAD)

    def _charts(self, areas: PlacedTable, bureaus: PlacedTable, figures_row: int, figures_height: float) -> None:
        font = self._book.normal.name
        counted = range(NAMING_COLUMNS + 1, areas.table.headings.index(TOTAL) + 1)
        stacked = stacked_chart(areas, tuple(counted), "分野別の掲載行数(部局の内訳)", font)
        self._place(figures_row, _CHART_COLUMN, self._columns, figures_height, stacked)
        half = self._half()
        total = counted.stop
        by_area = compared_chart(areas, (total, total + 2), "分野別の掲載行数とKPIのある行", font)
        by_bureau = compared_chart(bureaus, (3, 4), "部局別の事業数とKPIのある事業", font)
        self._place(self._row, 1, half, _CHART_HEIGHT, by_area)
        self._place(self._row, half + 1, self._columns, _CHART_HEIGHT, by_bureau)
        if by_area or by_bureau:
            self._end_block([_CHART_HEIGHT])

    def _place(self, row: int, first: int, last: int, height: float, chart: Chart | None) -> None:
        if chart is not None:
            normal = self._book.normal
            width = sum(normal.column_pixels(each) for each in self._widths[first - 1 : last])
            self._sheet.chart(address(row, first), side.in_pixels(chart, width, height))

    def _half(self) -> int:
        """Give the column at which half the sheet's width is reached."""
        half = sum(self._widths) / 2
        return next(n for n in range(1, self._columns) if sum(self._widths[: n + 1]) > half)

    def _height(self, texts: Sequence[str], style: Style) -> float:
        points = [self._book.normal.column_points(width) for width in self._widths]
        heights = (side.text_height(self._book, text, width, style) for text, width in zip(texts, points, strict=False))
        return max(side.ROW_HEIGHT, *heights)

    def _cell(self, row: int, column: int, value: Cell, style: Style) -> None:
        at = address(row, column)
        if isinstance(value, str):
            self._sheet.text(at, value, style)
        else:
            self._sheet.number(at, value, style, side.SHARE_FORMAT if isinstance(value, float) else side.COUNT_FORMAT)

    def _end_block(self, heights: Sequence[float]) -> None:
        for row, height in enumerate(heights, start=self._row):
            self._sheet.row_height(row, height)
        self._row += len(heights)
        self._blocks.append((self._row - 1, sum(heights)))
