"""The two sheets of the ledger that are not lists of things: how to use it, and the settings."""

from __future__ import annotations

from dxkpi_xl import years
from dxkpi_xl.cycle.model import Cycle
from dxkpi_xl.cycle.office import OfficeSettings
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.grid.paper import PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Line, Style
from dxkpi_xl.grid.text_height import CellText, row_height
from dxkpi_xl.ledger import columns, table_out
from dxkpi_xl.ledger.columns import Kind, LedgerSheet, Setting, Sheets
from dxkpi_xl.ledger.rows_out import Value, setting_value

_NAME_WIDTH, _TEXT_WIDTH = 14, 100
_PLAIN = Style(wrap=True, valign="top")
_BOX = Style(border=Line.THIN, border_colour=Colour.FAINT_LINE, wrap=True, valign="top")
_LABEL = _BOX.but(fill=Colour.OFFICE_FILL)
_LEAST_HEIGHT, _TITLE_HEIGHT = 20.0, 30.0


def write_guide(sheet: Sheet, sheets: Sheets, cycle: Cycle, normal: NormalFont) -> None:
    """Write how the ledger is used, in five lines, and what each sheet is, with a link to it."""
    sheet.column_width(1, 1, _NAME_WIDTH)
    sheet.column_width(2, 2, _TEXT_WIDTH)
    sheet.text("A1", f"調査台帳  {cycle.full_title}", table_out.TITLE)
    sheet.row_height(1, _TITLE_HEIGHT)
    both = normal.column_points(_NAME_WIDTH) + normal.column_points(_TEXT_WIDTH)
    for row, line in enumerate(sheets.usage, start=3):
        sheet.merge(area(row, 1, row, 2), line, _PLAIN)
        told = CellText(text=line, width=both, style=_PLAIN, normal=normal)
        sheet.row_height(row, row_height([told], _LEAST_HEIGHT))
    heading = 3 + len(sheets.usage) + 1
    sheet.text(address(heading, 1), "シート", table_out.HEADING)
    sheet.text(address(heading, 2), "内容", table_out.HEADING)
    for row, table in enumerate(sheets.tables, start=heading + 1):
        link = _BOX.but(colour=Colour.LINK_TEXT, underline=True)
        sheet.link(address(row, 1), table.name, (table.name, "A1"), link, tip=f"「{table.name}」シートへ移ります")
        sheet.text(address(row, 2), table.purpose, _BOX)
        told = CellText(text=table.purpose, width=normal.column_points(_TEXT_WIDTH), style=_BOX, normal=normal)
        sheet.row_height(row, row_height([told], _LEAST_HEIGHT), grows=True)
    sheet.hide_gridlines()
    sheet.tab_colour(Colour.TAB_GUIDE)
    sheet.select("A1")
    sheet.print_setup(PrintSetup(paper="A4"))


def write_settings(sheet: Sheet, sheets: Sheets, cycle: Cycle, office: OfficeSettings, normal: NormalFont) -> None:
    """Write one setting a row: its name, its value, and how to write it."""
    table = sheets.settings
    table_out.write_headings(sheet, table)
    for row, setting in enumerate(sheets.setting_rows, start=table_out.FIRST_ROW):
        value = shown_value(cycle, office, setting)
        _write_setting(sheet, table, row, setting, value)
        texts = {
            columns.SETTING: setting.label,
            columns.VALUE: table_out.shown(setting, value),
            columns.EXPLANATION: setting.help,
        }
        sheet.row_height(row, table_out.height(table.columns, texts, normal), grows=True)


def shown_value(cycle: Cycle, office: OfficeSettings, setting: Setting) -> Value:
    """Give a setting's value as it is written: the year in words."""
    value = setting_value(cycle, office, setting.key)
    return years.year_label(str(value)) if setting.kind is Kind.YEAR else value


def _write_setting(sheet: Sheet, table: LedgerSheet, row: int, setting: Setting, value: Value) -> None:
    label, cell, explanation = (
        address(row, table.position(key)) for key in (columns.SETTING, columns.VALUE, columns.EXPLANATION)
    )
    sheet.text(label, setting.label, _LABEL)
    sheet.text(explanation, setting.help, _LABEL)
    table_out.write_value(sheet, cell, setting, value, table_out.style_of(setting))
    sheet.ignore_errors([cell])
    if not table_out.accept_choices(sheet, setting, cell):
        sheet.prompt(cell, table_out.dialog(setting))
