"""A listing that is too high for one row of a sheet is printed in parts, cut at its sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from dxkpi_xl.annex.row_cells import AnnexCell, Run

# Stands under the number in the first column of a part that continues the row above.
CONTINUED = "続き"


def in_parts(
    cells: Sequence[AnnexCell], parts: Callable[[AnnexCell, int], Sequence[str]]
) -> tuple[tuple[AnnexCell, ...], ...]:
    """Give the rows of cells in which one listing is printed, those after the first marked as continued.

    ``parts`` cuts the text of a cell at a position into what fits one row. The first column is never cut: it says
    which row goes on.
    """
    columns = [[cells[0]], *(_cut(cell, parts(cell, n)) for n, cell in enumerate(cells[1:], start=1))]
    blank = [AnnexCell(key=cell.key) for cell in cells]
    marked = AnnexCell(key=cells[0].key, runs=((f"{cells[0].text}\n{CONTINUED}".strip(), False),))
    first, *more = (
        tuple(cell or blank[n] for n, cell in enumerate(part)) for part in zip_longest(*columns, fillvalue=None)
    )
    return (first, *((marked, *part[1:]) for part in more))


def _cut(cell: AnnexCell, texts: Sequence[str]) -> list[AnnexCell]:
    if len(texts) < 2:
        return [cell]
    parts, start = [], 0
    for text in texts:
        parts.append(replace(cell, runs=_stretch(cell.runs, start, start + len(text)), number=None))
        start += len(text)
    return parts


def _stretch(runs: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    """Cut the runs to the characters from start to end of the whole text."""
    found: list[Run] = []
    position = 0
    for text, bold in runs:
        piece = text[max(0, start - position) : max(0, end - position)]
        if piece:
            found.append((piece, bold))
        position += len(text)
    return tuple(found)
