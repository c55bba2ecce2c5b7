"""Which printed numbers are other ones now, and which rows stand elsewhere among the rows of their item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.ledger.columns import ORDER
from dxkpi_xl.merge.change import FieldChange, NumberChange, Thing
from dxkpi_xl.merge.comparison import Comparison, ItemKey, flat


def number_changes(pair: Comparison) -> tuple[NumberChange, ...]:
    """Give the 事業番号 and then the KPI番号 that are other ones now, of things that both registers print."""
    found = []
    old, new = pair.old_numbers, pair.new_numbers
    for project_id, now in new.projects.items():
        was = old.projects.get(project_id, now)
        if was != now:
            name = flat(pair.after.project_by_id[project_id].name)
            home = new.first_listing[project_id]
            found.append(_number(Thing.PROJECT, project_id, home, name, was, now))
    for kpi_id, now in new.kpis.items():
        was = old.kpis.get(kpi_id, now)
        if was != now:
            kpi = pair.after.kpi_by_id[kpi_id]
            found.append(_number(Thing.KPI, kpi_id, kpi.defined_by, flat(kpi.name), was, now))
    return tuple(found)


def _number(thing: Thing, id_: str, listing_id: str, name: str, before: int, after: int) -> NumberChange:
    return NumberChange(thing=thing, id=id_, listing_id=listing_id, name=name, before=before, after=after)


def order_changes(pair: Comparison) -> Iterator[FieldChange]:
    """Give the rows that changed places within their item: as few as explain the new order, places from 1."""
    old_rows, new_rows = _rows_of_items(pair.before), _rows_of_items(pair.after)
    for old_key, new_key in pair.new_key_of_item.items():
        old, new = old_rows.get(old_key, ()), new_rows.get(new_key, ())
        stayed = [row for row in old if row in new], [row for row in new if row in old]
        blocks = SequenceMatcher(None, *stayed, autojunk=False).get_matching_blocks()
        in_order = {row for block in blocks for row in stayed[1][block.b : block.b + block.size]}
        for row in stayed[1]:
            if row not in in_order:
                before, after = str(old.index(row) + 1), str(new.index(row) + 1)
                yield FieldChange(
                    thing=Thing.LISTING, id=row, columns=(ORDER,), before=before, after=after, listing_id=row
                )


def _rows_of_items(register: Register) -> Mapping[ItemKey, tuple[str, ...]]:
    found: dict[ItemKey, tuple[str, ...]] = {}
    for listing in register.listings:
        found[listing.item_key] = (*found.get(listing.item_key, ()), listing.id)
    return found
