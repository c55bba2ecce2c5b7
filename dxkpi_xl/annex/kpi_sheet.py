"""KPI: one small line chart for each KPI, baseline and targets by year, over the values as written."""

from __future__ import annotations

from collections.abc import Sequence

from dxkpi_xl.annex import side_paper as side
from dxkpi_xl.annex.data_sheet import DATA_SHEET
from dxkpi_xl.annex.kpi_points import KpiPoint
from dxkpi_xl.annex.kpi_tiles import KpiTile, kpi_tiles
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.charts import Chart, Series
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Style

KPI_SHEET = "KPI"

WRITTEN, DRAWN = "表記", "数値"
# Some 50 pages of charts; more are not looked through, and Excel takes minutes to open them.
MOST_CHARTS = 500
_TOO_MANY = "KPIが{count}件あるため、グラフは省きました({most}件まで)。値はシート「{data}」を御覧ください。"

_AXIS_UNITS = ("%",)
_LABEL_POINTS, _VALUE_POINTS, _GAP_POINTS = 30.0, 42.0, 12.0
_CHART_HEIGHT, _GAP_HEIGHT = 126.0, 10.0
_CHART_TEXT = 8  # points
_VALUE_SHOWN = 60  # letters: a tile is no place for more, and a row has its highest height
_FIRST_ROW = 3
_NAME = Style(bold=True, fill=Colour.HEADING_FILL, wrap=True)
_PLAIN = Style(wrap=True)
_SMALL = side.TEXT.but(align="center")


def add_kpi_sheet(book: Book, form: Form, register: Register) -> None:
    """Add the sheet KPI: as many charts side by side as the paper is wide, no chart cut by a page's end."""
    tiles = kpi_tiles(form, register)
    if len(tiles) <= MOST_CHARTS:
        _KpiSheet(book, register, tiles).write()
        return
    sheet = book.sheet(KPI_SHEET)
    sheet.text("A1", _TOO_MANY.format(count=len(tiles), most=MOST_CHARTS, data=DATA_SHEET), side.NOTE.but(wrap=False))
    sheet.print_setup(side.side_setup(register.cycle, KPI_SHEET))


class _KpiSheet:
    """Writes tiles in bands across the page."""

    def __init__(self, book: Book, register: Register, tiles: Sequence[KpiTile]) -> None:
        self._book = book
        self._register = register
        self._tiles = tiles
        self._values = 1 + len(register.cycle.years)
        width, self._page = side.usable_points(register.cycle)
        tile = _LABEL_POINTS + _VALUE_POINTS * self._values + _GAP_POINTS
        self._across = max(1, int((width + _GAP_POINTS) / tile))
        room = (width + _GAP_POINTS) / self._across - _GAP_POINTS - _LABEL_POINTS
        self._widths = [
            side.characters(book.normal, points)
            for points in (_LABEL_POINTS, *[room / self._values] * self._values, _GAP_POINTS)
        ]

    def write(self) -> None:
        """Write the sheet."""
        sheet = self._book.sheet(KPI_SHEET)
        for n in range(self._across):
            for position, width in enumerate(self._widths, start=1):
                column = n * len(self._widths) + position
                sheet.column_width(column, column, width)
        sheet.text("A1", f"{self._register.cycle.year_label} KPIの推移(基準値と目標値)", side.TITLE)
        sheet.row_height(1, side.TITLE_HEIGHT)
        sheet.row_height(2, _GAP_HEIGHT)
        blocks: list[tuple[int, float]] = [(2, side.TITLE_HEIGHT + _GAP_HEIGHT)]
        top = _FIRST_ROW
        for start in range(0, len(self._tiles), self._across):
            heights = self._band(sheet, top, self._tiles[start : start + self._across])
            top += len(heights)
            blocks.append((top - 1, sum(heights)))
        last = max(2, top - 1)
        printed = area(1, 1, last, max(2, len(self._widths) * self._across - 1))
        sheet.print_setup(side.side_setup(self._register.cycle, KPI_SHEET, printed))
        sheet.page_breaks(side.page_breaks(blocks, self._page))
        sheet.hide_gridlines()
        sheet.select("A1")

    def _band(self, sheet: Sheet, top: int, tiles: Sequence[KpiTile]) -> list[float]:
        heights = self._heights(tiles)
        for row, height in enumerate(heights, start=top):
            sheet.row_height(row, height)
        for n, tile in enumerate(tiles):
            self._tile(sheet, top, 1 + n * len(self._widths), tile)
        return heights

    def _heights(self, tiles: Sequence[KpiTile]) -> list[float]:
        normal = self._book.normal
        points = [normal.column_points(width) for width in self._widths]
        whole = sum(points[:-1])

        def most(texts: Sequence[str], width: float, style: Style) -> float:
            return max(side.text_height(self._book, text, width, style) for text in texts)

        written = [side.shortened(point.written, _VALUE_SHOWN) for tile in tiles for point in tile.points]
        return [
            most([tile.name for tile in tiles], whole, _NAME),
            most([tile.about for tile in tiles], whole, _PLAIN),
            _CHART_HEIGHT,
            side.ROW_HEIGHT,
            most(written, points[1], _SMALL),
            side.ROW_HEIGHT,
            most([tile.note for tile in tiles], whole, side.NOTE),
            _GAP_HEIGHT,
        ]

    def _tile(self, sheet: Sheet, top: int, left: int, tile: KpiTile) -> None:
        right = left + self._values
        for row, text, style in ((0, tile.name, _NAME), (1, tile.about, _PLAIN), (6, tile.note, side.NOTE)):
            sheet.merge(area(top + row, left, top + row, right), text, style)
        for row, label in ((4, WRITTEN), (5, DRAWN)):
            sheet.text(address(top + row, left), label, side.HEADING)
        sheet.text(address(top + 3, left), "", side.HEADING)
        for column, point in enumerate(tile.points, start=left + 1):
            sheet.text(address(top + 3, column), point.label, side.HEADING)
            sheet.text(address(top + 4, column), side.shortened(point.written, _VALUE_SHOWN), _SMALL)
            _drawn(sheet, address(top + 5, column), point)
        sheet.ignore_errors([area(top + 4, left, top + 4, right)])
        if any(point.number is not None for point in tile.points):
            sheet.chart(address(top + 2, left), self._chart(sheet.name, top, left, tile))
        else:
            sheet.merge(area(top + 2, left, top + 2, right), "数値で示された値がありません。", side.NOTE)

    def _chart(self, sheet: str, top: int, left: int, tile: KpiTile) -> Chart:
        first, last = left + 1, left + self._values
        numbers = [point.number for point in tile.points if point.number is not None]
        series = Series(
            name=tile.name[:100],
            sheet=sheet,
            categories=area(top + 3, first, top + 3, last),
            values=area(top + 5, first, top + 5, last),
        )
        width = sum(self._book.normal.column_pixels(each) for each in self._widths[:-1])
        chart = Chart(
            kind="line",
            title="",
            alternative_text=side.shortened(tile.in_words),
            series=(series,),
            y_least=0 if min(numbers) >= 0 else None,
            y_format=_axis_format(tile),
            legend="none",
            data_labels=True,
            font=self._book.normal.name,
            text_size=_CHART_TEXT,
        )
        return side.in_pixels(chart, width, _CHART_HEIGHT)


def _drawn(sheet: Sheet, cell: str, point: KpiPoint) -> None:
    if point.number is None:
        sheet.blank(cell, _SMALL)
        return
    sheet.number(cell, float(point.number), _SMALL.but(wrap=False, shrink=True), _number_format(_decimals(point)))


def _decimals(point: KpiPoint) -> int:
    exponent = point.number.as_tuple().exponent if point.number is not None else 0
    return min(4, -exponent) if isinstance(exponent, int) and exponent < 0 else 0


def _number_format(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _axis_format(tile: KpiTile) -> str:
    # Other units stand over the chart: on its axis they would take the room of the line.
    return f'{_number_format(0)}"{tile.unit}"' if tile.unit in _AXIS_UNITS else _number_format(0)
