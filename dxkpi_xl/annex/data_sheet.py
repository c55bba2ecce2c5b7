"""データ: the annex as a flat table for screen readers and programs, one heading row, no merged cell, no blank row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dxkpi_xl.annex.side_paper import HEADING, TEXT, side_setup
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.content import content_of
from dxkpi_xl.cycle.model import Kpi, Listing, Register
from dxkpi_xl.cycle.numbering import Numbering, relisting_note
from dxkpi_xl.form.columns import Column, Form
from dxkpi_xl.grid.addresses import area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.limits import ROW_HEIGHT
from dxkpi_xl.grid.styles import Style
from dxkpi_xl.grid.text_height import Ruler, ruler

DATA_SHEET = "データ"

# What separates several values in one cell (デジタル庁 GIF): the owners of a project.
SEPARATOR = ";"

_IDENTITIES = (fields.LISTING_ID, fields.RELIST_OF)
_BODY = TEXT.but(valign="top")
_SENTENCES = 30.0  # digits: a printed width from which a column holds sentences
_NARROWEST = 7.0
_WIDENED = (1.0, 1.5, 2.0, 3.0)  # times, until the highest row is one that Excel can have


def add_data_sheet(book: Book, form: Form, register: Register) -> None:
    """Add the sheet データ: every listing as one row, each cell complete, the same words as in print.

    A text too long for Excel's highest row is whole in its cell, though not on paper; the annex itself prints it all.
    """
    sheet = book.sheet(DATA_SHEET)
    columns = data_columns(form, register.cycle.years)
    rows = list(data_rows(register, columns))
    widths, heights = _widths_and_heights(book, columns, rows)
    points = [book.normal.column_points(width) for width in widths]
    for n, (column, width) in enumerate(zip(columns, widths, strict=True), start=1):
        sheet.column_width(n, n, width)
        sheet.text((1, n), column.label, HEADING)
    sheet.row_height(1, min(ROW_HEIGHT, _needed([column.label for column in columns], _rulers(book, points, HEADING))))
    for row, (texts, height) in enumerate(zip(rows, heights, strict=True), start=2):
        sheet.row(row, [(text, _BODY) for text in texts], min(ROW_HEIGHT, height))
    everything = area(1, 1, max(2, len(rows) + 1), len(columns))
    sheet.autofilter(everything)
    sheet.freeze("B2")
    sheet.select("A1")
    sheet.ignore_errors([everything])
    sheet.print_setup(side_setup(register.cycle, DATA_SHEET, everything, repeat_rows=(1, 1)))


def data_columns(form: Form, years: tuple[str, ...]) -> tuple[Column, ...]:
    """Give the columns: the ids, the printed ones, and the listing's answers that print only in brackets."""
    wanted = {*_IDENTITIES, *fields.LISTING_ANSWERS}
    return tuple(c for c in form.columns_for(years) if c.annex is not None or c.key in wanted)


def data_rows(register: Register, columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    """Give the texts of every listing; a row that shares another's content shows that content."""
    numbering = register.numbering
    for listing in register.listings:
        values = _values(register, numbering, listing)
        yield tuple(values[column.key] for column in columns)


def _values(register: Register, numbering: Numbering, listing: Listing) -> Mapping[str, str]:
    content = content_of(register, numbering, listing)
    values = fields.listing_values(register, numbering, listing)
    if content is not listing:
        shown = fields.listing_values(register, numbering, content)
        kpi_columns = (fields.KPI_NO, *fields.KPI_ANSWERS, *map(fields.target_key, register.cycle.years))
        values |= {key: shown[key] for key in (*fields.LISTING_ANSWERS, *kpi_columns)}
    values |= {key: values[key].replace("\n", SEPARATOR) for key in (fields.BUREAU, fields.SECTION)}
    values[fields.KPI_NO] = _kpi_number(register.kpi_of(content), numbering, listing)
    values[fields.NUMBER] = numbering.relisted_from(listing) or values[fields.NUMBER]
    again = numbering.is_relisted(listing)
    values[fields.RELIST_OF] = numbering.first_listing[listing.project_id] if again else ""
    return values


def _kpi_number(kpi: Kpi | None, numbering: Numbering, listing: Listing) -> str:
    if kpi is None:
        return ""
    n = numbering.kpis[kpi.id]
    return str(n) if kpi.defined_by == listing.id else relisting_note(n)


def _widths_and_heights(
    book: Book, columns: Sequence[Column], rows: Sequence[Sequence[str]]
) -> tuple[list[float], list[float]]:
    """Give the widths in digits, and the points that each row needs.

    Columns of sentences are as wide as the longest of them needs to stand in one row.
    """
    wanted = [max(_NARROWEST, column.annex.width if column.annex else column.width) for column in columns]
    widths, heights = wanted, [0.0] * len(rows)
    for times in _WIDENED:
        widths = [width * times if width >= _SENTENCES else width for width in wanted]
        rulers = _rulers(book, [book.normal.column_points(width) for width in widths], _BODY)
        heights = [_needed(texts, rulers) for texts in rows]
        if max(heights, default=0.0) <= ROW_HEIGHT:
            break
    return widths, heights


def _rulers(book: Book, points: Sequence[float], style: Style) -> list[Ruler]:
    return [ruler(each, style, book.normal) for each in points]


def _needed(texts: Sequence[str], rulers: Sequence[Ruler]) -> float:
    """Give the points that a row of texts in one type needs."""
    return rulers[0].height(max(map(Ruler.lines, rulers, texts)))
