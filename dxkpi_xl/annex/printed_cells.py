"""The cells that paper must show: each with its area on the sheet and its text, headings included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dxkpi_xl.annex.layout import FIRST_HEADING_ROW, FIRST_ROW, AnnexLayout, Area
from dxkpi_xl.grid.addresses import address


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class PrintedCell:
    """A cell, or the merged cells that are one: where it stands on the sheet, and what it says.

    Each is itself, and equal to no other: characters by the hundred thousand are sorted into cells.
    """

    area: Area
    text: str

    @property
    def address(self) -> str:
        """The address of its first cell."""
        return address(self.area.top, self.area.left)

    def places(self) -> Iterator[tuple[int, int]]:
        """Give (row, column) of every cell in its area."""
        for row in range(self.area.top, self.area.bottom + 1):
            for column in range(self.area.left, self.area.right + 1):
                yield row, column


def heading_cells(layout: AnnexLayout) -> tuple[PrintedCell, ...]:
    """Give the heading cells, which stand on every page."""
    above = FIRST_HEADING_ROW - 1
    return tuple(
        PrintedCell(
            area=Area(top=head.top + above, left=head.left, bottom=head.bottom + above, right=head.right),
            text=head.text,
        )
        for head in layout.headings
    )


def body_cells(layout: AnnexLayout) -> Iterator[PrintedCell]:
    """Give the cells below the headings, row by row, merged ones once."""
    merged = {(merge.top, merge.left): merge for merge in layout.merges}
    covered = {place for merge in layout.merges for place in PrintedCell(area=merge, text="").places()}
    for number, row in enumerate(layout.rows, start=FIRST_ROW):
        for column, cell in enumerate(row.cells, start=1):
            place = (number, column)
            if place in merged or place not in covered:
                area = merged.get(place, Area(top=number, left=column, bottom=number, right=column))
                yield PrintedCell(area=area, text=cell.text)


def by_place(cells: Iterable[PrintedCell]) -> dict[tuple[int, int], PrintedCell]:
    """Give the cells by the (row, column) of every place they cover."""
    return {place: cell for cell in cells for place in cell.places()}
