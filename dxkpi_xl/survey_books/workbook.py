"""One survey workbook as bytes: guide, answers, examples, and the hidden lists and copy behind them."""

from __future__ import annotations

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.survey_books.answers_sheet import write_answers_sheet
from dxkpi_xl.survey_books.draft import draft
from dxkpi_xl.survey_books.examples_sheet import write_examples_sheet
from dxkpi_xl.survey_books.filled import Filled
from dxkpi_xl.survey_books.guide_sheet import write_guide_sheet
from dxkpi_xl.survey_books.issued_copy import write_issued_copy
from dxkpi_xl.survey_books.offered import Offer, Offers
from dxkpi_xl.survey_books.pick_lists import write_lists
from dxkpi_xl.survey_books.remarks_sheet import write_remarks_sheet


def survey_workbook(form: Form, register: Register, survey: Survey, filled: Filled | None = None) -> bytes:
    """Give the .xlsx of one survey of a register: see ``workbook_with``."""
    return workbook_with(form, Offers(register).of(survey), survey, filled)


def workbook_with(form: Form, offer: Offer, survey: Survey, filled: Filled | None = None) -> bytes:
    """Give the .xlsx of one survey; the same input gives the same bytes.

    With ``filled`` it holds a department's answers instead of what was issued, and what it is asked about them on a
    first sheet and at the cells; the hidden copy is still that of what was issued.
    Raises ``Refused`` (grid) for what Excel cannot hold, ``TemplateBroken`` for words of the form that it cannot show.
    """
    plan = draft(form, offer, survey, filled)
    properties = Properties(title=plan.title, subject=survey.id, company=survey.cycle.prefecture)
    book = Book(properties, NormalFont(name=survey.cycle.survey_font))
    if plan.filled.remarks:
        write_remarks_sheet(book, plan)
    write_guide_sheet(book, form, offer, survey)
    write_answers_sheet(book, plan)
    write_examples_sheet(book, form, survey)
    write_lists(book, plan.lists)
    write_issued_copy(book, plan.copy, survey, plan.layout, plan.filled)
    book.custom_property("survey_id", survey.id)
    return book.to_bytes()
