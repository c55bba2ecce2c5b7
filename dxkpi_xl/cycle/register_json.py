"""register.json: the register as text that a person can diff, written and read back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from typing import Any

from dxkpi_xl.cycle.ids import in_id_order
from dxkpi_xl.cycle.indented import block, indented
from dxkpi_xl.cycle.model import (
    AnnexMargins,
    Area,
    Bureau,
    Contact,
    Cycle,
    Item,
    Kpi,
    Listing,
    Owner,
    Project,
    Register,
    Section,
    in_plan_order,
)
from dxkpi_xl.cycle.register_schema import SCHEMA_ID, register_schema
from dxkpi_xl.findings import Finding, Place


def to_json(register: Register) -> str:
    """Give the text of register.json: UTF-8, two spaces, keys in the order of the model, a line feed at the end."""
    return RegisterTexts().of(register)


class RegisterTexts:
    """The texts of several registers: what they have in common, as the same object, is put into words once."""

    def __init__(self) -> None:
        self._told: dict[int, tuple[object, str]] = {}

    def of(self, register: Register) -> str:
        """Give the text of a register, as ``to_json`` does."""
        parts = {each.name: getattr(register, each.name) for each in dataclass_fields(register)}
        lines = [f"{indented(name)}: {self._text(part)}" for name, part in {"$schema": SCHEMA_ID, **parts}.items()]
        return block("{", lines, "}") + "\n"

    def _text(self, part: object) -> str:
        if id(part) not in self._told:  # which is its own while it is held here
            self._told[id(part)] = (part, indented(part, "  "))
        return self._told[id(part)][1]


def from_json(text: str, file: str, *, judged: bool = False) -> tuple[Register | None, tuple[Finding, ...]]:
    """Read a register from JSON text; findings name the file and the JSON path (``kpis/3/name``) as the cell.

    ``judged``: the text is known to be valid, byte for byte as ``to_json`` gave it.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        place = Place(file=file, cell=f"{getattr(error, 'lineno', 1)}行")
        return None, (Finding(code="T001", place=place),)
    findings = () if judged else tuple(_schema_findings(document, file))
    if findings:
        return None, findings
    return register_of(document), ()


def register_from_record(data: bytes) -> Register:
    """Read a register from a record of ours that is sealed: there is nothing in it to be judged."""
    return register_of(json.loads(data))


def json_place(file: str, *path: str | int) -> Place:
    """Give the place of a value in a JSON file."""
    return Place(file=file, cell="/".join(str(part) for part in path))


def _schema_findings(document: Any, file: str) -> list[Finding]:
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(register_schema())
    findings = []
    for error in sorted(validator.iter_errors(document), key=lambda e: [str(p) for p in e.absolute_path]):
        facts = {"rule": str(error.validator), "value": _short(error.instance)}
        findings.append(Finding(code="T002", place=json_place(file, *error.absolute_path), facts=facts))
    if not findings:
        findings += _date_findings(document["cycle"], file)
    return findings


def _date_findings(cycle: Mapping[str, Any], file: str) -> list[Finding]:
    found = []
    for key in ("section_deadline", "office_deadline"):
        try:
            _date(cycle.get(key))
        except ValueError:
            facts = {"rule": "date", "value": _short(cycle[key])}
            found.append(Finding(code="T002", place=json_place(file, "cycle", key), facts=facts))
    return found


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def register_of(document: Mapping[str, Any]) -> Register:
    """Give the register of a parsed document that is known to be valid."""
    # Ids, headings, names of bureaus and many a text stand in it again and again: each is kept once.
    texts: dict[str, str] = {}
    owners: dict[tuple[str, str], Owner] = {}

    def shared(entry: Mapping[str, Any]) -> dict[str, Any]:
        return {key: texts.setdefault(each, each) if type(each) is str else each for key, each in entry.items()}

    def owner(entry: Mapping[str, str]) -> Owner:
        key = (entry["bureau"], entry["section"])
        return owners.get(key) or owners.setdefault(key, Owner(**entry))

    plan = tuple(
        Area(no=a["no"], name=a["name"], items=tuple(Item(**item) for item in a["items"])) for a in document["plan"]
    )
    return Register(
        cycle=cycle_from_json(document["cycle"]),
        plan=plan,
        bureaus=tuple(_bureau(bureau) for bureau in document["bureaus"]),
        projects=in_id_order(
            Project(**{**shared(entry), "owners": tuple(map(owner, entry["owners"]))}) for entry in document["projects"]
        ),
        kpis=in_id_order(Kpi(**shared(kpi)) for kpi in document["kpis"]),
        listings=in_plan_order(plan, tuple(Listing(**shared(listing)) for listing in document["listings"])),
    )


def cycle_from_json(entry: Mapping[str, Any]) -> Cycle:
    """Give the settings from their JSON object."""
    converted = {
        "years": tuple(entry["years"]),
        "contact": Contact(**entry.get("contact", {})),
        "margins": AnnexMargins(**entry.get("margins", {})),
        "section_deadline": _date(entry.get("section_deadline")),
        "office_deadline": _date(entry.get("office_deadline")),
    }
    return Cycle(**{**entry, **converted})


def _bureau(entry: Mapping[str, Any]) -> Bureau:
    return Bureau(**{**entry, "sections": tuple(Section(**section) for section in entry["sections"])})


def places_in_json(text: str, file: str) -> Callable[[str, str], Place]:
    """Give the places of a register that was read from this JSON: (id of a thing, field) to file and JSON path."""
    document = json.loads(text)
    positions: dict[str, tuple[str, int]] = {}
    for part, key in (("bureaus", "name"), ("projects", "id"), ("kpis", "id"), ("listings", "id")):
        positions.update({thing[key]: (part, n) for n, thing in enumerate(document[part])})

    def place(thing: str, field: str) -> Place:
        return json_place(file, *positions.get(thing, ()), field)

    return place
