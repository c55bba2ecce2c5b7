"""Registers of one workspace say mostly the same: what they have in common is kept in memory once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from dxkpi_xl.cycle.ids import HasId
from dxkpi_xl.cycle.model import Kpi, Register

T = TypeVar("T", bound=HasId)


def sharing(register: Register, known: Register) -> Register:
    """Give an equal register that holds the records of ``known`` where it can; ``known`` itself where all is the same.

    The same means: written to JSON, too.
    """
    shared = replace(
        register,
        plan=known.plan if register.plan == known.plan else register.plan,
        bureaus=known.bureaus if register.bureaus == known.bureaus else register.bureaus,
        projects=_shared(register.projects, known.projects, known.project_by_id),
        kpis=_shared(register.kpis, known.kpis, known.kpi_by_id),
        listings=_shared(register.listings, known.listings, known.listing_by_id),
    )
    parts = ("plan", "bureaus", "projects", "kpis", "listings")
    same = all(getattr(shared, part) is getattr(known, part) for part in parts)
    # Equal is not enough for numbers, which may be written as 9 or as 9.0.
    return known if same and repr(register.cycle) == repr(known.cycle) else shared


def _shared(own: tuple[T, ...], known: tuple[T, ...], by_id: Mapping[str, T]) -> tuple[T, ...]:
    records = tuple(_one(each, by_id.get(each.id)) for each in own)
    same = len(records) == len(known) and all(ours is theirs for ours, theirs in zip(records, known, strict=True))
    return known if same else records


def _one(own: T, known: T | None) -> T:
    if known is None or own != known:
        return own
    # The order of a KPI's years is no part of its equality.
    if isinstance(own, Kpi) and isinstance(known, Kpi) and list(own.targets) != list(known.targets):
        return own
    return known
