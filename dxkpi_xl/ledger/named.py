"""Finds what a text in the ledger names: an area, an item of it, one of several names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from dxkpi_xl.cycle.model import Area, Item
from dxkpi_xl.form.columns import folded

Thing = TypeVar("Thing")


def find_area(plan: Iterable[Area], written: str) -> Area | None:
    """Give the area whose number, or number and name, is written; as written first, then width and case folded."""
    areas = tuple(plan)
    return _first(((area, (area.no, area.label)) for area in areas), written)


def find_item(area: Area, written: str) -> Item | None:
    """Give the item of an area whose number, or number and name, is written."""
    return _first(((item, (item.no, item.label)) for item in area.items), written)


def item_text(area: Area, item: Item) -> str:
    """Give the text that names an item in the ledger: its label, or its number alone where the label would mislead."""
    return item.label if find_item(area, item.label) == item else item.no


def known_name(names: Iterable[str], written: str) -> str:
    """Give the one of the names that is written, width, case and blanks folded; what is written where there is none."""
    known = _known(tuple(names))
    return written if written in known.exact else known.folded.get(folded(written), written)


class _Names(NamedTuple):
    """Names as written, and by their folded form, the first of equals."""

    exact: frozenset[str]
    folded: Mapping[str, str]


@lru_cache(maxsize=4096)
def _known(names: tuple[str, ...]) -> _Names:
    return _Names(frozenset(names), {folded(name): name for name in reversed(names)})


def _first(named: Iterable[tuple[Thing, tuple[str, ...]]], written: str) -> Thing | None:
    things = tuple(named)
    depth = max((len(names) for _, names in things), default=0)
    for exact in (True, False):
        for position in range(depth):
            for thing, names in things:
                if names[position] == written or (not exact and folded(names[position]) == folded(written)):
                    return thing
    return None
