"""回収状況.xlsx, the office's board: who has answered, every finding, every file received."""

from __future__ import annotations

from dataclasses import dataclass

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.findings import Catalogue, Finding
from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.merge.decision import FieldDecision
from dxkpi_xl.merge.three_way import FieldOutcome
from dxkpi_xl.reports.decision_sheet import add_decision_sheet
from dxkpi_xl.reports.status import AddresseeStatus
from dxkpi_xl.reports.table import TableColumn, write_table
from dxkpi_xl.returns.model import Receipt

_STATUS_COLUMNS = (
    TableColumn(heading="部局", width=20),
    TableColumn(heading="状態", width=12),
    TableColumn(heading="調査票ID", width=14),
    TableColumn(heading="採用したファイル", width=36),
    TableColumn(heading="行数", width=8),
    TableColumn(heading="新規", width=8),
    TableColumn(heading="誤り", width=8),
    TableColumn(heading="確認", width=8),
    TableColumn(heading="参考", width=8),
)
_FINDING_COLUMNS = (
    TableColumn(heading="重さ", width=7),
    TableColumn(heading="部局", width=14),
    TableColumn(heading="管理番号", width=10),
    TableColumn(heading="ファイル", width=26),
    TableColumn(heading="シート", width=12),
    TableColumn(heading="セル", width=8),
    TableColumn(heading="指摘", width=24),
    TableColumn(heading="内容", width=60),
    TableColumn(heading="直し方", width=60),
    TableColumn(heading="符号", width=7),
)
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
    findings: tuple[Finding, ...]
    receipts: tuple[Receipt, ...]
    outcomes: tuple[FieldOutcome, ...]
    decisions: tuple[FieldDecision, ...]


def board_workbook(contents: BoardContents, catalogue: Catalogue) -> bytes:
    """Give the bytes of the board: sheets 提出状況, 指摘一覧, 競合・判断, 受付簿."""
    cycle = contents.register.cycle
    title = f"{cycle.full_title} 回収状況"
    book = Book(Properties(title=title, company=cycle.prefecture))
    statuses, findings, receipts = contents.statuses, contents.findings, contents.receipts
    status_rows = [
        (s.addressee, s.state.value, s.survey_id, s.file, s.rows, s.new_rows, s.wrong, s.ask, s.note) for s in statuses
    ]
    write_table(book, "提出状況", title, _STATUS_COLUMNS, status_rows)
    write_table(book, "指摘一覧", "指摘一覧", _FINDING_COLUMNS, [_finding_row(f, catalogue) for f in findings])
    add_decision_sheet(book, contents.register, contents.columns, contents.outcomes, contents.decisions)
    write_table(book, "受付簿", "受付簿", _RECEIPT_COLUMNS, [_receipt_row(r, catalogue) for r in receipts])
    return book.to_bytes()


def _finding_row(finding: Finding, catalogue: Catalogue) -> tuple[str, ...]:
    worded = catalogue.word(finding)
    place = finding.place
    return (
        worded.severity.value,
        finding.bureau,
        finding.listing_id,
        place.file,
        place.sheet,
        place.cell,
        worded.title,
        worded.message,
        worded.remedy,
        finding.code,
    )


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
