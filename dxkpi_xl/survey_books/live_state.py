"""The live state of a row, in words: what is missing, what to look at again, what differs from the issued row.

Everything follows from the form: ``Form.requirement``, a column's severity when blank, its list, length and kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dxkpi_xl.cycle import fields
from dxkpi_xl.findings import Severity
from dxkpi_xl.form.columns import Clause, Column, Condition, Form, Role
from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.grid.limits import FORMULA, utf16_units
from dxkpi_xl.survey_books.filled import REMARKS_SHEET
from dxkpi_xl.survey_books.issued_copy import IssuedCopy
from dxkpi_xl.survey_books.layout import AnswerLayout, LaidRow
from dxkpi_xl.survey_books.live_kpi_value import is_no_kpi_value
from dxkpi_xl.survey_books.live_marks import ASK, CHANGED, DONE, MISSING, Item, Section, state_formula, state_text
from dxkpi_xl.survey_books.live_terms import (
    LiveCell,
    Term,
    all_blank,
    all_of,
    is_blank,
    is_longer,
    is_not,
    is_one_of,
    is_same_as,
    not_in_list,
)
from dxkpi_xl.survey_books.pick_lists import PickLists
from dxkpi_xl.survey_books.remark_marks import RemarkMarks
from dxkpi_xl.survey_books.row_notes import row_note

EMPTY = "空き行です。新しい事業があるときに御記入ください。"
UNREADABLE = f"{ASK}読み取れない値(#N/A など)があります。入力し直してください。"
_MISSING_HEADING = "未入力:"
_ASK_HEADING = "空欄でよいか御確認ください:"
_CHANGED_HEADING = "発行時から変更:"
# What the file format may add to a formula that is written as people see it.
_PREFIXES = 64


@dataclass(frozen=True, kw_only=True)
class RowState:
    """What a row's state cell holds: its formula and its value as issued."""

    formula: str
    text: str


class RowStates:
    """Makes the states of one survey's rows."""

    def __init__(
        self, form: Form, layout: AnswerLayout, lists: PickLists, copy: IssuedCopy, marks: RemarkMarks
    ) -> None:
        """``copy`` holds what a cell is compared with, ``marks`` the cells that a department is asked about."""
        self._form = form
        self._layout = layout
        self._lists = lists
        self._copy = copy
        self._marks = marks
        self._open_columns: dict[frozenset[str], tuple[Column, ...]] = {}
        self._requirements: dict[tuple[str, Role], Condition | None] = {}
        # Of the row that is being made: most of its cells and conditions stand in several pieces of its formula.
        self._cells: dict[str, LiveCell] = {}
        self._clauses: dict[Clause, Term] = {}

    def of(self, row: LaidRow) -> RowState:
        """Give the state of a row; so many remarks that Excel could not hold the formula are named by number only."""
        self._cells.clear()
        self._clauses.clear()
        judged = tuple(self._judged(row))
        remarked = tuple(self._remarked(row, judged))
        state = self._state(row, (*judged, *remarked))
        too_long = utf16_units(state.formula) > FORMULA - _PREFIXES
        return self._state(row, judged) if remarked and too_long else state

    def _state(self, row: LaidRow, judged: tuple[Section, ...]) -> RowState:
        formula, text = state_formula(judged, DONE), state_text(judged, DONE)
        if row.is_spare:
            untouched = all_blank(self._cell(row, key) for key in self._typed_columns(row))
            formula = f"IF({untouched.formula},{quoted(EMPTY)},{formula})"
            text = EMPTY if untouched.holds else text
        else:
            changes = self._changes(row)
            formula = f"{formula}&{self._changes_formula(changes)}"
            text = "\n".join(filter(None, (text, changes.text)))
        note = row_note(row, self._layout, self._lists, self._marks.numbers.get(row.listing_id, ()))
        formula = f"IFERROR({formula},{quoted(UNREADABLE)})"
        return RowState(formula=f"={note.formula}&{formula}" if note.formula else f"={formula}", text=note.text + text)

    def _judged(self, row: LaidRow) -> Iterator[Section]:
        yield from self._missing(row)
        checks = (
            (_ASK_HEADING, self._asked),
            ("一覧から選び直してください:", self._not_listed),
            ("値の書き方を御確認ください:", self._misshapen),
            ("文字数が上限を超えています:", self._too_long),
        )
        for heading, judge in checks:
            items = tuple(item for column in self._open(row) if (item := judge(column, row)) is not None)
            if items:
                yield Section(heading=heading, mark=ASK, items=items)

    def _missing(self, row: LaidRow) -> Iterator[Section]:
        by_heading: dict[str, list[Item]] = {}
        for column in self._open(row):
            item = self._blank_though_required(column, row) if column.when_blank is Severity.WRONG else None
            if item is not None:
                by_heading.setdefault(_heading(column.required_when), []).append(item)
        for heading, items in by_heading.items():
            yield Section(heading=heading, mark=MISSING, items=tuple(items))

    def _asked(self, column: Column, row: LaidRow) -> Item | None:
        return None if column.when_blank is Severity.WRONG else self._blank_though_required(column, row)

    def _blank_though_required(self, column: Column, row: LaidRow) -> Item | None:
        requirement = self._requirement(column, row.role)
        if requirement is None:
            return None
        terms = []
        for clause in requirement.clauses:
            if clause.column in row.open_columns:
                terms.append(self._clause(clause, row))
            elif not clause.holds(row.values):
                return None
        blank = is_blank(self._cell(row, column.key))
        return Item(label=column.label, term=blank, condition=all_of(terms) if terms else None)

    def _requirement(self, column: Column, role: Role) -> Condition | None:
        kind = (column.key, role)
        if kind not in self._requirements:
            self._requirements[kind] = self._form.requirement(column, role)
        return self._requirements[kind]

    def _clause(self, clause: Clause, row: LaidRow) -> Term:
        if clause not in self._clauses:
            term = is_one_of(self._cell(row, clause.column), clause.values)
            self._clauses[clause] = is_not(term) if clause.negated else term
        return self._clauses[clause]

    def _not_listed(self, column: Column, row: LaidRow) -> Item | None:
        listed = self._lists.membership(column, row, self._layout)
        if listed is None:
            return None
        beside = LiveCell(ref=listed.beside, value=row.values.get(fields.AREA_NAME, "")) if listed.beside else None
        term = not_in_list(self._cell(row, column.key), listed.where, listed.options, beside)
        return Item(label=column.label, term=term)

    def _misshapen(self, column: Column, row: LaidRow) -> Item | None:
        if column.kind != "kpi_value":
            return None
        return Item(label=column.label, term=is_no_kpi_value(self._cell(row, column.key)))

    def _too_long(self, column: Column, row: LaidRow) -> Item | None:
        if column.max_length is None:
            return None
        return Item(label=column.label, term=is_longer(self._cell(row, column.key), column.max_length))

    def _remarked(self, row: LaidRow, judged: Iterable[Section]) -> Iterator[Section]:
        """Ask for the cells with a remark that no other words name, until they or the row's 備考 are changed."""
        named = {item.label for section in judged for item in section.items if item.holds}
        wanted = self._marks.columns.get(row.listing_id, frozenset())
        asked = [c for c in self._open(row) if c.key in wanted and c.label not in named]
        note = self._as_sent(row, fields.NOTE) if fields.NOTE in row.open_columns else None
        items = tuple(Item(label=c.label, term=self._as_sent(row, c.key), condition=note) for c in asked)
        if items:
            yield Section(heading=f"シート「{REMARKS_SHEET}」を御覧ください:", mark=ASK, items=items)

    def _as_sent(self, row: LaidRow, key: str) -> Term:
        kept = LiveCell(ref=self._copy.sent_refs[f"{row.listing_id} {key}"], value=row.values.get(key, ""))
        return is_same_as(self._cell(row, key), kept)

    def _changes(self, row: LaidRow) -> Section:
        items = []
        for column in self._open(row):
            issued_ref = self._copy.refs[f"{row.listing_id} {column.key}"]
            issued = LiveCell(ref=issued_ref, value=row.as_issued.get(column.key, ""))
            items.append(Item(label=column.label, term=is_not(is_same_as(self._cell(row, column.key), issued))))
        return Section(heading=_CHANGED_HEADING, mark=CHANGED, items=tuple(items))

    @staticmethod
    def _changes_formula(changes: Section) -> str:
        line = changes.formula
        # A mail gateway may drop the hidden copy: then nothing is said of changes, and the rest still stands.
        nothing = f"CHAR(10)&{quoted(_CHANGED_HEADING + '〕')}"
        return f'IFERROR(SUBSTITUTE(SUBSTITUTE(CHAR(10)&{line}&"〕",{nothing},""),"〕",""),"")'

    def _open(self, row: LaidRow) -> tuple[Column, ...]:
        if row.open_columns not in self._open_columns:
            found = tuple(column for column in self._layout.columns if column.key in row.open_columns)
            self._open_columns[row.open_columns] = found
        return self._open_columns[row.open_columns]

    def _typed_columns(self, row: LaidRow) -> tuple[str, ...]:
        return tuple(c.key for c in self._open(row) if not row.as_issued.get(c.key))

    def _cell(self, row: LaidRow, key: str) -> LiveCell:
        if key not in self._cells:
            self._cells[key] = LiveCell(ref=self._layout.cell(row, key), value=row.values.get(key, ""))
        return self._cells[key]


def _heading(condition: Condition) -> str:
    """Say why columns are asked for: nothing for those always asked, the values for those asked because of a choice."""
    reasons = [f"「{'」「'.join(clause.values)}」" for clause in condition.clauses if "" not in clause.values]
    return f"{'で'.join(reasons)}を選ぶと必要です:" if reasons else _MISSING_HEADING
