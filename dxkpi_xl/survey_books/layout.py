"""Where everything stands on the answer sheet: columns and rows; the head above them is ``head_layout``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey, SurveyRow, spare_id
from dxkpi_xl.form.columns import Column, Form, Role
from dxkpi_xl.grid.addresses import address, area, area_position
from dxkpi_xl.survey_books.filled import Filled
from dxkpi_xl.survey_books.head_layout import HEAD_FIRST_ROW, LIVE_ROWS, STATE_COLUMN, HeadCell, lay_out_head

FIRST_FORM_COLUMN = STATE_COLUMN + 1


@dataclass(frozen=True, kw_only=True)
class LaidRow:
    """A row of the answer sheet: where it stands, what it is, what its cells hold, its open columns.

    ``as_issued`` are the values of the first issue, which ``values`` are as well until a department has answered.
    ``issued`` is the survey's row, None for a spare row.
    """

    number: int
    listing_id: str
    role: Role
    values: Mapping[str, str]
    as_issued: Mapping[str, str]
    open_columns: frozenset[str]
    issued: SurveyRow | None

    @property
    def is_spare(self) -> bool:
        """Whether it waits for a new project."""
        return self.issued is None


@dataclass(frozen=True, kw_only=True)
class AnswerLayout:
    """The answer sheet of one survey: rows and columns count from 1, the state column stands first.

    ``groups`` are the annex's headings over several columns: first column, last column, label. ``head_answers`` is
    what stands in the fields of the head, by key; nothing as issued.
    """

    columns: tuple[Column, ...]
    head: tuple[HeadCell, ...]
    rows: tuple[LaidRow, ...]
    group_row: int
    heading_row: int
    groups: tuple[tuple[int, int, str], ...]
    head_answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def marks_row(self) -> int:
        """The row above the headings that says in words who fills a column."""
        return self.heading_row - 1

    @property
    def first_row(self) -> int:
        """The first row of answers."""
        return self.heading_row + 1

    @property
    def last_row(self) -> int:
        """The last row, spare ones included."""
        return max(self.first_row, self.heading_row + len(self.rows))

    @property
    def last_column(self) -> int:
        """The last column of the form."""
        return STATE_COLUMN + len(self.columns)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Column numbers by column key."""
        return {column.key: n for n, column in enumerate(self.columns, start=FIRST_FORM_COLUMN)}

    @cached_property
    def row_by_listing(self) -> Mapping[str, LaidRow]:
        """The rows by 管理番号."""
        return {row.listing_id: row for row in self.rows}

    @cached_property
    def column_by_key(self) -> Mapping[str, Column]:
        """The form's columns by key."""
        return {column.key: column for column in self.columns}

    def cell(self, row: LaidRow, key: str, fixed_column: bool = False) -> str:
        """Give the address of a row's cell."""
        return address(row.number, self.position[key], fixed_column=fixed_column)

    def runs(self, key: str, *, spare: bool | None = None) -> Iterator[str]:
        """Give the ranges of a column's open cells, unbroken downwards; only spare rows or only issued ones if said."""
        wanted = [
            row.number for row in self.rows if key in row.open_columns and (spare is None or row.is_spare == spare)
        ]
        for _, run in groupby(enumerate(wanted), key=lambda pair: pair[1] - pair[0]):
            numbers = [number for _, number in run]
            yield area(numbers[0], self.position[key], numbers[-1], self.position[key])

    def row_at(self, cells: str) -> LaidRow:
        """Give the row in which a range of the table begins."""
        first, *_ = area_position(cells)
        return self.rows[first - self.first_row]

    def first_open_cell(self) -> str:
        """Give the first cell that a department fills: in the head, else in the table."""
        for each in self.head:
            if each.field.answered:
                return each.value_cell
        for row in self.rows:
            for column in self.columns:
                if column.key in row.open_columns:
                    return self.cell(row, column.key)
        return address(self.first_row, FIRST_FORM_COLUMN)


def lay_out(form: Form, survey: Survey, filled: Filled | None = None) -> AnswerLayout:
    """Give the layout of a survey's answer sheet, as issued or filled in."""
    filled = filled or Filled()
    columns = form.columns_for(survey.cycle.years)
    head = tuple(lay_out_head(form.head, columns))
    group_row = max([HEAD_FIRST_ROW + LIVE_ROWS - 1, *(each.row for each in head)]) + 1
    heading_row = group_row + 2
    return AnswerLayout(
        columns=columns,
        head=head,
        rows=tuple(_with_answers(row, filled) for row in _rows(columns, survey, heading_row + 1)),
        group_row=group_row,
        heading_row=heading_row,
        groups=tuple(_groups(form, columns, survey.cycle.year_label)),
        head_answers=filled.head,
    )


def _with_answers(row: LaidRow, filled: Filled) -> LaidRow:
    answers = {
        key: filled.answers[row.listing_id, key]
        for key in sorted(row.open_columns)
        if (row.listing_id, key) in filled.answers
    }
    return replace(row, values={**row.values, **answers})


def _groups(form: Form, columns: tuple[Column, ...], year_label: str) -> Iterator[tuple[int, int, str]]:
    """Give each group from its first column to its last: a column that the annex does not print may stand within."""
    for group in form.groups:
        numbers = [
            number
            for number, column in enumerate(columns, start=FIRST_FORM_COLUMN)
            if column.annex is not None and column.annex.group == group.key
        ]
        if numbers:
            yield numbers[0], numbers[-1], group.label.replace("{year_label}", year_label)


def _rows(columns: tuple[Column, ...], survey: Survey, first: int) -> Iterator[LaidRow]:
    for number, row in enumerate(survey.rows, start=first):
        yield LaidRow(
            number=number,
            listing_id=row.listing_id,
            role=row.role,
            values=row.values,
            as_issued=row.values,
            open_columns=row.open_columns,
            issued=row,
        )
    for n in range(1, survey.spare_rows + 1):
        yield LaidRow(
            number=first + len(survey.rows) + n - 1,
            listing_id=spare_id(n),
            role=Role.NEW,
            values=spare_values(survey, n),
            as_issued=spare_values(survey, n),
            open_columns=frozenset(column.key for column in columns if Role.NEW in column.open_in),
            issued=None,
        )


def spare_values(survey: Survey, n: int) -> dict[str, str]:
    """Give what stands in the n-th spare row before anything is typed: its key, 新規, the bureau."""
    return {fields.LISTING_ID: spare_id(n), fields.CHANGE_KIND: fields.NEW, fields.BUREAU: survey.bureau.name}
