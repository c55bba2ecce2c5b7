"""調査台帳.xlsx in: the cells of the office's workbook become a register, with the place of each of its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxkpi_xl.cells.model import SheetCells, WorkbookCells
from dxkpi_xl.cycle import fields, ids
from dxkpi_xl.cycle.consistency import Places, register_findings
from dxkpi_xl.cycle.model import Cycle, Register
from dxkpi_xl.cycle.office import OfficeSettings
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.form.columns import Form, folded
from dxkpi_xl.ledger import columns
from dxkpi_xl.ledger.columns import Sheets
from dxkpi_xl.ledger.faults import NO_HEADING, Faults
from dxkpi_xl.ledger.file_decisions_in import read_file_decisions
from dxkpi_xl.ledger.kpis_in import read_kpis, years_in_headings
from dxkpi_xl.ledger.listings_in import note_places, read_listings
from dxkpi_xl.ledger.organisation_in import read_organisation
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.plan_in import read_plan
from dxkpi_xl.ledger.projects_in import read_projects, resolve_kpis
from dxkpi_xl.ledger.settings_in import read_settings
from dxkpi_xl.ledger.sheets import ledger_sheets, setting_rows, settings_sheet
from dxkpi_xl.ledger.table_in import HEADING_ROWS, Table, clean, find_sheets, read_table

# More owners than a row of the annex has room for; columns beyond are told as unused.
_MOST_OWNERS = 20
_HEADING_LENGTH = 40
_FORM = "form"
# Struck text, an id given, a name met twice: a cell with one of these may have a fault besides.
_SAID_IN_PASSING = frozenset({"T047", "T048", "T049"})


@dataclass(frozen=True, kw_only=True)
class LedgerReading:
    """A register, and the place of each of its values: (id or name of a thing, name of its field).

    The settings are of the thing ``cycle``: ``places("cycle", "contact.mail")``. ``office`` is what the ledger holds
    beside the register, for the office alone.
    """

    register: Register
    places: Places
    office: OfficeSettings


@dataclass(frozen=True, kw_only=True)
class LedgerTables:
    """The tables found in a workbook, by their sheets' keys, and what was wrong on the way: without the cells."""

    file: str
    form: Form
    sheets: Sheets
    tables: Mapping[str, Table]
    faults: Faults


def find_tables(workbook: WorkbookCells, file: str, form: Form) -> LedgerTables:
    """Find the tables of a ledger; the workbook, which is much larger, is needed no more."""
    faults = Faults()
    sheets = ledger_sheets(form, _MOST_OWNERS, _years_in(workbook))
    found = find_sheets(workbook, sheets, file, faults)
    if sum(table.key in found for table in sheets.needed) * 2 < len(sheets.needed):
        found, faults = {}, _no_ledger(sheets, file)
    tables = _tables(found, sheets, file, faults)
    return LedgerTables(file=file, form=form, sheets=sheets, tables=tables, faults=faults)


def read_ledger(found: LedgerTables) -> tuple[LedgerReading | None, tuple[Finding, ...]]:
    """Read a ledger; None where a sheet, a heading or the year is missing, so that there is no register to speak of.

    The findings include those of ``register_findings``, but for cells of which something was said already. The register
    may only be used if no finding is 誤り. Projects and KPIs are in the order of their ids, listings in printed order.
    """
    form, sheets, tables, faults = found.form, found.sheets, found.tables, found.faults
    places = PlaceBook(found.file)
    if faults.lack_headings or any(table.key not in tables for table in sheets.needed):
        return None, faults.findings  # what else could be said would follow from it, row by row
    settings = read_settings(tables[sheets.settings.key], sheets, form.id, faults, places)
    register = _register(tables, sheets, form, settings.cycle, faults, places)
    decisions = tables.get(sheets.file_decisions.key)
    office = OfficeSettings(
        passwords=settings.passwords,
        file_decisions=read_file_decisions(decisions, sheets.file_decisions, faults) if decisions else (),
    )
    if register is None:
        return None, faults.findings
    told = {finding.place for finding in faults.findings if finding.code not in _SAID_IN_PASSING}
    further = tuple(each for each in register_findings(register, places) if each.place not in told)
    return LedgerReading(register=register, places=places, office=office), faults.findings + further


def _no_ledger(sheets: Sheets, file: str) -> Faults:
    """Say in one word that a workbook is another one, such as an annex, instead of naming all that it lacks."""
    faults = Faults()
    faults.add("T052", Place(file=file), sheets="、".join(table.name for table in sheets.needed))
    return faults


def form_of_ledger(workbook: WorkbookCells) -> str:
    """Give the id of the form that a ledger names, by which its form is loaded; "" where it names none."""
    table, label = settings_sheet(), next(each.label for each in setting_rows() if each.key == _FORM)
    for sheet in workbook.sheets:
        if folded(sheet.name) == folded(table.name):
            found = read_table(sheet, table, "", "", Faults())
            for row in found.rows if found else ():
                if folded(row[columns.SETTING].text) == folded(label):
                    return row[columns.VALUE].text.strip()
    return ""


def _years_in(workbook: WorkbookCells) -> tuple[str, ...]:
    """Give the years spoken of wherever a heading may stand."""
    cells = (cell for sheet in workbook.sheets for cell in sheet.cells.values() if cell.row <= HEADING_ROWS)
    return years_in_headings(clean(cell.text) for cell in cells if len(cell.text) <= _HEADING_LENGTH)


def _tables(found: Mapping[str, SheetCells], sheets: Sheets, file: str, faults: Faults) -> Mapping[str, Table]:
    read = {
        table.key: read_table(found[table.key], table, file, sheets.memo, faults)
        for table in sheets.tables
        if table.key in found
    }
    return {key: table for key, table in read.items() if table is not None}


def _register(
    tables: Mapping[str, Table], sheets: Sheets, form: Form, cycle: Cycle | None, faults: Faults, places: PlaceBook
) -> Register | None:
    plan = read_plan(tables[sheets.plan.key], sheets.plan, faults, places)
    bureaus = read_organisation(tables[sheets.organisation.key], sheets.organisation, faults, places)
    rows = read_listings(tables[sheets.listings.key], sheets.listings, plan, bureaus, faults)
    note_places(tables[sheets.listings.key], rows, plan, places)
    projects = read_projects(rows, sheets.listings, faults, places)
    pointed_at = {row.listing.kpi_id for row in rows}
    kpis = read_kpis(tables[sheets.kpis.key], sheets.kpis, pointed_at, faults, places)
    listings, kpis = resolve_kpis(rows, kpis, sheets.listings, faults)
    if cycle is None:
        return None
    _tell_missing_years(tables[sheets.kpis.key], cycle.years, form, faults)
    return Register(
        cycle=cycle, plan=plan, bureaus=bureaus, projects=projects, kpis=ids.in_id_order(kpis), listings=listings
    )


def _tell_missing_years(table: Table, years: tuple[str, ...], form: Form, faults: Faults) -> None:
    place = next(iter(table.headings.values()), Place())
    for year in years:
        if fields.target_key(year) not in table.headings:
            faults.add(NO_HEADING, place, heading=form.column(fields.target_key(year)).label)
