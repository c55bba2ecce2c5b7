"""確認事項, the first sheet of a sent-back workbook: what to look at again, why, how to mend it, and where."""

from __future__ import annotations

from dxkpi_xl.findings import Severity
from dxkpi_xl.grid import limits
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.paper import Band, Field, Margins, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import TEXT_FORMAT, Colour, Line, Style
from dxkpi_xl.grid.text_height import Block, CellText, heights_with_blocks
from dxkpi_xl.survey_books.draft import Draft
from dxkpi_xl.survey_books.filled import REMARKS_SHEET, Remark
from dxkpi_xl.survey_books.remark_marks import spot_cell
from dxkpi_xl.survey_books.remark_words import opening_words

# Heading and width in characters, as read from the left: who, what, why, how, where.
_COLUMNS = (
    ("番号", 5.0),
    ("重さ", 6.0),
    ("管理番号", 9.0),
    ("事業名", 22.0),
    ("項目", 15.0),
    ("今の値", 24.0),
    ("理由", 36.0),
    ("直し方", 36.0),
    ("直す欄", 10.0),
)
_WIDTHS = tuple(width for _, width in _COLUMNS)
# What a remark says once for all of its cells; the other columns are each cell's own.
_SHARED = (1, 2, 7, 8)
_LEFTOVERS = (("元の場所", 1, 4), ("項目", 5, 5), ("理由", 6, 6), ("内容", 7, 9))
_LONGEST_VALUE = 300  # the whole of it stands in its cell
_LONGEST_LEFTOVER = 3_000  # about as much as a row of Excel shows

_BODY = Style(wrap=True, valign="top", border=Line.THIN, border_colour=Colour.LINE, size=10.0, num_format=TEXT_FORMAT)
_CENTRED = _BODY.but(align="center")
_HEADING = _BODY.but(bold=True, fill=Colour.HEADING_FILL, align="center")
_WEIGHT = {
    Severity.WRONG: _CENTRED.but(bold=True, fill=Colour.WARNING_FILL, colour=Colour.WARNING_TEXT),
    Severity.ASK: _CENTRED.but(bold=True, fill=Colour.MISSING_FILL),
}
_LINK = _CENTRED.but(colour=Colour.LINK_TEXT, underline=True)
_SAID = Style(wrap=True, valign="top", size=10.5)
_SECTION = Style(bold=True, size=12.0, colour=Colour.TITLE_FILL)
_TITLE = Style(bold=True, size=16.0)
_LEAST_HEIGHT = 18.0


def write_remarks_sheet(book: Book, draft: Draft) -> None:
    """Write the sheet and make it the one shown first."""
    sheet = book.sheet(REMARKS_SHEET)
    for n, width in enumerate(_WIDTHS, start=1):
        sheet.column_width(n, n, width)
    row = _write_opening(book, sheet, draft)
    heading_row = row
    for n, (heading, _) in enumerate(_COLUMNS, start=1):
        sheet.text(address(row, n), heading, _HEADING)
    sheet.row_height(row, _LEAST_HEIGHT)
    row += 1
    for n, remark in enumerate(draft.filled.remarks, start=1):
        row = _write_remark(book, sheet, draft, (n, row), remark)
    row = _write_leftovers(book, sheet, draft, row)
    _set_view(sheet, draft, heading_row, row - 1)


def _write_opening(book: Book, sheet: Sheet, draft: Draft) -> int:
    """Write what the sheet is and how it is answered; give the row of the table's headings."""
    sheet.text("A1", f"{draft.title} {REMARKS_SHEET}", _TITLE)
    sheet.row_height(1, 27)
    row = 2
    for label, text in opening_words(draft):
        style = _SAID.but(bold=True) if label else _SAID
        sheet.merge(area(row, 1, row, 3), label, style)
        sheet.merge(area(row, 4, row, len(_COLUMNS)), text, _SAID)
        said = CellText(text=text, width=_points(book, 4, len(_COLUMNS)), style=_SAID, normal=book.normal)
        sheet.row_height(row, min(limits.ROW_HEIGHT, max(_LEAST_HEIGHT, said.height)))
        row += 1
    return row + 1


def _write_remark(book: Book, sheet: Sheet, draft: Draft, at: tuple[int, int], remark: Remark) -> int:
    """Write one remark with a line for each of its cells; give the row after it."""
    n, first = at
    last = first + len(remark.lines) - 1
    shared = (str(n), remark.severity.value, f"{remark.title}\n{remark.reason}", remark.remedy)
    styles = (_CENTRED, _WEIGHT.get(remark.severity, _CENTRED), _BODY, _BODY)
    blocks = []
    for column, text, style in zip(_SHARED, shared, styles, strict=True):
        if last > first:
            sheet.merge(area(first, column, last, column), text, style)
        else:
            sheet.text(address(first, column), text, style)
        height = CellText(text=text, width=_points(book, column, column), style=style, normal=book.normal).height
        blocks.append(Block(first=0, last=last - first, height=height))
    heights = []
    for row, line in enumerate(remark.lines, start=first):
        value = line.value if len(line.value) <= _LONGEST_VALUE else f"{line.value[:_LONGEST_VALUE]}…"
        texts = {3: line.listing_id, 4: line.project, 5: line.item, 6: value or "(空欄)"}
        for column, text in texts.items():
            sheet.text(address(row, column), text, _BODY)
        cell = spot_cell(line.spot, draft.layout)
        sheet.link(address(row, len(_COLUMNS)), f"→ {cell}", (draft.form.sheets["answers"], cell), _LINK)
        heights.append(_height(book, texts))
    for row, height in enumerate(heights_with_blocks(heights, blocks), start=first):
        sheet.row_height(row, height)
    return last + 1


def _height(book: Book, texts: dict[int, str]) -> float:
    cells = [
        CellText(text=text, width=_points(book, column, column), style=_BODY, normal=book.normal)
        for column, text in texts.items()
    ]
    return min(limits.ROW_HEIGHT, max(_LEAST_HEIGHT, *(cell.height for cell in cells)))


def _write_leftovers(book: Book, sheet: Sheet, draft: Draft, row: int) -> int:
    """Write what has no place in the workbook, so that it can be put where it belongs; give the row after it."""
    if not draft.filled.leftovers:
        return row
    row += 1
    sheet.text(address(row, 1), "このファイルに写せなかった内容(必要なものは、該当する欄に御記入ください)", _SECTION)
    row += 1
    for heading, first, last in _LEFTOVERS:
        _write_across(sheet, row, (first, last), heading, _HEADING)
    for leftover in draft.filled.leftovers:
        row += 1
        cut = leftover.text if len(leftover.text) <= _LONGEST_LEFTOVER else f"{leftover.text[:_LONGEST_LEFTOVER]}…"
        texts = []
        for (_, first, last), text in zip(_LEFTOVERS, (leftover.place, leftover.item, leftover.why, cut), strict=True):
            _write_across(sheet, row, (first, last), text, _BODY)
            texts.append(CellText(text=text, width=_points(book, first, last), style=_BODY, normal=book.normal))
        sheet.row_height(row, min(limits.ROW_HEIGHT, max(_LEAST_HEIGHT, *(each.height for each in texts))))
    return row + 1


def _write_across(sheet: Sheet, row: int, columns: tuple[int, int], text: str, style: Style) -> None:
    first, last = columns
    if first == last:
        sheet.text(address(row, first), text, style)
    else:
        sheet.merge(area(row, first, row, last), text, style)


def _points(book: Book, first: int, last: int) -> float:
    return sum(book.normal.column_points(width) for width in _WIDTHS[first - 1 : last])


def _set_view(sheet: Sheet, draft: Draft, heading_row: int, last_row: int) -> None:
    sheet.hide_gridlines()
    sheet.tab_colour(Colour.WARNING_TEXT)
    sheet.select(address(heading_row + 1, len(_COLUMNS)))
    sheet.print_setup(
        PrintSetup(
            paper="A4",
            landscape=True,
            area=area(1, 1, last_row, len(_COLUMNS)),
            repeat_rows=(heading_row, heading_row),
            margins=Margins(left=10, right=10, top=12, bottom=14),
            footer=Band(
                left=(f"調査票ID {draft.survey.id}  {draft.survey.addressee}",), centre=(Field.PAGE, "/", Field.PAGES)
            ),
        )
    )
    sheet.protect()
    sheet.activate()
