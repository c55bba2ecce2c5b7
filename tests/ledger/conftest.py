"""Editing a ledger as the office does, with another library than the one that wrote it."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dxkpi_xl.cells.xlsx import read_xlsx
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import Form
from dxkpi_xl.ledger.read import LedgerReading, find_tables, read_ledger
from dxkpi_xl.ledger.workbook import ledger_workbook

Edit = Callable[[Workbook], None]
Read = Callable[[bytes], tuple[LedgerReading | None, tuple[Finding, ...]]]


def edited(document: bytes, edit: Edit) -> bytes:
    """The workbook after an edit in openpyxl."""
    workbook = openpyxl.load_workbook(io.BytesIO(document))
    edit(workbook)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def typed(values: Mapping[str, object]) -> Edit:
    """An edit that types values into cells such as ``掲載行!C3``; None clears the cell."""

    def edit(workbook: Workbook) -> None:
        for place, value in values.items():
            sheet, _, cell = place.partition("!")
            workbook[sheet][cell] = value

    return edit


def codes_and_cells(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """The findings in short: ("T011", "掲載行!H3")."""
    return [(finding.code, f"{finding.place.sheet}!{finding.place.cell}") for finding in findings]


@pytest.fixture(scope="session")
def ledger(form: Form, r6: Register) -> bytes:
    """調査台帳.xlsx of the real R6."""
    return ledger_workbook(form, r6)


@pytest.fixture(scope="session")
def read(form: Form) -> Read:
    """Reads the bytes of a ledger."""
    return lambda document: read_ledger(find_tables(read_xlsx(document), "調査台帳.xlsx", form))
