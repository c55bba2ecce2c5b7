"""Values of the model as indented JSON, as ``json.dumps(asdict(value), indent=2)`` gives it.

The standard library indents in Python, one piece of text after the other: it takes three times as long.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import fields
from functools import cache
from json.encoder import encode_basestring
from typing import Any

_STEP = "  "


def indented(value: Any, before: str = "") -> str:
    """Give the text of dataclasses, tuples, dicts, texts, numbers and days; ``before`` stands before its lines.

    TypeError for anything else.
    """
    if isinstance(value, str):
        return encode_basestring(value)
    inner = before + _STEP
    if isinstance(value, tuple | list):
        return block("[", [indented(each, inner) for each in value], "]", before)
    if isinstance(value, dict):
        lines = [f"{encode_basestring(key)}: {indented(each, inner)}" for key, each in value.items()]
        return block("{", lines, "}", before)
    if isinstance(value, datetime.date):
        return encode_basestring(value.isoformat())
    if hasattr(value, "__dataclass_fields__"):
        # Nearly all that stands in a record is a text: it is not asked what else it may be.
        lines = [
            label + (encode_basestring(each) if type(each := getattr(value, name)) is str else indented(each, inner))
            for name, label in _labels(value.__class__)
        ]
        return block("{", lines, "}", before)
    return json.dumps(value)


def block(opening: str, lines: list[str], closing: str, before: str = "") -> str:
    """Give the text of an object or a list of which each entry is a text already, made with two spaces more before."""
    if not lines:
        return opening + closing
    start = f"\n{before}{_STEP}"
    return f"{opening}{start}{f',{start}'.join(lines)}\n{before}{closing}"


@cache
def _labels(of: Any) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, f"{encode_basestring(each.name)}: ") for each in fields(of))
