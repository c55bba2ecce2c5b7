"""Native Excel charts, as values: columns and lines, black on white first, colour second."""

from dataclasses import dataclass
from typing import Literal

from xlsxwriter.chart import Chart as XlsxChart
from xlsxwriter.workbook import Workbook

from dxkpi_xl.grid.addresses import area, area_position, quoted_sheet
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.sheet_base import must, refuse_text

_TITLE_TEXT = 255  # Excel keeps no longer literal title
_LINE_WIDTH = 1.75


@dataclass(frozen=True, kw_only=True)
class Series:
    """One row of values: ranges such as ``B2:B9`` of ``sheet``, each one row or one column."""

    name: str
    sheet: str
    categories: str
    values: str
    colour: str = "#1F3A5F"
    marker: Literal["circle", "square", "diamond", "triangle", "none"] = "circle"
    dashed: bool = False


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A chart; ``alternative_text`` says in words what it shows; unknown values are shown as gaps."""

    kind: Literal["column", "stacked_column", "line"]
    title: str
    alternative_text: str
    series: tuple[Series, ...]
    width: int = 480  # pixels
    height: int = 288
    x_title: str = ""
    y_title: str = ""
    y_format: str = ""
    y_least: float | None = None
    legend: Literal["bottom", "right", "none"] = "bottom"
    data_labels: bool = False
    font: str = ""
    text_size: int = 10  # points, of all but the title


def make_chart(workbook: Workbook, sheet: str, chart: Chart) -> XlsxChart:
    """XlsxWriter's chart, not yet placed; refused without series or alternative text."""
    if not chart.series or not chart.alternative_text:
        raise Refused(Reason.WRITER, sheet, "", {"message": "a chart needs series and an alternative text"})
    for text in (chart.title, chart.x_title, chart.y_title, chart.alternative_text, *(s.name for s in chart.series)):
        refuse_text(sheet, "", "グラフの文字", text, _TITLE_TEXT)
    kind = {"type": "line"} if chart.kind == "line" else {"type": "column"}
    if chart.kind == "stacked_column":
        kind["subtype"] = "stacked"
    drawn = workbook.add_chart(kind)
    for series in chart.series:
        must(sheet, "", drawn.add_series, _series_options(chart, series))
    _dress(drawn, chart)
    return drawn


def _series_options(chart: Chart, series: Series) -> dict[str, object]:
    source = quoted_sheet(series.sheet)
    options: dict[str, object] = {
        "name": series.name,
        "categories": f"={source}!{area(*area_position(series.categories), fixed=True)}",
        "values": f"={source}!{area(*area_position(series.values), fixed=True)}",
    }
    if chart.data_labels:
        # Beside the point, where Excel puts them by itself, the line would strike them through.
        above = {"position": "above"} if chart.kind == "line" else {}
        options["data_labels"] = {"value": True, "font": _font(chart)} | above
    if chart.kind != "line":
        return options | {"fill": {"color": series.colour}, "border": {"color": "#000000", "width": 0.5}, "gap": 60}
    line: dict[str, object] = {"color": series.colour, "width": _LINE_WIDTH}
    if series.dashed:
        line["dash_type"] = "dash"
    marker = {"type": series.marker, "size": 6, "fill": {"color": series.colour}, "border": {"color": series.colour}}
    return options | {"line": line, "marker": marker}


def _dress(drawn: XlsxChart, chart: Chart) -> None:
    font = _font(chart)
    x_axis: dict[str, object] = {"num_font": font, "name": chart.x_title, "name_font": font}
    y_axis: dict[str, object] = {"num_font": font, "name": chart.y_title, "name_font": font}
    if chart.y_format:
        y_axis["num_format"] = chart.y_format
    if chart.y_least is not None:
        y_axis["min"] = chart.y_least
    for name, argument in (
        ("set_title", {"name": chart.title, "name_font": font | {"size": 11}} if chart.title else {"none": True}),
        ("set_x_axis", x_axis),
        ("set_y_axis", y_axis | {"major_gridlines": {"visible": True, "line": {"color": "#D0D0D0"}}}),
        ("set_legend", {"none": True} if chart.legend == "none" else {"position": chart.legend, "font": font}),
        ("set_size", {"width": chart.width, "height": chart.height}),
        ("show_blanks_as", "gap"),
    ):
        must("", "", getattr(drawn, name), argument)


def _font(chart: Chart) -> dict[str, object]:
    name = {"name": chart.font} if chart.font else {}
    return {"size": chart.text_size, **name}
