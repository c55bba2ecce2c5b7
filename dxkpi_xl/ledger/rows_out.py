"""The rows of each sheet of the ledger, made from a register: values by column key, not yet cells."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from dxkpi_xl import years
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Bureau, Cycle, Kpi, Listing, Register, Section
from dxkpi_xl.cycle.office import FileDecision, OfficeSettings
from dxkpi_xl.ledger import columns
from dxkpi_xl.ledger.choices import DEFINES, NO, RELISTS, YES
from dxkpi_xl.ledger.named import item_text

# What a cell gets: a text or a machine value of a list, a number, a day; None for a blank.
Value = str | int | float | datetime.date | None
Row = Mapping[str, Value]

YEARS_BETWEEN = "、"


def owners_needed(register: Register) -> int:
    """Give how many owners the row with the most has."""
    return max((len(project.owners) for project in register.projects), default=0)


def years_known(register: Register) -> tuple[str, ...]:
    """Give the years of the cycle and of every KPI's values, oldest first."""
    known = {year for kpi in register.kpis for year in kpi.targets} | set(register.cycle.years)
    return tuple(sorted(known, key=lambda year: (years.western(year), year)))


def setting_value(cycle: Cycle, office: OfficeSettings, key: str) -> Value:
    """Give the value of a setting by its key, such as ``title``, ``contact.mail`` or ``office.passwords``."""
    if key == columns.PASSWORDS:
        return "\n".join(office.passwords)
    value = attrgetter(key)(cycle)
    if isinstance(value, tuple):
        return YEARS_BETWEEN.join(value)
    if isinstance(value, bool):
        return YES if value else NO
    assert value is None or isinstance(value, str | int | float | datetime.date)  # noqa: S101  # for the type checker
    return value


def plan_rows(register: Register) -> Iterator[Row]:
    """Give a row for each item of the plan."""
    for area in register.plan:
        for item in area.items:
            yield {
                fields.AREA_NO: area.no,
                fields.AREA_NAME: area.name,
                fields.ITEM_NO: item.no,
                fields.ITEM_NAME: item.name,
            }


def organisation_rows(register: Register) -> Iterator[Row]:
    """Give a row for each section, and one for a bureau without sections."""
    for bureau in register.bureaus:
        yield from (_section_row(bureau, section) for section in bureau.sections or (None,))


def _section_row(bureau: Bureau, section: Section | None) -> Row:
    return {
        columns.BUREAU_CODE: bureau.code,
        fields.BUREAU: bureau.name,
        columns.LEAD_SECTION: bureau.lead_section,
        columns.BUREAU_MAIL: bureau.mail,
        columns.SECTION_CODE: section.code if section else "",
        fields.SECTION: section.name if section else "",
    }


def listing_rows(register: Register) -> Iterator[Row]:
    """Give a row for each listing, in printed order."""
    for order, listing in enumerate(register.listings, start=1):
        yield {columns.ORDER: order, **_listing_row(register, listing)}


def _listing_row(register: Register, listing: Listing) -> dict[str, Value]:
    project = register.project_of(listing)
    area, item = register.items[listing.item_key]
    row: dict[str, Value] = {
        fields.LISTING_ID: listing.id,
        fields.AREA_NO: area.no,
        fields.ITEM_NO: item_text(area, item),
        columns.PROJECT_ID: project.id,
        fields.PROJECT: project.name,
        columns.NAME_LAYOUT: listing.name_layout,
        fields.OUTLINE: listing.outline,
        fields.TARGET_KIND: listing.target_kind,
        fields.TARGET: listing.target,
        columns.KPI_ID: listing.kpi_id,
        columns.KPI_ROLE: _kpi_role(register.kpi_of(listing), listing),
    }
    for position, owner in enumerate(project.owners, start=1):
        row |= {columns.bureau_key(position): owner.bureau, columns.section_key(position): owner.section}
    return row


def _kpi_role(kpi: Kpi | None, listing: Listing) -> str:
    if kpi is None:
        return ""
    return DEFINES if kpi.defined_by == listing.id else RELISTS


def kpi_rows(register: Register) -> Iterator[Row]:
    """Give a row for each KPI, with its values of all years."""
    for kpi in register.kpis:
        yield {
            columns.KPI_ID: kpi.id,
            columns.IS_NEW: YES if kpi.is_new else "",
            columns.UNIT: kpi.unit,
            columns.DIRECTION: kpi.direction,
            **fields.kpi_answers(kpi, tuple(kpi.targets)),
        }


def file_decision_rows(decisions: Iterable[FileDecision]) -> Iterator[Row]:
    """Give a row for each decision on a file."""
    for each in decisions:
        yield {
            columns.FILE: each.file,
            columns.SHA256: each.sha256,
            columns.FILE_CHOICE: each.choice,
            columns.REASON: each.reason,
            columns.DECIDED_BY: each.decided_by,
            columns.DECIDED_ON: each.decided_on,
        }
