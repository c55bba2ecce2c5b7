"""The sheet a department fills: head, rows, rules, view and paper."""

from __future__ import annotations

from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.paper import Band, Field, Margins, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Style
from dxkpi_xl.grid.text_height import CellText, row_height
from dxkpi_xl.survey_books import answer_styles as look
from dxkpi_xl.survey_books.answers_head import head_values, who_fills, write_head
from dxkpi_xl.survey_books.answers_rows import write_rows
from dxkpi_xl.survey_books.answers_rules import write_rules
from dxkpi_xl.survey_books.draft import Draft
from dxkpi_xl.survey_books.head_layout import HEAD_FIRST_ROW, STATE_COLUMN, STATE_WIDTH, TITLE_ROW
from dxkpi_xl.survey_books.layout import AnswerLayout

_ZOOM = 85
_TITLE_HEIGHT = 30.0
_LEAST_HEAD_HEIGHT = 21.0
_FILTER_BUTTON = 14.0  # points that a heading loses to it
_LEAST_GROUP_HEIGHT = 15.0
_FROZEN_COLUMNS = 3
_MARGIN_MM = 8.0


def write_answers_sheet(book: Book, draft: Draft) -> Sheet:
    """Write the answer sheet, the cursor in the first open cell; it is the one shown first, but for remarks."""
    sheet = book.sheet(draft.form.sheets["answers"])
    survey, layout = draft.survey, draft.layout
    sheet.column_width(STATE_COLUMN, STATE_COLUMN, STATE_WIDTH)
    for column in layout.columns:
        sheet.column_width(layout.position[column.key], layout.position[column.key], column.width)
    write_head(sheet, draft)
    write_rows(book, sheet, draft)
    write_rules(sheet, layout, draft.lists)
    _set_heights(book, sheet, survey, layout)
    _set_view(sheet, layout)
    if not draft.filled.remarks:
        sheet.activate()
    _set_paper(sheet, survey, layout)
    return sheet


def _set_heights(book: Book, sheet: Sheet, survey: Survey, layout: AnswerLayout) -> None:
    """Give the rows of the head and the headings the height of their texts."""
    points = [book.normal.column_points(width) for width in (STATE_WIDTH, *(c.width for c in layout.columns))]

    def text(words: str, first: int, last: int, style: Style, taken: float = 0.0) -> CellText:
        return CellText(text=words, width=sum(points[first - 1 : last]) - taken, style=style, normal=book.normal)

    sheet.row_height(TITLE_ROW, _TITLE_HEIGHT)
    printed = head_values(survey)
    for row in range(HEAD_FIRST_ROW, layout.group_row):
        texts = []
        for each in (each for each in layout.head if each.row == row):
            texts.append(text(each.field.label, each.label_column, each.label_column, look.LABEL))
            value = printed.get(each.field.key, "")
            texts.append(text(value, each.first_column, each.last_column, look.HEAD_OFFICE))
        sheet.row_height(row, row_height(texts, _LEAST_HEAD_HEIGHT))
    groups = [text(label, first, last, look.GROUP) for first, last, label in layout.groups]
    sheet.row_height(layout.group_row, row_height(groups, _LEAST_GROUP_HEIGHT))
    numbered = [(layout.position[column.key], column) for column in layout.columns]
    marks = [text(who_fills(column), n, n, look.MARKS) for n, column in numbered]
    sheet.row_height(layout.marks_row, row_height(marks))
    headings = [text(column.label, n, n, look.HEADING, _FILTER_BUTTON) for n, column in numbered]
    sheet.row_height(layout.heading_row, row_height(headings))


def _set_view(sheet: Sheet, layout: AnswerLayout) -> None:
    sheet.freeze(address(layout.first_row, _FROZEN_COLUMNS + 1))
    sheet.select(layout.first_open_cell())
    sheet.zoom(_ZOOM)
    sheet.hide_gridlines()
    sheet.tab_colour(Colour.TAB_ANSWER)


def _set_paper(sheet: Sheet, survey: Survey, layout: AnswerLayout) -> None:
    sheet.print_setup(
        PrintSetup(
            paper="A3",
            landscape=True,
            fit_width=1,
            repeat_rows=(layout.group_row, layout.heading_row),
            area=area(TITLE_ROW, STATE_COLUMN, layout.last_row, layout.last_column),
            margins=Margins(left=_MARGIN_MM, right=_MARGIN_MM, top=12, bottom=14),
            footer=Band(
                left=(f"調査票ID {survey.id}  {survey.addressee}",),
                centre=(Field.PAGE, "/", Field.PAGES),
                right=(survey.form_version,),
            ),
        )
    )
