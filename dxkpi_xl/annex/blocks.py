"""Blocks of printed rows: rows that share one outline, target and KPI stay together, with heights that hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxkpi_xl.annex.continuation import in_parts
from dxkpi_xl.annex.measure import Measure
from dxkpi_xl.annex.row_cells import AnnexCell, AnnexRow, AnnexRows
from dxkpi_xl.grid.text_height import MOST, Block, heights_with_blocks


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedRow:
    """One row of the sheet: its listing, the one whose content it shows, its cells as printed, its height in points.

    ``joined``: its shared cells are blank and merged with the row above. ``part`` counts from 0 where one listing
    takes several rows, ``parts`` how many it takes.
    """

    listing_id: str
    content_id: str
    item_key: tuple[str, str]
    cells: tuple[AnnexCell, ...]
    height: float
    joined: bool = False
    part: int = 0
    parts: int = 1


def printed_blocks(annex: AnnexRows, measure: Measure, page_height: float) -> tuple[tuple[PrintedRow, ...], ...]:
    """Give the blocks of an annex in order, none higher than a page's body of so many points.

    A block that would be higher is cut between its rows, and the content printed again; a row that would be higher
    than a sheet's row may be is printed in parts, each a block of its own.
    """
    blocks = _Blocks(annex, measure, page_height)
    return tuple(block for together in _joined(annex.rows) for block in blocks.of(together))


def _joined(rows: Sequence[AnnexRow]) -> Iterator[tuple[AnnexRow, ...]]:
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or not rows[end].joins:
            yield tuple(rows[start:end])
            start = end


class _Blocks:
    """Makes blocks out of rows that show one content."""

    def __init__(self, annex: AnnexRows, measure: Measure, page_height: float) -> None:
        self._is_shared = [column.key in annex.shared_keys for column in annex.columns]
        self._places = {
            shared: [n for n, is_shared in enumerate(self._is_shared) if is_shared is shared]
            for shared in (True, False)
        }
        self._blanks = tuple(AnnexCell(key=column.key) for column in annex.columns)
        self._measure = measure
        self._page = page_height
        self._row_limit = min(MOST, page_height)

    def of(self, rows: Sequence[AnnexRow]) -> Iterator[tuple[PrintedRow, ...]]:
        """Give the blocks of rows that show one content: one block, where it fits a page."""
        own = [self._needed(row, shared=False) for row in rows]
        start = 0
        while start < len(rows):
            shared = self._needed(rows[start], shared=True)
            heights = self._heights(own[start : start + 1], shared)
            if heights:
                while start + len(heights) < len(rows):
                    more = self._heights(own[start : start + len(heights) + 1], shared)
                    if not more:
                        break
                    heights = more
                yield self._block(rows[start : start + len(heights)], heights)
            else:
                yield from self._parts(rows[start])
            start += max(1, len(heights))

    def _needed(self, row: AnnexRow, *, shared: bool) -> float:
        """Give the height of the cells that a block shares, or of those that it does not."""
        places = self._places[shared]
        return self._measure.height(map(self._measure.lines, [row.cells[n] for n in places], places))

    def _heights(self, own: Sequence[float], needed: float) -> tuple[float, ...]:
        """Give the rows' heights in one block; nothing where they do not fit one page, or a row one row of a sheet."""
        if needed > len(own) * self._row_limit:
            return ()
        if len(own) == 1:
            return (max(own[0], needed),) if own[0] <= self._row_limit else ()
        heights = heights_with_blocks(own, [Block(first=0, last=len(own) - 1, height=needed)])
        return heights if max(heights) <= self._row_limit and sum(heights) <= self._page else ()

    def _block(self, rows: Sequence[AnnexRow], heights: Sequence[float]) -> tuple[PrintedRow, ...]:
        return tuple(
            PrintedRow(
                listing_id=row.listing_id,
                content_id=row.content_id,
                item_key=row.item_key,
                cells=self._without_shared(row) if number else row.cells,
                height=height,
                joined=number > 0,
            )
            for number, (row, height) in enumerate(zip(rows, heights, strict=True))
        )

    def _parts(self, row: AnnexRow) -> Iterator[tuple[PrintedRow, ...]]:
        rows = in_parts(row.cells, lambda cell, position: self._measure.parts(cell, position, self._row_limit))
        for part, cells in enumerate(rows):
            row_of_part = PrintedRow(
                listing_id=row.listing_id,
                content_id=row.content_id,
                item_key=row.item_key,
                cells=cells,
                height=self._measure.row(cells),
                part=part,
                parts=len(rows),
            )
            yield (row_of_part,)

    def _without_shared(self, row: AnnexRow) -> tuple[AnnexCell, ...]:
        places = zip(self._is_shared, self._blanks, row.cells, strict=True)
        return tuple(blank if is_shared else cell for is_shared, blank, cell in places)
