"""Finds a heading of the plan, a section or a listing by what a person wrote for it."""

from __future__ import annotations

from collections.abc import Iterable

from dxkpi_xl.cycle.model import Area, Bureau, Item, Register, Section
from dxkpi_xl.form.columns import folded


def find_area(plan: Iterable[Area], written: str) -> Area | None:
    """Give the area meant by its label, its number, or its name where only one has it; None otherwise."""
    areas = tuple(plan)
    wanted = folded(written)
    exact = [area for area in areas if wanted in (folded(area.label), folded(area.no))]
    named = [area for area in areas if wanted == folded(area.name)]
    return exact[0] if exact else named[0] if len(named) == 1 else None


def find_item(area: Area, written: str) -> Item | None:
    """Give the item of an area meant by its label, its number, or its name where only one has it; None otherwise."""
    wanted = folded(written)
    exact = [item for item in area.items if wanted in (folded(item.label), folded(item.no))]
    named = [item for item in area.items if item.name and wanted == folded(item.name)]
    return exact[0] if exact else named[0] if len(named) == 1 else None


def find_section(bureau: Bureau, written: str) -> Section | None:
    """Give the section of a bureau by its name, with or without the bureau's before it; None otherwise."""
    wanted = folded(written)
    for section in bureau.sections:
        if wanted in (folded(section.name), folded(bureau.name + section.name)):
            return section
    return None


def find_listing_id(register: Register, written: str) -> str | None:
    """Give the listing id that a text begins with (``L0004``, ``L0004 職員研修事業``); None where there is none."""
    wanted = folded(next(iter(written.split()), ""))
    return register.listing_id_by_folded.get(wanted)
