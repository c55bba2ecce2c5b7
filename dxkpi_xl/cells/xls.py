""".xls of Excel 97-2003, by xlrd, which read our own form right where other readers did not: bytes to cells."""

import io
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dxkpi_xl.cells.biff_records import SheetRecords, sheet_records
from dxkpi_xl.cells.collected import Allowance, Collected
from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import Area, SheetCells, Visibility, WorkbookCells
from dxkpi_xl.cells.number_formats import BUILTIN_FORMATS, GENERAL, format_meaning
from dxkpi_xl.cells.ole_properties import read_ole_properties
from dxkpi_xl.cells.shown import Shown, show_number
from dxkpi_xl.cells.styles_part import PLAIN, Style
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell as XlrdCell
    from xlrd.sheet import Sheet

_DEFAULT_LIMITS = Limits()
_VISIBILITIES: Mapping[int, Visibility] = {1: "hidden", 2: "veryHidden"}
# [MS-XLS 2.5.10]
_ERRORS = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}  # [MS-XLS 2.5.10]
# What olefile and xlrd raise on damaged files: they trust what they read.
_DAMAGE = (OSError, LookupError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError, struct.error)


def read_xls(data: bytes, *, limits: Limits = _DEFAULT_LIMITS) -> WorkbookCells:
    """All worksheets of an .xls; of a formula only that it is one, its `formula` is ''.

    Raises Unreadable, with any of its codes, and nothing else.  Run it in a process of its own: a damaged file may
    cost xlrd much time or memory.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable(UnreadableCode.TOO_LARGE, limit="file_bytes", allowed=limits.file_bytes)
    with _damage_told():
        stream = _workbook_stream(data)
        book = _open(stream)
        told = sheet_records(stream)
        sheets = book.sheets()
        if not sheets:
            raise Unreadable(UnreadableCode.NO_SHEET)
        told += [SheetRecords() for _ in sheets[len(told) :]]  # Excel 4 and older have no list of sheets
        styles, allowance = _styles(book), Allowance(limits)
        read = tuple(
            _sheet(book, sheet, records, styles, allowance) for sheet, records in zip(sheets, told, strict=False)
        )
        properties = read_ole_properties(data)
    return WorkbookCells(sheets=read, **properties._asdict())


@contextmanager
def _damage_told() -> Iterator[None]:
    from xlrd.biffh import XLRDError

    try:
        yield
    except XLRDError as error:
        encrypted = "encrypted" in str(error)
        raise Unreadable(UnreadableCode.PASSWORD if encrypted else UnreadableCode.DAMAGED, kind="xls") from None
    except _DAMAGE:
        raise Unreadable(UnreadableCode.DAMAGED, reason="xls") from None


def _workbook_stream(data: bytes) -> bytes:
    """The stream of records, by olefile: xlrd's own way to it can run in circles."""
    import olefile

    if not data.startswith(olefile.MAGIC):
        return data  # before Excel 5, and from some programs: the stream without a container
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        name = next((name for name in ("Workbook", "Book") if container.exists(name)), "")
        if not name:
            raise Unreadable(UnreadableCode.DAMAGED, reason="xls")
        return bytes(container.openstream(name).read())


def _open(stream: bytes) -> "Book":
    import xlrd

    return xlrd.open_workbook(file_contents=stream, formatting_info=True, ragged_rows=True, logfile=io.StringIO())


def _styles(book: "Book") -> list[Style]:
    """The cell formats by their index."""
    styles = []
    for xf in book.xf_list:
        told = book.format_map.get(xf.format_key)
        builtin = BUILTIN_FORMATS.get(xf.format_key)
        code = builtin if builtin is not None else told.format_str if told is not None else GENERAL
        styles.append(Style(code, format_meaning(code), _is_struck(book, xf.font_index)))
    return styles


def _is_struck(book: "Book", font: int) -> bool:
    return font < len(book.font_list) and bool(book.font_list[font].struck_out)


def _sheet(
    book: "Book", sheet: "Sheet", records: SheetRecords, styles: list[Style], allowance: Allowance
) -> SheetCells:
    collected = Collected(allowance)
    for row in range(sheet.nrows):
        for col, cell in enumerate(sheet.row(row)):
            style = styles[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(styles) else PLAIN
            formula = "" if (row, col) in records.formulas else None
            struck = any(_is_struck(book, font) for _, font in sheet.rich_text_runlist_map.get((row, col), ()))
            shown = _shown(cell, style, epoch_1904=bool(book.datemode))
            collected.add(row + 1, col + 1, shown, style, formula=formula, struck=struck)
    for top, bottom, left, right in sheet.merged_cells:  # the ends are past the merge
        collected.merge(Area(top + 1, left + 1, bottom, right))
    return collected.sheet(
        sheet.name,
        visibility=_VISIBILITIES.get(sheet.visibility, "visible"),
        protected=records.protected,
        hidden_rows=(row + 1 for row, told in sheet.rowinfo_map.items() if told.hidden),
        hidden_columns=(col + 1 for col, told in sheet.colinfo_map.items() if told.hidden),
    )


def _shown(cell: "XlrdCell", style: Style, *, epoch_1904: bool) -> Shown:
    import xlrd

    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return show_number(repr(float(cell.value)), style.meaning, epoch_1904=epoch_1904)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        text = "TRUE" if cell.value else "FALSE"
        return Shown(text, text, "bool")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        text = _ERRORS.get(int(cell.value), "#N/A")
        return Shown(text, text, "error")
    text = str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
    return Shown(text, text, "text")
