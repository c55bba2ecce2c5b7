"""The counts that the sheet 集計 shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from dxkpi_xl.cycle.content import content_of
from dxkpi_xl.cycle.model import Area, Bureau, Listing, Project, Register


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One 掲載行 as it is counted: area, bureau in the lead, whether relisted, whether it shows a KPI."""

    area_no: str
    bureau: str
    relisted: bool
    has_kpi: bool


@dataclass(frozen=True, kw_only=True)
class BureauCount:
    """One bureau: projects in its lead, those in which it takes part, those in its lead with a KPI, its KPIs."""

    bureau: Bureau
    led: int
    joined: int
    with_kpi: int
    kpis: int


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is there now and was not before, and the other way round, by id."""

    new: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """All counts of a register; ``changes`` by 事業, 掲載行 and KPI are empty without a register to compare with."""

    areas: tuple[Area, ...]
    bureaus: tuple[BureauCount, ...]
    listed: tuple[Listed, ...]
    projects: int
    projects_with_kpi: int
    kpis: int
    new_kpis: int
    changes: Mapping[str, Change]

    def of(self, *, area_no: str = "", bureau: str = "", relisted: bool | None = None, has_kpi: bool = False) -> int:
        """Count the rows of an area, of a bureau in the lead, relisted or not, with a KPI; what is left out is all."""
        return self._counted[area_no, bureau, relisted, has_kpi]

    @cached_property
    def _counted(self) -> Counter[tuple[str, str, bool | None, bool]]:
        """The rows by what may be asked of them, "", None and False standing for all."""
        return Counter(
            asked
            for each in self.listed
            for asked in product((each.area_no, ""), (each.bureau, ""), (each.relisted, None), {each.has_kpi, False})
        )


def counts(register: Register, previous: Register | None = None) -> Counts:
    """Count a register, in the order of its plan and its organisation; ``previous`` is what new and ended refer to."""
    numbering = register.numbering
    shown = {listing.id: content_of(register, numbering, listing).kpi_id for listing in register.listings}
    listed = tuple(
        Listed(
            area_no=listing.area_no,
            bureau=register.project_of(listing).lead.bureau,
            relisted=numbering.is_relisted(listing),
            has_kpi=bool(shown[listing.id]),
        )
        for listing in register.listings
    )
    with_kpi = {listing.project_id for listing in register.listings if shown[listing.id]}
    projects = tuple(register.project_by_id[project_id] for project_id in numbering.projects)
    defining = Counter(
        _lead(register, register.listing_by_id[register.kpi_by_id[k].defined_by]) for k in numbering.kpis
    )
    return Counts(
        areas=register.plan,
        bureaus=tuple(_bureaus(register.bureaus, projects, with_kpi, defining)),
        listed=listed,
        projects=len(projects),
        projects_with_kpi=len(with_kpi),
        kpis=len(numbering.kpis),
        new_kpis=sum(register.kpi_by_id[kpi_id].is_new for kpi_id in numbering.kpis),
        changes=_changes(register, previous) if previous else {},
    )


def _lead(register: Register, listing: Listing) -> str:
    return register.project_of(listing).lead.bureau


def _bureaus(
    bureaus: tuple[Bureau, ...], projects: tuple[Project, ...], with_kpi: set[str], kpis: Counter[str]
) -> Iterator[BureauCount]:
    led = Counter(project.lead.bureau for project in projects)
    led_with_kpi = Counter(project.lead.bureau for project in projects if project.id in with_kpi)
    joined = Counter(
        bureau for project in projects for bureau in {owner.bureau for owner in project.owners} - {project.lead.bureau}
    )
    for bureau in bureaus:
        name = bureau.name
        yield BureauCount(
            bureau=bureau, led=led[name], joined=joined[name], with_kpi=led_with_kpi[name], kpis=kpis[name]
        )


def _changes(register: Register, previous: Register) -> Mapping[str, Change]:
    def change(now: set[str], before: set[str]) -> Change:
        return Change(new=len(now - before), ended=len(before - now))

    now, before = register.numbering, previous.numbering
    return {
        "事業": change(set(now.projects), set(before.projects)),
        "掲載行": change({each.id for each in register.listings}, {each.id for each in previous.listings}),
        "KPI": change(set(now.kpis), set(before.kpis)),
    }
