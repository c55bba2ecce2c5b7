"""Everything one workbook is made from, put together once before a cell is written."""

from __future__ import annotations

from dataclasses import dataclass

from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.form.columns import Form
from dxkpi_xl.survey_books.filled import Filled
from dxkpi_xl.survey_books.issued_copy import IssuedCopy, issued_copy
from dxkpi_xl.survey_books.layout import AnswerLayout, lay_out
from dxkpi_xl.survey_books.live_state import RowState, RowStates
from dxkpi_xl.survey_books.offered import Offer
from dxkpi_xl.survey_books.pick_lists import PickLists, pick_lists
from dxkpi_xl.survey_books.remark_marks import RemarkMarks, remark_marks


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A workbook before it is written: what is asked of whom, where it stands, each row's live state."""

    form: Form
    survey: Survey
    layout: AnswerLayout
    lists: PickLists
    copy: IssuedCopy
    states: tuple[RowState, ...]
    filled: Filled
    marks: RemarkMarks

    @property
    def title(self) -> str:
        """The workbook's title: year, form and addressee."""
        return f"{self.survey.cycle.year_label} {self.form.name}({self.survey.addressee})"


def draft(form: Form, offer: Offer, survey: Survey, filled: Filled | None = None) -> Draft:
    """Put together what a survey's workbook is made from."""
    filled = filled or Filled()
    layout = lay_out(form, survey, filled)
    lists = pick_lists(form.sheets["lists"], offer, survey)
    copy = issued_copy(form.sheets["issued"], survey, layout)
    marks = remark_marks(filled, layout)
    rows = RowStates(form, layout, lists, copy, marks)
    states = tuple(rows.of(row) for row in layout.rows)
    return Draft(
        form=form,
        survey=survey,
        layout=layout,
        lists=lists,
        copy=copy,
        states=states,
        filled=filled,
        marks=marks,
    )
