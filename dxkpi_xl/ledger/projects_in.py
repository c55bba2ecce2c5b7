"""The projects that the listings speak of: what rows of one project say must agree; and who defines which KPI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dxkpi_xl.cycle import fields, ids
from dxkpi_xl.cycle.consistency import owner_field
from dxkpi_xl.cycle.model import Kpi, Listing, Project
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger import columns
from dxkpi_xl.ledger.choices import DEFINES
from dxkpi_xl.ledger.columns import LedgerSheet
from dxkpi_xl.ledger.faults import Faults, cell_name
from dxkpi_xl.ledger.listings_in import ListingRow
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.written import Written


def read_projects(
    rows: Sequence[ListingRow], sheet: LedgerSheet, faults: Faults, places: PlaceBook
) -> tuple[Project, ...]:
    """Give the projects in the order of their ids; rows are in printed order, and the first one that says it leads."""
    by_project: dict[str, list[ListingRow]] = {}
    for row in rows:
        by_project.setdefault(row.listing.project_id, []).append(row)
    projects = ids.in_id_order(_project(id_, its, sheet, faults, places) for id_, its in by_project.items())
    _tell_same_names(by_project, projects, sheet, faults)
    return projects


def _project(id_: str, rows: Sequence[ListingRow], sheet: LedgerSheet, faults: Faults, places: PlaceBook) -> Project:
    named = next((row for row in rows if row.project_name), rows[0])
    owned = next((row for row in rows if row.owners), rows[0])
    if not named.project_name and not named.cells[fields.PROJECT].spoilt:
        faults.add("T033", named.cells[fields.PROJECT].place, what=sheet.column(fields.PROJECT).label)
    for row in rows:
        if row.project_name and row.project_name != named.project_name:
            label = sheet.column(fields.PROJECT).label
            _tell_difference(f"事業 {id_} の{label}", fields.PROJECT, (named, named.project_name), row, faults)
        if row.owners and row.owners != owned.owners:
            theirs = "、".join(str(owner) for owner in owned.owners)
            _tell_difference(f"事業 {id_} の担当", columns.bureau_key(1), (owned, theirs), row, faults)
    _note_places(id_, rows[0], named, owned, places)
    return Project(id=id_, name=named.project_name, owners=owned.owners)


def _note_places(id_: str, first: ListingRow, named: ListingRow, owned: ListingRow, places: PlaceBook) -> None:
    cells = {
        "id": first.cells[columns.PROJECT_ID],
        "name": named.cells[fields.PROJECT],
        "owners": owned.cells[columns.bureau_key(1)],
    }
    for position, theirs in enumerate(owned.owner_cells):
        cells[owner_field(position, "bureau")] = theirs.bureau
        cells[owner_field(position, "section")] = theirs.section
    places.add(id_, cells)


def _tell_difference(what: str, key: str, first: tuple[ListingRow, str], row: ListingRow, faults: Faults) -> None:
    leading, theirs = first
    value = row.project_name if key == fields.PROJECT else "、".join(str(owner) for owner in row.owners)
    other = cell_name(leading.cells[key].place)
    faults.add("T040", row.cells[key].place, what=what, value=value, theirs=theirs, other=other)


def _tell_same_names(
    by_project: Mapping[str, Sequence[ListingRow]], projects: Sequence[Project], sheet: LedgerSheet, faults: Faults
) -> None:
    """Ask of a row that was given a new project id, but has the name of another project, whether it is relisted."""
    first: dict[str, Project] = {}
    for project in projects:
        first.setdefault(folded(project.name), project)
    for id_, rows in by_project.items():
        row = rows[0]
        if row.cells[columns.PROJECT_ID].text or not row.project_name:
            continue
        same = first[folded(row.project_name)]
        if same.id != id_:
            other = by_project[same.id][0].cells[fields.PROJECT]
            facts = {"name": row.project_name, "other": cell_name(other.place), "id": same.id}
            label = sheet.column(columns.PROJECT_ID).label
            faults.add("T049", row.cells[columns.PROJECT_ID].place, what=label, **facts)


def resolve_kpis(
    rows: Sequence[ListingRow], kpis: Sequence[Kpi], sheet: LedgerSheet, faults: Faults
) -> tuple[tuple[Listing, ...], tuple[Kpi, ...]]:
    """Give the listings with the ids of their KPIs, and the KPIs with the listing that defines each."""
    meant = _what_names_a_kpi(kpis)
    exact = {kpi.id for kpi in kpis}
    resolved = []
    for row in rows:
        written = row.listing.kpi_id
        kpi_id = written if written in exact else meant.get(folded(written), written)
        known = kpi_id == written
        resolved.append(row if known else replace(row, listing=replace(row.listing, kpi_id=kpi_id)))
    defined = _definitions(resolved, sheet, faults)
    return (
        tuple(row.listing for row in resolved),
        tuple(replace(kpi, defined_by=defined.get(kpi.id, "")) for kpi in kpis),
    )


def _what_names_a_kpi(kpis: Sequence[Kpi]) -> Mapping[str, str]:
    """Give the ids by folded name, where only one KPI has it, and by folded id, which goes before a name."""
    names = Counter(folded(kpi.name) for kpi in kpis)
    by_name = {folded(kpi.name): kpi.id for kpi in kpis if kpi.name and names[folded(kpi.name)] == 1}
    return by_name | {folded(kpi.id): kpi.id for kpi in kpis}


def _definitions(rows: Sequence[ListingRow], sheet: LedgerSheet, faults: Faults) -> Mapping[str, str]:
    claims: dict[str, tuple[str, Written]] = {}
    for row in _claiming(rows, sheet, faults):
        cell = row.cells[columns.KPI_ROLE]
        first = claims.setdefault(row.listing.kpi_id, (row.listing.id, cell))[1]
        if first is not cell:
            faults.add("T041", cell.place, id=row.listing.kpi_id, other=cell_name(first.place))
    # A row whose role was left blank (which has been told) stands in where no row claims its KPI: one fault, one word.
    for row in rows:
        if row.listing.kpi_id and not row.kpi_role:
            claims.setdefault(row.listing.kpi_id, (row.listing.id, row.cells[columns.KPI_ROLE]))
    return {kpi_id: listing_id for kpi_id, (listing_id, _) in claims.items()}


def _claiming(rows: Sequence[ListingRow], sheet: LedgerSheet, faults: Faults) -> Iterator[ListingRow]:
    role, kpi = sheet.column(columns.KPI_ROLE).label, sheet.column(columns.KPI_ID).label
    for row in rows:
        role_cell, kpi_cell = row.cells[columns.KPI_ROLE], row.cells[columns.KPI_ID]
        if role_cell.text and not row.listing.kpi_id and not kpi_cell.spoilt:
            faults.add("T042", kpi_cell.place, has=role, lacks=kpi)
        elif row.listing.kpi_id and not role_cell.text and not role_cell.spoilt:
            faults.add("T042", role_cell.place, has=kpi, lacks=role)
        elif row.listing.kpi_id and row.kpi_role == DEFINES:
            yield row
