"""Survey workbooks as they are issued, and people who do things to them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged, judge
from dxkpi_xl.survey_books.workbook import survey_workbook


@pytest.fixture(scope="session")
def issued(form: Form, r6: Register) -> Issued:
    return Issued(form=form, register=r6)


@pytest.fixture(scope="session")
def workbook_of(issued: Issued) -> Callable[[str], bytes]:
    """The bytes of a bureau's workbook as issued."""
    made: dict[str, bytes] = {}

    def give(addressee: str) -> bytes:
        if addressee not in made:
            survey = next(each for each in issued.surveys.values() if each.addressee == addressee)
            made[addressee] = survey_workbook(issued.form, issued.register, survey)
        return made[addressee]

    return give


class Person:
    """Somebody with openpyxl and a workbook: finds cells by heading and 管理番号, as people do."""

    def __init__(self, data: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(data))
        self.sheet: Any = self.book["事業・KPI"]

    def find(self, text: str) -> tuple[int, int]:
        """The first cell with just this text."""
        return next(
            (cell.row, cell.column) for row in self.sheet.iter_rows() for cell in row if str(cell.value) == text
        )

    def cell(self, listing_id: str, heading: str) -> Any:
        """The cell of a row and a heading."""
        return self.sheet.cell(self.find(listing_id)[0], self.find(heading)[1])

    def save(self) -> bytes:
        """The bytes of the workbook as it stands."""
        saved = io.BytesIO()
        self.book.save(saved)
        return saved.getvalue()


@pytest.fixture
def person(workbook_of: Callable[[str], bytes]) -> Callable[[str], Person]:
    return lambda addressee: Person(workbook_of(addressee))


@pytest.fixture
def judged(issued: Issued) -> Callable[[bytes], Judged]:
    return lambda data: judge(data, "回答.xlsx", issued)
