"""JSON of our own making is what the standard library makes."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxkpi_xl.cycle.indented import indented
from dxkpi_xl.cycle.model import Register


def by_the_library(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=datetime.date.isoformat)


def test_the_real_register_is_written_as_the_library_writes_it(r6: Register) -> None:
    assert indented(r6) == by_the_library(asdict(r6))


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates()
_VALUES = st.recursive(_LEAVES, lambda more: st.lists(more) | st.dictionaries(st.text(), more))


@settings(deadline=None)
@given(value=_VALUES)
def test_any_value_is_written_as_the_library_writes_it(value: object) -> None:
    assert indented(value) == by_the_library(value)


@pytest.mark.parametrize("value", [{1, 2}, b"x", object()])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        indented(value)
