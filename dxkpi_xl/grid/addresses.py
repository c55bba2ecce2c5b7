"""Cell addresses as people read them: ``J14``, ``A1:C3``; rows and columns are counted from 1."""

import re
from functools import lru_cache

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.refusals import Reason, Refused

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@lru_cache
def column_name(column: int) -> str:
    """The letters of a column: 1 is A, 28 is AB."""
    if not 1 <= column <= limits.COLUMNS:
        raise Refused(Reason.BAD_ADDRESS, "", "", {"address": f"column {column}"})
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


@lru_cache
def column_names(count: int) -> tuple[str, ...]:
    """The letters of the first columns."""
    return tuple(map(column_name, range(1, count + 1)))


def column_number(letters: str) -> int:
    """The number of a column: A is 1, AB is 28."""
    return cell_position(letters + "1")[1]


def address(row: int, column: int, *, fixed_row: bool = False, fixed_column: bool = False) -> str:
    """``J14`` of row 14, column 10; with ``fixed_…`` the dollar signs of a formula."""
    if not 1 <= row <= limits.ROWS:
        raise Refused(Reason.BAD_ADDRESS, "", "", {"address": f"row {row}"})
    return f"{'$' if fixed_column else ''}{column_name(column)}{'$' if fixed_row else ''}{row}"


def area(first_row: int, first_column: int, last_row: int, last_column: int, *, fixed: bool = False) -> str:
    """``A1:C3`` (always with a colon), or ``$A$1:$C$3`` when fixed."""
    first = address(first_row, first_column, fixed_row=fixed, fixed_column=fixed)
    return f"{first}:{address(last_row, last_column, fixed_row=fixed, fixed_column=fixed)}"


@lru_cache(maxsize=65_536)
def cell_position(cell: str) -> tuple[int, int]:
    """(row, column) of ``J14``; anything else, dollar signs included, is refused."""
    match = _CELL.fullmatch(cell)
    if match is None:
        raise Refused(Reason.BAD_ADDRESS, "", "", {"address": cell})
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    if row > limits.ROWS or column > limits.COLUMNS:
        raise Refused(Reason.BAD_ADDRESS, "", "", {"address": cell})
    return row, column


def area_position(cells: str) -> tuple[int, int, int, int]:
    """(first row, first column, last row, last column) of ``A1:C3`` or of one cell."""
    if ":" not in cells:
        return cell_position(cells) * 2
    first, _, last = cells.partition(":")
    (top, left), (bottom, right) = cell_position(first), cell_position(last)
    if top > bottom or left > right:
        raise Refused(Reason.BAD_ADDRESS, "", "", {"address": cells})
    return top, left, bottom, right


def quoted_sheet(name: str) -> str:
    """A sheet's name as a formula needs it: always in quotes, its own quotes doubled."""
    return "'" + name.replace("'", "''") + "'"


def is_like_a_cell(name: str) -> bool:
    """True if Excel would read the name as a cell: ``KPI14``, ``R6``, ``r1c1``, ``C``."""
    upper = name.upper()
    match = _CELL.fullmatch(upper)
    if match is not None:
        letters, row = match[1], int(match[2])
        return (len(letters), letters) <= (3, "XFD") and row <= limits.ROWS
    return re.fullmatch(r"(R[0-9]*)?(C[0-9]*)?", upper) is not None
