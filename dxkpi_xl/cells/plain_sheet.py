"""A worksheet written as Excel and the usual programs write it: its cells are searched for, not passed over tag by tag.

Whether it is written so, and is well-formed, is looked at first, strictly. Any other sheet, and any with something
impossible in it, is left to `sheet_part`, which passes over all tags and refuses what must be refused.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

from dxkpi_xl.cells.limits import EXCEL_COLUMNS, EXCEL_ROWS
from dxkpi_xl.cells.model import Area, Cell
from dxkpi_xl.cells.plain_cells import LeftToThePass, PlainCells, column
from dxkpi_xl.cells.sheet_context import SheetContent, SheetContext
from dxkpi_xl.cells.xml_pass import TRUE, XmlPart, is_plain

_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_ADDRESS = rb"([A-Z]{1,3})([1-9][0-9]{0,6})"
# What says something of the cells before or after them.
_BESIDE = re.compile(rb"<(c|col|f|is|mergeCell|row|sheetData|sheetProtection|strike|t|rPh|v)(?=[\s/>])([^<]*)")
_MERGE = re.compile(rb' ref="' + _ADDRESS + rb"(?::" + _ADDRESS + rb')?" ?/>\s*')
_PROTECTION = re.compile(rb'(?: [A-Za-z]+="[^"<&]*")* ?/>\s*')
_LONGEST_REMEMBERED = 40
_PROTECTED = re.compile(rb' sheet="([^"]*)"')


def plain_sheet(part: XmlPart, context: SheetContext) -> SheetContent | None:
    """The content of a sheet that is plainly written and sound; None for any other.

    Raises Unreadable as `xml_pass` does: DAMAGED if it is not well-formed, UNSAFE for a DOCTYPE.
    """
    data = part.data
    if not is_plain(part):
        return None
    begin = data.find(_BEGIN)
    end = data.find(_END, begin) if begin >= 0 else 0  # 0: the cells begin otherwise, and all of it is looked at
    try:
        cells: Mapping[tuple[int, int], Cell] = {}
        if begin >= 0:
            cells = PlainCells(data, begin + len(_BEGIN), end, context)
        merges, protected = _beside(data, max(begin, 0), max(end, 0), context)
    except LeftToThePass:
        return None
    return SheetContent(cells, merges, protected)


def _beside(data: bytes, begin: int, end: int, context: SheetContext) -> tuple[tuple[Area, ...], bool]:
    """The merges, and whether the sheet is protected: what stands before and after the cells."""
    merges: list[Area] = []
    protected = False
    for found in chain(_BESIDE.finditer(data, 0, begin), _BESIDE.finditer(data, end)):
        name, terms = found.groups()
        if name == b"mergeCell" and len(merges) < context.limits.cells:
            merges.append(_merge(terms))
        elif name == b"sheetProtection" and _PROTECTION.fullmatch(terms):
            told = _PROTECTED.search(terms)
            protected = told is not None and told[1].decode() in TRUE
        elif name != b"col" or b"hidden" in terms:
            raise LeftToThePass
    return tuple(merges), protected


def _merge(terms: bytes) -> Area:
    return _merge_before(terms) if len(terms) <= _LONGEST_REMEMBERED else _merge_told(terms)


def _merge_told(terms: bytes) -> Area:
    told = _MERGE.fullmatch(terms)
    if told is None:
        raise LeftToThePass
    left, top, right, bottom = told.groups()
    return Area(_row(top), _column(left), _row(bottom or top), _column(right or left))


_merge_before = lru_cache(maxsize=1_024)(_merge_told)  # all returns have the same ones


def _row(digits: bytes) -> int:
    row = int(digits)
    if row > EXCEL_ROWS:
        raise LeftToThePass
    return row


def _column(letters: bytes) -> int:
    number = column(letters)
    if number > EXCEL_COLUMNS:
        raise LeftToThePass
    return number
