"""Where the fields of the head stand: labels and values in the columns of the table below, without disturbing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dxkpi_xl.form.columns import Column, HeadField
from dxkpi_xl.grid.addresses import address, area

STATE_COLUMN = 1
STATE_WIDTH = 25.0

TITLE_ROW = 1
HEAD_FIRST_ROW = 2
# The live line takes two rows at the left of the head, the link and the state of the head one each.
LIVE_ROWS = 4
LIVE_LAST_COLUMN = 3
# A label of the head stands in one column of this many characters, its value in columns that add up to so many.
_LABEL_WIDTHS = (9.0, 20.0)
_VALUE_WIDTH = 20.0
_LAST_VALUE_WIDTH = 45.0  # the last one has room, and the longest value (where to send to)


@dataclass(frozen=True, kw_only=True)
class HeadCell:
    """A field of the head: the cell of its label, and the columns of its value."""

    field: HeadField
    row: int
    label_column: int
    first_column: int
    last_column: int

    @property
    def label_cell(self) -> str:
        """The label's address."""
        return address(self.row, self.label_column)

    @property
    def value_cell(self) -> str:
        """The address where the value stands."""
        return address(self.row, self.first_column)

    @property
    def value_area(self) -> str:
        """The merged columns of the value."""
        return area(self.row, self.first_column, self.row, self.last_column)


def lay_out_head(head: tuple[HeadField, ...], columns: tuple[Column, ...]) -> Iterator[HeadCell]:
    """Place the office's fields in the outer slots downwards, those to be answered in the inner ones left to right.

    Nothing may stand right of a field to be answered but another label: a reader looks there for its value.
    """
    slots = _slots(columns)
    outer, inner = (slots[0], *(_widened(slot, columns) for slot in slots[3:4])), slots[1:3]
    printed = [each for each in head if not each.answered]
    answered = [each for each in head if each.answered]
    depth = max(-(-len(printed) // len(outer)), -(-len(answered) // len(inner)))
    for n, each in enumerate(printed):
        yield _head_cell(each, HEAD_FIRST_ROW + n % depth, outer[n // depth])
    for n, each in enumerate(answered):
        yield _head_cell(each, HEAD_FIRST_ROW + n // len(inner), inner[n % len(inner)])


def _head_cell(field: HeadField, row: int, slot: tuple[int, int]) -> HeadCell:
    return HeadCell(field=field, row=row, label_column=slot[0] - 1, first_column=slot[0], last_column=slot[1])


def _widened(slot: tuple[int, int], columns: tuple[Column, ...]) -> tuple[int, int]:
    """Give a place for a value that takes more columns to its right, up to the last one."""
    first, last = slot
    widths = [STATE_WIDTH, *(column.width for column in columns)]
    while last < len(widths) and sum(widths[first - 1 : last]) < _LAST_VALUE_WIDTH:
        last += 1
    return first, last


def _slots(columns: tuple[Column, ...]) -> list[tuple[int, int]]:
    """Give (first, last) column of the places for a value; the column before each is wide enough for a label."""
    widths = [STATE_WIDTH, *(column.width for column in columns)]
    found: list[tuple[int, int]] = []
    n = LIVE_LAST_COLUMN  # the state and the two columns kept in view are not the head's
    while n < len(widths):
        if _LABEL_WIDTHS[0] <= widths[n] <= _LABEL_WIDTHS[1]:
            last, room = n, 0.0
            while room < _VALUE_WIDTH and last + 1 < len(widths):
                last += 1
                room += widths[last]
            if room >= _VALUE_WIDTH:
                found.append((n + 2, last + 1))
                n = last + 1
                continue
        n += 1
    return found
