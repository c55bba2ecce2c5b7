"""Tells whose return a workbook is: by the visible 調査票ID first, then a hidden copy, never by the file's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dxkpi_xl.cells.model import Cell, WorkbookCells
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.cycle.survey_id import read_survey_id
from dxkpi_xl.form.columns import folded
from dxkpi_xl.returns.locate import AnswerTable
from dxkpi_xl.returns.model import Verdict


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whose return it is, and the table that holds the answers."""

    survey: Survey
    table: AnswerTable


@dataclass(frozen=True, kw_only=True)
class NotIdentified:
    """Why a workbook is no return of this survey: a verdict and its facts."""

    verdict: Verdict
    facts: Mapping[str, str]


def identify(
    workbook: WorkbookCells,
    tables: tuple[AnswerTable, ...],
    head: Mapping[str, Cell],
    surveys: Mapping[str, Survey],
) -> Identity | NotIdentified:
    """Give whose return a workbook is; ``head`` are the head's cells by key, ``surveys`` those issued, by ID."""
    found = list(_survey_ids(workbook, head))
    if not tables:
        if found:
            return NotIdentified(verdict=Verdict.NEEDS_A_PERSON, facts={"found": f"調査票ID {found[0]}"})
        return NotIdentified(verdict=Verdict.OTHER_FORM, facts={"sheets": _sheet_names(workbook)})
    for each in found:
        if each in surveys:
            return Identity(survey=surveys[each], table=_best_table(tables, surveys[each]))
    if found:
        return _stranger(found[0], surveys)
    survey = _by_rows(tables, head, surveys)
    if survey is not None:
        return Identity(survey=survey, table=_best_table(tables, survey))
    return NotIdentified(verdict=Verdict.NEEDS_A_PERSON, facts={"found": f"様式の見出し({tables[0].sheet.name})"})


def _survey_ids(workbook: WorkbookCells, head: Mapping[str, Cell]) -> Iterator[str]:
    shown = head.get(fields.SURVEY_ID)
    texts = [shown.text] if shown is not None else []
    for visible in (True, False):
        for sheet in workbook.sheets:
            if (sheet.visibility == "visible") == visible:
                texts.extend(cell.text for _, cell in sorted(sheet.cells.items()) if len(cell.text) < 40)
    texts.extend([*workbook.custom.values(), *workbook.subject.split()])
    yield from dict.fromkeys(each for text in texts if (each := read_survey_id(text)) is not None)


def _best_table(tables: tuple[AnswerTable, ...], survey: Survey) -> AnswerTable:
    issued = {folded(row.listing_id).upper() for row in survey.rows}

    def score(table: AnswerTable) -> tuple[int, int]:
        keys = {key for key, _ in table.rows}
        return (len(keys & issued), len(table.rows))

    return max(tables, key=score)


def _stranger(survey_id: str, surveys: Mapping[str, Survey]) -> NotIdentified:
    year = survey_id.partition("-")[0]
    this_year = next(iter(surveys.values())).cycle.year
    facts = {"survey_id": survey_id, "year": year, "this_year": this_year}
    verdict = Verdict.UNKNOWN_BUREAU if year == this_year else Verdict.OTHER_YEAR
    return NotIdentified(verdict=verdict, facts=facts)


def _by_rows(tables: tuple[AnswerTable, ...], head: Mapping[str, Cell], surveys: Mapping[str, Survey]) -> Survey | None:
    """Take it for a survey whose addressee stands in the head and whose rows include all known ones of the table."""
    addressee = head.get(fields.ADDRESSEE)
    year = head.get(fields.YEAR)
    if addressee is None or year is None:
        return None
    keys = {key for table in tables for key, _ in table.rows}
    for survey in surveys.values():
        issued = {folded(row.listing_id).upper() for row in survey.rows}
        same = folded(addressee.text + year.text) == folded(survey.addressee + survey.cycle.year_label)
        if same and issued and issued <= keys:
            return survey
    return None


def _sheet_names(workbook: WorkbookCells) -> str:
    return "、".join(sheet.name for sheet in workbook.sheets[:5])
