"""What the worksheets of one workbook share while they are read, and what comes out of one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import Area, Cell, CellsOnDemand
from dxkpi_xl.cells.shared_strings import SharedStrings
from dxkpi_xl.cells.styles_part import PLAIN, Style
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode

_USUAL_STRINGS = 2_048


@dataclass(kw_only=True)
class SheetContext:
    """What the sheets of one workbook share: strings, styles, the epoch, and what may still be read."""

    strings: SharedStrings
    styles: Mapping[str, Style]
    epoch_1904: bool
    limits: Limits
    cells_left: int
    characters_left: int

    @cached_property
    def styles_in_bytes(self) -> Mapping[bytes, Style]:
        """The styles by their index as it stands in the part; where none stands, it is that of index 0."""
        return {b"": self.styles.get("0", PLAIN), **{index.encode(): style for index, style in self.styles.items()}}

    @cached_property
    def strings_in_bytes(self) -> Mapping[bytes, str]:
        """The shared strings by their index as a program writes it."""
        return dict(zip(_indexes(len(self.strings.texts)), self.strings.texts, strict=False))

    def spend(self, cells: Mapping[tuple[int, int], Cell]) -> None:
        """Count the cells of a sheet that was read.  Raises Unreadable (TOO_LARGE) for too many characters."""
        self.cells_left -= len(cells)
        if isinstance(cells, CellsOnDemand):
            self.characters_left -= cells.characters
        else:
            self.characters_left -= sum(len(cell.text) for cell in cells.values())
        if self.characters_left < 0:
            raise too_large("characters", self.limits.characters)


def _indexes(count: int) -> Iterable[bytes]:
    """Numbers as they are written, at least as many; those of usual workbooks are made once."""
    return _usual_indexes() if count <= _USUAL_STRINGS else (b"%d" % n for n in range(count))


@cache
def _usual_indexes() -> tuple[bytes, ...]:
    return tuple(b"%d" % n for n in range(_USUAL_STRINGS))


class SheetContent(NamedTuple):
    """What stands in one worksheet part."""

    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Area, ...]
    protected: bool
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def too_large(limit: str, allowed: int) -> Unreadable:
    """The refusal of what is over a limit."""
    return Unreadable(UnreadableCode.TOO_LARGE, limit=limit, allowed=allowed)
