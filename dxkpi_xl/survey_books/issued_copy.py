"""The hidden copy: whose workbook it is, and what stood in each row when it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.grid.addresses import address, quoted_sheet
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.styles import Colour, Style
from dxkpi_xl.survey_books.layout import AnswerLayout

_PURPOSE = "事務局が使う控えです。回答との照合に使いますので、書き換えずにそのままにしてください。"
_IDENTITY_ROW = 2
_PLAIN = Style(num_format="@")
_HEADING = Style(bold=True, fill=Colour.HEADING_FILL)


@dataclass(frozen=True, kw_only=True)
class IssuedCopy:
    """Where the copy stands: the sheet's name and the row of its headings (column keys, not labels)."""

    sheet: str
    heading_row: int
    refs: Mapping[str, str]


def identity(survey: Survey) -> dict[str, str]:
    """Give what the copy and the head say of a workbook, by head key."""
    return {
        fields.SURVEY_ID: survey.id,
        fields.YEAR: survey.cycle.year_label,
        fields.ADDRESSEE: survey.addressee,
        fields.FORM_VERSION: survey.form_version,
    }


def issued_copy(sheet: str, survey: Survey, layout: AnswerLayout) -> IssuedCopy:
    """Say where each issued value will stand; ``refs`` are by row's key and column's key, joined by a space."""
    heading_row = _IDENTITY_ROW + len(identity(survey)) + 1
    refs = {
        f"{row.listing_id} {column.key}": f"{quoted_sheet(sheet)}!"
        + address(heading_row + 1 + n, layout.position[column.key], fixed_row=True, fixed_column=True)
        for n, row in enumerate(layout.rows)
        for column in layout.columns
    }
    return IssuedCopy(sheet=sheet, heading_row=heading_row, refs=refs)


def write_issued_copy(book: Book, copy: IssuedCopy, survey: Survey, layout: AnswerLayout) -> None:
    """Write the copy and hide it; every value is a text."""
    sheet = book.sheet(copy.sheet)
    sheet.text("A1", _PURPOSE, _PLAIN)
    for n, (key, value) in enumerate(identity(survey).items()):
        sheet.text(f"A{_IDENTITY_ROW + n}", key, _HEADING)
        sheet.text(f"B{_IDENTITY_ROW + n}", value, _PLAIN)
    for column in layout.columns:
        sheet.text(address(copy.heading_row, layout.position[column.key]), column.key, _HEADING)
    for n, row in enumerate(layout.rows, start=copy.heading_row + 1):
        for column in layout.columns:
            value = row.values.get(column.key, "")
            if value:
                sheet.text(address(n, layout.position[column.key]), value, _PLAIN)
    sheet.protect()
    sheet.hide()
