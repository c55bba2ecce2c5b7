"""The history of lineage as text: one event a line, so that a year is added by lines and a person can search it."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from dxkpi_xl.cycle.register_schema import YEAR_PATTERN
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.merge.change import ChangeKind, Thing
from dxkpi_xl.merge.lineage import CONTINUED, Event, History, YearOfEvents

_KEYS = tuple(each.name for each in fields(Event))
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def history_to_json(history: History) -> str:
    """Give the text: UTF-8, oldest year first, blank fields left out, a line feed at the end."""
    years = ",\n".join(_year_text(year) for year in history.years)
    return f'{{"years": [\n{years}\n]}}\n' if years else '{"years": []}\n'


def history_from_json(text: str, file: str, *, judged: bool = False) -> tuple[History | None, tuple[Finding, ...]]:
    """Read a history; findings (T001, T002) name the file and the line or the JSON path (``years/0/events/3``).

    ``judged``: the text is known to be valid, byte for byte as ``history_to_json`` gave it.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        return None, (Finding(code="T001", place=Place(file=file, cell=f"{getattr(error, 'lineno', 1)}行")),)
    findings = () if judged else _schema_findings(document, file)
    if findings:
        return None, findings
    return _history(document), ()


def history_from_record(data: bytes) -> History:
    """Read a history that was judged before."""
    return _history(json.loads(data))


def ids_from_record(data: bytes) -> frozenset[str]:
    """Read the ids of a history that was judged before."""
    return frozenset(event["id"] for year in json.loads(data)["years"] for event in year["events"])


def _history(document: Any) -> History:
    history = History()
    for year in document["years"]:
        history = history.with_year(YearOfEvents(year=year["year"], events=tuple(map(_event, year["events"]))))
    return history


def _schema_findings(document: Any, file: str) -> tuple[Finding, ...]:
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(_schema()).iter_errors(document), key=lambda e: list(map(str, e.path)))
    return tuple(_finding(error, file) for error in errors)


def _year_text(year: YearOfEvents) -> str:
    lines = ",\n".join(map(_ENCODER.encode, map(_without_blanks, year.events)))
    return f'{{"year": "{year.year}", "events": [\n{lines}\n]}}'


def _without_blanks(event: Event) -> dict[str, Any]:
    return {key: value for key in _KEYS if (value := getattr(event, key))}


def _event(entry: dict[str, Any]) -> Event:
    return Event(**{"name": "", **entry, "sources": tuple(entry.get("sources", ()))})


def _finding(error: Any, file: str) -> Finding:
    value = json.dumps(error.instance, ensure_ascii=False)[:60]
    place = Place(file=file, cell="/".join(map(str, error.absolute_path)))
    return Finding(code="T002", place=place, facts={"rule": str(error.validator), "value": value})


def _schema() -> dict[str, Any]:
    texts = {key: {"type": "string"} for key in ("id", "name", "before", "after", "into", "said")}
    event = {
        "type": "object",
        "properties": {
            **texts,
            "thing": {"enum": [thing.value for thing in Thing]},
            "kind": {"enum": [CONTINUED, *(kind.value for kind in ChangeKind)]},
            "sources": {"type": "array", "items": {"type": "string"}},
        },
        "required": ["id", "thing", "kind"],
        "additionalProperties": False,
    }
    year = {
        "type": "object",
        "properties": {
            "year": {"type": "string", "pattern": YEAR_PATTERN},
            "events": {"type": "array", "items": event},
        },
        "required": ["year", "events"],
        "additionalProperties": False,
    }
    return {"type": "object", "properties": {"years": {"type": "array", "items": year}}, "required": ["years"]}
