"""The plan sheet becomes areas and their items, in the order of its rows."""

from __future__ import annotations

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Area, Item
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger import values_in
from dxkpi_xl.ledger.columns import LedgerSheet
from dxkpi_xl.ledger.faults import Faults, PlaceBook, cell_name
from dxkpi_xl.ledger.named import known_name
from dxkpi_xl.ledger.table_in import Table, TableRow, Written


def read_plan(table: Table, sheet: LedgerSheet, faults: Faults, places: PlaceBook) -> tuple[Area, ...]:
    """Give the areas. Places are of an area's number, and of ``I-3 (1)`` for an item."""
    names: dict[str, Written] = {}
    items: dict[str, dict[str, tuple[Item, Written]]] = {}
    for row in table.rows:
        values = {column.key: values_in.text(column, row[column.key], faults) for column in sheet.columns}
        no = known_name(names, values[fields.AREA_NO])
        if not no or not values[fields.ITEM_NO]:
            continue
        _agree(names.setdefault(no, row[fields.AREA_NAME]), row[fields.AREA_NAME], no, sheet, faults)
        item = Item(no=values[fields.ITEM_NO], name=values[fields.ITEM_NAME])
        _add_item(items.setdefault(no, {}), item, row, no, sheet, faults)
        _note_places(places, row, no, item)
    return tuple(
        Area(no=no, name=name.text.strip(), items=tuple(item for item, _ in items[no].values()))
        for no, name in names.items()
    )


def _agree(first: Written, written: Written, no: str, sheet: LedgerSheet, faults: Faults) -> None:
    if written.text and written.text.strip() != first.text.strip():
        what = f"分野「{no}」の{sheet.column(fields.AREA_NAME).label}"
        facts = {"what": what, "value": written.text, "theirs": first.text, "other": cell_name(first.place)}
        faults.add("T040", written.place, **facts)


def _add_item(
    items: dict[str, tuple[Item, Written]], item: Item, row: TableRow, no: str, sheet: LedgerSheet, faults: Faults
) -> None:
    written = row[fields.ITEM_NO]
    known = items.setdefault(folded(item.no), (item, written))[1]
    if known is not written:
        what = f"分野「{no}」の{sheet.column(fields.ITEM_NO).label}"
        faults.add("T039", written.place, what=what, id=item.no, other=cell_name(known.place))


def _note_places(places: PlaceBook, row: TableRow, no: str, item: Item) -> None:
    places.add(no, "id", row[fields.AREA_NO].place)
    places.add(no, "name", row[fields.AREA_NAME].place)
    places.add(f"{no} {item.no}", "id", row[fields.ITEM_NO].place)
    places.add(f"{no} {item.no}", "name", row[fields.ITEM_NAME].place)
