"""調査台帳.xlsx out: the register as a workbook that the office reads and edits."""

from __future__ import annotations

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.office import OfficeSettings
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.ledger import rows_out
from dxkpi_xl.ledger.front_out import write_guide, write_settings
from dxkpi_xl.ledger.lists_out import Lists, write_lists
from dxkpi_xl.ledger.sheets import ledger_sheets
from dxkpi_xl.ledger.table_out import FIRST_ROW, extent, write_table

FILE_NAME = "調査台帳.xlsx"

_NOTHING_YET = OfficeSettings()

# Room for a third owner without inserting columns; a row of the real annex has two at most.
_LEAST_OWNERS = 3


def ledger_workbook(form: Form, register: Register, office: OfficeSettings = _NOTHING_YET) -> bytes:
    """Give the bytes of the ledger; the same register and office's part give the same bytes.

    Raises ``CannotProceed`` for a text that Excel cannot hold. A register with references that lead nowhere
    (``register_findings`` tells) raises KeyError.
    """
    owners = max(_LEAST_OWNERS, rows_out.owners_needed(register))
    sheets = ledger_sheets(form, owners, rows_out.years_known(register))
    rows = {
        sheets.plan.key: tuple(rows_out.plan_rows(register)),
        sheets.organisation.key: tuple(rows_out.organisation_rows(register)),
        sheets.listings.key: tuple(rows_out.listing_rows(register)),
        sheets.kpis.key: tuple(rows_out.kpi_rows(register)),
        sheets.file_decisions.key: tuple(rows_out.file_decision_rows(office.file_decisions)),
    }
    tables = [table for table in sheets.tables if table.key in rows]
    last = {table.key: extent(table, len(rows[table.key])).last for table in tables}
    lists = Lists(sheets=sheets, first=FIRST_ROW, last=last)
    title = f"調査台帳 {register.cycle.year_label}"
    book = Book(Properties(title=title, subject=register.cycle.full_title, company=register.cycle.prefecture))
    write_guide(book.sheet(sheets.guide), sheets, register.cycle, book.normal)
    write_settings(book.sheet(sheets.settings.name), sheets, register.cycle, office, book.normal)
    for table in tables:
        write_table(book.sheet(table.name), table, rows[table.key], lists, book.normal)
    write_lists(book.sheet(sheets.lists), lists, rows[sheets.plan.key], rows[sheets.organisation.key])
    return book.to_bytes()
