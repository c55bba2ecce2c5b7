"""Ids are given once and for life."""

from __future__ import annotations

import pytest

from dxkpi_xl.cycle.ids import in_id_order, next_id
from dxkpi_xl.cycle.model import Project


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ((), "P0001"),
        (("P0051", "P0003"), "P0052"),
        (("P0001", "P0003"), "P0004"),
        (("P9999",), "P10000"),
        (("X0009", "Pxyz", "AP0012"), "P0001"),
    ],
)
def test_the_next_id_follows_the_highest_and_fills_no_gap(taken: tuple[str, ...], expected: str) -> None:
    assert next_id("P", taken) == expected


def test_ids_are_sorted_by_the_value_of_their_numbers() -> None:
    things = [Project(id=id_, name="", owners=()) for id_ in ("P10", "P9", "P010", "A2", "P")]
    assert [thing.id for thing in in_id_order(things)] == ["A2", "P", "P9", "P010", "P10"]
