"""Text with separators: UTF-8, CP932 or UTF-16; commas, tabs or semicolons: bytes to cells of one sheet."""

import csv
import io

from dxkpi_xl.cells.collected import Allowance, Collected
from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import WorkbookCells
from dxkpi_xl.cells.shown import Shown
from dxkpi_xl.cells.styles_part import PLAIN
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode

SHEET_NAME = "CSV"
_DEFAULT_LIMITS = Limits()
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = "\t,;"
_LINES_SEEN = 50


def read_csv(data: bytes, *, limits: Limits = _DEFAULT_LIMITS) -> WorkbookCells:
    """One visible sheet named CSV; every field is text as it stands.  Raises Unreadable: TOO_LARGE, DAMAGED."""
    if len(data) > limits.file_bytes:
        raise Unreadable(UnreadableCode.TOO_LARGE, limit="file_bytes", allowed=limits.file_bytes)
    text = _decoded(data)
    cells = Collected(Allowance(limits))
    try:
        for row, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)), 1):
            for col, field in enumerate(fields, 1):
                field_text = field.replace("\r\n", "\n").replace("\r", "\n")
                cells.add(row, col, Shown(field_text, field_text, "text"), PLAIN)
    except csv.Error:  # a field of over 128 KiB: a quote that was never closed
        raise Unreadable(UnreadableCode.DAMAGED, reason="csv") from None
    return WorkbookCells(sheets=(cells.sheet(SHEET_NAME),))


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith(_UTF_16_MARKS) else ("utf-8-sig", "cp932")
    for encoding in encodings:
        try:
            return data.decode(encoding).removesuffix("\x1a")  # DOS programs end a text so
        except UnicodeDecodeError:
            continue
    raise Unreadable(UnreadableCode.DAMAGED, reason="encoding")


def _separator(text: str) -> str:
    """The sign that stands most often outside quotes in the first lines; of equals the tab, which is rarely text."""
    head = "\n".join(text.split("\n", _LINES_SEEN)[:_LINES_SEEN])
    outside = "".join(head.split('"')[::2])
    return max(_SEPARATORS, key=outside.count)
