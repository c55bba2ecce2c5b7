"""The live lines at the top: what is still missing in all, and the way to the next cell to fill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxkpi_xl.grid.addresses import area
from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.survey_books.head_layout import STATE_COLUMN, HeadCell
from dxkpi_xl.survey_books.layout import AnswerLayout
from dxkpi_xl.survey_books.live_marks import ASK, MISSING, Item, Section, spaced, state_formula, state_text
from dxkpi_xl.survey_books.live_terms import LiveCell, is_blank

HEAD_DONE = "○上の欄は記入済みです"
READY = "提出できます"
_READY_AFTER_ASKING = "御確認の上、提出できます"
GO = "→ 次に御記入いただく欄へ移動"
NOTHING_LEFT = "記入の漏れはありません"


@dataclass(frozen=True, kw_only=True)
class Live:
    """A formula and its value as issued."""

    formula: str
    text: str


def head_state(layout: AnswerLayout) -> Live:
    """Give the state of the head: which required fields are blank."""
    items = tuple(Item(label=each.field.label, term=is_blank(_answer(each, layout))) for each in _required(layout))
    if not items:
        return Live(formula=f"={quoted(HEAD_DONE)}", text=HEAD_DONE)
    sections = (Section(heading="上の欄に御記入ください:", mark=ASK, items=items),)
    return Live(formula=f"={state_formula(sections, HEAD_DONE)}", text=state_text(sections, HEAD_DONE))


def total(layout: AnswerLayout, head_cell: str, states: Sequence[str]) -> Live:
    """Give the line that counts the marks of all rows and of the head: ``未入力 3件・要確認 1件``."""
    missing = _count(MISSING, layout, head_cell)
    ask = _count(ASK, layout, head_cell)
    words = f'"未入力 "&{missing}&"件・要確認 "&{ask}&"件"'
    only_ask = f'"要確認 "&{ask}&"件"&CHAR(10)&{quoted(_READY_AFTER_ASKING)}'
    formula = f"=IF({missing}>0,{words},IF({ask}>0,{only_ask},{quoted(READY)}))"
    return Live(formula=formula, text=total_text(states))


def total_text(states: Sequence[str]) -> str:
    """Give what the line says for given states."""
    missing = sum(state.count(MISSING) for state in states)
    ask = sum(state.count(ASK) for state in states)
    if missing:
        return f"未入力 {missing}件・要確認 {ask}件"
    return f"要確認 {ask}件\n{_READY_AFTER_ASKING}" if ask else READY


def next_cell(layout: AnswerLayout, head_cell: str, states: Sequence[str]) -> Live:
    """Give the link to the next cell: first what is missing in a row, then the head, then what to look at again."""
    left = f"{_count(MISSING, layout, head_cell)}+{_count(ASK, layout, head_cell)}"
    target = f"IFERROR({_to_row(ASK, layout)},{_cell_address(layout.first_open_cell())})"
    for each in reversed(_required(layout)):
        blank = is_blank(_answer(each, layout)).formula
        target = f"IF({blank},{_cell_address(each.value_cell)},{target})"
    target = f"IFERROR({_to_row(MISSING, layout)},{target})"
    formula = f'=IF({left}=0,{quoted(NOTHING_LEFT)},HYPERLINK("#"&{target},{quoted(GO)}))'
    marks = sum(state.count(MISSING) + state.count(ASK) for state in states)
    return Live(formula=formula, text=GO if marks else NOTHING_LEFT)


def states_area(layout: AnswerLayout) -> str:
    """Give the range of the rows' states."""
    return area(layout.first_row, STATE_COLUMN, layout.last_row, STATE_COLUMN, fixed=True)


def _count(mark: str, layout: AnswerLayout, head_cell: str) -> str:
    states = states_area(layout)
    in_rows = f'SUMPRODUCT(LEN({states})-LEN(SUBSTITUTE({states},"{mark}","")))'
    return f'({in_rows}+LEN({head_cell})-LEN(SUBSTITUTE({head_cell},"{mark}","")))'


def _to_row(mark: str, layout: AnswerLayout) -> str:
    """The address of the first cell that a state names with the mark; an error where none does.

    The label is cut out of the state's words and looked for among the headings, so that moved rows do not matter.
    """
    states = states_area(layout)
    headings = area(layout.heading_row, STATE_COLUMN, layout.heading_row, layout.last_column, fixed=True)
    position = f'MATCH("*{mark}*",{states},0)'
    state = f"INDEX({states},{position})"
    begin = f'FIND("{mark}",{state})'
    label = f'MID({state},{begin}+1,FIND(" ",{spaced(state)},{begin})-{begin}-1)'
    top = headings.partition(":")[0]
    return f"ADDRESS({position}+ROW({top}),MATCH({label},{headings},0))"


def _cell_address(cell: str) -> str:
    return f"ADDRESS(ROW({cell}),COLUMN({cell}))"


def _answer(each: HeadCell, layout: AnswerLayout) -> LiveCell:
    return LiveCell(ref=each.value_cell, value=layout.head_answers.get(each.field.key, ""))


def _required(layout: AnswerLayout) -> tuple[HeadCell, ...]:
    return tuple(each for each in layout.head if each.field.answered and each.field.required)
