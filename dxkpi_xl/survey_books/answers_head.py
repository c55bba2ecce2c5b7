"""Writes the head of the answer sheet: title, live lines, the office's fields and those to be answered, headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import STATE_LABEL, Survey
from dxkpi_xl.form.columns import Column, Role
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rules import Dialog
from dxkpi_xl.grid.styles import DATE_FORMAT, Style
from dxkpi_xl.survey_books import answer_styles as look
from dxkpi_xl.survey_books.draft import Draft
from dxkpi_xl.survey_books.head_layout import HEAD_FIRST_ROW, LIVE_LAST_COLUMN, STATE_COLUMN, TITLE_ROW, HeadCell
from dxkpi_xl.survey_books.issued_copy import identity
from dxkpi_xl.survey_books.layout import AnswerLayout
from dxkpi_xl.survey_books.live_head import head_state, next_cell, total
from dxkpi_xl.survey_books.live_marks import ASK, CHANGED, MISSING
from dxkpi_xl.survey_books.words import date_in_words, send_to

_LEGEND = (
    f"黄色の欄に御記入ください。灰色の欄は事務局の欄です。\n{MISSING}未入力  {ASK}要確認  {CHANGED}発行時から変更した欄"
)
_REQUIRED, _CONDITIONAL, _OPTIONAL, _NEW_ONLY, _OFFICE = "必須", "条件付き", "任意", "新規のみ", "事務局"
WHO_FILLS = {
    _REQUIRED: "全ての行で記入する欄です。",
    _CONDITIONAL: "「指標(KPI)」や「廃止」など、ほかの欄で選んだ内容によって記入が必要になる欄です。",
    _OPTIONAL: "必要なときに記入する欄です。",
    _NEW_ONLY: "新しい事業の行(空き行)でだけ記入する欄です。",
    _OFFICE: "事務局が記入する欄です。",
}
# The title before it needs the columns up to here.
_LEGEND_FROM = 12
TOTAL_CELL = address(HEAD_FIRST_ROW, STATE_COLUMN)
LINK_CELL = address(HEAD_FIRST_ROW + 2, STATE_COLUMN)
HEAD_STATE_CELL = address(HEAD_FIRST_ROW + 3, STATE_COLUMN)


def write_head(sheet: Sheet, draft: Draft) -> None:
    """Write everything above the answers."""
    survey, layout = draft.survey, draft.layout
    _write_title(sheet, draft)
    _write_live_lines(sheet, layout, [state.text for state in draft.states])
    printed = head_values(survey)
    for each in layout.head:
        _write_field(sheet, draft, each, printed)
    _write_groups(sheet, layout)
    for column in (None, *layout.columns):
        _write_heading(sheet, draft, column)


def head_values(survey: Survey) -> Mapping[str, str]:
    """Give what the office prints in the head, by key."""
    cycle = survey.cycle
    return identity(survey) | {
        fields.SECTION_DEADLINE: date_in_words(cycle.section_deadline),
        fields.OFFICE_DEADLINE: date_in_words(cycle.office_deadline),
        fields.SEND_TO: send_to(cycle.contact),
    }


def who_fills(column: Column) -> str:
    """Say in words who fills a column, as it stands above its heading; ``WHO_FILLS`` says what the words mean."""
    if not column.is_answered:
        return _OFFICE
    if column.open_in == (Role.NEW,):
        return _NEW_ONLY
    if not column.required_in:
        return _OPTIONAL
    conditional = any("" not in clause.values for clause in column.required_when.clauses)
    return _CONDITIONAL if conditional else _REQUIRED


def _write_title(sheet: Sheet, draft: Draft) -> None:
    layout = draft.layout
    for column in range(1, layout.last_column + 1):
        sheet.blank(address(TITLE_ROW, column), look.TITLE)
    title = address(TITLE_ROW, 1)
    sheet.text(title, draft.title, _remarked(sheet, draft, title, look.TITLE))
    first = min((each.first_column for each in layout.head if each.field.answered), default=1)
    sheet.merge(area(TITLE_ROW, max(first, _LEGEND_FROM), TITLE_ROW, layout.last_column), _LEGEND, look.LEGEND)


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


def _write_field(sheet: Sheet, draft: Draft, each: HeadCell, printed: Mapping[str, str]) -> None:
    sheet.text(each.label_cell, each.field.label, look.LABEL)
    if not each.field.answered:
        style = _remarked(sheet, draft, each.value_cell, look.HEAD_OFFICE)
        _write_value(sheet, each, printed.get(each.field.key, ""), style)
        return
    is_date = each.field.kind == "date"
    style = look.HEAD_ANSWER.but(num_format=DATE_FORMAT, align="left") if is_date else look.HEAD_ANSWER
    style = _remarked(sheet, draft, each.value_cell, style)
    _write_value(sheet, each, draft.layout.head_answers.get(each.field.key, ""), style)
    sheet.editable([each.value_area], f"記入者の欄 {each.field.label}")
    if each.field.help:
        sheet.prompt(each.value_cell, Dialog(prompt_title=each.field.label, prompt=each.field.help))


def _write_value(sheet: Sheet, each: HeadCell, value: str, style: Style) -> None:
    if each.first_column == each.last_column:
        sheet.text(each.value_cell, value, style)
    else:
        sheet.merge(each.value_area, value, style)


def _write_groups(sheet: Sheet, layout: AnswerLayout) -> None:
    sheet.blank(area(layout.group_row, STATE_COLUMN, layout.group_row, layout.last_column), look.GROUP)
    for first, last, label in layout.groups:
        if first == last:
            sheet.text(address(layout.group_row, first), label, look.GROUP)
        else:
            sheet.merge(area(layout.group_row, first, layout.group_row, last), label, look.GROUP)


def _remarked(sheet: Sheet, draft: Draft, cell: str, style: Style) -> Style:
    """Attach a cell's remark as a note and give the style with its frame; the style alone where there is none."""
    if cell not in draft.marks.notes:
        return style
    sheet.note(cell, draft.marks.notes[cell])
    return look.remarked(style)


def _write_heading(sheet: Sheet, draft: Draft, column: Column | None) -> None:
    layout = draft.layout
    number = layout.position[column.key] if column else STATE_COLUMN
    sheet.text(address(layout.marks_row, number), who_fills(column) if column else "自動", look.MARKS)
    cell = address(layout.heading_row, number)
    sheet.text(cell, column.label if column else STATE_LABEL, _remarked(sheet, draft, cell, look.HEADING))
