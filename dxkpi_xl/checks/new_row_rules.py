"""Rules about rows that come in as new: a project or a KPI that is there already, here or in another bureau."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice

from dxkpi_xl.checks.cross_rules import name_of
from dxkpi_xl.checks.kpi_series import kpi_columns
from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.checks.year import CheckedYear
from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.cycle.lookup import find_area, find_item
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import folded

# A survey has some ten spare rows a bureau; a file with more new rows than this is spoilt, and comparing each with
# each must end in bounded time.
_MOST_NEW_ROWS = 200
_LONGEST_NAME = 200


@rule("X005", scope=Scope.ACROSS, points_at=(fields.RELIST_OF,))
def twice_under_one_item(year: CheckedYear) -> Iterator[Finding]:
    """A new row relists a project under an item where it stands already, or where another new row relists it."""
    register = year.issued.register
    taken = {(each.project_id, each.item_key): each.id for each in register.listings if not year.has_ended(each.id)}
    for row in year.rows:
        listing = register.listing_by_id.get(row.value(fields.RELIST_OF))
        area = find_area(register.plan, row.value(fields.AREA_NAME))
        item = find_item(area, row.value(fields.ITEM_NAME)) if area else None
        if not row.is_new or listing is None or area is None or item is None:
            continue
        place = (listing.project_id, (area.no, item.no))
        if place in taken:
            facts = {"name": name_of(year, listing.id), "item": item.label, "other": taken[place]}
            yield row.finding("X005", fields.RELIST_OF, **facts)
        taken.setdefault(place, f"{row.survey.addressee}の{row.returned.listing_id}")


@rule("X006", scope=Scope.ACROSS, points_at=(fields.PROJECT,))
def project_known_already(year: CheckedYear) -> Iterator[Finding]:
    """A new project's name is that of another, or nearly: of an existing one, or of a new one of any bureau."""
    known = [(name_of(year, first), first) for first in year.numbering.first_listing.values()]
    for row in _new_projects(year):
        name = row.value(fields.PROJECT)
        other = next(((theirs, who) for theirs, who in known if _similar(name, theirs, year.policy.similarity)), None)
        if other:
            yield row.finding("X006", fields.PROJECT, value=quoted(name), other=f"「{quoted(other[0])}」({other[1]})")
        known.append((name, who_added(row)))


def who_added(row: CheckedRow) -> str:
    """Give how a message names a row of any bureau: 管理番号, on a new row with its addressee."""
    return f"{row.survey.addressee}の{row.returned.listing_id}" if row.is_new else row.returned.listing_id


def _new_projects(year: CheckedYear) -> Iterator[CheckedRow]:
    named = (row for row in year.rows if row.is_new and row.value(fields.PROJECT) and not row.value(fields.RELIST_OF))
    return islice(named, _MOST_NEW_ROWS)


def _similar(one: str, other: str, threshold: float) -> bool:
    matcher = SequenceMatcher(None, folded(one)[:_LONGEST_NAME], folded(other)[:_LONGEST_NAME], autojunk=False)
    return min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= threshold and matcher.ratio() >= threshold


@dataclass(frozen=True, kw_only=True)
class _Definition:
    """A KPI that is defined: by whom, and its values by column key."""

    who: str
    values: Mapping[str, str]


@rule("X002", "X003", scope=Scope.ACROSS, points_at=(fields.KPI_NAME,))
def kpi_defined_twice(year: CheckedYear) -> Iterator[Finding]:
    """A row defines a KPI of a name that another row has defined: with other values (X002), or the same (X003)."""
    register = year.issued.register
    defined: dict[str, _Definition] = {}
    for kpi in register.kpis:
        values = year.said.get(kpi.defined_by, {})
        if values.get(fields.KPI_NAME):
            defined.setdefault(folded(values[fields.KPI_NAME]), _Definition(who=kpi.defined_by, values=values))
    for row in _new_definitions(year):
        name = row.value(fields.KPI_NAME)
        other = defined.get(folded(name))
        if other is not None and other.who != row.returned.listing_id:
            code = "X002" if any(_says_other(row, other, column.key) for column in kpi_columns(row)) else "X003"
            yield row.finding(code, fields.KPI_NAME, value=quoted(name), other=other.who)
        who = who_added(row)
        defined.setdefault(folded(name), _Definition(who=who, values=row.values))


def _new_definitions(year: CheckedYear) -> Iterator[CheckedRow]:
    """Give the rows that name a KPI of their own which the register did not know."""
    for row in year.rows:
        if row.kpi is None and row.is_answered(fields.KPI_NAME) and row.value(fields.KPI_NAME) and not row.ends:
            yield row


def _says_other(row: CheckedRow, other: _Definition, key: str) -> bool:
    ours, theirs = row.value(key), other.values.get(key, "")
    return bool(ours and theirs) and kpi_value.plain(ours).replace(",", "") != kpi_value.plain(theirs).replace(",", "")
