"""A worksheet written as Excel and the usual programs write it: its cells are searched for, not passed over tag by tag.

Whether it is written so, and is well-formed, is looked at first, strictly. Any other sheet, and any with something
impossible in it, is left to `sheet_part`, which passes over all tags and refuses what must be refused.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from dxkpi_xl.cells.limits import EXCEL_COLUMNS, EXCEL_ROWS
from dxkpi_xl.cells.model import LONGEST_FORMULA, Area, Cell, CellKind
from dxkpi_xl.cells.shared_strings import resolved
from dxkpi_xl.cells.sheet_context import SheetContent, SheetContext
from dxkpi_xl.cells.shown import Shown, show_value
from dxkpi_xl.cells.styles_part import PLAIN, Style
from dxkpi_xl.cells.xml_pass import TRUE, XmlPart, is_plain

_ADDRESS = rb"([A-Z]{1,3})([1-9][0-9]{0,6})"
_MORE = rb'(?: (?:cm|vm|ph)="[^"<]*")*+'  # what Excel notes of arrays, rich values and readings
_BEGIN, _END = b"<sheetData>", b"</sheetData>"
_CUT = re.compile(rb"<(?:c|row) ")
# Empty cells, ends of rows and beginnings of rows that are not hidden are skipped; then one cell with a shared string,
# or with a formula or a value, or any other tag: so that none is overlooked. Nothing need follow, or what was skipped
# would be looked at again and again. Rows of seven digits, which nobody fills, are left to the pass with all others.
_NEXT = re.compile(
    rb'(?:<c [^<>/]*+/>|</row>|<row r="[1-9][0-9]{0,5}"(?![^<>]*hidden)[^<>]*+>)*+(?:'
    rb'<c r="' + _ADDRESS + rb'"(?: s="([0-9]{1,9})")?(?: t="s"' + _MORE + rb"><v>([0-9]{1,9})</v></c>"
    rb'|(?: t="([A-Za-z]{1,9})")?' + _MORE + rb'>(?:(<f)(?: [A-Za-z0-9]+="[^"<]*")*+(?:/>|>([^<]*)</f>))?'
    rb"(?:<v>([^<]*)</v>|<v ?/>)?</c>)|(<)|(?<=>))"
)
_LONGEST_WRITTEN = 10 * LONGEST_FORMULA  # bytes: no character is usually written in more than ten (`&#x10FFFF;`)
_AT_ONCE = 2**18  # bytes: so that no more than some thousand cells stand twice in memory
# What says something of the cells before or after them.
_BESIDE = re.compile(rb"<(c|col|f|is|mergeCell|row|sheetData|sheetProtection|strike|t|rPh|v)(?=[\s/>])([^<]*)")
_MERGE = re.compile(rb' ref="' + _ADDRESS + rb"(?::" + _ADDRESS + rb')?" ?/>\s*')
_PROTECTION = re.compile(rb'(?: [A-Za-z]+="[^"<&]*")* ?/>\s*')
_PROTECTED = re.compile(rb' sheet="([^"]*)"')


class _LeftToThePass(Exception):
    pass


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
        cells = _cells(data, begin + len(_BEGIN), end, context) if begin >= 0 else {}
        merges, protected = _beside(data, max(begin, 0), max(end, 0), context)
    except _LeftToThePass:
        return None
    return SheetContent(cells, merges, protected)


def _cells(data: bytes, begin: int, end: int, context: SheetContext) -> dict[tuple[int, int], Cell]:
    """The cells that hold something."""
    cells: dict[tuple[int, int], Cell] = {}
    count = 0
    for found in _found(data, begin, end):
        count += _read(found, context, cells)
        if count > context.cells_left:
            raise _LeftToThePass
    if len(cells) < count:  # two at one place
        raise _LeftToThePass
    return cells


def _found(data: bytes, begin: int, end: int) -> Iterator[list[tuple[bytes, ...]]]:
    """The groups of what `_NEXT` finds, some cells at a time; nothing that a program writes is longer than a piece."""
    while begin < end:
        cut = _CUT.search(data, begin + _AT_ONCE, end)
        stop = cut.start() if cut else end
        if stop - begin > 4 * _AT_ONCE:
            raise _LeftToThePass
        yield _NEXT.findall(data, begin, stop)
        begin = stop


def _read(found: list[tuple[bytes, ...]], context: SheetContext, cells: dict[tuple[int, int], Cell]) -> int:
    """Add the cells of some rows that hold something, and count them: nearly all are shared strings.

    Past Cell.__new__, which would cost as much as all the rest.
    """
    texts, struck_texts, style_of, new = (
        context.strings.texts,
        context.strings.struck,
        context.styles_in_bytes.get,
        tuple.__new__,
    )
    last, row, count = b"", 0, 0
    for letters, digits, style_index, index, kind, begun, written, value, other in found:
        if not letters:
            if other:
                raise _LeftToThePass
            continue
        if digits != last:
            last, row = digits, _row(digits)
        style = style_of(style_index, PLAIN)
        number_format, _, struck = style
        shown_as: CellKind = "text"
        formula = None
        if index:
            at = int(index)
            if at >= len(texts):
                raise _LeftToThePass
            text = raw = texts[at]
            struck = struck or at in struck_texts
        else:
            text, raw, shown_as = _shown(kind, value, style, context)
            formula = _formula(written[:_LONGEST_WRITTEN]) if begun else None
        if text or formula is not None:
            count += 1
            column = _column(letters)
            cells[row, column] = new(Cell, (row, column, text, shown_as, formula, number_format, raw, struck))
    return count


@lru_cache(maxsize=512)
def _formula(beginning: bytes) -> str:
    """The formula's beginning: all returns have the same ones."""
    return resolved(beginning.decode(errors="ignore"))[:LONGEST_FORMULA]


def _shown(kind: bytes, value: bytes, style: Style, context: SheetContext) -> Shown:
    """What a cell without a shared string shows."""
    if not value:
        return _NOTHING
    if kind == b"s":  # and no number of a shared string
        raise _LeftToThePass
    told = kind.decode() or "n"
    return show_value(told, resolved(value.decode()), style.meaning, epoch_1904=context.epoch_1904)


_NOTHING = Shown("", "", "text")


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
            raise _LeftToThePass
    return tuple(merges), protected


def _merge(terms: bytes) -> Area:
    told = _MERGE.fullmatch(terms)
    if told is None:
        raise _LeftToThePass
    left, top, right, bottom = told.groups()
    return Area(_row(top), _column(left), _row(bottom or top), _column(right or left))


def _row(digits: bytes) -> int:
    row = int(digits)
    if row > EXCEL_ROWS:
        raise _LeftToThePass
    return row


@cache
def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    if column > EXCEL_COLUMNS:
        raise _LeftToThePass
    return column
