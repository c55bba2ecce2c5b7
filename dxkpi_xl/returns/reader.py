"""Reads one identified workbook into a Return: every prefilled row, every used spare row, each answer with its cell."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dxkpi_xl.cells.model import Cell, column_letters
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Area
from dxkpi_xl.cycle.survey import SPARE_PREFIX, STATE_LABEL, Survey, SurveyRow
from dxkpi_xl.dates import read_date
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.form.columns import Column, Role, folded
from dxkpi_xl.returns.answers import Refused, RowContext, area_of, quoted, read_value
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.locate import AnswerTable, head_places, stray_cells
from dxkpi_xl.returns.model import Answer, AnswersInCells, Return, ReturnedRow
from dxkpi_xl.returns.text import cleaned

# As many cells beside the form are named one by one.
_MOST_STRAYS = 20
# More new rows than any bureau has are not read: they are something else, and would cost all others time.
_MOST_NEW_ROWS = 300
# The 管理番号 of a spare row as it was issued; anything else that begins so was typed.
_SPARE = re.compile(f"{SPARE_PREFIX}[0-9]{{1,4}}")


@dataclass(frozen=True, kw_only=True)
class ReturnedFile:
    """Where a return came from: the file's name as shown, the SHA-256 of its bytes, when it says it was saved."""

    name: str
    sha256: str
    saved_at: datetime.datetime | None = None


def read_return(
    issued: Issued, survey: Survey, table: AnswerTable, file: ReturnedFile
) -> tuple[Return, tuple[Finding, ...]]:
    """Read a return; findings for cells that cannot be used and rows that are missing, repeated or unknown."""
    reading = _Reading(issued, survey, table, file)
    rows = reading.issued_rows()
    new_rows = reading.new_rows()
    head_answers = {
        key: Answer(value=cleaned(cell.text), written=cell.text, place=reading.place(cell.address))
        for key, cell in table.head.items()
    }
    written_on = head_answers.get(fields.WRITTEN_ON)
    answer = Return(
        survey_id=survey.id,
        file=file.name,
        sha256=file.sha256,
        head=head_answers,
        written_on=read_date(written_on.value) if written_on else None,
        rows=rows,
        new_rows=new_rows,
        sheet=table.sheet.name,
        saved_at=file.saved_at,
        protected=table.sheet.protected,
        head_places=reading.head_places(),
        unplaced=reading.unplaced_rows(),
    )
    return answer, tuple(reading.findings)


class _Reading:
    """The reading of one table: collects findings while the rows are read."""

    def __init__(self, issued: Issued, survey: Survey, table: AnswerTable, file: ReturnedFile) -> None:
        self._columns = {column.key: column for column in issued.columns}
        self._register = issued.register
        self._survey = survey
        self._table = table
        self._file = file
        self._sheet = quoted(table.sheet.name)
        self._home = Place(file=file.name, sheet=self._sheet)
        self._present = [column for column in issued.columns if column.key in table.columns]
        self._new_columns = [column for column in self._present if Role.NEW in column.open_in]
        self._kinds: dict[tuple[str, ...], Mapping[str, tuple[int, str]]] = {}
        self.findings: list[Finding] = []
        self._issued = {folded(row.listing_id).upper(): row for row in survey.rows}
        self._heading_findings()
        self._stray_findings()

    def head_places(self) -> dict[str, Place]:
        """Give the cells in which the head is filled in, by the field's key."""
        found = head_places(self._table)
        return {key: self.place(f"{column_letters(col)}{row}") for key, (row, col) in found.items()}

    def place(self, cell: str) -> Place:
        """Give the place of a cell of the table's sheet."""
        return Place(file=self._file.name, sheet=self._sheet, cell=cell)

    def issued_rows(self) -> tuple[ReturnedRow, ...]:
        """Read the prefilled rows; a missing, repeated or unknown 管理番号 becomes a finding."""
        counts = Counter(key for key, _ in self._table.rows)
        found: dict[str, ReturnedRow] = {}
        for key, row in self._table.rows:
            issued = self._issued.get(key)
            if issued is None:
                if not key.startswith(SPARE_PREFIX):
                    self._row_finding("I003", row, "", id=quoted(key))
            elif counts[key] > 1:
                self._row_finding("I004", row, issued.listing_id, id=issued.listing_id, count=str(counts[key]))
            else:
                found[issued.listing_id] = self._issued_row(issued, row)
        for survey_row in self._survey.rows:
            if folded(survey_row.listing_id).upper() not in counts:
                self._missing_row(survey_row)
        return tuple(found[row.listing_id] for row in self._survey.rows if row.listing_id in found)

    def unplaced_rows(self) -> tuple[ReturnedRow, ...]:
        """Give the rows that are not used because their 管理番号 is repeated or unknown, as they stand."""
        counts = Counter(key for key, _ in self._table.rows)
        answered = {key for key, column in self._columns.items() if column.is_answered and key in self._table.columns}
        found = []
        for key, row in self._table.rows:
            issued = self._issued.get(key)
            if counts[key] > 1 if issued else not key.startswith(SPARE_PREFIX):
                listing_id = issued.listing_id if issued else quoted(key)
                place = self.place(self._address(row, fields.LISTING_ID))
                texts = self._shown(row, answered)
                found.append(ReturnedRow(listing_id=listing_id, place=place, answers={}, unusable=texts))
        return tuple(found)

    def new_rows(self) -> tuple[ReturnedRow, ...]:
        """Read the used spare rows, and rows with answers that were put in without a 管理番号."""
        found: dict[str, ReturnedRow] = {}
        unread_rows = 0
        for row, key in self._other_rows():
            spare_id = key if _SPARE.fullmatch(key) and key not in found else f"{SPARE_PREFIX}@{row}"
            said, others, unread = self._new_row(row, spare_id)
            if not any(value for key, value in said.items() if key != fields.CHANGE_KIND):
                continue
            if len(found) >= _MOST_NEW_ROWS:
                unread_rows += 1
                continue
            if not _SPARE.fullmatch(key):
                self._row_finding("I006", row, "", value=quoted(next(filter(None, said.values()))))
            found[spare_id] = self._row(spare_id, row, said, others, unread)
        if unread_rows:
            self._add("I027", "", "", "", {"count": str(len(found) + unread_rows), "read": str(len(found))})
        return tuple(found.values())

    def _other_rows(self) -> Iterator[tuple[int, str]]:
        """Give the rows below the headings in which anything stands and which have no 管理番号 or a spare row's."""
        keyed = {row: key for key, row in self._table.rows}
        for row in sorted(row for row in self._table.sheet.rows if row > self._table.heading_row):
            key = keyed.get(row, "")
            if not key or key.startswith(SPARE_PREFIX):
                yield row, key

    def _issued_row(self, issued: SurveyRow, row: int) -> ReturnedRow:
        context = self._context(issued.listing_id)
        cells, at = self._table.sheet.rows[row], self._table.columns
        said: dict[str, str] = {}
        others: dict[str, Answer] = {}
        unread: set[str] = set()
        for column in self._present:
            key = column.key
            cell = cells.get(at[key])
            if key not in issued.open_columns:
                self._compare_office_cell(column, cell, row, issued)
                continue
            value = self._read(column, cell, context, others)
            if value is not None:
                said[key] = value
            else:
                unread.add(key)
        return self._row(issued.listing_id, row, said, others, unread)

    def _row(
        self, listing_id: str, row: int, said: Mapping[str, str], others: Mapping[str, Answer], unread: set[str]
    ) -> ReturnedRow:
        columns = tuple(said)
        if columns not in self._kinds:
            letters = (column_letters(self._table.columns[key]) for key in columns)
            self._kinds[columns] = {key: (n, each) for n, (key, each) in enumerate(zip(columns, letters, strict=True))}
        return ReturnedRow(
            listing_id=listing_id,
            place=self.place(self._address(row, fields.LISTING_ID)),
            answers=AnswersInCells(
                columns=self._kinds[columns],
                values_in_order=tuple(said.values()),
                sheet=self._home,
                number=str(row),
                others=others,
            ),
            unread=frozenset(unread),
            unusable=self._shown(row, unread) if unread else {},
        )

    def _shown(self, row: int, keys: Iterable[str]) -> dict[str, str]:
        """Give the texts that cells show which are not used, blank ones and errors left out."""
        cells = {key: self._table.cell(row, key) for key in self._columns if key in keys}
        return {
            key: cell.text for key, cell in cells.items() if cell is not None and cell.text and cell.kind != "error"
        }

    def _read(self, column: Column, cell: Cell | None, context: RowContext, others: dict[str, Answer]) -> str | None:
        """Give a cell's value; into ``others`` goes an answer of which the value does not say all."""
        if cell is None:
            return ""
        value = read_value(column, cell, context)
        if isinstance(value, Refused):
            self._add(value.code, cell.address, context.listing_id, column.key, value.facts)
            return None
        if cell.struck or cell.text != value:
            place = self.place(cell.address)
            others[column.key] = Answer(value=value, written=cell.text, place=place, struck=cell.struck)
        return value

    def _new_row(self, row: int, key: str) -> tuple[dict[str, str], dict[str, Answer], set[str]]:
        said: dict[str, str] = {}
        others: dict[str, Answer] = {}
        unread: set[str] = set()
        cells, at = self._table.sheet.rows[row], self._table.columns
        filled = [column for column in self._new_columns if at[column.key] in cells]
        # Of an unused spare row only the mark that we made it with is there, and may have been spoilt.
        unused = all(column.key == fields.CHANGE_KIND for column in filled)
        for column in filled if unused else self._new_columns:
            cell = cells.get(at[column.key])
            value = self._read(column, cell, self._context(key, area_of(self._register, said)), others)
            if value is not None:
                said[column.key] = value
            else:
                unread.add(column.key)
        return said, others, unread

    def _compare_office_cell(self, column: Column, cell: Cell | None, row: int, issued: SurveyRow) -> None:
        if column.key not in issued.values or (cell is not None and cell.is_formula):
            return
        was = issued.values[column.key]
        now = cleaned(cell.text) if cell else ""
        if now != was and folded(now) != folded(was):
            facts = {"label": column.label, "issued": quoted(was) or "(空欄)", "value": quoted(now) or "(空欄)"}
            self._add("I001", self._address(row, column.key), issued.listing_id, column.key, facts)

    def _heading_findings(self) -> None:
        for key, text in self._table.renamed.items():
            facts = {"label": self._columns[key].label, "value": quoted(text)}
            self._add("I008", self._address(self._table.heading_row, key), "", key, facts)
        for key in self._table.missing:
            self._add("I005", "", "", key, {"label": self._columns[key].label})

    def _stray_findings(self) -> None:
        strays = list(stray_cells(self._table, frozenset({folded(STATE_LABEL)})))
        unnamed = max(0, len(strays) - _MOST_STRAYS)
        for n, cell in enumerate(strays[:_MOST_STRAYS], start=1):
            more = f"(ほか{unnamed}箇所)" if unnamed and n == _MOST_STRAYS else ""
            self._add("I007", cell.address, "", "", {"value": quoted(cell.text), "more": more})

    def _missing_row(self, row: SurveyRow) -> None:
        facts = {"id": row.listing_id, "name": quoted(row.values[fields.PROJECT])}
        self._add("I002", "", row.listing_id, "", facts)

    def _row_finding(self, code: str, row: int, listing_id: str, **facts: str) -> None:
        self._add(code, self._address(row, fields.LISTING_ID), listing_id, fields.LISTING_ID, facts)

    def _add(self, code: str, cell: str, listing_id: str, column: str, facts: Mapping[str, str]) -> None:
        bureau = self._survey.bureau.name
        place = self.place(cell)
        self.findings.append(
            Finding(code=code, place=place, facts=facts, bureau=bureau, listing_id=listing_id, column=column)
        )

    def _context(self, listing_id: str, area: Area | None = None) -> RowContext:
        return RowContext(register=self._register, bureau=self._survey.bureau, listing_id=listing_id, area=area)

    def _address(self, row: int, key: str) -> str:
        return f"{column_letters(self._table.columns[key])}{row}"
