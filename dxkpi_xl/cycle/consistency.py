"""What a register must be before it is used: each finding names the place where the office can mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from dxkpi_xl.cycle.model import Listing, Register
from dxkpi_xl.findings import Finding, Place

# Where a value of the register stands: by (id of the thing, name of its field); see places_in_json.
Places = Callable[[str, str], Place]


def owner_field(position: int, part: str) -> str:
    """Give the name of a field of a project's owner, counted from 0: ``owners/0/section``, as its path in JSON."""
    return f"owners/{position}/{part}"


def register_findings(register: Register, place: Places) -> tuple[Finding, ...]:
    """Give every contradiction in a register, in the order of its parts."""
    return tuple(
        finding
        for check in (_repeated_ids, _owners, _projects_listed, _listings, _kpis)
        for finding in check(register, place)
    )


def _repeated_ids(register: Register, place: Places) -> Iterator[Finding]:
    parts: Mapping[str, Iterable[str]] = {
        "部局": (bureau.name for bureau in register.bureaus),
        "部局コード": (bureau.code for bureau in register.bureaus),
        "事業ID": (project.id for project in register.projects),
        "KPI管理番号": (kpi.id for kpi in register.kpis),
        "管理番号": (listing.id for listing in register.listings),
        "分野": (area.no for area in register.plan),
        "項目": (f"{area.no} {item.no}" for area in register.plan for item in area.items),
        "課": (f"{bureau.name} {section.name}" for bureau in register.bureaus for section in bureau.sections),
    }
    for what, ids in parts.items():
        for each, count in Counter(ids).items():
            if count > 1:
                facts = {"what": what, "id": each, "count": str(count)}
                yield Finding(code="T010", place=place(each, "id"), facts=facts)


def _owners(register: Register, place: Places) -> Iterator[Finding]:
    known = {(bureau.name, section.name) for bureau in register.bureaus for section in bureau.sections}
    bureaus = {bureau.name for bureau in register.bureaus}
    for project in register.projects:
        facts = {"id": project.id, "name": project.name}
        if not project.owners:
            yield Finding(code="T011", place=place(project.id, "owners"), facts=facts)
        for position, owner in enumerate(project.owners):
            part = "bureau" if owner.bureau not in bureaus else "section"
            if part == "bureau" or (owner.section and (owner.bureau, owner.section) not in known):
                facts = {"id": project.id, "owner": str(owner)}
                yield Finding(code="T012", place=place(project.id, owner_field(position, part)), facts=facts)


def _projects_listed(register: Register, place: Places) -> Iterator[Finding]:
    listed = {listing.project_id for listing in register.listings}
    for project in register.projects:
        if project.id not in listed:
            facts = {"id": project.id, "name": project.name}
            yield Finding(code="T013", place=place(project.id, "id"), facts=facts)


def _listings(register: Register, place: Places) -> Iterator[Finding]:
    for listing in register.listings:
        if listing.item_key not in register.items:
            facts = {"id": listing.id, "item": f"{listing.area_no} {listing.item_no}"}
            yield Finding(code="T014", place=place(listing.id, "item_no"), facts=facts)
        if listing.project_id not in register.project_by_id:
            facts = {"id": listing.id, "what": "事業ID", "ref": listing.project_id}
            yield Finding(code="T015", place=place(listing.id, "project_id"), facts=facts)
        elif _differs(listing, register):
            facts = {"id": listing.id, "layout": listing.name_layout, "name": register.project_of(listing).name}
            yield Finding(code="T016", place=place(listing.id, "name_layout"), facts=facts)
        if listing.kpi_id and listing.kpi_id not in register.kpi_by_id:
            facts = {"id": listing.id, "what": "KPI管理番号", "ref": listing.kpi_id}
            yield Finding(code="T015", place=place(listing.id, "kpi_id"), facts=facts)


def _differs(listing: Listing, register: Register) -> bool:
    name = register.project_of(listing).name
    return bool(listing.name_layout) and "".join(listing.name_layout.split()) != "".join(name.split())


def _kpis(register: Register, place: Places) -> Iterator[Finding]:
    for kpi in register.kpis:
        listing = register.listing_by_id.get(kpi.defined_by)
        if listing is None or listing.kpi_id != kpi.id:
            facts = {"id": kpi.id, "name": kpi.name, "ref": kpi.defined_by}
            yield Finding(code="T017", place=place(kpi.id, "defined_by"), facts=facts)
