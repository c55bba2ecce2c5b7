"""Survey workbooks as departments use them: opened, typed into and saved by another library than the one that wrote."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.survey import Survey, surveys
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.survey_books.workbook import survey_workbook

ANSWERS = "事業・KPI"
STATE = "状態"
KEY = "管理番号"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A survey workbook opened with openpyxl; columns are found by heading, rows by 管理番号."""

    book: Workbook

    @cached_property
    def sheet(self) -> Worksheet:
        """The answer sheet."""
        return self.book[ANSWERS]

    @cached_property
    def heading_row(self) -> int:
        """The row of the headings."""
        return next(row[0].row for row in self.sheet.iter_rows() if KEY in {cell.value for cell in row})

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Columns by heading."""
        return {str(cell.value): cell.column for cell in self.sheet[self.heading_row]}

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Rows by 管理番号."""
        keys = {
            r: self.sheet.cell(r, self.columns[KEY]).value for r in range(self.heading_row + 1, self.sheet.max_row + 1)
        }
        return {str(key): row for row, key in keys.items()}

    def cell(self, key: str, label: str) -> Cell:
        """The cell of a row and a heading; of the head where the key is blank."""
        if key:
            return self.sheet.cell(self.rows[key], self.columns[label])
        found = next(c for row in self.sheet.iter_rows(max_row=self.heading_row - 1) for c in row if c.value == label)
        return self.sheet.cell(found.row, found.column + 1)

    def type(self, values: Mapping[tuple[str, str], object]) -> bytes:
        """Type values into open cells, texts as texts, and give the saved bytes (openpyxl saves no cached values)."""
        for (key, label), value in values.items():
            cell = self.cell(key, label)
            assert not cell.protection.locked, (key, label)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
        saved = io.BytesIO()
        self.book.save(saved)
        return saved.getvalue()

    def state(self, key: str) -> str:
        """The state of a row in words."""
        return str(self.cell(key, STATE).value)


def opened(document: bytes, values: bool = False) -> Opened:
    """Open a workbook: its formulas, or their cached values."""
    return Opened(book=load_workbook(io.BytesIO(document), data_only=values))


def recalculated(document: bytes) -> Opened:
    """The values that LibreOffice calculates; openpyxl saves formulas without any."""
    bare = opened(document).type({})
    return opened(convert(bare, "xlsx"), values=True)


def emptied(register: Register) -> Register:
    """The register before anybody answered."""
    return replace(
        register,
        listings=tuple(replace(each, outline="", target_kind="", target="") for each in register.listings),
        kpis=tuple(replace(each, name="", baseline="", targets={}) for each in register.kpis),
    )


def survey_of(form: Form, register: Register, addressee: str) -> Survey:
    """The survey of a bureau or a section."""
    return next(survey for survey in surveys(form, register) if survey.addressee == addressee)


@pytest.fixture(scope="session")
def somu(form: Form, r6: Register) -> bytes:
    """総務部's workbook of the R6 register, answers and all."""
    return survey_workbook(form, r6, survey_of(form, r6, "総務部"))


@pytest.fixture(scope="session")
def kikaku(form: Form, r6: Register) -> bytes:
    """企画調整部's workbook: the largest, with relisted rows and relisted KPIs."""
    return survey_workbook(form, r6, survey_of(form, r6, "企画調整部"))


@pytest.fixture(scope="session")
def empty_somu(form: Form, r6: Register) -> bytes:
    """総務部's workbook of a register without answers."""
    register = emptied(r6)
    return survey_workbook(form, register, survey_of(form, register, "総務部"))
