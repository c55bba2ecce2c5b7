"""Writes the rules of the answer sheet: dropdowns, lengths, live colours, editable ranges, protection."""

from __future__ import annotations

from dxkpi_xl.cycle import fields
from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Mark
from dxkpi_xl.survey_books import answer_styles as look
from dxkpi_xl.survey_books.answers_head import HEAD_STATE_CELL, TOTAL_CELL
from dxkpi_xl.survey_books.head_layout import STATE_COLUMN
from dxkpi_xl.survey_books.layout import AnswerLayout
from dxkpi_xl.survey_books.live_head import READY
from dxkpi_xl.survey_books.live_marks import ASK, CHANGED, DONE, MISSING, says
from dxkpi_xl.survey_books.pick_lists import PickLists
from dxkpi_xl.survey_books.prompts import dialog


def write_rules(sheet: Sheet, layout: AnswerLayout, lists: PickLists) -> None:
    """Write everything that says what may be typed and what is marked, and lock the rest."""
    for column in layout.columns:
        if column.is_answered:
            _write_rule(sheet, layout, lists, column)
    _write_marks(sheet, layout)
    sheet.autofilter(area(layout.heading_row, STATE_COLUMN, layout.last_row, layout.last_column))
    sheet.protect()


def _write_rule(sheet: Sheet, layout: AnswerLayout, lists: PickLists, column: Column) -> None:
    said = dialog(column)
    open_ranges = list(layout.runs(column.key))
    for spare in (False, True):
        for cells in layout.runs(column.key, spare=spare):
            source = lists.source(column, layout.row_at(cells), layout)
            if source is not None:
                sheet.choices(cells, source, said)
            elif column.max_length is not None:
                sheet.text_length(cells, column.max_length, said)
            else:
                sheet.prompt(cells, said)
    if open_ranges:
        sheet.editable(open_ranges, f"記入欄 {column.label}")
        sheet.ignore_errors(open_ranges)


def _write_marks(sheet: Sheet, layout: AnswerLayout) -> None:
    """Colour what the state's words name, and nothing else."""
    first = layout.first_row
    answers = area(first, STATE_COLUMN + 1, layout.last_row, layout.last_column)
    state = address(first, STATE_COLUMN, fixed_column=True)
    heading = address(layout.heading_row, STATE_COLUMN + 1, fixed_row=True)
    states = area(first, STATE_COLUMN, layout.last_row, STATE_COLUMN)
    _write_not_needed(sheet, layout)
    for mark, style in ((MISSING, look.MISSING_MARK), (ASK, look.ASK_MARK), (CHANGED, look.CHANGED_MARK)):
        sheet.mark_when(answers, f"={says(mark, heading, state)}", style, stop_if_true=True)
    for words, style in ((MISSING, look.MISSING_MARK), (ASK, look.ASK_MARK), (DONE, look.DONE_MARK)):
        sheet.mark_when(states, f'=ISNUMBER(FIND("{words}",{state}))', style, stop_if_true=True)
    _write_head_marks(sheet, layout)


def _write_not_needed(sheet: Sheet, layout: AnswerLayout) -> None:
    """Grey what a spare row need not say when it relists a project; its state says so in words."""
    for column in layout.columns:
        if column.belongs_to == "project":
            for cells in layout.runs(column.key, spare=True):
                first = layout.row_at(cells)
                chosen = layout.cell(first, fields.RELIST_OF, fixed_column=True)
                sheet.mark_when(cells, f'={chosen}<>""', look.NOT_NEEDED_MARK)


def _write_head_marks(sheet: Sheet, layout: AnswerLayout) -> None:
    fixed = f"${TOTAL_CELL[0]}${TOTAL_CELL[1:]}"
    rules: list[tuple[str, str, Mark]] = [
        (TOTAL_CELL, f'={fixed}="{READY}"', look.DONE_MARK),
        (TOTAL_CELL, f'={fixed}<>"{READY}"', look.MISSING_MARK),
    ]
    for each in layout.head:
        if each.field.answered and each.field.required:
            named = says(ASK, quoted(each.field.label), f"${HEAD_STATE_CELL[0]}${HEAD_STATE_CELL[1:]}")
            rules.append((each.value_area, f"={named}", look.ASK_MARK))
    for cells, formula, mark in rules:
        sheet.mark_when(cells, formula, mark)
