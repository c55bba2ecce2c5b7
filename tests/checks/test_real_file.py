"""From a real workbook, spoilt by another program, to findings at the cells where the answers stand."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from dxkpi_xl.checks.return_data import schema_judge
from dxkpi_xl.checks.run import check_all, one_a_cell
from dxkpi_xl.findings import Catalogue
from dxkpi_xl.form.columns import folded
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import judge
from dxkpi_xl.survey_books.workbook import survey_workbook

Spoil = Callable[[Any, Callable[[str, str], Any]], None]


def judged(issued: Issued, catalogue: Catalogue, spoil: Spoil) -> tuple[bool, list[tuple[str, str]]]:
    """What is said of 出納局's workbook after someone spoilt it (C010 and what the annex itself says left out)."""
    survey = next(each for each in issued.surveys.values() if each.addressee == "出納局")
    book = openpyxl.load_workbook(io.BytesIO(survey_workbook(issued.form, issued.register, survey)))
    sheet = book[issued.form.sheets["answers"]]
    labels = {folded(column.label): column.key for column in issued.columns}
    rows = {str(cell.value): cell.row for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("L0")}
    heading = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "管理番号")
    columns = {labels[folded(str(c.value))]: c.column for c in sheet[heading] if folded(str(c.value)) in labels}
    spoil(sheet, lambda listing_id, key: sheet.cell(rows[listing_id], columns[key]))
    saved = io.BytesIO()
    book.save(saved)
    found = judge(saved.getvalue(), "出納局.xlsx", issued)
    assert found.answer is not None
    findings = one_a_cell((*found.findings, *check_all(issued, (found.answer,))), catalogue)
    shown = [(each.code, each.place.cell) for each in findings if each.code != "C010"]
    return schema_judge(issued)(found.answer), shown


def test_a_workbook_returned_as_it_was_issued_is_sound(issued: Issued, catalogue: Catalogue) -> None:
    assert judged(issued, catalogue, lambda sheet, cell: None) == (True, [])


@pytest.mark.parametrize(
    ("key", "value", "code", "is_valid"),
    [
        ("targets.R6", "=1+1", "C006", False),
        ("targets.R6", "#REF!", "C007", False),
        ("target_kind", "だいたい", "C003", False),
        ("targets.R6", "〃", "C011", False),
        ("outline", " ", "C001", False),
        ("outline", "髙速化する。", "C014", True),
    ],
)
def test_a_spoilt_cell_is_found_at_its_address(
    issued: Issued, catalogue: Catalogue, key: str, value: str, code: str, is_valid: bool
) -> None:
    where = []

    def spoil(sheet: Any, cell: Callable[[str, str], Any]) -> None:
        cell("L0016", "change_kind").value = "変更"
        cell("L0016", key).value = value
        where.append(cell("L0016", key).coordinate)

    valid, found = judged(issued, catalogue, spoil)
    assert (valid, found) == (is_valid, [(code, where[0])])


def test_protection_taken_off_and_text_struck_through_are_seen(issued: Issued, catalogue: Catalogue) -> None:
    where = []

    def spoil(sheet: Any, cell: Callable[[str, str], Any]) -> None:
        sheet.protection.disable()
        cell("L0016", "outline").font = Font(strike=True)
        where.append(cell("L0016", "outline").coordinate)

    assert judged(issued, catalogue, spoil) == (True, [("I009", ""), ("C016", where[0])])
