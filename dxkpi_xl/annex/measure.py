"""How much height a printed cell needs in its column, and whether a number fits its width."""

from __future__ import annotations

from collections.abc import Sequence

from dxkpi_xl.annex.paper import AnnexPaper
from dxkpi_xl.annex.rows import AnnexCell
from dxkpi_xl.grid.styles import Style
from dxkpi_xl.grid.text_height import CellText
from dxkpi_xl.grid.text_pieces import split_to_fit


class Measure:
    """Measures cells in columns of given widths (digits of the Normal font) in the type of a paper."""

    def __init__(self, widths: Sequence[float], paper: AnnexPaper) -> None:
        self._normal = paper.normal
        self._points = tuple(paper.normal.column_points(width) for width in widths)
        self._paper = paper

    def row(self, cells: Sequence[AnnexCell]) -> float:
        """Give the height in points that a row of cells needs, one cell for each column."""
        return max(self.cell(cell, position) for position, cell in enumerate(cells))

    def cell(self, cell: AnnexCell, position: int) -> float:
        """Give the height in points that one cell needs at the position (from 0) of its column."""
        return self._text_of(cell, position).height

    def parts(self, cell: AnnexCell, position: int, most: float) -> tuple[str, ...]:
        """Cut a cell's text into parts that need at most so many points each; joined they are the text."""
        # A part may end with the line break at which it was cut, which takes a line of its own.
        return split_to_fit(self._text_of(cell, position), most - self.line(self._paper.body))

    def heading(self, text: str, position: int, across: int) -> float:
        """Give the height in points that a heading needs over columns from a position (from 0) on."""
        points = sum(self._points[position : position + across])
        style = Style(size=self._paper.heading, wrap=True)
        return CellText(text=text, width=points, style=style, normal=self._normal).height

    def line(self, size: float) -> float:
        """Give the height in points of a row of one line in type of a size."""
        return CellText(text="", width=size, style=Style(size=size), normal=self._normal).height

    def number_fits(self, cell: AnnexCell, position: int) -> bool:
        """Whether a number stands on one line of its column; Excel shows ``###`` where it does not."""
        return self._text_of(cell, position).lines == 1

    def _text_of(self, cell: AnnexCell, position: int) -> CellText:
        points = sum(self._points[position : position + cell.across])
        style = Style(size=self._paper.body, wrap=True, bold=any(bold for _, bold in cell.runs))
        return CellText(text=cell.text, width=points, style=style, normal=self._normal)
