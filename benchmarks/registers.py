"""A made-up year: many addressees, each with as many rows as a section of the real R6 annex, and with its texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Bureau, Kpi, Listing, Owner, Project, Register, Section, in_plan_order
from dxkpi_xl.sources import read_register
from dxkpi_xl.workspace import templates_folder

_OLD_YEAR = "令和5年度"  # in a target it would be asked about
# Of a hundred bureaus one shares its first project with the next: the two will answer it differently.
CO_OWNED_EVERY = 100


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A row of the real annex: what it says, and its KPI where it defines one."""

    listing: Listing
    project: Project
    kpi: Kpi | None


def made_up_register(addressees: int, rows: int | None = None) -> Register:
    """Give a register of so many addressees; the same each time.

    Each has ``rows`` listings where said, else as many as the sections of R6 in turn: 1 to 34, 4.8 on average.
    """
    real = read_register(templates_folder() / "r6" / "register.json").register
    patterns = [
        _Row(listing=each, project=real.project_of(each), kpi=_own_kpi(real, each))
        for each in real.listings
        if each.outline and each.target and _OLD_YEAR not in each.target
    ]
    sizes = (rows,) if rows else _rows_of_sections(real)
    bureaus = tuple(_bureau(n) for n in range(1, addressees + 1))
    projects: list[Project] = []
    kpis: list[Kpi] = []
    listings: list[Listing] = []
    for n in range(len(bureaus)):
        for k in range(sizes[n % len(sizes)]):
            row = _moved(patterns[(n + k) % len(patterns)], len(listings) + 1, _owners(bureaus, n, k), k)
            listings.append(row.listing)
            projects.append(row.project)
            kpis += [row.kpi] if row.kpi else []
    return replace(
        real,
        bureaus=bureaus,
        projects=tuple(projects),
        kpis=tuple(kpis),
        listings=in_plan_order(real.plan, tuple(listings)),
    )


def _rows_of_sections(register: Register) -> tuple[int, ...]:
    owned = Counter(owner for each in register.listings for owner in register.project_of(each).owners)
    return tuple(sorted(owned.values()))


def _own_kpi(register: Register, listing: Listing) -> Kpi | None:
    kpi = register.kpi_of(listing)
    return kpi if kpi is not None and kpi.defined_by == listing.id else None


def _bureau(n: int) -> Bureau:
    sections = tuple(Section(code=f"{n:05d}{k}", name=f"第{k}課") for k in (1, 2))
    return Bureau(code=f"{n:05d}", name=f"第{n:05d}局", sections=sections, lead_section="第1課")


def _owners(bureaus: tuple[Bureau, ...], n: int, k: int) -> tuple[Owner, ...]:
    shared = k == 0 and n % CO_OWNED_EVERY == 0 and n + 1 < len(bureaus)
    return tuple(Owner(bureau=each.name, section="第1課") for each in bureaus[n : n + 1 + shared])


def _moved(pattern: _Row, number: int, owners: tuple[Owner, ...], k: int) -> _Row:
    project = replace(
        pattern.project, id=f"P{number:04d}", name=f"{pattern.project.name}({owners[0].bureau}{k})", owners=owners
    )
    kpi = pattern.kpi and replace(
        pattern.kpi, id=f"K{number:04d}", defined_by=f"L{number:04d}", name=f"{pattern.kpi.name}({project.id})"
    )
    listing = replace(
        pattern.listing,
        id=f"L{number:04d}",
        project_id=project.id,
        name_layout="",
        target_kind=fields.WITH_KPI if kpi else fields.WITHOUT_KPI,
        kpi_id=kpi.id if kpi else "",
    )
    return _Row(listing=listing, project=project, kpi=kpi)


def conflicting(register: Register) -> Iterator[str]:
    """Give the ids of the listings that two bureaus own."""
    yield from (each.id for each in register.listings if len(register.project_of(each).owners) > 1)
