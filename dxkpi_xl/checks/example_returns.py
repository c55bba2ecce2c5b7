"""Returns made for an example: what was issued, answered as it stands but for some cells; docs and tests use them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey, spare_id
from dxkpi_xl.findings import Place
from dxkpi_xl.form.columns import Column, Role
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Answer, Return, ReturnedRow

EXAMPLES_FILE = "rule_examples.toml"
FIRST_ROW = 11


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What an example answers: cells by (管理番号, column key), new rows as (部局, answers), and facts of the file."""

    cells: Mapping[tuple[str, str], str]
    new: tuple[tuple[str, Mapping[str, str]], ...] = ()
    head: Mapping[str, str] | None = None
    written: Mapping[tuple[str, str], str] | None = None
    struck: frozenset[tuple[str, str]] = frozenset()
    protected: bool = True


@dataclass(frozen=True, kw_only=True)
class RuleExample:
    """One code's example: answers that break the rule, at which cell, and answers that just do not."""

    code: str
    about: str
    at: tuple[str, str]
    breaks: Answers
    holds: Answers


def load_examples(folder: Path) -> tuple[RuleExample, ...]:
    """Read the examples beside an example cycle, one for each code, in the order of the file."""
    document = tomllib.loads((folder / EXAMPLES_FILE).read_text(encoding="utf-8"))
    new_row: Mapping[str, str] = document["new_row"]
    return tuple(
        RuleExample(
            code=entry["code"],
            about=entry["about"],
            at=_address(entry.get("at", "")),
            breaks=_answers(entry["breaks"], new_row),
            holds=_answers(entry["holds"], new_row),
        )
        for entry in document["examples"]
    )


def _address(written: str) -> tuple[str, str]:
    listing_id, _, key = written.partition(" ")
    return listing_id, key


def _answers(entry: Mapping[str, Any], new_row: Mapping[str, str]) -> Answers:
    new = ({**new_row, **row} for row in entry.get("new", ()))
    return Answers(
        cells={_address(where): value for where, value in entry.get("cells", {}).items()},
        new=tuple((row.pop("bureau_of"), row) for row in new),
        head=entry.get("head"),
        written={_address(where): value for where, value in entry.get("written", {}).items()},
        struck=frozenset(map(_address, entry.get("struck", ()))),
        protected=entry.get("protected", True),
    )


def example_returns(issued: Issued, answers: Answers) -> tuple[Return, ...]:
    """Give the returns of all surveys with an example's answers; cells are as in a sheet of the form's columns."""
    return tuple(_return(issued, survey, answers) for survey in issued.surveys.values())


def cell_of(columns: tuple[Column, ...], key: str, row: int) -> Place:
    """Give the place of a column in the n-th row of an example's sheet."""
    position = [column.key for column in columns].index(key)
    letters = chr(ord("A") + position // 26 - 1) if position >= 26 else ""
    return Place(file="", sheet="", cell=f"{letters}{chr(ord('A') + position % 26)}{row}")


def _return(issued: Issued, survey: Survey, answers: Answers) -> Return:
    file, sheet = f"{survey.addressee}.xlsx", issued.form.sheets["answers"]

    def cell(listing_id: str, key: str, value: str, row: int) -> Answer:
        where = (listing_id, key)
        place = Place(file=file, sheet=sheet, cell=cell_of(issued.columns, key, row).cell)
        written = (answers.written or {}).get(where, value)
        return Answer(value=value, written=written, place=place, struck=where in answers.struck)

    rows = []
    for n, row in enumerate(survey.rows, start=FIRST_ROW):
        given = {
            key: cell(row.listing_id, key, answers.cells.get((row.listing_id, key), row.values.get(key, "")), n)
            for key in sorted(row.open_columns)
        }
        key_place = cell(row.listing_id, fields.LISTING_ID, "", n).place
        rows.append(ReturnedRow(listing_id=row.listing_id, place=key_place, answers=given))
    own = [row for addressee, row in answers.new if addressee == survey.addressee]
    new_rows = []
    for n, row_answers in enumerate(own, start=1):
        at = FIRST_ROW + len(survey.rows) + n - 1
        filled = dict(_new_row(issued, row_answers))
        cells = {key: cell(spare_id(n), key, value, at) for key, value in filled.items()}
        key_place = cell(spare_id(n), fields.LISTING_ID, "", at).place
        new_rows.append(ReturnedRow(listing_id=spare_id(n), place=key_place, answers=cells))
    return Return(
        survey_id=survey.id,
        file=file,
        sha256=survey.id,
        head=_head(issued, survey, answers, file, sheet),
        written_on=None,
        rows=tuple(rows),
        new_rows=tuple(new_rows),
        sheet=sheet,
        protected=answers.protected,
    )


def _new_row(issued: Issued, given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column in issued.columns:
        if Role.NEW in column.open_in:
            yield column.key, given.get(column.key, "")


def _head(issued: Issued, survey: Survey, answers: Answers, file: str, sheet: str) -> dict[str, Answer]:
    office = {fields.FORM_VERSION: survey.form_version}
    said = {each.key: office.get(each.key, "記入済み") for each in issued.form.head if each.answered or each.key in office}
    said.update(answers.head or {})
    return {
        key: Answer(value=value, written=value, place=Place(file=file, sheet=sheet, cell=f"C{n}"))
        for n, (key, value) in enumerate(said.items(), start=2)
        if value
    }
