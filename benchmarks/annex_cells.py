"""Every cell of an annex that is written already: what somebody would have to know to write it by plain calls."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

# A text, a number, a blank (None), or pieces of a rich text, each with the number of its format.
Value = str | float | tuple[tuple[int, str], ...] | None
_LINES = {"thin": 1, "medium": 2}  # XlsxWriter's numbers
_VERTICAL = {"center": "vcenter", "top": "top"}
_EDGES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, kw_only=True)
class KnownAnnex:
    """A sheet's cells (row, column, value, number of the format), merges as (first row, column, last row, column,
    value, number of the format), heights of rows, widths of columns, properties of formats; all counted from 0."""

    cells: tuple[tuple[int, int, Value, int], ...]
    merges: tuple[tuple[int, int, int, int, Value, int], ...]
    heights: tuple[tuple[int, float], ...]
    widths: tuple[tuple[int, float], ...]
    formats: tuple[dict[str, Any], ...]


def known_annex(workbook: bytes) -> KnownAnnex:
    """Read a workbook's first sheet; what it was read with is out of memory afterwards, and no burden to the writer."""
    known = _Reader(workbook).known()
    gc.collect()
    gc.freeze()
    return known


class _Reader:
    """Reads one sheet, numbering its formats as it meets them."""

    def __init__(self, workbook: bytes) -> None:
        self._sheet = load_workbook(io.BytesIO(workbook), rich_text=True).worksheets[0]
        self._numbers: dict[str, int] = {}
        self._formats: list[dict[str, Any]] = []

    def known(self) -> KnownAnnex:
        """Give all that stands on the sheet."""
        sheet = self._sheet
        areas = [(top - 1, left - 1, bottom - 1, right - 1) for left, top, right, bottom in _bounds(sheet)]
        covered = {
            place
            for top, left, bottom, right in areas
            for place in product(range(top, bottom + 1), range(left, right + 1))
        }
        cells = tuple(each for each in self._cells() if each[:2] not in covered)
        merges = tuple((*area, *self._cell(area[0], area[1])) for area in sorted(areas))
        dimensions = sheet.column_dimensions.values()
        return KnownAnnex(
            cells=cells,
            merges=merges,
            heights=tuple((number - 1, row.height) for number, row in sheet.row_dimensions.items() if row.height),
            widths=tuple((n - 1, d.width) for d in dimensions for n in range(d.min or 0, (d.max or 0) + 1)),
            formats=tuple(self._formats),
        )

    def _cells(self) -> Iterator[tuple[int, int, Value, int]]:
        for row, cells in enumerate(self._sheet.iter_rows(min_row=1, min_col=1)):
            for column, cell in enumerate(cells):
                if cell.has_style:
                    yield row, column, *self._cell(row, column)

    def _cell(self, row: int, column: int) -> tuple[Value, int]:
        cell = self._sheet.cell(row + 1, column + 1)
        return self._value(cell.value, cell.font), self._number(_format_of(cell))

    def _value(self, value: Any, font: Any) -> Value:
        if not isinstance(value, CellRichText):
            return value  # type: ignore[no-any-return]  # openpyxl's cells are a text, a number or None here
        return tuple(
            (self._number(_font(piece.font, piece.font.rFont or font.name)), piece.text)
            if isinstance(piece, TextBlock)
            else (self._number(_font(font, font.name)), str(piece))
            for piece in value
        )

    def _number(self, properties: dict[str, Any]) -> int:
        key = repr(properties)
        if key not in self._numbers:
            self._numbers[key] = len(self._formats)
            self._formats.append(properties)
        return self._numbers[key]


def _bounds(sheet: Any) -> list[tuple[int, int, int, int]]:
    return [each.bounds for each in sheet.merged_cells.ranges]


def _format_of(cell: Any) -> dict[str, Any]:
    """Give XlsxWriter's properties of a cell's format."""
    alignment = cell.alignment
    found = _font(cell.font, cell.font.name) | {"valign": _VERTICAL.get(alignment.vertical, "bottom")}
    if alignment.horizontal:
        found["align"] = alignment.horizontal
    if alignment.wrap_text:
        found["text_wrap"] = True
    if cell.number_format != "General":
        found["num_format"] = cell.number_format
    if cell.fill.patternType == "solid":
        found["bg_color"] = _colour(cell.fill.fgColor)
    if cell.quotePrefix:
        found["quote_prefix"] = True
    for edge in _EDGES:
        side = getattr(cell.border, edge)
        if side is not None and side.style:
            found |= {edge: _LINES[side.style], f"{edge}_color": _colour(side.color)}
    return found


def _font(font: Any, name: str) -> dict[str, Any]:
    return {
        "font_name": name,
        "font_size": font.sz,
        "bold": bool(font.b),
        "font_family": int(font.family or 2),
        "font_charset": font.charset or 0,
        "font_scheme": "none",
    }


def _colour(colour: Any) -> str:
    return f"#{colour.rgb[2:]}"
