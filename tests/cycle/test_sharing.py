"""Registers share the records that they have in common, and nothing else becomes of them."""

from __future__ import annotations

from dataclasses import replace

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.register_json import from_json, to_json
from dxkpi_xl.cycle.roll_on import roll_on
from dxkpi_xl.cycle.sharing import sharing


def loaded(register: Register) -> Register:
    """The register once more, nothing of it shared."""
    again, _ = from_json(to_json(register), "register.json")
    assert again is not None
    return again


def test_the_same_register_is_one(r6: Register) -> None:
    other = loaded(r6)
    assert other.listings[0] is not r6.listings[0]
    assert sharing(other, r6) is r6


def test_of_another_year_what_is_equal_is_shared(r6: Register) -> None:
    later = loaded(roll_on(r6, "R7"))
    shared = sharing(later, r6)
    assert to_json(shared) == to_json(later)
    assert shared.listings is r6.listings
    assert shared.projects is r6.projects
    assert (shared.plan, shared.bureaus) == (r6.plan, r6.bureaus)
    assert shared.plan is r6.plan
    assert shared.bureaus is r6.bureaus
    changed = [ours.id for ours, theirs in zip(shared.kpis, r6.kpis, strict=True) if ours is not theirs]
    assert changed == [kpi.id for kpi in r6.kpis if kpi.is_new]


def test_a_row_that_differs_stays_as_it_is(r6: Register) -> None:
    other = loaded(r6)
    other = replace(other, listings=(replace(other.listings[0], outline="別の概要"), *other.listings[2:]))
    shared = sharing(other, r6)
    assert shared == other
    assert shared.listings[0] is other.listings[0]
    assert shared.listings[1] is r6.listings[2]


def test_what_is_written_differently_is_not_the_same(r6: Register) -> None:
    # Equal in Python, but not in JSON: the order of a KPI's years, 9 and 9.0.
    kpi = next(kpi for kpi in r6.kpis if len(kpi.targets) > 1)
    turned = replace(kpi, targets=dict(reversed(kpi.targets.items())))
    other = replace(r6, kpis=tuple(turned if each is kpi else each for each in r6.kpis))
    assert other == r6
    assert to_json(sharing(other, r6)) == to_json(other) != to_json(r6)
    other = replace(r6, cycle=replace(r6.cycle, annex_body=float(r6.cycle.annex_body)))
    whole = replace(r6, cycle=replace(r6.cycle, annex_body=int(r6.cycle.annex_body)))
    assert other == whole
    assert to_json(sharing(other, whole)) == to_json(other) != to_json(whole)
