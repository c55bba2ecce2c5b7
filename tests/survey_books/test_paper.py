"""What is printed: every text of the answer sheet is found on the pages, none is cut."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.survey import surveys
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.survey_books.workbook import survey_workbook

from .conftest import ANSWERS, emptied, opened

pytestmark = pytest.mark.libreoffice


def printed_characters(document: bytes) -> str:
    """All characters on paper in page order, cell by cell as LibreOffice draws them, white space left out."""
    with pdfplumber.open(io.BytesIO(convert(document, "pdf"))) as pdf:
        return "".join("".join(c["text"] for c in page.chars) for page in pdf.pages).replace(" ", "")


@pytest.mark.parametrize("empty", [False, True])
def test_every_text_of_the_largest_workbook_is_found_on_paper(form: Form, r6: Register, empty: bool) -> None:
    register = emptied(r6) if empty else r6
    survey = max(surveys(form, register), key=lambda each: len(each.rows))
    document = survey_workbook(form, register, survey)
    paper = printed_characters(document)
    sheet = opened(document, values=True).book[ANSWERS]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert len(texts) > 100
    assert [text for text in texts if "".join(text.split()) not in paper] == []
