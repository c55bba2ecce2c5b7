"""What people wrote into a table of the ledger: its rows, its cells, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from dxkpi_xl.cells.model import column_letters
from dxkpi_xl.findings import Place


class Written(NamedTuple):
    """What stands in one cell: ``text`` cleaned ("" for a blank), and where; a spoilt one has been told of.

    Row and column are from 1, and 0 for a cell that stands nowhere. The place is made when it is asked for: most cells
    are read without a word about them.
    """

    text: str
    file: str = ""
    sheet: str = ""
    row: int = 0
    col: int = 0
    spoilt: bool = False

    @property
    def place(self) -> Place:
        """Where it stands; a blank place for nowhere."""
        return place_of(self.file, self.sheet, self.row, self.col) if self.col else Place()


NOWHERE = Written(text="")


def place_of(file: str, sheet: str, row: int, col: int) -> Place:
    """Give the place of a cell, its row and column from 1."""
    return Place(file=file, sheet=sheet, cell=f"{column_letters(col)}{row}")


@dataclass(frozen=True, kw_only=True)
class TableHead:
    """Where a table stands: file, sheet, and the columns that the sheet has, by key."""

    file: str
    sheet: str
    columns: Mapping[str, int]

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each column among them, from 0."""
        return {key: n for n, key in enumerate(self.columns)}


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """One row of a table, ``number`` from 1, and what stands in its cells, in the order of the head's columns.

    A text is "" for a blank; ``spoilt`` are the keys of the columns whose cell is. A cell is made when it is asked for:
    all cells of a ledger are more than the register.
    """

    head: TableHead
    number: int
    texts: tuple[str, ...]
    spoilt: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Written:
        """Give a cell; a column that the sheet has not is blank, and stands nowhere."""
        head = self.head
        col = head.columns.get(key)
        if col is None:
            return NOWHERE
        text = self.texts[head.positions[key]]
        return Written(text, head.file, head.sheet, self.number, col, spoilt=key in self.spoilt)

    def holds(self, key: str) -> bool:
        """Say whether something stands in a column, spoilt or not."""
        return key in self and (bool(self.texts[self.head.positions[key]]) or key in self.spoilt)

    def __contains__(self, key: object) -> bool:
        """Say whether the sheet has a column; without this, ``in`` would count through ``__getitem__`` without end."""
        return key in self.head.columns
