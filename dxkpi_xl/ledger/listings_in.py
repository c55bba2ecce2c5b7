"""The listings' sheet becomes rows in printed order, each with the cells it came from; ids are given where blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dxkpi_xl.cycle import fields, ids
from dxkpi_xl.cycle.model import Area, Bureau, Listing, Owner
from dxkpi_xl.ledger import columns, values_in
from dxkpi_xl.ledger.columns import LedgerSheet
from dxkpi_xl.ledger.faults import Faults, PlaceBook, cell_name
from dxkpi_xl.ledger.named import find_area, find_item, known_name
from dxkpi_xl.ledger.table_in import Table, TableRow, Written

_LAST = Decimal("Infinity")


@dataclass(frozen=True, kw_only=True)
class ListingRow:
    """A row as written: its listing (``kpi_id`` as it was written), what it says of its project, and its cells."""

    listing: Listing
    order: Decimal
    project_name: str
    owners: tuple[Owner, ...]
    kpi_role: str
    cells: TableRow


def read_listings(
    table: Table, sheet: LedgerSheet, plan: tuple[Area, ...], bureaus: Sequence[Bureau], faults: Faults
) -> tuple[ListingRow, ...]:
    """Give the rows in printed order: by the plan, then by 掲載順, then as they stand on the sheet."""
    rows = tuple(_row(row, sheet, plan, bureaus, faults) for row in table.rows if _says_something(row))
    rows = tuple(_with_ids(rows, sheet, faults))
    place = {(area.no, item.no): n for n, (area, item) in enumerate((a, i) for a in plan for i in a.items)}
    return tuple(sorted(rows, key=lambda row: (place.get(row.listing.item_key, len(place)), row.order)))


def note_places(rows: Sequence[ListingRow], plan: Sequence[Area], places: PlaceBook) -> None:
    """Note where each listing's fields stood; an item of an area that is not in the plan is mended at its area."""
    names = {fields.LISTING_ID: "id"}
    for row in rows:
        if row.listing.area_no not in {area.no for area in plan}:
            places.add(row.listing.id, fields.ITEM_NO, row.cells[fields.AREA_NO].place)
        for key, cell in row.cells.cells.items():
            places.add(row.listing.id, names.get(key, key), cell.place)


def _says_something(row: TableRow) -> bool:
    """Say whether there is more in a row than a place in the order: people number spare rows ahead."""
    return any(cell.text or cell.spoilt for key, cell in row.cells.items() if key != columns.ORDER)


def _row(
    row: TableRow, sheet: LedgerSheet, plan: tuple[Area, ...], bureaus: Sequence[Bureau], faults: Faults
) -> ListingRow:
    plain = [column for column in sheet.columns if column.repeats is None and column.key != columns.ORDER]
    values = {column.key: values_in.text(column, row[column.key], faults) for column in plain}
    order = values_in.order(sheet.column(columns.ORDER), row[columns.ORDER], faults)
    area = find_area(plan, values[fields.AREA_NO])
    item = find_item(area, values[fields.ITEM_NO]) if area else None
    listing = Listing(
        id=values[fields.LISTING_ID],
        project_id=values[columns.PROJECT_ID],
        area_no=area.no if area else values[fields.AREA_NO],
        item_no=item.no if item else values[fields.ITEM_NO],
        name_layout=values[columns.NAME_LAYOUT],
        kpi_id=values[columns.KPI_ID],
    )
    return ListingRow(
        listing=fields.with_listing_answers(listing, values),
        order=_LAST if order is None else order,
        project_name=values[fields.PROJECT],
        owners=tuple(_owners(row, sheet, bureaus, faults)),
        kpi_role=values[columns.KPI_ROLE],
        cells=row,
    )


def _owners(row: TableRow, sheet: LedgerSheet, bureaus: Sequence[Bureau], faults: Faults) -> Iterator[Owner]:
    position = 1
    while columns.bureau_key(position) in row.cells or columns.section_key(position) in row.cells:
        bureau_cell, section_cell = row[columns.bureau_key(position)], row[columns.section_key(position)]
        bureau_name = known_name((bureau.name for bureau in bureaus), bureau_cell.text.strip())
        sections = [s.name for bureau in bureaus if bureau.name == bureau_name for s in bureau.sections]
        if bureau_name:
            yield Owner(bureau=bureau_name, section=known_name(sections, section_cell.text.strip()))
        elif section_cell.text and not bureau_cell.spoilt:
            label = sheet.column(columns.bureau_key(position)).label
            faults.add("T033", bureau_cell.place if bureau_cell.place.cell else section_cell.place, what=label)
        position += 1


def _with_ids(rows: Sequence[ListingRow], sheet: LedgerSheet, faults: Faults) -> Iterator[ListingRow]:
    """Give each row with its ids: a blank one gets the next, and so, after it was told, does one used twice."""
    free_listings = ids.free_ids(ids.LISTING_PREFIX, {row.listing.id for row in rows})
    free_projects = ids.free_ids(ids.PROJECT_PREFIX, {row.listing.project_id for row in rows})
    seen: dict[str, Written] = {}
    for row in rows:
        cell, listing = row.cells[fields.LISTING_ID], row.listing
        known = seen.get(listing.id) if listing.id else None
        if known is not None:
            what = sheet.column(fields.LISTING_ID).label
            faults.add("T039", cell.place, what=what, id=listing.id, other=cell_name(known.place))
        if known is not None or not listing.id:
            listing = replace(listing, id=next(free_listings))
            _tell_given(cell, sheet.column(fields.LISTING_ID).label, listing.id, faults)
        if not listing.project_id:
            listing = replace(listing, project_id=next(free_projects))
            project_cell = row.cells[columns.PROJECT_ID]
            _tell_given(project_cell, sheet.column(columns.PROJECT_ID).label, listing.project_id, faults)
        seen[listing.id] = cell
        yield replace(row, listing=listing)


def _tell_given(cell: Written, what: str, given: str, faults: Faults) -> None:
    if not (cell.text or cell.spoilt):
        faults.add("T048", cell.place, what=what, id=given)
