"""The hidden copy: whose workbook it is, and what stood in each row when it was issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import SEND_BACK_LABEL, Survey
from dxkpi_xl.grid.addresses import address, quoted_sheet
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Style
from dxkpi_xl.survey_books.filled import Filled
from dxkpi_xl.survey_books.layout import AnswerLayout

_PURPOSE = "事務局が使う控えです。回答との照合に使いますので、書き換えずにそのままにしてください。"
_IDENTITY_ROW = 2
_PLAIN = Style(num_format="@")
_HEADING = Style(bold=True, fill=Colour.HEADING_FILL)


@dataclass(frozen=True, kw_only=True)
class IssuedCopy:
    """Where the copy stands: the sheet's name and the row of its headings (column keys, not labels).

    ``refs`` are the cells of issued values, ``sent_refs`` those of answers as they were sent back, right of them; both
    by row's key and column's key, joined by a space.
    """

    sheet: str
    heading_row: int
    refs: Mapping[str, str]
    sent_refs: Mapping[str, str]


def identity(survey: Survey) -> dict[str, str]:
    """Give what the copy and the head say of a workbook, by head key."""
    return {
        fields.SURVEY_ID: survey.id,
        fields.YEAR: survey.cycle.year_label,
        fields.ADDRESSEE: survey.addressee,
        fields.FORM_VERSION: survey.form_version,
    }


def issued_copy(sheet: str, survey: Survey, layout: AnswerLayout) -> IssuedCopy:
    """Say where each value will stand."""
    heading_row = _IDENTITY_ROW + len(identity(survey)) + 1

    def refs(right: int) -> dict[str, str]:
        return {
            f"{row.listing_id} {column.key}": f"{quoted_sheet(sheet)}!"
            + address(heading_row + 1 + n, layout.position[column.key] + right, fixed_row=True, fixed_column=True)
            for n, row in enumerate(layout.rows)
            for column in layout.columns
        }

    return IssuedCopy(sheet=sheet, heading_row=heading_row, refs=refs(0), sent_refs=refs(layout.last_column))


def write_issued_copy(book: Book, copy: IssuedCopy, survey: Survey, layout: AnswerLayout, filled: Filled) -> None:
    """Write the copy and hide it; every value is a text. Of what was sent back, only rows with a remark are kept."""
    sheet = book.sheet(copy.sheet)
    sheet.text("A1", _PURPOSE, _PLAIN)
    for n, (key, value) in enumerate(identity(survey).items()):
        sheet.text(f"A{_IDENTITY_ROW + n}", key, _HEADING)
        sheet.text(f"B{_IDENTITY_ROW + n}", value, _PLAIN)
    for column in layout.columns:
        sheet.text(address(copy.heading_row, layout.position[column.key]), column.key, _HEADING)
    if filled.numbers:
        sheet.text("C1", SEND_BACK_LABEL, _HEADING)
        sheet.text("D1", " ".join(filled.numbers), _PLAIN)
    remarked = {line.spot.listing_id for remark in filled.remarks for line in remark.lines}
    for n, row in enumerate(layout.rows, start=copy.heading_row + 1):
        _write_row(sheet, n, layout, row.as_issued, 0)
        if row.listing_id in remarked:
            _write_row(sheet, n, layout, row.values, layout.last_column)
    sheet.protect()
    sheet.hide()


def _write_row(sheet: Sheet, n: int, layout: AnswerLayout, values: Mapping[str, str], right: int) -> None:
    for column in layout.columns:
        value = values.get(column.key, "")
        if value:
            sheet.text(address(n, layout.position[column.key] + right), value, _PLAIN)
