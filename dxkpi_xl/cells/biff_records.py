"""What xlrd does not tell of an .xls: which cells are formulas, and which sheets are protected."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEAD = struct.Struct("<2H")
_BOF, _EOF, _PROTECT, _BOUND_SHEET = 0x0809, 0x000A, 0x0012, 0x0085  # [MS-XLS 2.3]
_FORMULAS = frozenset({0x0006, 0x0206, 0x0406})
_WORKSHEET = 0


@dataclass(kw_only=True)
class SheetRecords:
    """Of one worksheet: is it protected, and where its formulas stand, from 0 as in the file."""

    protected: bool = False
    formulas: set[tuple[int, int]] = field(default_factory=set)


def sheet_records(stream: bytes) -> list[SheetRecords]:
    """The worksheets of a workbook stream in the order of their tabs.  Raises struct.error for a record cut short."""
    starts = [
        struct.unpack_from("<L", content)[0]
        for code, content in _records(stream, 0)
        if code == _BOUND_SHEET and content[5] == _WORKSHEET
    ]
    return [_sheet(stream, start) for start in starts]


def _sheet(stream: bytes, start: int) -> SheetRecords:
    sheet = SheetRecords()
    for code, content in _records(stream, start):
        if code in _FORMULAS:
            row, col = _HEAD.unpack_from(content)
            sheet.formulas.add((row, col))
        elif code == _PROTECT:
            sheet.protected = any(content)
    return sheet


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, without those of charts within it."""
    depth = 0
    while position + _HEAD.size <= len(stream):
        code, length = _HEAD.unpack_from(stream, position)
        position += _HEAD.size
        depth += (code == _BOF) - (code == _EOF)
        if depth == 1:
            yield code, stream[position : position + length]
        if depth < 1:
            return
        position += length
