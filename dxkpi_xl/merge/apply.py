"""Puts the merged values of issued rows into the register: texts, names, KPIs, and the rows that end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.ids import KPI_PREFIX, LISTING_PREFIX, PROJECT_PREFIX, free_ids, natural
from dxkpi_xl.cycle.model import Kpi, Listing, Project, Register
from dxkpi_xl.merge.given_ids import Given, GivenRow
from dxkpi_xl.merge.outcomes import RowOutcomes

Values = Mapping[str, str]


@dataclass(kw_only=True)
class Draft:
    """A register while it is being changed: things by id, listings in order; frozen again by `register`."""

    origin: Register
    before: Given
    new_rows: list[GivenRow] = field(default_factory=list)
    new_kpis: dict[str, str] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    kpis: dict[str, Kpi] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)

    @classmethod
    def of(cls, register: Register, given: Given) -> Draft:
        """Begin a draft from a register and the ids given before."""
        return cls(
            origin=register,
            before=given,
            projects=dict(register.project_by_id),
            kpis=dict(register.kpi_by_id),
            listings=dict(register.listing_by_id),
        )

    @property
    def years(self) -> tuple[str, ...]:
        """The cycle's year columns."""
        return self.origin.cycle.years

    @cached_property
    def laid_out_names(self) -> Mapping[str, tuple[str, ...]]:
        """The listings that have their project's name in a layout of its own, by project id."""
        found: dict[str, tuple[str, ...]] = {}
        for listing in self.origin.listings:
            if listing.name_layout:
                found[listing.project_id] = (*found.get(listing.project_id, ()), listing.id)
        return found

    # The ids are looked through once, however many things are added.
    @cached_property
    def project_ids(self) -> Iterator[str]:
        """Free ids for new projects."""
        return free_ids(PROJECT_PREFIX, self.before.taken.union(self.projects))

    @cached_property
    def listing_ids(self) -> Iterator[str]:
        """Free ids for new listings."""
        return free_ids(LISTING_PREFIX, self.before.taken.union(self.listings))

    @cached_property
    def kpi_ids(self) -> Iterator[str]:
        """Free ids for new KPIs."""
        return free_ids(KPI_PREFIX, self.before.taken.union(self.kpis))

    def add_kpi(self, listing: Listing, answers: Values) -> Listing:
        """Give a listing a new KPI of its own and the listing that shows it."""
        kpi_id = self.before.kpis.get(listing.id) or next(self.kpi_ids)
        self.new_kpis[listing.id] = kpi_id
        kpi = Kpi(id=kpi_id, defined_by=listing.id, name="", is_new=True)
        self.kpis[kpi.id] = fields.with_kpi_answers(kpi, answers, self.years)
        return replace(listing, kpi_id=kpi.id)

    @property
    def given(self) -> Given:
        """All ids given up to now."""
        known = {row.listing_id for row in self.new_rows}
        rows = (*(row for row in self.before.rows if row.listing_id not in known), *self.new_rows)
        ordered = tuple(sorted(rows, key=lambda row: natural(row.listing_id)))
        return replace(self.before, rows=ordered, kpis=dict(sorted((self.before.kpis | self.new_kpis).items())))

    def register(self, listings: Iterable[Listing]) -> Register:
        """Freeze the draft with its listings in printed order; what no listing shows any more is left out."""
        kept = tuple(listings)
        projects = {listing.project_id for listing in kept}
        kpis = {listing.kpi_id for listing in kept}
        return replace(
            self.origin,
            projects=tuple(project for project in self.projects.values() if project.id in projects),
            kpis=tuple(kpi for kpi in self.kpis.values() if kpi.id in kpis),
            listings=kept,
        )


def kpi_answers_of(values: Values, years: tuple[str, ...]) -> dict[str, str]:
    """Give those of a row's values that its KPI holds."""
    keys = (*fields.KPI_ANSWERS, *(fields.target_key(year) for year in years))
    return {key: values[key] for key in keys if key in values}


def apply_row(draft: Draft, row: RowOutcomes) -> None:
    """Put one issued row's merged values into the draft."""
    values = row.values()
    known = draft.listings[row.listing_id]
    listing = fields.with_listing_answers(known, values) if row.happened else known
    answers = kpi_answers_of(values, draft.years)
    if fields.PROJECT in values:
        listing = _rename(draft, listing, values[fields.PROJECT])
    if answers:
        listing = _apply_kpi(draft, listing, answers)
    if listing != known:  # most rows stay as they are, and their things are the register's own
        draft.listings[row.listing_id] = listing


def _rename(draft: Draft, listing: Listing, name: str) -> Listing:
    project = draft.projects[listing.project_id]
    if name in ("", project.name):
        return listing
    draft.projects[project.id] = replace(project, name=name)
    for other_id in draft.laid_out_names.get(project.id, ()):
        draft.listings[other_id] = replace(draft.listings[other_id], name_layout="")
    return replace(listing, name_layout="")


def _apply_kpi(draft: Draft, listing: Listing, answers: Values) -> Listing:
    kpi = draft.kpis.get(listing.kpi_id)
    if kpi is None:
        return draft.add_kpi(listing, answers) if any(answers.values()) else listing
    draft.kpis[kpi.id] = fields.with_kpi_answers(kpi, answers, draft.years)
    if listing.target_kind == fields.WITHOUT_KPI and not any(answers.values()):
        return replace(listing, kpi_id="")  # the row gave up its KPI
    return listing
