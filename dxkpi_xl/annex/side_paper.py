"""How the sheets beside the annex (集計, KPI, データ) stand on paper, and the words that stand for their charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.cycle.model import Cycle
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.charts import Chart
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.grid.limits import utf16_units
from dxkpi_xl.grid.paper import Band, Field, Margins, PrintSetup
from dxkpi_xl.grid.styles import Colour, Line, Style
from dxkpi_xl.grid.text_height import CellText

TITLE = Style(bold=True, size=14)
SECTION = Style(bold=True, size=11)
HEADING = Style(
    bold=True, fill=Colour.HEADING_FILL, border=Line.THIN, border_colour=Colour.TEXT, align="center", wrap=True
)
TEXT = Style(border=Line.THIN, border_colour=Colour.TEXT, wrap=True)
NUMBER = TEXT.but(wrap=False, align="right")
NOTE = Style(colour=Colour.MUTED_TEXT, wrap=True)

# "_ " keeps a space's width free at the right border; LibreOffice 7.4 loses the indent of some cells in a row.
COUNT_FORMAT, SHARE_FORMAT = "#,##0_ ", "0.0%_ "

TITLE_HEIGHT, SECTION_HEIGHT, ROW_HEIGHT = 24.0, 20.0, 15.0

_MARGINS = Margins(left=12, right=12, top=12, bottom=14, header=6, footer=7)
_USED = 0.975  # of the page: printers and screens round widths and heights differently
_CHART_INSET = 4  # pixels that a chart stays inside its cells: programs round column widths differently
_POINTS_PER_PIXEL = 0.75
_DESCRIPTION = 250  # UTF-16 units; grid.charts refuses more than 255


def side_setup(cycle: Cycle, name: str, area: str = "", repeat_rows: tuple[int, int] | None = None) -> PrintSetup:
    """Give the print set-up: the annex's paper and font, one page wide, what it is and page n/N at the foot."""
    paper = annex_paper(cycle)
    footer = Band(left=(f"{cycle.full_title} {name}",), right=(Field.PAGE, " / ", Field.PAGES), font=paper.font)
    return PrintSetup(
        paper=paper.size, landscape=True, margins=_MARGINS, footer=footer, area=area, repeat_rows=repeat_rows
    )


def usable_points(cycle: Cycle) -> tuple[float, float]:
    """Give the width and height in points that may be filled on a page."""
    width, height = side_setup(cycle, "").printable_points()
    return width * _USED, height * _USED


def characters(normal: NormalFont, points: float) -> float:
    """Give the width in digits of a column of so many points on paper."""
    return max(1.0, normal.column_characters(int(points / normal.column_points(1) * normal.column_pixels(1))))


def text_height(book: Book, text: str, points: float, style: Style) -> float:
    """Give the height in points that a text needs in a width."""
    return CellText(text=text, width=points, style=style.but(wrap=True), normal=book.normal).height


def shortened(text: str, most: int = _DESCRIPTION) -> str:
    """Give a text of at most so many UTF-16 units on one line, an ellipsis where it was cut."""
    line = " ".join(text.split())
    if utf16_units(line) <= most:
        return line
    while utf16_units(line) > most - 1:
        line = line[:-1]
    return f"{line}…"


def page_breaks(heights: Sequence[tuple[int, float]], page: float) -> tuple[int, ...]:
    """Give the rows after which a page ends, for blocks (last row, height) that are not to be cut."""
    ends: list[int] = []
    filled, before = 0.0, 0
    for last_row, height in heights:
        if filled and filled + height > page:
            ends.append(before)
            filled = 0.0
        filled += height
        before = last_row
    return tuple(ends)


def in_pixels(chart: Chart, width: int, height: float) -> Chart:
    """Give a chart the size of cells so many pixels wide and points high."""
    return replace(chart, width=width - _CHART_INSET, height=int(height / _POINTS_PER_PIXEL) - _CHART_INSET)
