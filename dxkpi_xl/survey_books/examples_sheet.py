"""Filled rows of every kind, from the form's own examples, on a sheet of their own away from the answers."""

from __future__ import annotations

from collections.abc import Sequence

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.form.columns import Column, Example, Form
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.paper import Band, Field, Margins, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Style
from dxkpi_xl.grid.text_height import CellText, row_height
from dxkpi_xl.survey_books import answer_styles as look
from dxkpi_xl.survey_books.answers_head import who_fills

_TITLE_ROW, _MARKS_ROW, _HEADING_ROW = 1, 2, 3
_KIND_LABEL, _KIND_WIDTH = "この例について", 22.0
_TITLE = "記入例(このシートには記入しないでください。御回答はシート「{answers}」にお願いします。)"
_FILLED = look.ANSWER.but(locked=True, fill=Colour.EXAMPLE_FILL)
_FROZEN_COLUMNS = 3


def write_examples_sheet(book: Book, form: Form, survey: Survey) -> None:
    """Write the examples with the headings of the answer sheet; nothing can be typed there."""
    sheet = book.sheet(form.sheets["examples"])
    columns = form.columns_for(survey.cycle.years)
    sheet.text(address(_TITLE_ROW, 1), _TITLE.format(answers=form.sheets["answers"]), look.TITLE)
    sheet.blank(area(_TITLE_ROW, 2, _TITLE_ROW, len(columns) + 1), look.TITLE)
    _write_headings(book, sheet, columns)
    for n, example in enumerate(form.examples, start=1):
        values = example.values_for(survey.cycle.years) | {fields.LISTING_ID: f"例{n}", fields.BUREAU: "○○部"}
        _write_example(book, sheet, _HEADING_ROW + n, example, [(c, values.get(c.key, "")) for c in columns])
    sheet.freeze(address(_HEADING_ROW + 1, _FROZEN_COLUMNS + 1))
    sheet.zoom(85)
    sheet.hide_gridlines()
    sheet.tab_colour(Colour.TAB_GUIDE)
    last = area(_TITLE_ROW, 1, _HEADING_ROW + len(form.examples), len(columns) + 1)
    margins = Margins(left=8, right=8, top=12, bottom=14)
    footer = Band(centre=(Field.PAGE, "/", Field.PAGES))
    sheet.print_setup(PrintSetup(area=last, repeat_rows=(_MARKS_ROW, _HEADING_ROW), margins=margins, footer=footer))
    sheet.protect()


def _write_headings(book: Book, sheet: Sheet, columns: tuple[Column, ...]) -> None:
    sheet.column_width(1, 1, _KIND_WIDTH)
    sheet.text(address(_HEADING_ROW, 1), _KIND_LABEL, look.HEADING)
    sheet.blank(address(_MARKS_ROW, 1), look.MARKS)
    texts = []
    for n, column in enumerate(columns, start=2):
        sheet.column_width(n, n, column.width)
        sheet.text(address(_MARKS_ROW, n), who_fills(column), look.MARKS)
        sheet.text(address(_HEADING_ROW, n), column.label, look.HEADING)
        width = book.normal.column_points(column.width)
        texts.append(CellText(text=column.label, width=width, style=look.HEADING, normal=book.normal))
    sheet.row_height(_TITLE_ROW, 24)
    sheet.row_height(_HEADING_ROW, row_height(texts))


def _write_example(book: Book, sheet: Sheet, row: int, example: Example, values: Sequence[tuple[Column, str]]) -> None:
    kind = look.STATE.but(bold=True, size=10.0)
    sheet.text(address(row, 1), example.title, kind)
    normal = book.normal
    texts = [CellText(text=example.title, width=normal.column_points(_KIND_WIDTH), style=kind, normal=normal)]
    for position, (column, value) in enumerate(values, start=2):
        style = _style(column, column.is_answered and example.role in column.open_in)
        sheet.text(address(row, position), value, style)
        texts.append(CellText(text=value, width=normal.column_points(column.width), style=style, normal=normal))
    sheet.row_height(row, row_height(texts))


def _style(column: Column, is_open: bool) -> Style:
    style = _FILLED if is_open else look.OFFICE
    return style if look.is_prose(column) else style.but(align="center")
