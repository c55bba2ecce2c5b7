"""Rows that end (廃止, 統合), and what follows from it for their relistings and for relisted KPIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Listing
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import Condition
from dxkpi_xl.merge.apply import Draft
from dxkpi_xl.merge.outcomes import RowOutcomes


def ended_rows(ended: Condition, rows: Mapping[str, RowOutcomes]) -> frozenset[str]:
    """Give the listing ids of the issued rows whose merged 区分 ends them."""
    columns = frozenset(clause.column for clause in ended.clauses)
    return frozenset(listing_id for listing_id, row in rows.items() if ended.holds(row.values_in(columns)))


def with_relistings(draft: Draft, ended: frozenset[str]) -> tuple[frozenset[str], tuple[Finding, ...]]:
    """Carry the end of a first listing to its relistings, with a finding for each."""
    first_listing = draft.origin.numbering.first_listing
    findings = []
    carried = set(ended)
    for listing in draft.listings.values():
        first = first_listing.get(listing.project_id, listing.id)
        if first in ended and listing.id not in carried:
            carried.add(listing.id)
            facts = {"id": listing.id, "first": first, "name": _name(draft, listing)}
            findings.append(Finding(code="K011", facts=facts, listing_id=listing.id))
    return frozenset(carried), tuple(findings)


def without_lost_kpis(draft: Draft, listings: tuple[Listing, ...]) -> Iterator[Listing | Finding]:
    """Give the listings, those that relist a KPI which nobody defines any more without it, and a finding for each."""
    shown = {(listing.id, listing.kpi_id) for listing in listings}
    for listing in listings:
        kpi = draft.kpis.get(listing.kpi_id)
        if kpi is None or (kpi.defined_by, kpi.id) in shown:
            yield listing
            continue
        facts = {"id": listing.id, "kpi": kpi.name or kpi.id, "name": _name(draft, listing)}
        yield Finding(code="K012", facts=facts, listing_id=listing.id, column=fields.KPI_NO)
        yield replace(listing, kpi_id="")


def _name(draft: Draft, listing: Listing) -> str:
    return " ".join(draft.projects[listing.project_id].name.split())
