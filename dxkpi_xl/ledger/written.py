"""What people wrote into a table of the ledger: its rows, its cells, and where each of them stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True, slots=True)
class TableHead:
    """Where a table stands: file, sheet, and the columns that the sheet has, by key."""

    file: str
    sheet: str
    columns: Mapping[str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRow:
    """One row of a table, ``number`` from 1; ``filled`` are its cells that hold something, by column key."""

    head: TableHead
    number: int
    filled: Mapping[str, Written]

    def __getitem__(self, key: str) -> Written:
        """Give a cell; a column that the sheet has not is blank, and stands nowhere."""
        found = self.filled.get(key)
        if found is not None:
            return found
        col = self.head.columns.get(key)
        return NOWHERE if col is None else Written("", self.head.file, self.head.sheet, self.number, col)

    def __contains__(self, key: object) -> bool:
        """Say whether the sheet has a column; without this, ``in`` would count through ``__getitem__`` without end."""
        return key in self.head.columns
