"""Rules about rows that come in as new: a project or a KPI that is there already, here or in another bureau."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import NamedTuple

from dxkpi_xl.checks.cross_rules import name_of
from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.checks.subject import kpi_shown
from dxkpi_xl.checks.year import CheckedYear
from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.cycle.lookup import find_area, find_item
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import folded
from dxkpi_xl.returns.model import ReturnedRow

# A survey has some ten spare rows a bureau; a file with more new rows than this is spoilt, and comparing each with
# each must end in bounded time.
_MOST_NEW_ROWS = 200
_LONGEST_NAME = 200


@rule("X005", scope=Scope.ACROSS, points_at=(fields.RELIST_OF,))
def twice_under_one_item(year: CheckedYear) -> Iterator[Finding]:
    """A new row relists a project under an item where it stands already, or where another new row relists it."""
    register = year.issued.register
    relisting = list(year.rows(lambda each: each.value(fields.RELIST_OF) in register.listing_by_id))
    projects = {register.listing_by_id[row.value(fields.RELIST_OF)].project_id for row in relisting}
    listed = [each for each in register.listings if each.project_id in projects]
    taken = {(each.project_id, each.item_key): each.id for each in listed if not year.has_ended(each.id)}
    for row in relisting:
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
    added = list(_new_projects(year))
    firsts = year.numbering.first_listing.values() if added else ()
    known = _Names(year.policy.similarity)
    for first in firsts:
        known.add(_known(name_of(year, first), first))
    for row in added:
        name = _known(row.value(fields.PROJECT), who_added(row))
        other = known.first_like(name)
        if other:
            facts = {"value": quoted(name.name), "other": f"「{quoted(other.name)}」({other.who})"}
            yield row.finding("X006", fields.PROJECT, **facts)
        known.add(name)


def who_added(row: CheckedRow) -> str:
    """Give how a message names a row of any bureau: 管理番号, on a new row with its addressee."""
    return f"{row.survey.addressee}の{row.returned.listing_id}" if row.is_new else row.returned.listing_id


def _new_projects(year: CheckedYear) -> Iterator[CheckedRow]:
    known = year.issued.register.listing_by_id

    def is_named(row: ReturnedRow) -> bool:
        return row.listing_id not in known and bool(row.value(fields.PROJECT)) and not row.value(fields.RELIST_OF)

    return islice(year.rows(is_named), _MOST_NEW_ROWS)


class _Known(NamedTuple):
    """A project's name: as written, whose row it is, as compared."""

    name: str
    who: str
    folded: str
    letters: frozenset[str]


def _known(name: str, who: str) -> _Known:
    compared = folded(name)[:_LONGEST_NAME]
    return _Known(name, who, compared, frozenset(compared))


class _Names:
    """Names in the order in which they became known; only those of a like length are compared with another."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._by_length: dict[int, list[tuple[int, _Known]]] = {}
        self._count = 0

    def add(self, name: _Known) -> None:
        self._by_length.setdefault(len(name.folded), []).append((self._count, name))
        self._count += 1

    def first_like(self, name: _Known) -> _Known | None:
        like = (
            (n, other)
            for length, others in self._by_length.items()
            if _most_alike(length, len(name.folded)) >= self._threshold
            for n, other in others
            if _similar(name, other, self._threshold)
        )
        return min(like, key=lambda each: each[0], default=(0, None))[1]


def _most_alike(length: int, other: int) -> float:
    """Give the most that ``SequenceMatcher.ratio()`` can be of texts of two lengths."""
    return 2 * min(length, other) / (length + other) if length + other else 1.0


def _similar(one: _Known, other: _Known, threshold: float) -> bool:
    """Say whether two names are alike; the cheap bounds of ``SequenceMatcher.ratio()`` come first.

    Letters that stand in both can match as often as one of the names repeats any.
    """
    both = len(one.folded) + len(other.folded)
    if not both:
        return threshold <= 1
    repeated = len(one.folded) - len(one.letters)
    if 2 * (len(one.letters & other.letters) + repeated) / both < threshold:
        return False
    matcher = SequenceMatcher(None, one.folded, other.folded, autojunk=False)
    return matcher.quick_ratio() >= threshold and matcher.ratio() >= threshold


@dataclass(frozen=True, kw_only=True)
class _Definition:
    """A KPI that is defined: by whom, and its values by column key."""

    who: str
    values: Mapping[str, str]


@rule("X002", "X003", scope=Scope.ACROSS, points_at=(fields.KPI_NAME,))
def kpi_defined_twice(year: CheckedYear) -> Iterator[Finding]:
    """A row defines a KPI of a name that another row has defined: with other values (X002), or the same (X003)."""
    register = year.issued.register
    added = list(_new_definitions(year))
    names = {folded(row.value(fields.KPI_NAME)) for row in added}
    defined: dict[str, _Definition] = {}
    for kpi in register.kpis if added else ():
        values = year.said(kpi.defined_by) if kpi.defined_by in register.listing_by_id else {}
        name = folded(values.get(fields.KPI_NAME, ""))
        if name and name in names:
            defined.setdefault(name, _Definition(who=kpi.defined_by, values=values))
    for row in added:
        name = row.value(fields.KPI_NAME)
        other = defined.get(folded(name))
        if other is not None and other.who != row.returned.listing_id:
            code = "X002" if any(_says_other(row, other, column.key) for column in row.kpi_columns) else "X003"
            yield row.finding(code, fields.KPI_NAME, value=quoted(name), other=other.who)
        who = who_added(row)
        defined.setdefault(folded(name), _Definition(who=who, values=row.values))


def _new_definitions(year: CheckedYear) -> Iterator[CheckedRow]:
    """Give the rows that name a KPI of their own which the register did not know."""

    def names_one(row: ReturnedRow) -> bool:
        return bool(row.value(fields.KPI_NAME)) and kpi_shown(year.issued, row.listing_id) is None

    return (row for row in year.rows(names_one) if not row.ends)


def _says_other(row: CheckedRow, other: _Definition, key: str) -> bool:
    ours, theirs = row.value(key), other.values.get(key, "")
    return bool(ours and theirs) and kpi_value.plain(ours).replace(",", "") != kpi_value.plain(theirs).replace(",", "")
