"""KPI: one small line chart for each KPI, baseline and targets by year, over the values as written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxkpi_xl.annex import side_paper as side
from dxkpi_xl.annex.kpi_points import KpiPoint, kpi_points, notes, units
from dxkpi_xl.annex.rows import NEW_NOTE
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Kpi, Register
from dxkpi_xl.cycle.numbering import number
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.charts import Chart, Series
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Style

KPI_SHEET = "KPI"

WRITTEN, DRAWN = "表記", "数値"
DIRECTIONS = {"up": "増やす", "down": "減らす", "keep": "保つ"}

_LABEL_POINTS, _VALUE_POINTS, _GAP_POINTS = 30.0, 46.0, 12.0
_CHART_HEIGHT, _GAP_HEIGHT = 126.0, 10.0
_CHART_INSET = 4  # pixels that a chart stays inside its cells: programs round column widths differently
_FIRST_ROW = 3
_NAME = Style(bold=True, fill=Colour.HEADING_FILL, wrap=True)
_PLAIN = Style(wrap=True)
_SMALL = side.TEXT.but(align="center")


@dataclass(frozen=True, kw_only=True)
class KpiTile:
    """One KPI as it stands on the sheet."""

    name: str
    about: str
    points: tuple[KpiPoint, ...]
    unit: str
    note: str

    @property
    def in_words(self) -> str:
        """What the chart shows, in words."""
        values = "、".join(f"{point.label} {point.written or '空欄'}" for point in self.points)
        return f"{self.name}の折れ線グラフ。{values}。{self.note}"


def add_kpi_sheet(book: Book, form: Form, register: Register) -> None:
    """Add the sheet KPI: as many charts side by side as the paper is wide, no chart cut by a page's end."""
    _KpiSheet(book, register, kpi_tiles(form, register)).write()


def kpi_tiles(form: Form, register: Register) -> tuple[KpiTile, ...]:
    """Give what is shown of each KPI, in printed order."""
    baseline = form.column(fields.BASELINE).label
    return tuple(
        _tile(register, register.kpi_by_id[kpi_id], f"KPI{n}", baseline)
        for kpi_id, n in number(register).kpis.items()
    )


def _tile(register: Register, kpi: Kpi, printed_number: str, baseline: str) -> KpiTile:
    points = kpi_points(kpi, baseline, register.cycle.years)
    found = units(points, kpi.unit)
    project = register.project_of(register.listing_by_id[kpi.defined_by])
    facts = [f"担当: {project.lead}"]
    facts += [f"単位: {'・'.join(found)}"] if found else []
    facts += [f"方向: {DIRECTIONS[kpi.direction]}"] if kpi.direction in DIRECTIONS else []
    new = f" {NEW_NOTE}" if kpi.is_new else ""
    return KpiTile(
        name=f"{printed_number} {' '.join(kpi.name.split())}{new}",
        about=" / ".join(facts),
        points=points,
        unit=found[0] if len(found) == 1 else "",
        note=notes(points, kpi.unit),
    )


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

        written = [point.written for tile in tiles for point in tile.points]
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
            sheet.text(address(top + 4, column), point.written, _SMALL)
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
        return Chart(
            kind="line",
            title="",
            alternative_text=side.shortened(tile.in_words),
            series=(series,),
            width=width - _CHART_INSET,
            height=int(_CHART_HEIGHT / 0.75) - _CHART_INSET,
            y_least=0 if min(numbers) >= 0 else None,
            y_format=_axis_format(tile),
            legend="none",
            data_labels=True,
            font=self._book.normal.name,
        )


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
    unit = tile.unit if '"' not in tile.unit else ""
    return f'#,##0.##"{unit}"' if any(map(_decimals, tile.points)) else f'#,##0"{unit}"' if unit else "#,##0"
