"""A reading of the ledger as text, so that a ledger that did not change is not read twice.

It is JSON and never a pickle: others can write to where it lies. Whoever keeps it seals it (``ledger.memory``).
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


def to_remember(recalled: Recalled, key: str) -> bytes | None:
    """Give the text to keep; ``key`` says what was read, and by what. None for what must not or cannot be kept.

    A ledger with passwords is not kept: they stand in the ledger and nowhere else.
    """
    if recalled.office.passwords:
        return None
    parts = {
        "key": json.dumps(key),
        "register": indented(recalled.register),
        "places": json.dumps(recalled.places.to_plain(), ensure_ascii=False),
        "findings": indented(recalled.findings),
        "file_decisions": indented(recalled.office.file_decisions),
    }
    text = ",\n".join(f'"{name}": {part}' for name, part in parts.items())
    try:
        return f"{{{text}}}\n".encode()
    except UnicodeEncodeError:  # half of a pair of code units, which a workbook can hold and UTF-8 cannot
        return None


def recall(text: bytes, key: str) -> Recalled | None:
    """Give what was kept under this key; None where it is something else."""
    try:
        document = json.loads(text)
        return _recalled(document) if document["key"] == key else None
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return None


def _recalled(document: Mapping[str, Any]) -> Recalled:
    decisions = tuple(_decision(entry) for entry in document["file_decisions"])
    return Recalled(
        register=register_of(document["register"]),
        places=PlaceBook.from_plain(document["places"]),
        office=OfficeSettings(file_decisions=decisions),
        findings=tuple(Finding(**{**entry, "place": Place(**entry["place"])}) for entry in document["findings"]),
    )


def _decision(entry: Mapping[str, Any]) -> FileDecision:
    day = entry["decided_on"]
    decided_on = None if day is None else datetime.date.fromisoformat(day)
    return FileDecision(**{**entry, "decided_on": decided_on, "place": Place(**entry["place"])})
