"""Which fields differ between two registers, each said once, at the row where it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Cycle, Kpi, Listing, Project, Register
from dxkpi_xl.cycle.numbering import RELISTED, Numbering
from dxkpi_xl.ledger import choices
from dxkpi_xl.ledger.columns import DIRECTION, IS_NEW, UNIT
from dxkpi_xl.merge.change import FieldChange, Thing
from dxkpi_xl.merge.comparison import Comparison, flat, heading_label, owners_label
from dxkpi_xl.merge.order_changes import order_changes


def field_changes(pair: Comparison) -> tuple[FieldChange, ...]:
    """Give the fields that differ of what both registers have, and those of a KPI that came to or left such a row.

    The settings come first, then row by row; what a whole new or ended row holds is not repeated field by field.
    """
    found = [*_of_listings(pair), *order_changes(pair), *_of_projects(pair), *_of_kpis(pair)]
    place = {listing_id: position for position, listing_id in enumerate(pair.row_order)}
    in_order = sorted(found, key=lambda change: place.get(change.listing_id, len(place)))
    return (*_of_cycle(pair), *in_order)


def _of_cycle(pair: Comparison) -> Iterator[FieldChange]:
    old, new = _printed_settings(pair.before.cycle), _printed_settings(pair.after.cycle)
    for key, before in old.items():
        if before != new[key]:
            yield FieldChange(thing=Thing.CYCLE, id=key, columns=(key,), before=before, after=new[key])


def _printed_settings(cycle: Cycle) -> dict[str, str]:
    """Give the settings that the annex prints or obeys; deadlines and contacts are the survey's."""
    return {
        "year": cycle.year,
        "title": cycle.full_title,
        "document": cycle.document,
        "document_note": cycle.document_note,
        "meeting": cycle.meeting,
        "prefecture": cycle.prefecture,
        "years": "、".join(cycle.years),
        "number_style": choices.NUMBERS.label_of(cycle.number_style),
        "annex_font": cycle.annex_font,
        "paper": cycle.paper,
    }


def _of_listings(pair: Comparison) -> Iterator[FieldChange]:
    for new in pair.after.listings:
        old = pair.before.listing_by_id.get(new.id)
        for columns, before, after in _listing_pairs(pair, old, new) if old else ():
            if before != after:
                yield FieldChange(
                    thing=Thing.LISTING, id=new.id, columns=columns, before=before, after=after, listing_id=new.id
                )


def _listing_pairs(pair: Comparison, old: Listing, new: Listing) -> Iterator[tuple[tuple[str, ...], str, str]]:
    before, after = pair.before, pair.after
    if pair.new_key_of_item.get(old.item_key) != new.item_key:
        headings = heading_label(before, old.item_key), heading_label(after, new.item_key)
        yield (fields.AREA_NAME, fields.ITEM_NAME), *headings
    if pair.old_numbers.is_relisted(old) != pair.new_numbers.is_relisted(new):
        yield (fields.NUMBER,), pair.old_numbers.project_cell(old), pair.new_numbers.project_cell(new)
    if old.project_id != new.project_id:
        yield (fields.PROJECT,), _project_words(before, old), _project_words(after, new)
    elif before.project_of(old).name == after.project_of(new).name:
        yield (fields.PROJECT,), _shown_name(before, old), _shown_name(after, new)
    yield (fields.OUTLINE,), old.outline, new.outline
    yield (fields.TARGET_KIND,), old.target_kind, new.target_kind
    yield (fields.TARGET,), old.target, new.target
    if _kpi_shown(before, old) != _kpi_shown(after, new):
        shown = _kpi_words(before, pair.old_numbers, old), _kpi_words(after, pair.new_numbers, new)
        yield (fields.KPI_NO,), *shown


def _shown_name(register: Register, listing: Listing) -> str:
    return listing.name_layout or register.project_of(listing).name


def _project_words(register: Register, listing: Listing) -> str:
    return f"{listing.project_id} {register.project_of(listing).name}"


def _kpi_shown(register: Register, listing: Listing) -> tuple[str, bool]:
    kpi = register.kpi_of(listing)
    return (kpi.id, kpi.defined_by == listing.id) if kpi else ("", False)


def _kpi_words(register: Register, numbering: Numbering, listing: Listing) -> str:
    kpi = register.kpi_of(listing)
    if kpi is None:
        return ""
    words = f"No{numbering.kpis[kpi.id]} {flat(kpi.name)}"
    return words if kpi.defined_by == listing.id else f"{RELISTED}:{words}"


def _of_projects(pair: Comparison) -> Iterator[FieldChange]:
    for new in pair.after.projects:
        old = pair.before.project_by_id.get(new.id)
        for columns, before, after in _project_pairs(pair, old, new) if old else ():
            if before != after:
                home = pair.home_of_project(new.id)
                yield FieldChange(
                    thing=Thing.PROJECT, id=new.id, columns=columns, before=before, after=after, listing_id=home
                )


def _project_pairs(pair: Comparison, old: Project, new: Project) -> Iterator[tuple[tuple[str, ...], str, str]]:
    yield (fields.PROJECT,), old.name, new.name
    if tuple(map(pair.owner_now, old.owners)) != new.owners:
        yield (fields.BUREAU, fields.SECTION), owners_label(old.owners), owners_label(new.owners)


def _of_kpis(pair: Comparison) -> Iterator[FieldChange]:
    for kpi in {**pair.before.kpi_by_id, **pair.after.kpi_by_id}.values():
        blank = Kpi(id=kpi.id, defined_by=kpi.defined_by, name="")
        old, new = pair.before.kpi_by_id.get(kpi.id, blank), pair.after.kpi_by_id.get(kpi.id, blank)
        home = new.defined_by
        if blank in (old, new) and not (home in pair.before.listing_by_id and home in pair.after.listing_by_id):
            continue  # it came or went with its row
        if old == new:
            continue
        for column, before, after in _kpi_pairs(pair, old, new):
            if before != after:
                yield FieldChange(
                    thing=Thing.KPI, id=kpi.id, columns=(column,), before=before, after=after, listing_id=home
                )


def _kpi_pairs(pair: Comparison, old: Kpi, new: Kpi) -> Iterator[tuple[str, str, str]]:
    before, after = fields.kpi_answers(old, pair.years), fields.kpi_answers(new, pair.years)
    yield from ((key, before[key], after[key]) for key in before)
    yield UNIT, old.unit, new.unit
    yield DIRECTION, choices.DIRECTIONS.label_of(old.direction), choices.DIRECTIONS.label_of(new.direction)
    if pair.before.cycle.year == pair.after.cycle.year:  # in another year nothing is new that was new before
        yield IS_NEW, _flag(old), _flag(new)


def _flag(kpi: Kpi) -> str:
    return choices.FLAG.label_of(choices.YES) if kpi.is_new else ""
