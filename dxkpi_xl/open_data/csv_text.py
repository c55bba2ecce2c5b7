"""Tables as CSV: every field quoted, CRLF, UTF-8; a text never becomes a formula, and stays recoverable to the letter.

Quotes do not stop a spreadsheet from calculating ``=1+1``; a leading apostrophe does (measured with LibreOffice).  So
a text that begins like a formula, or with an apostrophe, gets one apostrophe in front: whoever reads by program takes
one leading apostrophe off, and has what was written.
"""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

from dxkpi_xl.cycle.kpi_value import NOT_SET, plain
from dxkpi_xl.open_data.table import OpenTable, Value

GUARD = "'"
LINE_END = "\r\n"

# Half-width as programs read them, full-width as a Japanese Excel takes them when they are typed.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_MAY_BEGIN = frozenset((GUARD, *_BEGINS_A_FORMULA))
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?")


def csv_bytes(table: OpenTable, *, bom: bool) -> bytes:
    """Give a table as a CSV file (RFC 4180), with a byte order mark where Excel is to open it by a double click."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=LINE_END)
    writer.writerow([column.name for column in table.columns])
    keys = [column.key for column in table.columns]
    texts = _Guarded()
    writer.writerows(
        [texts[value] if type(value := record[key]) is str else cell_text(value) for key in keys]
        for record in table.records
    )
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


class _Guarded(dict[str, str]):
    """Texts as they stand in the CSV; years, kinds and names of offices stand in it again and again."""

    def __missing__(self, text: str) -> str:
        self[text] = cell = guarded(text)
        return cell


def cell_text(value: Value) -> str:
    """Give a value as it stands in the CSV."""
    if isinstance(value, str):
        return guarded(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value)


def guarded(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula; ``unguarded`` gives it back."""
    first = text[:1]
    if first not in _MAY_BEGIN and not first.isspace():
        return text
    begins = text.lstrip().startswith(_BEGINS_A_FORMULA) and not _is_harmless(text)
    return GUARD + text if begins or text.startswith(GUARD) else text


def unguarded(cell: str) -> str:
    """Give the text that a cell of the CSV holds."""
    return cell.removeprefix(GUARD)


def _is_harmless(text: str) -> bool:
    """Whether it is a plain number (-5, +1.5%), or the one dash that stands for "not set"."""
    return _NUMBER.fullmatch(text) is not None or (len(text) == 1 and plain(text) == NOT_SET)
