"""One sheet of the ledger as cells: headings, rows, spare rows, dropdowns, prompts, heights."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.grid.limits import ROW_HEIGHT
from dxkpi_xl.grid.paper import Band, Field, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rules import Dialog
from dxkpi_xl.grid.styles import DATE_FORMAT, TEXT_FORMAT, Colour, Line, Style
from dxkpi_xl.grid.text_height import CellText
from dxkpi_xl.ledger.columns import Entry, Kind, LedgerColumn, LedgerSheet
from dxkpi_xl.ledger.lists_out import Lists
from dxkpi_xl.ledger.rows_out import Row, Value

TITLE_ROW, HEADING_ROW, FIRST_ROW = 1, 2, 3

TITLE = Style(bold=True, size=14, colour=Colour.TITLE_FILL, valign="vcenter")
HEADING = Style(
    bold=True, fill=Colour.HEADING_FILL, border=Line.THIN, align="center", wrap=True, num_format=TEXT_FORMAT
)
# A row can be 409 points high; a longer text is kept whole in its cell and read there by scrolling.
_MOST_HEIGHT = ROW_HEIGHT
_TITLE_HEIGHT, _HEADING_HEIGHT, _LEAST_HEIGHT = 27.0, 33.0, 18.0
_FORMATS = {Kind.DATE: DATE_FORMAT, Kind.INTEGER: "0", Kind.DECIMAL: "General", Kind.ORDER: "General"}
_ERROR_TITLE = "一覧にない値です"
_ERROR = "一覧から選んでください。右端の▼を押すと、選べるものが表示されます。"
_ASK = "一覧にない値ですが、このまま記入しますか。"


@dataclass(frozen=True, kw_only=True)
class Extent:
    """The rows of a table: the first, the last filled one, the last spare one."""

    first: int
    filled: int
    last: int


def extent(table: LedgerSheet, rows: int) -> Extent:
    """Give where a table with so many filled rows stands on its sheet."""
    filled = FIRST_ROW + rows - 1
    return Extent(first=FIRST_ROW, filled=filled, last=max(FIRST_ROW, filled + table.spare_rows))


def write_table(sheet: Sheet, table: LedgerSheet, rows: Sequence[Row], lists: Lists, normal: NormalFont) -> None:
    """Write a table's headings, rows and spare rows, with its dropdowns and prompts."""
    where = extent(table, len(rows))
    write_headings(sheet, table)
    for number, row in enumerate(rows, start=FIRST_ROW):
        for position, column in enumerate(table.columns, start=1):
            write_value(sheet, address(number, position), column, row.get(column.key), style_of(column, column.centred))
        sheet.row_height(number, height(table.columns, row, normal), grows=True)
    for position, column in enumerate(table.columns, start=1):
        if where.last > where.filled:
            spare = area(where.filled + 1, position, where.last, position)
            sheet.blank(spare, style_of(column, column.centred))
        _accept(sheet, column, area(FIRST_ROW, position, where.last, position), lists)
    everything = area(HEADING_ROW, 1, where.last, len(table.columns))
    sheet.autofilter(everything)
    sheet.ignore_errors([everything])


def write_headings(sheet: Sheet, table: LedgerSheet) -> None:
    """Write the title, what the sheet is for, the headings; set widths, panes and paper."""
    sheet.text("A1", f"{table.name}   {table.purpose}", TITLE.but(size=0))
    for position, column in enumerate(table.columns, start=1):
        sheet.text(address(HEADING_ROW, position), column.label, HEADING)
        sheet.column_width(position, position, column.width)
    sheet.row_height(TITLE_ROW, _TITLE_HEIGHT)
    sheet.row_height(HEADING_ROW, _HEADING_HEIGHT)
    sheet.freeze(address(FIRST_ROW, table.frozen_columns + 1))
    sheet.select(address(FIRST_ROW, 1))
    footer = Band(left=(Field.SHEET,), right=(Field.PAGE, " / ", Field.PAGES))
    sheet.print_setup(PrintSetup(repeat_rows=(HEADING_ROW, HEADING_ROW), footer=footer))


def style_of(entry: Entry, centred: bool = False) -> Style:
    """Give the look of an entry's cell: values as written are text cells, so that 48.2% stays 48.2%."""
    return Style(
        num_format=_FORMATS.get(entry.kind, TEXT_FORMAT),
        border=Line.THIN,
        border_colour=Colour.FAINT_LINE,
        align="center" if centred else "left",
        valign="top",
        wrap=True,
        locked=False,
    )


def write_value(sheet: Sheet, cell: str, entry: Entry, value: Value, style: Style) -> None:
    """Write one value as its kind wants it; a machine value stands under its Japanese label."""
    if isinstance(value, datetime.date):
        sheet.date(cell, value, style)
    elif isinstance(value, int | float):
        sheet.number(cell, value, style)
    else:
        sheet.text(cell, shown(entry, value), style)


def shown(entry: Entry, value: Value) -> str:
    """Give the text under which a value is shown."""
    if value is None:
        return ""
    return entry.choices.label_of(str(value)) if entry.choices else str(value)


def height(columns: Iterable[LedgerColumn], row: Row, normal: NormalFont) -> float:
    """Give the height in points that a row's texts need, at most what Excel can show."""
    texts = (
        CellText(
            text=shown(column, row.get(column.key)),
            width=normal.column_points(column.width),
            style=style_of(column),
            normal=normal,
        )
        for column in columns
    )
    return min(_MOST_HEIGHT, max([_LEAST_HEIGHT, *(each.height for each in texts)]))


def dialog(entry: Entry, on_error: str = "stop") -> Dialog:
    """Give what Excel says at an entry's cell."""
    prompt = f"{entry.help}(必須)" if entry.required else entry.help
    if on_error == "stop":
        return Dialog(prompt_title=entry.label, prompt=prompt, error_title=_ERROR_TITLE, error=_ERROR)
    return Dialog(prompt_title=entry.label, prompt=prompt, error_title=_ERROR_TITLE, error=_ASK, on_error="warning")


def accept_choices(sheet: Sheet, entry: Entry, cells: str) -> bool:
    """Give a cell its fixed dropdown; False where the entry has none."""
    if entry.choices is None:
        return False
    sheet.choices(cells, entry.choices.labels, dialog(entry, "warning" if entry.choices.open else "stop"))
    return True


def _accept(sheet: Sheet, column: LedgerColumn, cells: str, lists: Lists) -> None:
    if accept_choices(sheet, column, cells):
        return
    if column.live is None:
        sheet.prompt(cells, dialog(column))
    else:
        left = int(column.key.partition(".")[2] or 0)
        sheet.choices(cells, lists.source(column.live, left), dialog(column, "warning"))
