"""出典: the office's own sheet in the annex, hidden and so never printed: where each printed cell came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from dxkpi_xl.annex.printed_sources import PrintedSource
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.limits import LINKS, ROWS
from dxkpi_xl.grid.styles import Colour, Line, Style
from dxkpi_xl.merge.three_way import FieldState

SHEET = "出典"
_COLUMNS = (
    ("資料のセル", 10.0),
    ("管理番号", 10.0),
    ("見出し", 20.0),
    ("印刷した内容", 40.0),
    ("出どころ", 14.0),
    ("ファイル", 40.0),
    ("シート", 12.0),
    ("セル", 8.0),
    ("発行時の内容", 40.0),
    ("判断(決定者・理由)", 30.0),
    ("受け取った日時", 20.0),
    ("SHA-256", 68.0),
)
_LINKS_A_ROW = 2


@dataclass(frozen=True, kw_only=True)
class OfficeSheets:
    """What only the office's copy carries: the source of each printed cell (read once), and how many there are.

    By SHA-256: when a file arrived, and where its original is kept (a path relative to the annex).
    """

    printed: Iterable[PrintedSource]
    count: int
    arrived: Mapping[str, str]
    originals: Mapping[str, str]


def add_source_sheet(book: Book, annex_sheet: str, office: OfficeSheets) -> None:
    """Add the sheet. A cell's address jumps to the cell, the SHA-256 opens the kept original."""
    sheet = book.sheet(SHEET)
    heading = Style(bold=True, fill=Colour.HEADING_FILL, border=Line.THIN)
    body = Style(valign="top")
    link = Style(valign="top", colour=Colour.LINK_TEXT, underline=True)
    for n, (name, width) in enumerate(_COLUMNS, start=1):
        sheet.column_width(n, n, width)
        sheet.text(address(1, n), name, heading)
    shown, is_linked = shown_sources(office.printed, office.count)
    for row, each in enumerate(shown, start=2):
        texts = (each.cell, *source_texts(each, office.arrived))
        looks = {1: link} if is_linked else {}
        if is_linked:
            sheet.link((row, 1), each.cell, (annex_sheet, each.cell), None)
            original = office.originals.get(each.source.sha256)
            if original:
                sheet.file_link((row, len(_COLUMNS)), each.source.sha256, original, None)
                looks[len(_COLUMNS)] = link
        sheet.row(row, [(text, looks.get(n, body)) if text else None for n, text in enumerate(texts, start=1)])
    sheet.autofilter(area(1, 1, max(2, len(shown) + 1), len(_COLUMNS)))
    sheet.freeze("B2")
    sheet.hide()


def shown_sources(printed: Iterable[PrintedSource], count: int) -> tuple[Sequence[PrintedSource], bool]:
    """Give the cells that the sheet lists, and whether Excel can link them: all while it can, else those answered anew.

    ``count`` says how many are printed. ``dxkpi trace`` tells the source of any cell.
    """
    shown = list(printed if lists_all(count) else islice(filter(_is_anew, printed), ROWS - 1))
    return shown, lists_all(len(shown))


def lists_all(count: int) -> bool:
    """Whether so many printed cells are all listed, as Excel can link them; else those answered anew are."""
    return count <= LINKS // _LINKS_A_ROW


def _is_anew(each: PrintedSource) -> bool:
    made = each.source.outcome
    return made is not None and (made.value != made.base or made.state in (FieldState.CONFLICT, FieldState.DECIDED))


def source_texts(each: PrintedSource, arrived: Mapping[str, str]) -> tuple[str, ...]:
    """Give the columns of one printed cell after its address."""
    source = each.source
    decision = source.outcome.decision if source.outcome else None
    return (
        each.listing_id,
        each.heading,
        each.printed,
        source.origin.value,
        source.place.file,
        source.place.sheet,
        source.place.cell,
        source.outcome.base if source.outcome else "",
        f"{decision.choice} {decision.decided_by} {decision.reason}" if decision else "",
        arrived.get(source.sha256, ""),
        source.sha256,
    )
