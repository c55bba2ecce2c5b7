"""Collects while a ledger is read: what is wrong, each with its cell, and where everything stood."""

from __future__ import annotations

from dxkpi_xl.findings import Finding, Place


class Faults:
    """The findings of one reading, in the order in which they were met."""

    def __init__(self) -> None:
        self._found: list[Finding] = []

    def add(self, code: str, place: Place, **facts: str) -> None:
        """Note a finding; the facts are those that the catalogue's words quote."""
        self._found.append(Finding(code=code, place=place, facts=facts))

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
