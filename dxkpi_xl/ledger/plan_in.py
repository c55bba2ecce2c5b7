"""The plan sheet becomes areas and their items, in the order of its rows."""

from __future__ import annotations

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Area, Item
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger import values_in
from dxkpi_xl.ledger.columns import LedgerSheet
from dxkpi_xl.ledger.faults import Faults, cell_name
from dxkpi_xl.ledger.named import KnownNames
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.table_in import Table
from dxkpi_xl.ledger.written import TableRow, Written


def read_plan(table: Table, sheet: LedgerSheet, faults: Faults, places: PlaceBook) -> tuple[Area, ...]:
    """Give the areas. Places are of an area's number, and of ``I-3 (1)`` for an item."""
    reader = _PlanReader(sheet, faults)
    for row in table.rows:
        no, item = reader.add(row)
        if no and item.no:
            _note_places(places, row, no, item)
    return reader.areas()


class _PlanReader:
    """Gathers areas and items row by row, with the cells where each was met first."""

    def __init__(self, sheet: LedgerSheet, faults: Faults) -> None:
        self._sheet = sheet
        self._faults = faults
        self._known = KnownNames()
        self._names: dict[str, Written] = {}
        self._items: dict[str, dict[str, tuple[Item, Written]]] = {}

    def add(self, row: TableRow) -> tuple[str, Item]:
        """Add a row, and give its area's number and its item; either number may be blank, which is told."""
        values = {each.key: values_in.text(each, row[each.key], self._faults) for each in self._sheet.columns}
        no = self._known.known(values[fields.AREA_NO])
        item = Item(no=values[fields.ITEM_NO], name=values[fields.ITEM_NAME])
        if no and item.no:
            self._known.add(no)
            self._add_name(no, row[fields.AREA_NAME])
            self._add_item(no, item, row[fields.ITEM_NO])
        return no, item

    def areas(self) -> tuple[Area, ...]:
        """Give the areas so far."""
        return tuple(
            Area(no=no, name=name.text.strip(), items=tuple(item for item, _ in self._items[no].values()))
            for no, name in self._names.items()
        )

    def _add_name(self, no: str, written: Written) -> None:
        first = self._names.setdefault(no, written)
        if written.text and written.text.strip() != first.text.strip():
            what = f"分野「{no}」の{self._sheet.column(fields.AREA_NAME).label}"
            facts = {"what": what, "value": written.text, "theirs": first.text, "other": cell_name(first.place)}
            self._faults.add("T040", written.place, **facts)

    def _add_item(self, no: str, item: Item, written: Written) -> None:
        known = self._items.setdefault(no, {}).setdefault(folded(item.no), (item, written))[1]
        if known is not written:
            what = f"分野「{no}」の{self._sheet.column(fields.ITEM_NO).label}"
            self._faults.add("T039", written.place, what=what, id=item.no, other=cell_name(known.place))


def _note_places(places: PlaceBook, row: TableRow, no: str, item: Item) -> None:
    places.add(no, {"id": row[fields.AREA_NO], "name": row[fields.AREA_NAME]})
    places.add(f"{no} {item.no}", {"id": row[fields.ITEM_NO], "name": row[fields.ITEM_NAME]})
