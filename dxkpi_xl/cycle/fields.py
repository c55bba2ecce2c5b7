"""Binds the form's column keys to the register: the one place where a key meets what it means.

Other modules ask here, or use these names; a test keeps the keys from being written anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from dxkpi_xl.cycle.model import Kpi, Listing, Project, Register
from dxkpi_xl.cycle.numbering import RELISTED, Numbering
from dxkpi_xl.years import western

LISTING_ID = "listing_id"
CHANGE_KIND = "change_kind"
NUMBER = "number"
AREA_NO = "area_no"
AREA_NAME = "area_name"
ITEM_NO = "item_no"
ITEM_NAME = "item_name"
BUREAU = "bureau"
SECTION = "section"
PROJECT = "project"
OUTLINE = "outline"
TARGET_KIND = "target_kind"
TARGET = "target"
KPI_NO = "kpi_no"
KPI_NAME = "kpi_name"
BASELINE = "baseline"
TARGETS = "targets"
RELIST_OF = "relist_of"
MERGE_INTO = "merge_into"
END_REASON = "end_reason"
NOTE = "note"

# Keys of the survey's head.
SURVEY_ID = "survey_id"
YEAR = "year"
ADDRESSEE = "addressee"
FORM_VERSION = "form_version"
SECTION_DEADLINE = "section_deadline"
OFFICE_DEADLINE = "office_deadline"
SEND_TO = "send_to"
RESPONDENT = "respondent"
EXTENSION = "extension"
MAIL = "mail"
CHECKER = "checker"
WRITTEN_ON = "written_on"

# Values of the lists that rules speak of.
CONTINUED, CHANGED, NEW, ABOLISHED, MERGED = "継続", "変更", "新規", "廃止", "統合"
WITH_KPI, WITHOUT_KPI = "指標(KPI)", "目標"

# The answers that a Listing itself holds, and those that its Kpi holds.
LISTING_ANSWERS = (OUTLINE, TARGET_KIND, TARGET)
KPI_ANSWERS = (KPI_NAME, BASELINE)


def target_key(year: str) -> str:
    """Give the key of a year's target column: ``targets.R6``."""
    return f"{TARGETS}.{year}"


@lru_cache(maxsize=16)
def target_keys(years: tuple[str, ...]) -> tuple[str, ...]:
    """Give the keys of the target columns of years, in their order."""
    return tuple(map(target_key, years))


def listing_values(register: Register, numbering: Numbering, listing: Listing) -> dict[str, str]:
    """Give what a listing shows in each column, by column key; per-year columns as ``targets.R6``."""
    project = register.project_of(listing)
    owners = project.owners
    area, item = register.items[listing.item_key]
    values = {
        LISTING_ID: listing.id,
        CHANGE_KIND: CONTINUED,
        NUMBER: numbering.project_cell(listing),
        AREA_NO: area.no,
        AREA_NAME: area.name,
        ITEM_NO: item.no,
        ITEM_NAME: item.name,
        BUREAU: "\n".join([owner.bureau for owner in owners]),
        SECTION: "\n".join([owner.section for owner in owners]),
        PROJECT: shown_name(listing, project),
        OUTLINE: listing.outline,
        TARGET_KIND: listing.target_kind,
        TARGET: listing.target,
    }
    values.update(_kpi_values(register, numbering, listing))
    return values


def shown_name(listing: Listing, project: Project) -> str:
    """Give the name of a listing's project as the listing lays it out."""
    return listing.name_layout or project.name


def _kpi_values(register: Register, numbering: Numbering, listing: Listing) -> dict[str, str]:
    kpi = register.kpi_of(listing)
    if kpi is None:
        return dict.fromkeys((KPI_NO, KPI_NAME, BASELINE, *target_keys(register.cycle.years)), "")
    number = str(numbering.kpis[kpi.id]) if kpi.defined_by == listing.id else RELISTED
    return {KPI_NO: number, **kpi_answers(kpi, register.cycle.years)}


def kpi_answers(kpi: Kpi, years: tuple[str, ...]) -> dict[str, str]:
    """Give a KPI's answers by column key."""
    answers = {KPI_NAME: kpi.name, BASELINE: kpi.baseline}
    answers.update(zip(target_keys(years), [kpi.targets.get(year, "") for year in years], strict=True))
    return answers


def with_listing_answers(listing: Listing, answers: Mapping[str, str]) -> Listing:
    """Give the listing with answers by column key put in; other keys are left alone."""
    return replace(
        listing,
        outline=answers.get(OUTLINE, listing.outline),
        target_kind=answers.get(TARGET_KIND, listing.target_kind),
        target=answers.get(TARGET, listing.target),
    )


def with_kpi_answers(kpi: Kpi, answers: Mapping[str, str], years: tuple[str, ...]) -> Kpi:
    """Give the KPI with answers by column key put in; a blank target is left out."""
    given = {year: answers[target_key(year)] for year in years if target_key(year) in answers}
    merged = {**kpi.targets, **given}
    return replace(
        kpi,
        name=answers.get(KPI_NAME, kpi.name),
        baseline=answers.get(BASELINE, kpi.baseline),
        targets={year: merged[year] for year in sorted(merged, key=western) if merged[year]},
    )
