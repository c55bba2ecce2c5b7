"""What came, went, moved, changed hands or changed its name between two registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.lookup import find_listing_id
from dxkpi_xl.cycle.model import Listing, Project
from dxkpi_xl.merge.change import Change, ChangeKind, Thing
from dxkpi_xl.merge.comparison import Comparison, flat, heading_label, owners_label
from dxkpi_xl.merge.fates import SPLIT_WORD, Fate, projects_named

_NO_FATE = Fate(listing_id="")
_MADE_BY: Mapping[str, ChangeKind] = {SPLIT_WORD: ChangeKind.SPLIT, fields.MERGED: ChangeKind.MERGED}


def thing_changes(pair: Comparison, fates: Mapping[str, Fate]) -> tuple[Change, ...]:
    """Give the changes of projects, rows and KPIs in printed order, a project's before its rows'."""
    changes = _Changes(pair=pair, fates=fates)
    made = tuple(changes.births_of_projects())
    found = [*made, *changes.ends_of_projects(made), *changes.of_listings(), *changes.of_projects(), *changes.of_kpis()]
    place = {listing_id: position for position, listing_id in enumerate(pair.row_order)}
    return tuple(sorted(found, key=lambda change: place.get(change.listing_id, len(place))))


@dataclass(frozen=True, kw_only=True)
class _Changes:
    """Finds the changes of one comparison."""

    pair: Comparison
    fates: Mapping[str, Fate]

    def births_of_projects(self) -> Iterator[Change]:
        """Give the projects that are new, and what they were made from where the remark names it."""
        for project in self.pair.after.projects:
            if project.id in self.pair.before.project_by_id:
                continue
            home = self.pair.home_of_project(project.id)
            note = self._fate(home).note
            word = next((word for word in _MADE_BY if word in note), "")
            sources = projects_named(note, self.pair.before) if word else ()
            yield Change(
                kind=_MADE_BY[word] if sources else ChangeKind.NEW,
                thing=Thing.PROJECT,
                id=project.id,
                listing_id=home,
                name=flat(project.name),
                before="\n".join(self._name_of(source) for source in sources),
                after=flat(project.name),
                sources=sources,
                said=self._fate(home).said,
            )

    def ends_of_projects(self, made: tuple[Change, ...]) -> Iterator[Change]:
        """Give the projects that are gone; one that a new project says it was made of is merged into that."""
        heirs = {source: new.id for new in made if new.kind is ChangeKind.MERGED for source in new.sources}
        for project in self.pair.before.projects:
            if project.id in self.pair.after.project_by_id:
                continue
            home = self.pair.home_of_project(project.id)
            fate = self._fate(home)
            target = self.pair.before.listing_by_id.get(self._merged_into(fate))
            into = target.project_id if target else heirs.get(project.id, "")
            is_merged = bool(into) or fate.change_kind == fields.MERGED
            yield Change(
                kind=ChangeKind.MERGED if is_merged else ChangeKind.ENDED,
                thing=Thing.PROJECT,
                id=project.id,
                listing_id=home,
                name=flat(project.name),
                before=flat(project.name),
                after=self._name_of(into) if into else "",
                into=into,
                said=fate.said,
            )

    def of_listings(self) -> Iterator[Change]:
        """Give the rows that are new, gone, or stand under another item."""
        before, after = self.pair.before, self.pair.after
        for listing_id in self.pair.row_order:
            old, new = before.listing_by_id.get(listing_id), after.listing_by_id.get(listing_id)
            if old is None and new is not None:
                label = heading_label(after, new.item_key)
                said = self._fate(listing_id).said
                yield self._of_listing(ChangeKind.NEW, new, "", label, said=said)
            elif old is not None and new is None:
                yield self._end_of_listing(old)
            elif old and new and self.pair.new_key_of_item.get(old.item_key) != new.item_key:
                headings = heading_label(before, old.item_key), heading_label(after, new.item_key)
                yield self._of_listing(ChangeKind.MOVED, new, *headings)

    def of_projects(self) -> Iterator[Change]:
        """Give the projects in other hands and those with another name, white space aside."""
        for new in self.pair.after.projects:
            old = self.pair.before.project_by_id.get(new.id)
            if old is None:
                continue
            if tuple(map(self.pair.owner_now, old.owners)) != new.owners:
                owners = owners_label(old.owners), owners_label(new.owners)
                yield self._of_project(ChangeKind.TRANSFERRED, new, *owners)
            if flat(old.name) != flat(new.name):
                yield self._of_project(ChangeKind.RENAMED, new, flat(old.name), flat(new.name))

    def of_kpis(self) -> Iterator[Change]:
        """Give the KPIs that are new, gone, or have another name, white space aside."""
        old_kpis, new_kpis = self.pair.before.kpi_by_id, self.pair.after.kpi_by_id
        for kpi in {**old_kpis, **new_kpis}.values():
            old, new = old_kpis.get(kpi.id), new_kpis.get(kpi.id)
            before, after = flat(old.name) if old else "", flat(new.name) if new else ""
            kind = ChangeKind.RENAMED if old and new else ChangeKind.NEW if new else ChangeKind.ENDED
            if kind is not ChangeKind.RENAMED or before != after:
                yield Change(
                    kind=kind,
                    thing=Thing.KPI,
                    id=kpi.id,
                    listing_id=kpi.defined_by,
                    name=after or before,
                    before=before,
                    after=after,
                )

    def _end_of_listing(self, old: Listing) -> Change:
        own, label = self._fate(old.id), heading_label(self.pair.before, old.item_key)
        if own.change_kind not in (fields.ABOLISHED, fields.MERGED):
            # The end of a first listing carries to its relistings.
            own = self._fate(self.pair.old_numbers.first_listing[old.project_id])
        into = self._merged_into(own)
        target = self.pair.before.listing_by_id.get(into)
        kind = ChangeKind.MERGED if own.change_kind == fields.MERGED else ChangeKind.ENDED
        name = self._name_of(target.project_id) if target else ""
        return self._of_listing(kind, old, label, name, into=into, said=own.said)

    def _of_listing(
        self, kind: ChangeKind, listing: Listing, before: str, after: str, *, into: str = "", said: str = ""
    ) -> Change:
        return Change(
            kind=kind,
            thing=Thing.LISTING,
            id=listing.id,
            listing_id=listing.id,
            name=self._name_of(listing.project_id),
            before=before,
            after=after,
            into=into,
            said=said,
        )

    def _of_project(self, kind: ChangeKind, project: Project, before: str, after: str) -> Change:
        home = self.pair.home_of_project(project.id)
        return Change(
            kind=kind,
            thing=Thing.PROJECT,
            id=project.id,
            listing_id=home,
            name=flat(project.name),
            before=before,
            after=after,
            said=self._fate(home).note,
        )

    def _fate(self, listing_id: str) -> Fate:
        return self.fates.get(listing_id, _NO_FATE)

    def _merged_into(self, fate: Fate) -> str:
        if fate.change_kind != fields.MERGED:
            return ""
        return find_listing_id(self.pair.before, fate.merge_into) or ""

    def _name_of(self, project_id: str) -> str:
        project = self.pair.after.project_by_id.get(project_id) or self.pair.before.project_by_id[project_id]
        return flat(project.name)
