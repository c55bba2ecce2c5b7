"""Judgements as JSON, as they leave the child process that made them and as they are remembered.

An answer that is as it was issued is not written once more: its value is that of the register, and shares its memory.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.findings import Place
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.json_rows import Home, Rows, listed, number, shared, text, texts
from dxkpi_xl.returns.judge import Judged, JudgedFile
from dxkpi_xl.returns.model import Answer, OwnFindings, Return, Verdict

# What reading raises where a text is not what ``judged_to_json`` gave for the same register.
NOT_OURS = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def judged_to_json(files: tuple[JudgedFile, ...], issued: Issued) -> bytes:
    """Give the judgements on a file (of a zip, on each file in it) as JSON on one line.

    All of it is ASCII: what steers a terminal, or is half of a character, is an escape like any other.
    """
    return json.dumps([_file(each, issued) for each in files], separators=(",", ":")).encode("ascii")


def judged_from_json(told: bytes, issued: Issued) -> tuple[JudgedFile, ...]:
    """Read what ``judged_to_json`` gave; one of ``NOT_OURS`` where it gave no such thing."""
    return tuple(_read_file(each, issued) for each in listed(json.loads(told.decode("ascii"))))


def _file(each: JudgedFile, issued: Issued) -> dict[str, Any]:
    judged, answer = each.judged, each.judged.answer
    sheet = next((row.place.sheet for row in (*answer.rows, *answer.new_rows)), "") if answer else ""
    home = Home(each.name, sheet)
    return {
        "name": each.name,
        "size": each.size,
        "sheet": sheet,
        "verdict": judged.verdict.value,
        "sha256": judged.sha256,
        "facts": dict(judged.facts),
        "return": _return(answer, home, issued) if answer else None,
        "findings": home.findings(judged.findings),
    }


def _read_file(data: dict[str, Any], issued: Issued) -> JudgedFile:
    told = data["return"]
    survey = issued.surveys[text(told["survey_id"])] if told is not None else None
    home = Home(text(data["name"]), shared(data["sheet"]), _names(survey) if survey else None)
    sha256 = text(data["sha256"])
    judged = Judged(
        verdict=Verdict(data["verdict"]),
        sha256=sha256,
        facts=texts(data["facts"]),
        answer=_read_return(told, survey, sha256, home, issued) if survey else None,
        findings=home.read_findings(data["findings"]),
    )
    return JudgedFile(name=home.file, size=number(data["size"]), judged=judged)


def _names(survey: Survey) -> dict[str, str]:
    """Give the texts by which things of a survey are called, each by itself."""
    names = (survey.id, survey.bureau.name, survey.addressee, *survey.row_by_listing)
    return {name: name for name in names}


def _return(answer: Return, home: Home, issued: Issued) -> dict[str, Any]:
    was = {row.listing_id: row.values for row in issued.surveys[answer.survey_id].rows}
    rows = Rows(home, was)
    own = answer.own
    return {
        "survey_id": answer.survey_id,
        "head": {key: home.answer(each) for key, each in answer.head.items()},
        "written_on": answer.written_on.isoformat() if answer.written_on else None,
        "rows": [rows.row(row) for row in answer.rows],
        "new_rows": [rows.row(row) for row in answer.new_rows],
        "sheet": answer.sheet,
        "protected": answer.protected,
        "head_places": {key: home.place(each) for key, each in answer.head_places.items()},
        "saved_at": answer.saved_at.isoformat() if answer.saved_at else None,
        "unplaced": [rows.row(row) for row in answer.unplaced],
        "mends": list(answer.mends),
        "own": [home.findings(own.whole), home.findings(own.rows), sorted(own.shifted)] if own else None,
        "columns": rows.columns,
    }


def _read_return(data: dict[str, Any], survey: Survey, sha256: str, home: Home, issued: Issued) -> Return:
    was = {row.listing_id: row.values for row in survey.rows}
    keys = {column.key: column.key for column in issued.columns}
    rows = Rows(home, was, [(keys[key], shared(letters)) for key, letters in data["columns"]])
    head = {shared(key): home.read_answer(each) for key, each in data["head"].items()}
    return Return(
        survey_id=survey.id,
        file=home.file,
        sha256=sha256,
        head=head,
        written_on=datetime.date.fromisoformat(data["written_on"]) if data["written_on"] is not None else None,
        rows=tuple(rows.read_row(each, issued=True) for each in listed(data["rows"])),
        new_rows=tuple(rows.read_row(each) for each in listed(data["new_rows"])),
        sheet=shared(data["sheet"]),
        protected=data["protected"] is True,
        head_places=_read_places(data["head_places"], head, home),
        saved_at=datetime.datetime.fromisoformat(data["saved_at"]) if data["saved_at"] is not None else None,
        unplaced=tuple(rows.read_row(each) for each in listed(data["unplaced"])),
        mends=tuple(map(text, listed(data["mends"]))),
        own=_read_own(data["own"], home) if data["own"] is not None else None,
    )


def _read_places(data: dict[str, Any], head: dict[str, Answer], home: Home) -> dict[str, Place]:
    """Read where the head is filled in: mostly where its answers stand."""
    places = {}
    for key, told in data.items():
        answer = head.get(key)
        at_the_answer = answer is not None and home.place(answer.place) == told
        places[shared(key)] = answer.place if answer and at_the_answer else home.read_place(told)
    return places


def _read_own(data: list[Any], home: Home) -> OwnFindings:
    whole, rows, shifted = data
    return OwnFindings(
        whole=home.read_findings(whole), rows=home.read_findings(rows), shifted=frozenset(map(text, listed(shifted)))
    )
