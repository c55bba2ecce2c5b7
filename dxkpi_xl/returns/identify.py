"""Tells whose return a workbook is: by the visible 調査票ID first, then a hidden copy, never by the file's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxkpi_xl.cells.model import SheetCells, WorkbookCells
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey, Surveys
from dxkpi_xl.cycle.survey_id import read_survey_id
from dxkpi_xl.form.columns import folded
from dxkpi_xl.returns.answers import quoted
from dxkpi_xl.returns.locate import AnswerTable
from dxkpi_xl.returns.model import Verdict
from dxkpi_xl.returns.sieve import Sieve

_LONGEST_ID = 40
_IDS = Sieve(lambda text: read_survey_id(text) if len(text) < _LONGEST_ID else None)


@dataclass(frozen=True, kw_only=True)
class ToldId:
    """A 調査票ID and where it stands: sheet and cell, or neither where it is a property of the file."""

    survey_id: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Whose return it is; the tables that may hold its answers, the likeliest first; what is not its own.

    ``strange`` are the tables of other surveys with their IDs, ``contradicting`` the IDs that differ from its own.
    """

    survey: Survey
    tables: tuple[AnswerTable, ...]
    strange: tuple[tuple[AnswerTable, str], ...] = ()
    contradicting: tuple[ToldId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NotIdentified:
    """Why a workbook is no return of this survey: a verdict and its facts."""

    verdict: Verdict
    facts: Mapping[str, str]


def identify(workbook: WorkbookCells, tables: tuple[AnswerTable, ...], surveys: Surveys) -> Identity | NotIdentified:
    """Give whose return a workbook is; ``surveys`` are those issued, by ID.

    What stands in the head of a visible sheet goes before anything that is hidden, also where it is a stranger's.
    """
    told = list(_told(workbook))
    if not tables:
        if told:
            return NotIdentified(verdict=Verdict.NEEDS_A_PERSON, facts={"found": f"調査票ID {told[0].survey_id}"})
        return NotIdentified(verdict=Verdict.OTHER_FORM, facts={"sheets": _sheet_names(workbook)})
    for ids in (_shown(tables, visible=True), _shown(tables, visible=False), [each.survey_id for each in told]):
        known = next((each for each in ids if each in surveys), None)
        if known is not None:
            return _identity(surveys[known], tables, told)
        if ids:
            return _stranger(ids[0], surveys)
    survey = _by_rows(tables, surveys)
    if survey is not None:
        return _identity(survey, tables, told)
    found = f"様式の見出し({quoted(tables[0].sheet.name)})"
    return NotIdentified(verdict=Verdict.NEEDS_A_PERSON, facts={"found": found})


def _shown(tables: Sequence[AnswerTable], *, visible: bool) -> list[str]:
    ids = [_own_id(table) for table in tables if (table.sheet.visibility == "visible") == visible]
    return [each for each in ids if each is not None]


def _own_id(table: AnswerTable) -> str | None:
    cell = table.head.get(fields.SURVEY_ID)
    return read_survey_id(cell.text[:_LONGEST_ID]) if cell is not None else None


def _told(workbook: WorkbookCells) -> Iterator[ToldId]:
    """Give every ID that stands in a cell of its own, those of visible sheets first, then the file's properties."""
    for sheet in sorted(workbook.sheets, key=lambda sheet: sheet.visibility != "visible"):
        yield from _told_by(sheet)
    for text in (*workbook.custom.values(), *workbook.subject.split()):
        survey_id = read_survey_id(text) if len(text) < _LONGEST_ID else None
        if survey_id is not None:
            yield ToldId(survey_id=survey_id)


def _told_by(sheet: SheetCells) -> Iterator[ToldId]:
    ids = _IDS.of(sheet.texts)
    for cell in sheet.saying(ids) if ids else ():
        yield ToldId(survey_id=ids[cell.text], sheet=quoted(sheet.name), cell=cell.address)


def _identity(survey: Survey, tables: tuple[AnswerTable, ...], told: Sequence[ToldId]) -> Identity:
    own_ids = [(table, _own_id(table)) for table in tables]
    strange = tuple((table, each) for table, each in own_ids if each is not None and each != survey.id)
    own = _own_tables([table for table, each in own_ids if each in (survey.id, None)] or tables, survey)
    strange_sheets = {quoted(table.sheet.name) for table, _ in strange}
    return Identity(
        survey=survey,
        tables=own,
        strange=strange,
        contradicting=_contradicting(survey, _garbled(own[0]), told, strange_sheets),
    )


def _own_tables(tables: Sequence[AnswerTable], survey: Survey) -> tuple[AnswerTable, ...]:
    """Give the tables that hold rows of a survey, the fullest first; where none does, the one that is most like it."""
    issued = {folded(row.listing_id).upper() for row in survey.rows}

    def score(table: AnswerTable) -> tuple[bool, int, int]:
        keys = {key for key, _ in table.rows}
        return (_own_id(table) == survey.id, len(keys & issued), len(table.rows))

    ordered = sorted(tables, key=score, reverse=True)
    return (ordered[0], *(table for table in ordered[1:] if score(table)[0] or score(table)[1]))


def _garbled(table: AnswerTable) -> Iterator[ToldId]:
    """Give what stands where the ID should and is none."""
    cell = table.head.get(fields.SURVEY_ID)
    if cell is not None and _own_id(table) is None:
        yield ToldId(survey_id=quoted(cell.text), sheet=quoted(table.sheet.name), cell=cell.address)


def _contradicting(
    survey: Survey, garbled: Iterator[ToldId], told: Sequence[ToldId], strange_sheets: set[str]
) -> tuple[ToldId, ...]:
    """Give one place of each other ID; those of other surveys' sheets are said with their sheets."""
    found: dict[str, ToldId] = {}
    for each in (*garbled, *told):
        if each.survey_id != survey.id and each.sheet not in strange_sheets:
            found.setdefault(each.survey_id, each)
    return tuple(found.values())


def _stranger(survey_id: str, surveys: Surveys) -> NotIdentified:
    year = survey_id.partition("-")[0]
    this_year = surveys.cycle.year
    facts = {"survey_id": survey_id, "year": year, "this_year": this_year}
    verdict = Verdict.UNKNOWN_BUREAU if year == this_year else Verdict.OTHER_YEAR
    return NotIdentified(verdict=verdict, facts=facts)


def _by_rows(tables: tuple[AnswerTable, ...], surveys: Surveys) -> Survey | None:
    """Take it for a survey whose addressee stands in the head and whose rows include all known ones of the table."""
    head = tables[0].head
    addressee, year = head.get(fields.ADDRESSEE), head.get(fields.YEAR)
    if addressee is None or year is None:
        return None
    keys = {key for table in tables for key, _ in table.rows}
    named = folded(addressee.text + year.text)
    for survey_id, each in surveys.addressees.items():
        if folded(each + surveys.cycle.year_label) != named:
            continue
        issued = {folded(row.listing_id).upper() for row in surveys[survey_id].rows}
        if issued and issued <= keys:
            return surveys[survey_id]
    return None


def _sheet_names(workbook: WorkbookCells) -> str:
    return "、".join(quoted(sheet.name) for sheet in workbook.sheets[:5])
