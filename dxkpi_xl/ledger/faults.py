"""Collects while a ledger is read: what is wrong, each with its cell, and where everything stood."""

from __future__ import annotations

from dataclasses import replace

from dxkpi_xl.findings import Finding, Place

_HIDDEN = "(伏せています)"


class Faults:
    """The findings of one reading, in the order in which they were met."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(self, code: str, place: Place, **facts: str) -> None:
        """Note a finding; the facts are those that the catalogue's words quote."""
        self._found.append(Finding(code=code, place=place, facts=facts))

    def keep_secret(self, place: Place) -> None:
        """Take out of the findings at a place what they quote of it."""
        self._found = [
            replace(each, facts=dict.fromkeys(each.facts, _HIDDEN)) if each.place == place else each
            for each in self._found
        ]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""
        return tuple(self._found)


class PlaceBook:
    """Where each value of the register stood: by the id or name of a thing and the name of its field."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._places: dict[tuple[str, str], Place] = {}

    def add(self, thing: str, field: str, place: Place) -> None:
        """Note a place; the first one noted stays, unless it was nowhere."""
        if place.cell:
            self._places.setdefault((thing, field), place)

    def __call__(self, thing: str, field: str) -> Place:
        """Give the place of a value; that of the thing's id, or the file alone, where it is not known."""
        return self._places.get((thing, field)) or self._places.get((thing, "id")) or Place(file=self._file)


def cell_name(place: Place) -> str:
    """Give a place inside the workbook in words: 掲載行!E14."""
    return f"{place.sheet}!{place.cell}"
