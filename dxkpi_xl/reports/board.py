"""回収状況.xlsx, the office's board: who has answered, every finding, every file received."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.findings import Catalogue
from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.merge.accounting import Account
from dxkpi_xl.merge.decision import Decision
from dxkpi_xl.merge.outcomes import Outcomes
from dxkpi_xl.merge.settled import Settled
from dxkpi_xl.reports.decision_sheet import Pending, add_decision_sheet
from dxkpi_xl.reports.finding_sheet import add_finding_sheet
from dxkpi_xl.reports.glance_sheet import add_glance_sheet
from dxkpi_xl.reports.status import AddresseeStatus
from dxkpi_xl.reports.table import TableColumn, write_table
from dxkpi_xl.returns.model import Receipt

_RECEIPT_COLUMNS = (
    TableColumn(heading="ファイル", width=36),
    TableColumn(heading="何と見たか", width=28),
    TableColumn(heading="調査票ID", width=14),
    TableColumn(heading="説明", width=60),
    TableColumn(heading="対応", width=60),
    TableColumn(heading="大きさ(バイト)", width=12),
    TableColumn(heading="SHA-256", width=68),
)


@dataclass(frozen=True, kw_only=True)
class BoardContents:
    """All that the board shows."""

    register: Register
    columns: tuple[Column, ...]
    statuses: tuple[AddresseeStatus, ...]
    findings: tuple[Settled, ...]
    receipts: tuple[Receipt, ...]
    outcomes: Outcomes
    decisions: tuple[Decision, ...]
    accounts: Mapping[Account, int]
    pending: Pending


def board_workbook(contents: BoardContents, catalogue: Catalogue) -> bytes:
    """Give the bytes of the board: sheets 提出状況, 指摘一覧, 競合・判断, 受付簿."""
    cycle = contents.register.cycle
    title = f"{cycle.full_title} 回収状況"
    book = Book(Properties(title=title, company=cycle.prefecture))
    add_glance_sheet(book, cycle, contents.statuses, contents.receipts, contents.accounts)
    add_finding_sheet(book, contents.findings, contents.columns, catalogue, contents.pending)
    add_decision_sheet(
        book, contents.register, contents.columns, contents.outcomes, contents.decisions, contents.pending
    )
    write_table(book, "受付簿", "受付簿", _RECEIPT_COLUMNS, [_receipt_row(r, catalogue) for r in contents.receipts])
    return book.to_bytes()


def _receipt_row(receipt: Receipt, catalogue: Catalogue) -> tuple[str | int, ...]:
    worded = catalogue.word(receipt.finding())
    return (
        receipt.file,
        worded.title,
        receipt.survey_id,
        worded.message,
        worded.remedy,
        receipt.size,
        receipt.sha256,
    )
