"""Which printed numbers are other ones now, and which rows stand elsewhere among the rows of their item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
        stayed = _in_both(old, new)
        if stayed[0] == stayed[1]:
            continue
        blocks = SequenceMatcher(None, *stayed, autojunk=False).get_matching_blocks()
        in_order = {row for block in blocks for row in stayed[1][block.b : block.b + block.size]}
        old_places, new_places = ({row: n for n, row in enumerate(rows, start=1)} for rows in (old, new))
        for row in stayed[1]:
            if row not in in_order:
                before, after = str(old_places[row]), str(new_places[row])
                yield FieldChange(
                    thing=Thing.LISTING, id=row, columns=(ORDER,), before=before, after=after, listing_id=row
                )


def _in_both(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    both = set(old) & set(new)
    return [row for row in old if row in both], [row for row in new if row in both]


def _rows_of_items(register: Register) -> Mapping[ItemKey, Sequence[str]]:
    found: dict[ItemKey, list[str]] = {}
    for listing in register.listings:
        found.setdefault(listing.item_key, []).append(listing.id)
    return found
