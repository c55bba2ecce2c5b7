"""受付簿: what arrived, when, and what it was taken for; a history that is only added to, and a workbook to file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dxkpi_xl.cycle.model import Cycle
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.findings import Catalogue
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.reports.table import TableColumn, write_table
from dxkpi_xl.returns.model import Receipt

_COLUMNS = (
    TableColumn(heading="受け取った日時", width=20),
    TableColumn(heading="ファイル", width=40),
    TableColumn(heading="部局", width=16),
    TableColumn(heading="何と見たか", width=28),
    TableColumn(heading="調査票ID", width=14),
    TableColumn(heading="大きさ(バイト)", width=12),
    TableColumn(heading="SHA-256(原本の名前)", width=68),
    TableColumn(heading="説明", width=60),
)


@dataclass(frozen=True, kw_only=True)
class ReceiptEntry:
    """One line of the history, in words that stay readable when the catalogue changes."""

    received: str
    file: str
    addressee: str
    verdict: str
    title: str
    survey_id: str
    size: int
    sha256: str
    message: str


def entries(
    receipts: Iterable[Receipt], addressees: Mapping[str, str], catalogue: Catalogue
) -> tuple[ReceiptEntry, ...]:
    """Give the receipts of one run as entries; ``addressees`` by 調査票ID."""
    return tuple(_entry(receipt, addressees, catalogue) for receipt in receipts)


def _entry(receipt: Receipt, addressees: Mapping[str, str], catalogue: Catalogue) -> ReceiptEntry:
    worded = catalogue.word(receipt.finding())
    return ReceiptEntry(
        received=receipt.arrived_words,
        file=receipt.file,
        addressee=addressees.get(receipt.survey_id, ""),
        verdict=receipt.verdict.value,
        title=worded.title,
        survey_id=receipt.survey_id,
        size=receipt.size,
        sha256=receipt.sha256,
        message=worded.message,
    )


def read_history(text: str, file: str) -> tuple[ReceiptEntry, ...]:
    """Read the history; CannotProceed, naming the line, where somebody spoilt it."""
    found = []
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), start=1):
        try:
            found.append(ReceiptEntry(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise CannotProceed(
                f"受付の記録({file})の{number}行目を読み取れません。",
                "このファイルは書き換えず、控えから元に戻してください。",
            ) from error
    return tuple(found)


def with_new(history: tuple[ReceiptEntry, ...], now: Sequence[ReceiptEntry]) -> tuple[ReceiptEntry, ...]:
    """Add to the history what is not in it yet: another file, or the same one taken for something else."""
    known = set(history)
    return (*history, *(entry for entry in now if entry not in known))


def history_text(history: Iterable[ReceiptEntry]) -> str:
    """Give the history as text, one JSON object a line."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    return "".join(encode(vars(entry)) + "\n" for entry in history)


def receipts_workbook(cycle: Cycle, history: Sequence[ReceiptEntry]) -> bytes:
    """Give 受付簿.xlsx."""
    title = f"{cycle.full_title} 受付簿"
    book = Book(Properties(title=title, company=cycle.prefecture))
    rows = [(e.received, e.file, e.addressee, e.title, e.survey_id, e.size, e.sha256, e.message) for e in history]
    write_table(book, "受付簿", title, _COLUMNS, rows)
    return book.to_bytes()
