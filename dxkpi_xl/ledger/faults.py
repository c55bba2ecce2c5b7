"""Collects what is wrong while a ledger is read, each with its cell."""

from __future__ import annotations

from dataclasses import replace

from dxkpi_xl.findings import Finding, Place

# A sheet without a heading that it must have.
NO_HEADING = "T031"
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
    def lack_headings(self) -> bool:
        """Whether some heading was missing."""
        return any(each.code == NO_HEADING for each in self._found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""
        return tuple(self._found)


def cell_name(place: Place) -> str:
    """Give a place inside the workbook in words: 掲載行!E14."""
    return f"{place.sheet}!{place.cell}"
