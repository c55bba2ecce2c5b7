"""How much height a printed cell needs in its column, and whether a number fits its width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dxkpi_xl.annex.paper import AnnexPaper
from dxkpi_xl.annex.row_cells import AnnexCell
from dxkpi_xl.grid.styles import Style
from dxkpi_xl.grid.text_height import CellText, Ruler, ruler
from dxkpi_xl.grid.text_pieces import split_to_fit


class Measure:
    """Measures cells in columns of given widths (digits of the Normal font) in the type of a paper."""

    def __init__(self, widths: Sequence[float], paper: AnnexPaper) -> None:
        self._normal = paper.normal
        self._points = tuple(paper.normal.column_points(width) for width in widths)
        self._paper = paper
        self._rulers: dict[tuple[int, int, bool], Ruler] = {}
        self._body = self._ruler(0, 1, False)

    def row(self, cells: Sequence[AnnexCell]) -> float:
        """Give the height in points that a row of cells needs, one cell for each column."""
        return self.height(self.lines(cell, position) for position, cell in enumerate(cells))

    def height(self, lines: Iterable[int]) -> float:
        """Give the height in points of a row whose cells take so many lines each; of one line where there is none."""
        return self._body.height(max(lines, default=1))

    def lines(self, cell: AnnexCell, position: int) -> int:
        """Give the lines that one cell takes at the position (from 0) of its column."""
        if not cell.text:
            return 1
        key = (position, cell.across, cell.is_bold)
        return (self._rulers.get(key) or self._ruler(*key)).lines(cell.text)

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
        return self.lines(cell, position) == 1

    def _ruler(self, position: int, across: int, bold: bool) -> Ruler:
        points, style = self._column(position, across, bold)
        made = self._rulers[position, across, bold] = ruler(points, style, self._normal)
        return made

    def _text_of(self, cell: AnnexCell, position: int) -> CellText:
        points, style = self._column(position, cell.across, cell.is_bold)
        return CellText(text=cell.text, width=points, style=style, normal=self._normal)

    def _column(self, position: int, across: int, bold: bool) -> tuple[float, Style]:
        return sum(self._points[position : position + across]), Style(size=self._paper.body, wrap=True, bold=bold)
