"""集計: counts by area and bureau, KPIs, what is new and what ended, with native charts beside the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxkpi_xl.annex import side_paper as side
from dxkpi_xl.annex.counts import Counts, counts
from dxkpi_xl.annex.rows import NEW_NOTE
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.charts import Chart, Series
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Style

SUMMARY_SHEET = "集計"

TOTAL = "計"
_SHARE_FORMAT = "0.0%"

# Dark beside light, so that neighbours differ in grey print as well; more series could not be told apart.
_SHADES = ("#1F3A5F", "#F2C14E", "#5B8DB8", "#FFFFFF", "#7A4E2D", "#BFD7EA", "#404040", "#E8A87C")
_DARK, _LIGHT = "#1F3A5F", "#D9E2EF"

_NO_POINTS, _NAME_POINTS, _COUNT_POINTS = 48.0, 190.0, 58.0
_CHART_HEIGHT, _GAP_HEIGHT = 210.0, 10.0
_CHART_INSET = 6
_TOTAL = Style(bold=True)

Cell = str | int | float


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table on the sheet: its title, headings, rows; a float is a share, the last row is the total."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def add_summary_sheet(book: Book, form: Form, register: Register, previous: Register | None = None) -> None:
    """Add the sheet 集計; with ``previous`` (the register as issued) it says what is new and what ended as well."""
    _SummarySheet(book, register, counts(register, previous)).write()


def key_figures(found: Counts) -> tuple[tuple[str, Cell], ...]:
    """Give the figures at the head of the sheet."""
    figures: list[tuple[str, Cell]] = [
        ("掲載行", found.of()),
        ("うち再掲", found.of(relisted=True)),
        ("事業", found.projects),
        ("KPIのある事業", found.projects_with_kpi),
        ("KPIのある事業の割合", _share(found.projects_with_kpi, found.projects)),
        ("KPI", found.kpis),
        (f"うち「{NEW_NOTE}」のKPI", found.new_kpis),
    ]
    for what, change in found.changes.items():
        figures += [(f"新たに加わった{what}", change.new), (f"終わった{what}", change.ended)]
    return tuple(figures)


def area_table(found: Counts) -> Table:
    """Give the rows of each area by the bureau in the lead."""
    names = [each.bureau.name for each in found.bureaus]

    def row(no: str, name: str, area_no: str) -> tuple[Cell, ...]:
        whole, with_kpi = found.of(area_no=area_no), found.of(area_no=area_no, has_kpi=True)
        by_bureau = [found.of(area_no=area_no, bureau=bureau) for bureau in names]
        again = found.of(area_no=area_no, relisted=True)
        return (no, name, *by_bureau, whole, again, with_kpi, _share(with_kpi, whole))

    return Table(
        title="分野別・部局別の掲載行数(主担当の部局で数え、再掲を含む)",
        headings=("分野", "名称", *names, TOTAL, "うち再掲", "KPIのある行", "その割合"),
        rows=(*(row(each.no, each.name, each.no) for each in found.areas), row(TOTAL, "", "")),
    )


def bureau_table(found: Counts) -> Table:
    """Give the projects and KPIs of each bureau."""
    rows = [(b.bureau.code, b.bureau.name, b.led, b.with_kpi, _share(b.with_kpi, b.led), b.joined, b.kpis)
            for b in found.bureaus]  # fmt: skip
    led, with_kpi, joined, kpis = (sum(getattr(b, name) for b in found.bureaus) for name in _SUMS)
    return Table(
        title="部局別の事業数とKPI数",
        headings=("コード", "部局", "事業(主担当)", "KPIのある事業", "その割合", "ほかに共同で担当", "KPI"),
        rows=(*rows, (TOTAL, "", led, with_kpi, _share(with_kpi, led), joined, kpis)),
    )


_SUMS = ("led", "with_kpi", "joined", "kpis")


def _share(part: int, whole: int) -> Cell:
    return part / whole if whole else ""


class _SummarySheet:
    """Writes the tables and charts from top to bottom."""

    def __init__(self, book: Book, register: Register, found: Counts) -> None:
        self._book = book
        self._register = register
        self._found = found
        self._areas, self._bureaus = area_table(found), bureau_table(found)
        self._sheet: Sheet = book.sheet(SUMMARY_SHEET)
        self._columns = max(len(self._areas.headings), len(self._bureaus.headings))
        width, self._page = side.usable_points(register.cycle)
        room = max(_COUNT_POINTS, (width - _NO_POINTS - _NAME_POINTS) / (self._columns - 2))
        points = [_NO_POINTS, _NAME_POINTS, *[room] * (self._columns - 2)]
        self._widths = [side.characters(book.normal, each) for each in points]
        self._row = 1
        self._blocks: list[tuple[int, float]] = []

    def write(self) -> None:
        """Write the sheet."""
        sheet = self._sheet
        for n, width in enumerate(self._widths, start=1):
            sheet.column_width(n, n, width)
        self._title()
        figures_top = self._figures()
        areas_top = self._table(self._areas)
        bureaus_top = self._table(self._bureaus)
        self._charts(figures_top, areas_top, bureaus_top)
        printed = area(1, 1, self._row - 1, self._columns)
        sheet.print_setup(side.side_setup(self._register.cycle, SUMMARY_SHEET, printed))
        sheet.page_breaks(side.page_breaks(self._blocks, self._page))
        sheet.hide_gridlines()
        sheet.select("A1")

    def _title(self) -> None:
        text = f"{self._register.cycle.year_label} 関連事業・KPIの集計"
        self._sheet.text("A1", text, side.TITLE)
        self._end_block(1, [side.TITLE_HEIGHT])

    def _figures(self) -> int:
        top = self._row
        figures = key_figures(self._found)
        for row, (label, value) in enumerate(figures, start=top):
            self._sheet.merge(area(row, 1, row, 2), label, side.TEXT)
            self._cell(row, 3, value, side.NUMBER)
        self._end_block(top, [side.ROW_HEIGHT] * max(len(figures), _LEAST_FIGURES) + [_GAP_HEIGHT])
        return top

    def _table(self, table: Table) -> int:
        top, sheet = self._row, self._sheet
        sheet.text(address(top, 1), table.title, side.SECTION)
        for n, heading in enumerate(table.headings, start=1):
            sheet.text(address(top + 1, n), heading, side.HEADING)
        for row, cells in enumerate(table.rows, start=top + _HEAD_ROWS):
            bold = row == top + _HEAD_ROWS + len(table.rows) - 1
            for n, cell in enumerate(cells, start=1):
                style = side.TEXT if n <= _NAMING_COLUMNS else side.NUMBER
                self._cell(row, n, cell, style.but(bold=bold))
        heads = [side.SECTION_HEIGHT, self._height(table.headings, side.HEADING)]
        bodies = [self._height([str(cell) for cell in row[:_NAMING_COLUMNS]], side.TEXT) for row in table.rows]
        self._end_block(top, [*heads, *bodies, _GAP_HEIGHT])
        return top

    def _height(self, texts: Sequence[str], style: Style) -> float:
        points = [self._book.normal.column_points(width) for width in self._widths]
        heights = (side.text_height(self._book, text, width, style) for text, width in zip(texts, points, strict=False))
        return max(side.ROW_HEIGHT, *heights)

    def _cell(self, row: int, column: int, value: Cell, style: Style) -> None:
        at = address(row, column)
        if isinstance(value, str):
            self._sheet.text(at, value, style)
        else:
            self._sheet.number(at, value, style, _SHARE_FORMAT if isinstance(value, float) else INTEGER_FORMAT)

    def _end_block(self, top: int, heights: Sequence[float]) -> None:
        for row, height in enumerate(heights, start=top):
            self._sheet.row_height(row, height)
        self._row = top + len(heights)
        self._blocks.append((self._row - 1, sum(heights)))

    def _charts(self, figures_top: int, areas_top: int, bureaus_top: int) -> None:
        figures = max(len(key_figures(self._found)), _LEAST_FIGURES) * side.ROW_HEIGHT
        areas, bureaus = _Source(self._areas, areas_top), _Source(self._bureaus, bureaus_top)
        names = range(_NAMING_COLUMNS + 1, _NAMING_COLUMNS + 1 + len(self._found.bureaus))
        if self._areas.rows[:-1] and len(names) <= len(_SHADES):
            title = "分野別の掲載行数(部局の内訳)"
            self._chart(figures_top, _BESIDE, self._columns, figures, title, areas, tuple(names), "stacked_column")
        if not self._areas.rows[:-1] or not self._bureaus.rows[:-1]:
            return
        half = self._middle()
        whole = len(self._areas.headings) - 3
        self._chart(self._row, 1, half, _CHART_HEIGHT, "分野別の掲載行数とKPIのある行", areas, (whole, whole + 2))
        self._chart(self._row, half + 1, self._columns, _CHART_HEIGHT, "部局別の事業数とKPIのある事業", bureaus, (3, 4))
        self._end_block(self._row, [_CHART_HEIGHT])
