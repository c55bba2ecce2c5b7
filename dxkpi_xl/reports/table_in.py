"""Reads a table of the board back: rows below the headings as cells by heading, wherever the headings stand now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dxkpi_xl.cells.model import Cell, WorkbookCells
from dxkpi_xl.returns.text import cleaned


def rows_of(workbook: WorkbookCells, sheet_name: str, needed: tuple[str, ...]) -> Iterator[Mapping[str, Cell]]:
    """Give the rows of a sheet as cells by heading; the headings are the first row that holds all ``needed`` ones."""
    sheet = next((each for each in workbook.sheets if each.name == sheet_name), None)
    if sheet is None:
        return
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, col), cell in sorted(sheet.cells.items()):
        by_row.setdefault(row, {})[col] = cell
    headings: dict[int, str] = {}
    for cells in by_row.values():
        texts = {cleaned(cell.text): col for col, cell in cells.items()}
        if headings:
            yield {headings[col]: cell for col, cell in cells.items() if col in headings}
        elif set(needed) <= set(texts):
            headings = {col: text for text, col in texts.items()}


def text_of(row: Mapping[str, Cell], heading: str) -> str:
    """Give what stands under a heading, cleaned; blank where nothing does."""
    return cleaned(row[heading].text) if heading in row else ""
