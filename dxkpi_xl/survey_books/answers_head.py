"""Writes the head of the answer sheet: title, live lines, the office's fields and those to be answered, headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.form.columns import Column, Form, Role
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rules import Dialog
from dxkpi_xl.grid.styles import DATE_FORMAT
from dxkpi_xl.survey_books import answer_styles as look
from dxkpi_xl.survey_books.issued_copy import identity
from dxkpi_xl.survey_books.layout import (
    HEAD_FIRST_ROW,
    LIVE_LAST_COLUMN,
    STATE_COLUMN,
    STATE_LABEL,
    TITLE_ROW,
    AnswerLayout,
    HeadCell,
)
from dxkpi_xl.survey_books.live_head import head_state, next_cell, total
from dxkpi_xl.survey_books.live_marks import ASK, CHANGED, MISSING
from dxkpi_xl.survey_books.words import date_in_words, send_to

_LEGEND = (
    f"黄色の欄に御記入ください。灰色の欄は事務局の欄です。\n{MISSING}未入力  {ASK}要確認  {CHANGED}発行時から変更した欄"
)
TOTAL_CELL = address(HEAD_FIRST_ROW, STATE_COLUMN)
LINK_CELL = address(HEAD_FIRST_ROW + 2, STATE_COLUMN)
HEAD_STATE_CELL = address(HEAD_FIRST_ROW + 3, STATE_COLUMN)


def write_head(sheet: Sheet, form: Form, survey: Survey, layout: AnswerLayout, states: Sequence[str]) -> None:
    """Write everything above the answers; ``states`` are the rows' states as issued."""
    _write_title(sheet, form, survey, layout)
    _write_live_lines(sheet, layout, states)
    printed = head_values(survey)
    for each in layout.head:
        _write_field(sheet, each, printed)
    _write_groups(sheet, form, survey, layout)
    for column in (None, *layout.columns):
        _write_heading(sheet, layout, column)


def head_values(survey: Survey) -> Mapping[str, str]:
    """Give what the office prints in the head, by key."""
    cycle = survey.cycle
    return identity(survey) | {
        fields.SECTION_DEADLINE: date_in_words(cycle.section_deadline),
        fields.OFFICE_DEADLINE: date_in_words(cycle.office_deadline),
        fields.SEND_TO: send_to(cycle.contact),
    }


def who_fills(column: Column) -> str:
    """Say in words who fills a column, as it stands above its heading."""
    if not column.is_answered:
        return "事務局"
    if column.open_in == (Role.NEW,):
        return "新規のみ"
    if not column.required_in:
        return "任意"
    conditional = any("" not in clause.values for clause in column.required_when.clauses)
    return "条件付き" if conditional else "必須"


def _write_title(sheet: Sheet, form: Form, survey: Survey, layout: AnswerLayout) -> None:
    for column in range(1, layout.last_column + 1):
        sheet.blank(address(TITLE_ROW, column), look.TITLE)
    sheet.text(address(TITLE_ROW, 1), f"{survey.cycle.year_label} {form.name}({survey.addressee})", look.TITLE)
    values = [each.first_column for each in layout.head]
    first = max(values)
    sheet.merge(area(TITLE_ROW, first, TITLE_ROW, layout.last_column), _LEGEND, look.LEGEND)


def _write_live_lines(sheet: Sheet, layout: AnswerLayout, states: Sequence[str]) -> None:
    head = head_state(layout)
    shown = (*states, head.text)
    last = LIVE_LAST_COLUMN
    lines = (
        (area(HEAD_FIRST_ROW, 1, HEAD_FIRST_ROW + 1, last), total(layout, HEAD_STATE_CELL, shown), look.TOTAL),
        (area(HEAD_FIRST_ROW + 2, 1, HEAD_FIRST_ROW + 2, last), next_cell(layout, HEAD_STATE_CELL, shown), look.LINK),
        (area(HEAD_FIRST_ROW + 3, 1, HEAD_FIRST_ROW + 3, last), head, look.HEAD_STATE),
    )
    for cells, live, style in lines:
        sheet.merge(cells, "", style)
        sheet.formula(cells.partition(":")[0], live.formula, live.text, style)


def _write_field(sheet: Sheet, each: HeadCell, printed: Mapping[str, str]) -> None:
    sheet.text(each.label_cell, each.field.label, look.LABEL)
    if not each.field.answered:
        sheet.merge(each.value_area, printed.get(each.field.key, ""), look.HEAD_OFFICE)
        return
    style = look.HEAD_ANSWER.but(num_format=DATE_FORMAT, align="left") if each.field.kind == "date" else look.HEAD_ANSWER
    sheet.merge(each.value_area, "", style)
    sheet.editable([each.value_area], f"記入者の欄 {each.field.label}")
    if each.field.help:
        sheet.prompt(each.value_cell, Dialog(prompt_title=each.field.label, prompt=each.field.help))


def _write_groups(sheet: Sheet, form: Form, survey: Survey, layout: AnswerLayout) -> None:
    labels = {group.key: group.label.replace("{year_label}", survey.cycle.year_label) for group in form.groups}
    numbered = [(layout.position[c.key], c.annex.group if c.annex else "") for c in layout.columns]
    sheet.blank(address(layout.group_row, STATE_COLUMN), look.GROUP)
    for key, run in groupby(numbered, key=lambda pair: pair[1]):
        columns = [number for number, _ in run]
        cells = area(layout.group_row, columns[0], layout.group_row, columns[-1])
        if key and len(columns) > 1:
            sheet.merge(cells, labels[key], look.GROUP)
        elif key:
            sheet.text(cells.partition(":")[0], labels[key], look.GROUP)
        else:
            sheet.blank(cells, look.GROUP)


def _write_heading(sheet: Sheet, layout: AnswerLayout, column: Column | None) -> None:
    number = layout.position[column.key] if column else STATE_COLUMN
    sheet.text(address(layout.marks_row, number), who_fills(column) if column else "自動", look.MARKS)
    sheet.text(address(layout.heading_row, number), column.label if column else STATE_LABEL, look.HEADING)
