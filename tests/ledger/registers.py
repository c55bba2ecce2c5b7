"""Any register that keeps its own rules (hypothesis)."""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import replace

from hypothesis import strategies as st

from dxkpi_xl.cycle.ids import in_id_order
from dxkpi_xl.cycle.model import (
    CHARACTER_WIDTHS,
    CONFLICT_POLICIES,
    DISTRIBUTIONS,
    DOCUMENT_PLACES,
    LEAST_BODY,
    LEAST_MARGIN,
    MOST_BODY,
    MOST_MARGIN,
    NOT_SET_SIGNS,
    NUMBER_STYLES,
    RELISTING_POLICIES,
    ROMAN_NUMERALS,
    AnnexMargins,
    Area,
    Bureau,
    Contact,
    Cycle,
    Item,
    Kpi,
    Listing,
    Owner,
    Project,
    Register,
    Section,
    in_plan_order,
)
from dxkpi_xl.cycle.office import FILE_CHOICES, FileDecision, OfficeSettings
from dxkpi_xl.form.columns import folded

_CHARACTERS = st.one_of(
    st.sampled_from("あ部課(1)Ⅰ①㈱髙𠮷=+-@'\"<>&_x0041_～〜 　%,"),
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\ufeff"),
)
_LINE = st.text(_CHARACTERS, max_size=12).map(lambda text: unicodedata.normalize("NFC", text).strip())
_TEXT = st.lists(_LINE, max_size=3).map("\n".join).filter(lambda text: not text or bool(text.strip()))
_NAME = _LINE.filter(lambda text: bool(folded(text)))
_ID = st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True)
_YEARS = st.sampled_from([*(f"R{n}" for n in range(1, 15)), "H30", "H31", "S63"])
_MARGINS = st.integers(LEAST_MARGIN, MOST_MARGIN)
# A password may hold any character but those at which Python takes a text apart into lines.
_PASSWORDS = _NAME.filter(lambda text: len(text.splitlines()) == 1)
_DAYS = st.none() | st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))


def _names(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(_NAME, min_size=least, max_size=most, unique_by=folded)


@st.composite
def cycles(draw: st.DrawFn) -> Cycle:
    section, office = sorted((draw(_DAYS), draw(_DAYS)), key=lambda day: day or datetime.date.min)
    fonts = st.sampled_from(["BIZ UDゴシック", "BIZ UD明朝", "ＭＳ 明朝", "游ゴシック"])
    return Cycle(
        form="shiryo-2-4",
        year=draw(_YEARS),
        title=draw(_NAME),
        document=draw(_LINE),
        years=tuple(draw(st.lists(_YEARS, min_size=1, max_size=5, unique=True))),
        document_note=draw(_LINE),
        meeting=draw(_LINE),
        prefecture_code=draw(st.sampled_from(["", "070009", "010006"])),
        prefecture=draw(_LINE),
        section_deadline=section,
        office_deadline=office,
        contact=Contact(section=draw(_LINE), person=draw(_LINE), phone=draw(_LINE), mail=draw(_LINE)),
        spare_rows=draw(st.integers(0, 200)),
        distribute_to=draw(st.sampled_from(DISTRIBUTIONS)),
        number_style=draw(st.sampled_from(NUMBER_STYLES)),
        survey_font=draw(fonts),
        annex_font=draw(fonts),
        paper=draw(st.sampled_from(["A3", "A4"])),
        conflict_policy=draw(st.sampled_from(CONFLICT_POLICIES)),
        relisting_policy=draw(st.sampled_from(RELISTING_POLICIES)),
        character_width=draw(st.sampled_from(CHARACTER_WIDTHS)),
        not_set_sign=draw(st.sampled_from(NOT_SET_SIGNS)),
        roman_numerals=draw(st.sampled_from(ROMAN_NUMERALS)),
        annex_body=draw(st.integers(2 * LEAST_BODY, 2 * MOST_BODY)) / 2,
        margins=AnnexMargins(top=draw(_MARGINS), bottom=draw(_MARGINS), left=draw(_MARGINS), right=draw(_MARGINS)),
        annex_date=draw(_LINE),
        document_place=draw(st.sampled_from(DOCUMENT_PLACES)),
        open_data_bom=draw(st.booleans()),
    )


@st.composite
def office_settings(draw: st.DrawFn) -> OfficeSettings:
    """Passwords and decisions on files, no two of one file."""
    files = draw(st.lists(_NAME, max_size=3, unique=True))
    return OfficeSettings(
        passwords=tuple(draw(st.lists(_PASSWORDS, max_size=3, unique=True))),
        file_decisions=tuple(
            FileDecision(
                file=file,
                sha256=draw(st.sampled_from(["", "0123abcd", "f" * 64])),
                choice=draw(st.sampled_from(FILE_CHOICES)),
                reason=draw(_TEXT.filter(bool)),
                decided_by=draw(_NAME),
                decided_on=draw(_DAYS),
            )
            for file in files
        ),
    )


@st.composite
def _plans(draw: st.DrawFn) -> tuple[Area, ...]:
    areas = []
    for no in draw(_names(1, 3)):
        items = tuple(Item(no=item, name=draw(_LINE)) for item in draw(_names(1, 3)))
        areas.append(Area(no=no, name=draw(_NAME), items=items))
    return tuple(areas)


@st.composite
def _organisations(draw: st.DrawFn) -> tuple[Bureau, ...]:
    names = draw(_names(1, 3))
    codes = draw(st.lists(_ID, min_size=4 * len(names), max_size=4 * len(names), unique=True))
    bureaus = []
    for name in names:
        sections = tuple(Section(code=codes.pop(), name=each) for each in draw(_names(0, 3)))
        lead = draw(st.sampled_from(["", *(section.name for section in sections)]))
        bureaus.append(Bureau(code=codes.pop(), name=name, sections=sections, lead_section=lead, mail=draw(_LINE)))
    return tuple(bureaus)


@st.composite
def _projects(draw: st.DrawFn, bureaus: tuple[Bureau, ...]) -> tuple[Project, ...]:
    everyone = [Owner(bureau=b.name, section=name) for b in bureaus for name in ("", *(s.name for s in b.sections))]
    owners = st.lists(st.sampled_from(everyone), min_size=1, max_size=4, unique=True).map(tuple)
    ids = draw(st.lists(_ID, min_size=1, max_size=4, unique=True))
    names = _TEXT.filter(lambda text: bool(text.strip()))
    return in_id_order(Project(id=each, name=draw(names), owners=draw(owners)) for each in ids)


@st.composite
def _listings(draw: st.DrawFn, plan: tuple[Area, ...], projects: tuple[Project, ...]) -> list[Listing]:
    every_item = [(area.no, item.no) for area in plan for item in area.items]
    placed = [*projects, *draw(st.lists(st.sampled_from(projects), max_size=3))]
    ids = draw(st.lists(_ID, min_size=len(placed), max_size=len(placed), unique=True))
    listings = []
    for listing_id, project in zip(ids, placed, strict=True):
        area_no, item_no = draw(st.sampled_from(every_item))
        cut = draw(st.integers(0, len(project.name)))
        layout = draw(st.sampled_from(["", f"{project.name[:cut]}\n{project.name[cut:]}"]))
        listings.append(
            Listing(
                id=listing_id,
                project_id=project.id,
                area_no=area_no,
                item_no=item_no,
                name_layout=unicodedata.normalize("NFC", layout),
                outline=draw(_TEXT),
                target_kind=draw(st.sampled_from(["", "指標(KPI)", "目標"])),
                target=draw(_TEXT),
            )
        )
    return listings


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """A register without a contradiction, its projects and KPIs in the order of their ids."""
    plan, bureaus = draw(_plans()), draw(_organisations())
    projects = draw(_projects(bureaus))
    listings = draw(_listings(plan, projects))
    defining = draw(st.lists(st.sampled_from(range(len(listings))), max_size=3, unique=True))
    ids = draw(st.lists(_ID, min_size=len(defining), max_size=len(defining), unique=True))
    values = st.dictionaries(_YEARS, _NAME, max_size=4)
    kpis = [
        Kpi(
            id=id_,
            defined_by=listings[position].id,
            name=draw(_TEXT),
            is_new=draw(st.booleans()),
            unit=draw(_LINE),
            direction=draw(st.sampled_from(["", "up", "down", "keep"])),
            baseline=draw(_LINE),
            targets=draw(values),
        )
        for id_, position in zip(ids, defining, strict=True)
    ]
    for position, listing in enumerate(listings):
        own = [kpi.id for kpi in kpis if kpi.defined_by == listing.id]
        listings[position] = replace(listing, kpi_id=own[0] if own else draw(st.sampled_from(["", *ids])))
    return Register(
        cycle=draw(cycles()),
        plan=plan,
        bureaus=bureaus,
        projects=projects,
        kpis=in_id_order(kpis),
        listings=in_plan_order(plan, tuple(listings)),
    )
