"""What a workbook is once read: sheets of cells, each cell with its place."""

import datetime
from abc import abstractmethod
from collections.abc import Container, ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Literal, NamedTuple

CellKind = Literal["text", "number", "bool", "error", "date"]
Visibility = Literal["visible", "hidden", "veryHidden"]


# Characters that are kept of a formula: nobody quotes more, and the formulas of a survey are most of its bytes.
LONGEST_FORMULA = 200


class Cell(NamedTuple):
    """One cell that holds something: a value, or a formula that gave none (`text` is then '').

    `text` is what a person means by it: text as is (`_xHHHH_` decoded, line ends LF), a number in its shortest
    decimal form with the % and the words its format puts around it ('48.2%', '40万枚'), a date or time in ISO 8601
    ('2026-03-31', '2026-03-31 13:30', '13:30'), 'TRUE' or 'FALSE', '#REF!'.
    """

    row: int  # from 1
    col: int  # from 1
    text: str
    kind: CellKind
    formula: str | None  # the beginning of it; None: no formula; '': follows a shared formula
    number_format: str
    raw: str  # the bare number ('0.482', a date's serial); otherwise `text`
    struck: bool  # all or part of it is struck through

    @property
    def is_formula(self) -> bool:
        return self.formula is not None

    @property
    def address(self) -> str:
        """'J14'."""
        return f"{column_letters(self.col)}{self.row}"


class Area(NamedTuple):
    """A rectangle of cells, from 1, both ends within."""

    top: int
    left: int
    bottom: int
    right: int


class CellsOnDemand(Mapping[tuple[int, int], Cell]):
    """Cells by (row, column), all made when anything is asked of one: what they say is known before."""

    @property
    @abstractmethod
    def characters(self) -> int:
        """How many stand in all of them."""

    @property
    @abstractmethod
    def texts(self) -> frozenset[str]:
        """What they say, each text once."""

    @property
    @abstractmethod
    def made(self) -> dict[tuple[int, int], Cell]:
        """All of them, in the order of the file."""

    @abstractmethod
    def saying(self, texts: Container[str]) -> Iterator[Cell]:
        """Those that say one of some texts, without any other being made."""

    def __getitem__(self, place: tuple[int, int]) -> Cell:
        return self.made[place]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.made)

    def items(self) -> ItemsView[tuple[int, int], Cell]:
        return self.made.items()

    def values(self) -> ValuesView[Cell]:
        return self.made.values()


@dataclass(frozen=True, kw_only=True)
class SheetCells:
    """One worksheet: the cells with something in them, by (row, column)."""

    name: str
    visibility: Visibility
    protected: bool
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Area, ...]
    hidden_rows: frozenset[int]  # only rows and columns that hold a cell
    hidden_columns: frozenset[int]

    @cached_property
    def texts(self) -> frozenset[str]:
        """What its cells say, each text once: most stand in many cells, so that it is quick to look for a few."""
        cells = self.cells
        return cells.texts if isinstance(cells, CellsOnDemand) else frozenset(cell.text for cell in cells.values())

    def saying(self, texts: Container[str]) -> list[Cell]:
        """The cells that say one of some texts, by their places."""
        cells = self.cells
        if isinstance(cells, CellsOnDemand):
            return sorted(cells.saying(texts))
        return sorted(cell for cell in cells.values() if cell.text in texts)

    @cached_property
    def rows(self) -> Mapping[int, Mapping[int, Cell]]:
        """Its cells by row, then by column."""
        rows: dict[int, dict[int, Cell]] = {}
        for (row, col), cell in self.cells.items():
            rows.setdefault(row, {})[col] = cell
        return rows


@dataclass(frozen=True, kw_only=True)
class WorkbookCells:
    """A workbook: its worksheets in the order of their tabs, and the document properties."""

    sheets: tuple[SheetCells, ...]
    title: str = ""
    subject: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)
    modified: datetime.datetime | None = None  # when it was last saved, as the file itself says; in UTC
    styles_read: bool = True  # False: the formats were unreadable, so 0.482 may have been shown as 48.2%


@cache
def column_letters(col: int) -> str:
    """'A' for 1, 'XFD' for 16384."""
    letters = ""
    while col > 0:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
