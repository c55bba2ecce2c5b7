"""Finds what a text in the ledger names: an area, an item of it, one of several names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Generic, TypeVar

from dxkpi_xl.cycle.model import Area, Item
from dxkpi_xl.form.columns import folded

Thing = TypeVar("Thing")


class Named(Generic[Thing]):
    """Things by the names they have, an earlier name of a thing before a later one, the first of equals.

    A text is looked for as written first, then width, case and blanks folded.
    """

    def __init__(self, things: Iterable[tuple[Thing, tuple[str, ...]]] = ()) -> None:
        self._exact: list[dict[str, Thing]] = []
        self._folded: list[dict[str, Thing]] = []
        for thing, names in things:
            self.add(thing, *names)

    def add(self, thing: Thing, *names: str) -> None:
        """Add a thing with its names."""
        while len(self._exact) < len(names):
            self._exact.append({})
            self._folded.append({})
        for position, name in enumerate(names):
            self._exact[position].setdefault(name, thing)
            self._folded[position].setdefault(folded(name), thing)

    def find(self, written: str) -> Thing | None:
        """Give the thing that is named; None where there is none."""
        for exact in self._exact:
            if written in exact:
                return exact[written]
        wanted = folded(written)
        return next((each[wanted] for each in self._folded if wanted in each), None)


class KnownNames:
    """Names among which one is looked for; more may be added."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: Named[str] = Named((name, (name,)) for name in names)

    def add(self, name: str) -> None:
        """Add a name."""
        self._names.add(name, name)

    def known(self, written: str) -> str:
        """Give the one of the names that is written; what is written where there is none."""
        found = self._names.find(written)
        return written if found is None else found


class NamedPlan:
    """The headings of a plan by what people write for them: number, or number and name."""

    def __init__(self, plan: Iterable[Area]) -> None:
        areas = tuple(plan)
        self._areas = Named((area, (area.no, area.label)) for area in areas)
        self._items: Mapping[str, Named[Item]] = {area.no: _named_items(area) for area in areas}

    def area(self, written: str) -> Area | None:
        """Give the area whose number, or number and name, is written."""
        return self._areas.find(written)

    def item(self, area: Area, written: str) -> Item | None:
        """Give the item of an area of this plan whose number, or number and name, is written."""
        return self._items[area.no].find(written)


def item_text(area: Area, item: Item) -> str:
    """Give the text that names an item in the ledger: its label, or its number alone where the label would mislead."""
    return item.label if _named_items(area).find(item.label) == item else item.no


@lru_cache(maxsize=1024)
def _named_items(area: Area) -> Named[Item]:
    return Named((item, (item.no, item.label)) for item in area.items)
