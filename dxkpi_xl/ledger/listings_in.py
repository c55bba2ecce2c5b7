"""The listings' sheet becomes rows in printed order, each with the cells it came from; ids are given where blank."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dxkpi_xl.cycle import fields, ids
from dxkpi_xl.cycle.model import Area, Bureau, Listing, Owner
from dxkpi_xl.ledger import columns, values_in
from dxkpi_xl.ledger.columns import LedgerSheet
from dxkpi_xl.ledger.faults import Faults, cell_name
from dxkpi_xl.ledger.named import KnownNames, NamedPlan
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.table_in import Table
from dxkpi_xl.ledger.written import TableRow, Written

_LAST = Decimal("Infinity")
_NO_NAMES = KnownNames()


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerCells:
    """The two cells that name an owner."""

    bureau: Written
    section: Written


@dataclass(frozen=True, kw_only=True, slots=True)
class ListingRow:
    """A row as written: its listing (``kpi_id`` as it was written), what it says of its project, and its cells.

    ``owner_cells`` stand beside ``owners``, one for one.
    """

    listing: Listing
    order: Decimal
    project_name: str
    owners: tuple[Owner, ...]
    owner_cells: tuple[OwnerCells, ...]
    kpi_role: str
    cells: TableRow


def read_listings(
    table: Table, sheet: LedgerSheet, plan: tuple[Area, ...], bureaus: Sequence[Bureau], faults: Faults
) -> tuple[ListingRow, ...]:
    """Give the rows in printed order: by the plan, then by 掲載順, then as they stand on the sheet."""
    reader = _RowReader(table, sheet, plan, bureaus, faults)
    rows = tuple(reader.row(row) for row in table.rows if _says_something(row))
    rows = tuple(_with_ids(rows, sheet, faults))
    place = {(area.no, item.no): n for n, (area, item) in enumerate((a, i) for a in plan for i in a.items)}
    return tuple(sorted(rows, key=lambda row: (place.get(row.listing.item_key, len(place)), row.order)))


def note_places(table: Table, rows: Sequence[ListingRow], plan: Sequence[Area], places: PlaceBook) -> None:
    """Note where each listing's fields stood; an item of an area that is not in the plan is mended at its area."""
    noted, areas = table.columns_named({fields.LISTING_ID: "id"}), {area.no for area in plan}
    for row in rows:
        if row.listing.area_no not in areas:
            places.add(row.listing.id, {fields.ITEM_NO: row.cells[fields.AREA_NO]})
        places.add_row(row.listing.id, row.cells, noted)


def _says_something(row: TableRow) -> bool:
    """Say whether there is more in a row than a place in the order: people number spare rows ahead."""
    return any(key != columns.ORDER and row.holds(key) for key in row.head.columns)


class _RowReader:
    """Reads rows; what their texts may name is looked up in tables made once."""

    def __init__(
        self, table: Table, sheet: LedgerSheet, plan: tuple[Area, ...], bureaus: Sequence[Bureau], faults: Faults
    ) -> None:
        pairs = ((columns.bureau_key(n), columns.section_key(n)) for n in itertools.count(1))
        self._pairs = tuple(itertools.takewhile(lambda pair: not table.columns.keys().isdisjoint(pair), pairs))
        self._sheet = sheet
        self._faults = faults
        self._plain = [each for each in sheet.columns if each.repeats is None and each.key != columns.ORDER]
        self._plan = NamedPlan(plan)
        self._bureaus = KnownNames(bureau.name for bureau in bureaus)
        self._shared: dict[Owner, Owner] = {}
        self._sections = {bureau.name: KnownNames(each.name for each in bureau.sections) for bureau in bureaus}

    def row(self, row: TableRow) -> ListingRow:
        """Give a row as written; what cannot be read is told."""
        values = {column.key: values_in.text(column, row[column.key], self._faults) for column in self._plain}
        order = values_in.order(self._sheet.column(columns.ORDER), row[columns.ORDER], self._faults)
        area = self._plan.area(values[fields.AREA_NO])
        item = self._plan.item(area, values[fields.ITEM_NO]) if area else None
        listing = Listing(
            id=values[fields.LISTING_ID],
            project_id=values[columns.PROJECT_ID],
            area_no=area.no if area else values[fields.AREA_NO],
            item_no=item.no if item else values[fields.ITEM_NO],
            name_layout=values[columns.NAME_LAYOUT],
            kpi_id=values[columns.KPI_ID],
        )
        owners = tuple(self._owners(row))
        return ListingRow(
            listing=fields.with_listing_answers(listing, values),
            order=_LAST if order is None else order,
            project_name=values[fields.PROJECT],
            owners=tuple(owner for owner, _ in owners),
            owner_cells=tuple(cells for _, cells in owners),
            kpi_role=values[columns.KPI_ROLE],
            cells=row,
        )

    def _owners(self, row: TableRow) -> Iterator[tuple[Owner, OwnerCells]]:
        for bureau_key, section_key in self._pairs:
            if not (row.holds(bureau_key) or row.holds(section_key)):
                continue
            cells = OwnerCells(bureau=row[bureau_key], section=row[section_key])
            name = self._bureaus.known(cells.bureau.text.strip())
            sections = self._sections.get(name, _NO_NAMES)
            if name:
                owner = Owner(bureau=name, section=sections.known(cells.section.text.strip()))
                yield self._shared.setdefault(owner, owner), cells
            elif cells.section.text and not cells.bureau.spoilt:
                label = self._sheet.column(bureau_key).label
                place = cells.bureau.place if cells.bureau.col else cells.section.place
                self._faults.add("T033", place, what=label)


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
        yield row if listing is row.listing else replace(row, listing=listing)


def _tell_given(cell: Written, what: str, given: str, faults: Faults) -> None:
    if not (cell.text or cell.spoilt):
        faults.add("T048", cell.place, what=what, id=given)
