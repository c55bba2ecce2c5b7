"""A reading of the ledger as text, so that a ledger that did not change is not read twice.

It is JSON and never a pickle: others can write to where it lies. Whoever keeps it seals it (``ledger.memory``).
Most of the year the ledger says what was issued: then its register is not kept once more, only that it is the same.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from dxkpi_xl.cycle.indented import indented
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.office import FileDecision, OfficeSettings
from dxkpi_xl.cycle.register_json import register_of
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.ledger.place_book import PlaceBook


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """What reading gave: see ``LedgerReading``."""

    register: Register
    places: PlaceBook
    office: OfficeSettings
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Known:
    """A register that is recorded elsewhere, and the ``key`` of its record: another record has another."""

    register: Register
    key: str


def to_remember(recalled: Recalled, key: str, known: Known | None = None) -> bytes | None:
    """Give the text to keep; ``key`` says what was read, and by what. None for what must not or cannot be kept.

    Of a register that is the ``known`` one only the key is kept. A ledger with passwords is not kept: they stand in
    the ledger and nowhere else.
    """
    if recalled.office.passwords:
        return None
    parts = {
        "key": json.dumps(key),
        "register": json.dumps(known.key) if _is(known, recalled.register) else indented(recalled.register),
        "places": json.dumps(recalled.places.to_plain(), ensure_ascii=False),
        "findings": indented(recalled.findings),
        "file_decisions": indented(recalled.office.file_decisions),
    }
    text = ",\n".join(f'"{name}": {part}' for name, part in parts.items())
    try:
        return f"{{{text}}}\n".encode()
    except UnicodeEncodeError:  # half of a pair of code units, which a workbook can hold and UTF-8 cannot
        return None


def recall(text: bytes, key: str, known: Known | None = None) -> Recalled | None:
    """Give what was kept under this key; None where it is something else, or points at a register that is not known."""
    try:
        document = json.loads(text)
        return _recalled(document, known) if document["key"] == key else None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _is(known: Known | None, register: Register) -> TypeGuard[Known]:
    return known is not None and known.register is register


def _recalled(document: Mapping[str, Any], known: Known | None) -> Recalled:
    told = document["register"]
    if type(told) is str and (known is None or told != known.key):
        raise ValueError("another register")
    decisions = tuple(_decision(entry) for entry in document["file_decisions"])
    return Recalled(
        register=known.register if known and type(told) is str else register_of(told),
        places=PlaceBook.from_plain(document["places"]),
        office=OfficeSettings(file_decisions=decisions),
        findings=tuple(Finding(**{**entry, "place": Place(**entry["place"])}) for entry in document["findings"]),
    )


def _decision(entry: Mapping[str, Any]) -> FileDecision:
    day = entry["decided_on"]
    decided_on = None if day is None else datetime.date.fromisoformat(day)
    return FileDecision(**{**entry, "decided_on": decided_on, "place": Place(**entry["place"])})
