"""The numbers that are computed, never read: 事業番号, KPI番号, and what each relisted row points at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dxkpi_xl.cycle.model import Listing, Register

RELISTED = "再掲"


def relisting_note(number: int) -> str:
    """Give the printed note that points at a 事業番号 or a KPI番号: ``※再掲:No4``."""
    return f"※{RELISTED}:No{number}"


@dataclass(frozen=True, kw_only=True)
class Numbering:
    """Printed numbers: of projects by project id, of KPIs by KPI id; and each project's first listing."""

    projects: Mapping[str, int]
    kpis: Mapping[str, int]
    first_listing: Mapping[str, str]

    def is_relisted(self, listing: Listing) -> bool:
        """Whether the project of a listing is first listed elsewhere."""
        return self.first_listing[listing.project_id] != listing.id

    def project_cell(self, listing: Listing) -> str:
        """Give the 事業番号 cell: the number on the first listing, 再掲 on the others."""
        return RELISTED if self.is_relisted(listing) else str(self.projects[listing.project_id])

    def relisted_from(self, listing: Listing) -> str:
        """Give the note under a relisted row's project name, ``※再掲:No4``; blank on a first listing."""
        return relisting_note(self.projects[listing.project_id]) if self.is_relisted(listing) else ""


def number(register: Register) -> Numbering:
    """Give the numbers of a register; they are computed once for each."""
    return register.numbering


def computed(register: Register) -> Numbering:
    """Number a register in printed order: projects at their first listing, KPIs at the listing that defines them."""
    projects: dict[str, int] = {}
    first: dict[str, str] = {}
    kpis: dict[str, int] = {}
    for listing in register.listings:
        if listing.project_id not in first:
            first[listing.project_id] = listing.id
            projects[listing.project_id] = len(projects) + 1
        kpi = register.kpi_of(listing)
        if kpi is not None and kpi.defined_by == listing.id:
            kpis[kpi.id] = len(kpis) + 1
    return Numbering(projects=projects, kpis=kpis, first_listing=first)
