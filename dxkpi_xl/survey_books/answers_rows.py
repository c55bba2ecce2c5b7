"""Writes the rows of the answer sheet: what was issued, the formulas of spare rows, the live state of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dxkpi_xl.cycle import fields
from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid import limits
from dxkpi_xl.grid.addresses import address
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.text_height import CellText
from dxkpi_xl.survey_books import answer_styles as look
from dxkpi_xl.survey_books.draft import Draft
from dxkpi_xl.survey_books.head_layout import STATE_COLUMN, STATE_WIDTH
from dxkpi_xl.survey_books.layout import AnswerLayout, LaidRow
from dxkpi_xl.survey_books.pick_lists import LISTED_BUREAUS, PickLists

# LibreOffice does not let a department make a row of a protected sheet higher: leave room for five lines and for four.
_LEAST_HEIGHT = 72.0
_LEAST_SPARE_HEIGHT = 57.0


def write_rows(book: Book, sheet: Sheet, draft: Draft) -> None:
    """Write all rows with their heights."""
    layout, lists = draft.layout, draft.lists
    points = [book.normal.column_points(width) for width in (STATE_WIDTH, *(c.width for c in layout.columns))]
    for row, state in zip(layout.rows, draft.states, strict=True):
        sheet.formula(address(row.number, STATE_COLUMN), state.formula, state.text, look.STATE)
        formulas = spare_formulas(row, layout, lists) if row.is_spare else {}
        for column in layout.columns:
            _write_cell(sheet, draft, row, column, formulas)
        sheet.row_height(row.number, _issued_height(book, layout, row, state.text, points), grows=True)


def _write_cell(sheet: Sheet, draft: Draft, row: LaidRow, column: Column, formulas: Mapping[str, str]) -> None:
    style = look.cell_style(column, column.key in row.open_columns)
    cell, value = draft.layout.cell(row, column.key), row.values.get(column.key, "")
    if cell in draft.marks.notes:
        style = look.remarked(style)
        sheet.note(cell, draft.marks.notes[cell])
    if column.key in formulas:
        sheet.formula(cell, formulas[column.key], _spare_values(row, draft.lists)[column.key], style)
    else:
        sheet.text(cell, value, style)


def spare_formulas(row: LaidRow, layout: AnswerLayout, lists: PickLists) -> dict[str, str]:
    """Give the formulas of a spare row's office cells by column key: numbers of what is chosen, the owners' bureaus.

    The open cells hold none: a formula typed over is gone, and a returned one could not be told from a typed one.
    """
    chosen = layout.cell(row, fields.RELIST_OF)
    area, item = layout.cell(row, fields.AREA_NAME), layout.cell(row, fields.ITEM_NAME)
    own = quoted(row.values[fields.BUREAU])
    return {
        fields.AREA_NO: lists.number_of_area(area),
        fields.ITEM_NO: lists.number_of_item(area, item),
        fields.BUREAU: f"=IFERROR({lists.of_listing(LISTED_BUREAUS, chosen)},{own})",
    }


def _spare_values(row: LaidRow, lists: PickLists) -> dict[str, str]:
    """Give what the formulas of a spare row show."""
    area_no, item_no = lists.shown_numbers(row.values.get(fields.AREA_NAME, ""), row.values.get(fields.ITEM_NAME, ""))
    bureau = lists.listed(LISTED_BUREAUS, row.values.get(fields.RELIST_OF, "")) or row.values[fields.BUREAU]
    return {fields.AREA_NO: area_no, fields.ITEM_NO: item_no, fields.BUREAU: bureau}


def _issued_height(book: Book, layout: AnswerLayout, row: LaidRow, state: str, points: Sequence[float]) -> float:
    """Give the height that shows every text of a row as issued; Excel's highest row where even that is too low."""
    cells = [CellText(text=state, width=points[0], style=look.STATE, normal=book.normal)]
    for column, width in zip(layout.columns, points[1:], strict=True):
        text = row.values.get(column.key, "")
        if text:
            style = look.cell_style(column, column.key in row.open_columns)
            cells.append(CellText(text=text, width=width, style=style, normal=book.normal))
    least = _LEAST_SPARE_HEIGHT if row.is_spare else _LEAST_HEIGHT
    return min(limits.ROW_HEIGHT, max(least, *(cell.height for cell in cells)))
