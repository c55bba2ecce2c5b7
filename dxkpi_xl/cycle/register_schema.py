"""The JSON Schema (Draft 2020-12) of register.json, the machine face of the register.

``python -m dxkpi_xl.cycle.register_schema docs/register.schema.json`` writes it; docs/ holds the published copy.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dxkpi_xl.cycle.model import (
    CHARACTER_WIDTHS,
    CONFLICT_POLICIES,
    DISTRIBUTIONS,
    DOCUMENT_PLACES,
    LEAST_BODY,
    LEAST_MARGIN,
    MOST_BODY,
    MOST_MARGIN,
    NOT_SET_SIGNS,
    NUMBER_STYLES,
    RELISTING_POLICIES,
    ROMAN_NUMERALS,
)

SCHEMA_ID = "register.schema.json"
YEAR_PATTERN = "^[RHS][1-9][0-9]?$"
ID_PATTERN = "^[A-Za-z0-9_-]+$"

_TEXT: dict[str, Any] = {"type": "string"}
_NAME: dict[str, Any] = {"type": "string", "pattern": r"\S"}
_ID: dict[str, Any] = {"type": "string", "pattern": ID_PATTERN}
_YEAR: dict[str, Any] = {"type": "string", "pattern": YEAR_PATTERN}
_DATE: dict[str, Any] = {"type": ["string", "null"], "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any], least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": of, "minItems": least}


def _print_settings() -> dict[str, Any]:
    margin = {"type": "integer", "minimum": LEAST_MARGIN, "maximum": MOST_MARGIN}
    lists = {
        "conflict_policy": CONFLICT_POLICIES,
        "relisting_policy": RELISTING_POLICIES,
        "character_width": CHARACTER_WIDTHS,
        "not_set_sign": NOT_SET_SIGNS,
        "roman_numerals": ROMAN_NUMERALS,
    }
    return {
        **{key: {"enum": list(values)} for key, values in lists.items()},
        "annex_body": {"type": "number", "minimum": LEAST_BODY, "maximum": MOST_BODY},
        "margins": _object({}, dict.fromkeys(("top", "bottom", "left", "right"), margin)),
        "annex_date": _TEXT,
        "document_place": {"enum": list(DOCUMENT_PLACES)},
        "open_data_bom": {"type": "boolean"},
    }


def register_schema() -> dict[str, Any]:
    """Give the schema of a register document."""
    contact = _object({}, dict.fromkeys(("section", "person", "phone", "mail"), _TEXT))
    cycle = _object(
        {"form": _ID, "year": _YEAR, "title": _NAME, "document": _TEXT, "years": _list(_YEAR, 1)},
        {
            **dict.fromkeys(("document_note", "meeting", "prefecture_code", "prefecture"), _TEXT),
            **dict.fromkeys(("section_deadline", "office_deadline"), _DATE),
            "contact": contact,
            "spare_rows": {"type": "integer", "minimum": 0, "maximum": 200},
            "distribute_to": {"enum": list(DISTRIBUTIONS)},
            "number_style": {"enum": list(NUMBER_STYLES)},
            **dict.fromkeys(("survey_font", "annex_font"), _NAME),
            "paper": {"enum": ["A3", "A4"]},
            **_print_settings(),
        },
    )
    item = _object({"no": _NAME}, {"name": _TEXT})
    section = _object({"code": _ID, "name": _NAME})
    owner = _object({"bureau": _NAME, "section": _TEXT})
    texts = dict.fromkeys(("name_layout", "outline", "target_kind", "target", "kpi_id"), _TEXT)
    properties = {
        "cycle": cycle,
        "plan": _list(_object({"no": _NAME, "name": _NAME, "items": _list(item, 1)}), 1),
        "bureaus": _list(
            _object({"code": _ID, "name": _NAME, "sections": _list(section)}, {"lead_section": _TEXT, "mail": _TEXT}), 1
        ),
        "projects": _list(_object({"id": _ID, "name": _NAME, "owners": _list(owner)})),
        "kpis": _list(
            _object(
                {"id": _ID, "defined_by": _ID, "name": _TEXT},
                {
                    "is_new": {"type": "boolean"},
                    "unit": _TEXT,
                    "direction": {"enum": ["", "up", "down", "keep"]},
                    "baseline": _TEXT,
                    "targets": {"type": "object", "propertyNames": _YEAR, "additionalProperties": _TEXT},
                },
            )
        ),
        "listings": _list(_object({"id": _ID, "project_id": _ID, "area_no": _NAME, "item_no": _NAME}, texts)),
    }
    schema = _object(properties, {"$schema": _TEXT})
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID, "title": "調査台帳 (register)"}
    return {**head, **schema}


def schema_text() -> str:
    """Give the schema as it is published: two spaces, a line feed at the end."""
    return json.dumps(register_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8", newline="\n")
