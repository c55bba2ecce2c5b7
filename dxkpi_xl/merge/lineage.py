"""系譜: what became of each project, row and KPI in each year, and the way back from any of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dxkpi_xl import years
from dxkpi_xl.cycle.ids import natural
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.merge.change import Change, ChangeKind, Differences, Thing
from dxkpi_xl.merge.comparison import flat
from dxkpi_xl.merge.differences import compare
from dxkpi_xl.merge.fates import Fate

# What a thing went through in a year in which nothing else is recorded of it.
CONTINUED = "継続"

_THINGS = (Thing.PROJECT, Thing.LISTING, Thing.KPI)


@dataclass(frozen=True, kw_only=True)
class Event:
    """What happened to one thing in one year: ``kind`` is 継続 or a kind of change.

    ``name`` is its name then; ``sources`` are the ids it was made from, or that were merged into it in this year;
    ``into`` is the id that it was merged into.
    """

    id: str
    thing: str
    kind: str
    name: str
    before: str = ""
    after: str = ""
    into: str = ""
    sources: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class YearOfEvents:
    """The events of one cycle, by kind of thing and id."""

    year: str
    events: tuple[Event, ...]


@dataclass(frozen=True, kw_only=True)
class History:
    """The events of all years so far, oldest first."""

    years: tuple[YearOfEvents, ...] = ()

    def with_year(self, added: YearOfEvents) -> History:
        """Give the history with one year added; a year that is there already is replaced, so that a run repeats."""
        others = [each for each in self.years if each.year != added.year]
        return History(years=tuple(sorted([*others, added], key=lambda each: years.western(each.year))))

    @property
    def ids(self) -> frozenset[str]:
        """Every id that was ever given: none of them may be given again."""
        return frozenset(event.id for year in self.years for event in year.events)


def year_of_events(
    before: Register, after: Register, fates: Mapping[str, Fate], differences: Differences | None = None
) -> YearOfEvents:
    """Record a cycle: from the register it started from to the merged one, with what the rows said of their fate.

    ``differences`` are what ``compare`` gave of these, where they are known.
    """
    found = differences or compare(before, after, fates)
    changes = [change for change in found.changes if change.thing in _THINGS]
    events = [*map(_event, changes), *_mergers(changes, before, after)]
    seen = {event.id for event in events}
    events += [event for event in _standing(after) if event.id not in seen]
    order = {thing.value: position for position, thing in enumerate(_THINGS)}
    in_order = sorted(events, key=lambda event: (order[event.thing], natural(event.id)))
    return YearOfEvents(year=after.cycle.year, events=tuple(in_order))


def story(history: History, id_: str) -> tuple[tuple[str, Event], ...]:
    """Give all that led to a thing: (year, event) of itself and its ancestors, oldest first, without plain years."""
    family = {id_, *ancestors(history, id_)}
    return tuple(
        (year.year, event)
        for year in history.years
        for event in year.events
        if event.id in family and event.kind != CONTINUED
    )


def ancestors(history: History, id_: str) -> tuple[str, ...]:
    """Give the ids that a thing descends from by 統合 and 分割, the nearest first; none for one that has none."""
    found: dict[str, None] = {}
    # What a parent took in after its child had left is no ancestor: each is followed back from the year it came in.
    reached: list[tuple[str, int]] = [(id_, len(history.years) - 1)]
    for child, last in reached:
        for position in range(last, -1, -1):
            for event in history.years[position].events:
                sources = event.sources if event.id == child else ()
                for source in sources:
                    if source != id_ and source not in found:
                        found[source] = None
                        reached.append((source, position))
    return tuple(found)


def _event(change: Change) -> Event:
    return Event(
        id=change.id,
        thing=change.thing.value,
        kind=change.kind.value,
        name=change.name,
        before=change.before,
        after=change.after,
        into=change.into,
        sources=change.sources,
        said=change.said,
    )


def _mergers(changes: list[Change], before: Register, after: Register) -> Iterator[Event]:
    """Give the other side of each merger: what was merged into a thing that goes on."""
    parts: dict[tuple[Thing, str], list[Change]] = {}
    born_so = {each.id for each in changes if each.kind is ChangeKind.MERGED and each.sources}
    for change in changes:
        if change.kind is ChangeKind.MERGED and change.into and change.into not in born_so:
            parts.setdefault((change.thing, change.into), []).append(change)
    for (thing, id_), merged in parts.items():
        yield Event(
            id=id_,
            thing=thing.value,
            kind=ChangeKind.MERGED.value,
            name=_name(after, id_) or _name(before, id_),
            before="\n".join(change.name for change in merged),
            after=_name(after, id_),
            sources=tuple(change.id for change in merged),
        )


def _standing(register: Register) -> Iterator[Event]:
    for project in register.projects:
        yield Event(id=project.id, thing=Thing.PROJECT.value, kind=CONTINUED, name=flat(project.name))
    for listing in register.listings:
        name = flat(register.project_of(listing).name)
        yield Event(id=listing.id, thing=Thing.LISTING.value, kind=CONTINUED, name=name)
    for kpi in register.kpis:
        yield Event(id=kpi.id, thing=Thing.KPI.value, kind=CONTINUED, name=flat(kpi.name))


def _name(register: Register, id_: str) -> str:
    if id_ in register.project_by_id:
        return flat(register.project_by_id[id_].name)
    listing = register.listing_by_id.get(id_)
    return flat(register.project_of(listing).name) if listing else ""
