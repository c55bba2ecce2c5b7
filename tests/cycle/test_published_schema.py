"""The schema in docs/ is the one that the program uses."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.register_json import to_json
from dxkpi_xl.cycle.register_schema import schema_text

PUBLISHED = Path(__file__).parents[2] / "docs" / "register.schema.json"


def test_the_published_schema_is_not_stale() -> None:
    """Renew it with ``python -m dxkpi_xl.cycle.register_schema docs/register.schema.json``."""
    assert PUBLISHED.read_text(encoding="utf-8") == schema_text()


def test_the_published_schema_is_a_schema_and_accepts_the_real_register(r6: Register) -> None:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(to_json(r6)))
