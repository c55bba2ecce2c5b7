"""The domain as values: Cycle, Area, Item, Bureau, Section, Owner, Project, Listing, Kpi, Register."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dxkpi_xl import years
from dxkpi_xl.cycle.numbering import Numbering, computed
from dxkpi_xl.form.columns import folded

# How KPI numbers are printed: with a comma at every three digits, or just as they were written.
COMMA = "comma"
AS_WRITTEN = "as_written"
NUMBER_STYLES = (COMMA, AS_WRITTEN)

# To whom one survey workbook goes: each 部 (bureau) or each 課 (section).
PER_BUREAU = "部"
PER_SECTION = "課"
DISTRIBUTIONS = (PER_BUREAU, PER_SECTION)

# What the annex shows of a field on which owners disagree, until the office decides: what was issued, or the lead's.
AS_ISSUED = "issued"
BY_LEAD = "lead"
CONFLICT_POLICIES = (AS_ISSUED, BY_LEAD)

# Where a relisted row's outline, target and KPI come from: the row where it says any, or always its project's first.
OWN_CONTENT = "own"
ORIGINAL_CONTENT = "original"
RELISTING_POLICIES = (OWN_CONTENT, ORIGINAL_CONTENT)

# House style of print: the width of digits and letters, the sign of "not set", the Roman numerals of area numbers.
HALF_WIDTH, FULL_WIDTH = "half", "full"
CHARACTER_WIDTHS = (AS_WRITTEN, HALF_WIDTH, FULL_WIDTH)
HALF_DASH, FULL_DASH = "-", "－"
NOT_SET_SIGNS = (HALF_DASH, FULL_DASH)
ROMAN_LETTERS, ROMAN_SIGNS = "letters", "signs"
ROMAN_NUMERALS = (AS_WRITTEN, ROMAN_LETTERS, ROMAN_SIGNS)

# Where the annex's document number stands: above its table, or in the page's header.
ABOVE_TABLE, IN_HEADER = "table", "header"
DOCUMENT_PLACES = (ABOVE_TABLE, IN_HEADER)

# Bounds of the annex's body type in points: under 8 a council cannot read it, over 14 no column holds it.
LEAST_BODY, MOST_BODY = 8, 14
# Bounds of its margins in millimetres: header and footer stand half-way in them, and printers need some 4 mm.
LEAST_MARGIN, MOST_MARGIN = 8, 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Whom to call: section, person, extension and mail address, each as printed; may be blank."""

    section: str = ""
    person: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnexMargins:
    """The annex's margins in whole millimetres from the paper's edge."""

    top: int = 12
    bottom: int = 14
    left: int = 12
    right: int = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Cycle:
    """One year's survey: its form, year, titles, deadlines, contact, year columns and house style.

    ``title`` may hold ``{year_label}``; ``years`` are the keys of the year columns in order (``R4`` … ``R7``).
    ``annex_body`` is in points; ``annex_date`` is printed at the foot as it stands, a text and no clock.
    """

    form: str
    year: str
    title: str
    document: str
    years: tuple[str, ...]
    document_note: str = ""
    meeting: str = ""
    prefecture_code: str = ""
    prefecture: str = ""
    section_deadline: datetime.date | None = None
    office_deadline: datetime.date | None = None
    contact: Contact = Contact()
    spare_rows: int = 10
    distribute_to: str = PER_BUREAU
    number_style: str = COMMA
    survey_font: str = "BIZ UDゴシック"
    annex_font: str = "BIZ UDゴシック"
    paper: str = "A3"
    conflict_policy: str = AS_ISSUED
    relisting_policy: str = OWN_CONTENT
    character_width: str = AS_WRITTEN
    not_set_sign: str = HALF_DASH
    roman_numerals: str = AS_WRITTEN
    annex_body: float = 9
    margins: AnnexMargins = AnnexMargins()
    annex_date: str = ""
    document_place: str = ABOVE_TABLE
    open_data_bom: bool = True

    @property
    def year_label(self) -> str:
        """The year in words: 令和6年度."""
        return years.year_label(self.year)

    @property
    def full_title(self) -> str:
        """The title as printed, the year filled in."""
        return self.title.replace("{year_label}", self.year_label)

    @property
    def full_document(self) -> str:
        """The document's number with its note, as printed: 【資料2-4】(参考資料)."""
        return f"{self.document}{self.document_note}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A heading of the plan below an area: number and name; 「計画」 is an item with a number and no name."""

    no: str
    name: str = ""

    @property
    def label(self) -> str:
        """Number and name on one line, as shown in a list to choose from."""
        return " ".join(f"{self.no} {self.name}".split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A heading of the plan: I-3 公務能率の向上に向けた取組, with its items in order."""

    no: str
    name: str
    items: tuple[Item, ...] = ()

    @property
    def label(self) -> str:
        """Number and name on one line, as shown in a list to choose from."""
        return " ".join(f"{self.no} {self.name}".split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A 課 of a bureau, with a code for life."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bureau:
    """A 部局: code for life, sections, the section that answers for it (主管課) and its mail address."""

    code: str
    name: str
    sections: tuple[Section, ...] = ()
    lead_section: str = ""
    mail: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """Who is in charge of a project: bureau and section by name."""

    bureau: str
    section: str

    def __str__(self) -> str:
        return f"{self.bureau} {self.section}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Project:
    """A 事業 with an id for life; the first owner is 主担当."""

    id: str
    name: str
    owners: tuple[Owner, ...]

    @property
    def lead(self) -> Owner:
        """The owner in the lead (主担当)."""
        return self.owners[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kpi:
    """An indicator with an id for life; values are kept as written, by year key, blank ones left out.

    ``defined_by`` is the id of the one listing that defines it; ``direction`` is ``up``, ``down``, ``keep`` or blank.
    """

    id: str
    defined_by: str
    name: str
    is_new: bool = False
    unit: str = ""
    direction: str = ""
    baseline: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A 掲載行: a project placed under an item of the plan, with an id for life.

    ``area_no`` and ``item_no`` name the item. ``name_layout`` is the project's name with this row's own line breaks,
    blank for the project's own. A relisted row whose texts and KPI are blank shares those of its project's first row.
    """

    id: str
    project_id: str
    area_no: str
    item_no: str
    name_layout: str = ""
    outline: str = ""
    target_kind: str = ""
    target: str = ""
    kpi_id: str = ""

    @property
    def item_key(self) -> tuple[str, str]:
        """The item it stands under."""
        return (self.area_no, self.item_no)

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing of its own."""
        return not (self.outline or self.target_kind or self.target or self.kpi_id)


@dataclass(frozen=True, kw_only=True)
class Register:
    """台帳: all listings of one cycle, complete and in printed order; the program's one truth."""

    cycle: Cycle
    plan: tuple[Area, ...]
    bureaus: tuple[Bureau, ...]
    projects: tuple[Project, ...]
    kpis: tuple[Kpi, ...]
    listings: tuple[Listing, ...]

    @cached_property
    def project_by_id(self) -> Mapping[str, Project]:
        """Projects by id."""
        return {project.id: project for project in self.projects}

    @cached_property
    def kpi_by_id(self) -> Mapping[str, Kpi]:
        """KPIs by id."""
        return {kpi.id: kpi for kpi in self.kpis}

    @cached_property
    def listing_by_id(self) -> Mapping[str, Listing]:
        """Listings by id."""
        return {listing.id: listing for listing in self.listings}

    @cached_property
    def listings_of_bureau(self) -> Mapping[str, tuple[Listing, ...]]:
        """Listings in printed order by the name of each bureau that owns them."""
        found: dict[str, list[Listing]] = {}
        for listing in self.listings:
            for bureau in dict.fromkeys(owner.bureau for owner in self.project_of(listing).owners):
                found.setdefault(bureau, []).append(listing)
        return {bureau: tuple(listings) for bureau, listings in found.items()}

    @cached_property
    def numbering(self) -> Numbering:
        """The numbers that are computed."""
        return computed(self)

    @cached_property
    def listing_id_by_folded(self) -> Mapping[str, str]:
        """Listing ids as written, by the id folded for comparison; the first of equals."""
        return {folded(listing.id): listing.id for listing in reversed(self.listings)}

    @cached_property
    def bureau_by_name(self) -> Mapping[str, Bureau]:
        """Bureaus by name."""
        return {bureau.name: bureau for bureau in self.bureaus}

    @cached_property
    def items(self) -> Mapping[tuple[str, str], tuple[Area, Item]]:
        """Areas and items by (area number, item number), in the plan's order."""
        return {(area.no, item.no): (area, item) for area in self.plan for item in area.items}

    @property
    def names(self) -> Iterator[str]:
        """The ids of its records, and the names and codes of the bureaus, by which others speak of them."""
        for bureau in self.bureaus:
            yield from (bureau.name, bureau.code)
        for id_of in (self.project_by_id, self.kpi_by_id, self.listing_by_id):
            yield from id_of

    def project_of(self, listing: Listing) -> Project:
        """Give the project that a listing places."""
        return self.project_by_id[listing.project_id]

    def kpi_of(self, listing: Listing) -> Kpi | None:
        """Give the KPI that a listing shows, its own or a relisted one; None where it has none."""
        return self.kpi_by_id[listing.kpi_id] if listing.kpi_id else None


def in_plan_order(plan: tuple[Area, ...], listings: tuple[Listing, ...]) -> tuple[Listing, ...]:
    """Sort listings by the plan's order, keeping the given order within an item; unknown items come last."""
    place = {(area.no, item.no): n for n, (area, item) in enumerate((a, i) for a in plan for i in a.items)}
    return tuple(sorted(listings, key=lambda listing: place.get(listing.item_key, len(place))))
