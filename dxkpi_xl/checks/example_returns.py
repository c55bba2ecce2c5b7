"""The returns that an example's answers make: what was issued, answered as it stands but for some cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxkpi_xl.cells.model import column_letters
from dxkpi_xl.checks.examples import Answers
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey, SurveyRow, spare_id
from dxkpi_xl.findings import Place
from dxkpi_xl.form.columns import Role
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Answer, Return, ReturnedRow

FIRST_ROW = 11
FIRST_HEAD_ROW = 2
# Before a 管理番号: what was issued in that row's cell of the same column.
AS_ISSUED_IN = "@"


def example_returns(issued: Issued, answers: Answers) -> tuple[Return, ...]:
    """Give the returns of all surveys with an example's answers."""
    return tuple(
        _Answering(issued=issued, survey=survey, answers=answers).answer() for survey in issued.surveys.values()
    )


@dataclass(frozen=True, kw_only=True)
class _Answering:
    """The answering of one survey in a sheet that begins at A11, its columns in the form's order."""

    issued: Issued
    survey: Survey
    answers: Answers

    def answer(self) -> Return:
        own = [row for addressee, row in self.answers.new if addressee == self.survey.addressee]
        first_new = FIRST_ROW + len(self.survey.rows)
        return Return(
            survey_id=self.survey.id,
            file=self._file,
            sha256=self.survey.id,
            head=self._head(),
            written_on=None,
            rows=tuple(self._row(row, n) for n, row in enumerate(self.survey.rows, start=FIRST_ROW)),
            new_rows=tuple(self._new_row(row, n, first_new + n - 1) for n, row in enumerate(own, start=1)),
            sheet=self._sheet,
            protected=self.answers.protected,
        )

    @property
    def _file(self) -> str:
        return f"{self.survey.addressee}.xlsx"

    @property
    def _sheet(self) -> str:
        return self.issued.form.sheets["answers"]

    def _place(self, key: str, row: int) -> Place:
        keys = [column.key for column in self.issued.columns]
        return Place(file=self._file, sheet=self._sheet, cell=f"{column_letters(keys.index(key) + 1)}{row}")

    def _cell(self, listing_id: str, key: str, value: str, row: int) -> Answer:
        where = (listing_id, key)
        return Answer(
            value=value,
            written=self.answers.written.get(where, value),
            place=self._place(key, row),
            struck=where in self.answers.struck,
        )

    def _row(self, row: SurveyRow, at: int) -> ReturnedRow:
        cells = {}
        for key in sorted(row.open_columns):
            value = self.answers.cells.get((row.listing_id, key), row.values.get(key, ""))
            if value.startswith(AS_ISSUED_IN):
                value = self.survey.row_by_listing[value.removeprefix(AS_ISSUED_IN)].values[key]
            cells[key] = self._cell(row.listing_id, key, value, at)
        return ReturnedRow(listing_id=row.listing_id, place=self._place(fields.LISTING_ID, at), answers=cells)

    def _new_row(self, given: Mapping[str, str], n: int, at: int) -> ReturnedRow:
        keys = [column.key for column in self.issued.columns if Role.NEW in column.open_in]
        said = {**self.answers.new_row, **given}
        cells = {key: self._cell(spare_id(n), key, said.get(key, ""), at) for key in keys}
        return ReturnedRow(listing_id=spare_id(n), place=self._place(fields.LISTING_ID, at), answers=cells)

    def _head(self) -> dict[str, Answer]:
        answered = {each.key: f"({each.label})" for each in self.issued.form.head if each.answered}
        said = {**answered, fields.FORM_VERSION: self.survey.form_version, **self.answers.head}
        return {
            key: Answer(value=value, written=value, place=Place(file=self._file, sheet=self._sheet, cell=f"C{n}"))
            for n, (key, value) in enumerate(said.items(), start=FIRST_HEAD_ROW)
            if value
        }
