"""Finds the answers in a workbook by what stands in it: headings and 管理番号, never by position or sheet name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dxkpi_xl.cells.model import Cell, SheetCells, WorkbookCells
from dxkpi_xl.cycle import fields
from dxkpi_xl.form.columns import Column, folded
from dxkpi_xl.returns.sieve import Sieve

# A row is taken for the headings when it holds the key column and at least this share of the form's other labels.
_ENOUGH_LABELS = 0.5
# The value of a head field stands at most this many columns to the right of its label.
_HEAD_REACH = 12


@dataclass(frozen=True, kw_only=True)
class AnswerTable:
    """Where the answers stand in one sheet: the heading row, each column's position by key, the rows by key.

    ``head`` are the cells in which the head's fields are filled in, by key.
    ``renamed`` are the columns taken by their place between known neighbours though their heading was changed.
    """

    sheet: SheetCells
    heading_row: int
    columns: Mapping[str, int]
    rows: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    renamed: Mapping[str, str]
    head: Mapping[str, Cell]

    def cell(self, row: int, key: str) -> Cell | None:
        """Give the cell of a row and column; None where nothing stands in it."""
        return self.sheet.rows[row].get(self.columns[key])


def answer_tables(
    workbook: WorkbookCells, columns: tuple[Column, ...], labels: Mapping[str, str]
) -> tuple[AnswerTable, ...]:
    """Give every table with the form's headings, those of visible sheets first, in the order of the tabs.

    ``labels`` are those of the head's fields, by key.
    """
    headings = _headings(tuple((column.label, column.key) for column in columns))
    found = [table for sheet in workbook.sheets if (table := _table(sheet, columns, headings, labels)) is not None]
    return tuple(sorted(found, key=lambda table: table.sheet.visibility != "visible"))


@lru_cache(maxsize=4)
def _headings(labels: tuple[tuple[str, str], ...]) -> Sieve[str]:
    """Give what tells the key of a column by its heading."""
    keys = {folded(label): key for label, key in labels}
    return Sieve(lambda text: keys.get(folded(text)))


def _table(
    sheet: SheetCells, columns: tuple[Column, ...], headings: Sieve[str], head: Mapping[str, str]
) -> AnswerTable | None:
    """Give the table of a sheet; ``headings`` tells the keys of the columns by their labels."""
    by_row: dict[int, dict[str, int]] = {}
    keys = headings.of(sheet.texts)
    if fields.LISTING_ID not in keys.values():
        return None
    for cell in sheet.saying(keys):
        if cell.kind == "text":
            by_row.setdefault(cell.row, {}).setdefault(keys[cell.text], cell.col)
    candidates = [row for row, found in by_row.items() if fields.LISTING_ID in found]
    if not candidates:
        return None
    heading = max(candidates, key=lambda row: len(by_row[row]))
    positions = by_row[heading]
    if len(positions) < _ENOUGH_LABELS * len(columns):
        return None
    renamed = _between_neighbours(sheet, heading, positions, columns)
    positions.update({key: col for key, (col, _) in renamed.items()})
    return AnswerTable(
        sheet=sheet,
        heading_row=heading,
        columns=positions,
        rows=tuple(_keyed_rows(sheet, heading, positions[fields.LISTING_ID])),
        missing=tuple(column.key for column in columns if column.key not in positions),
        renamed={key: text for key, (_, text) in renamed.items()},
        head=_head_cells(sheet, head, heading),
    )


def _between_neighbours(
    sheet: SheetCells, heading: int, positions: Mapping[str, int], columns: tuple[Column, ...]
) -> dict[str, tuple[int, str]]:
    """Find columns whose heading was reworded: as many strange headings stand between two known ones as are missing."""
    found: dict[str, tuple[int, str]] = {}
    keys = [column.key for column in columns]
    known = [n for n, key in enumerate(keys) if key in positions]
    for before, after in pairwise(known):
        missing = keys[before + 1 : after]
        between = range(positions[keys[before]] + 1, positions[keys[after]])
        strange = [(col, sheet.cells[heading, col].text) for col in between if (heading, col) in sheet.cells]
        if missing and len(strange) == len(missing) and not {col for col, _ in strange} & set(positions.values()):
            found.update(dict(zip(missing, strange, strict=True)))
    return found


def _keyed_rows(sheet: SheetCells, heading: int, key_column: int) -> Iterator[tuple[str, int]]:
    for row, cells in sorted(sheet.rows.items()):
        if row > heading and key_column in cells and cells[key_column].text.strip():
            yield folded(cells[key_column].text).upper(), row


def head_places(sheet: SheetCells, labels: Mapping[str, str], above: int) -> dict[str, tuple[int, int]]:
    """Find where each head field is filled in, by key: (row, column) of the cell right of its label's own merge."""
    by_label = {folded(label): key for key, label in labels.items()}
    ends = {(area.top, area.left): area.right for area in sheet.merges}
    found: dict[str, tuple[int, int]] = {}
    for (row, col), cell in _above(sheet, above):
        key = by_label.get(folded(cell.text))
        if key is not None and key not in found:
            found[key] = (row, ends.get((row, col), col) + 1)
    return found


def _above(sheet: SheetCells, heading: int) -> list[tuple[tuple[int, int], Cell]]:
    return [
        ((row, col), cell)
        for row, cells in sorted(sheet.rows.items())
        if row < heading
        for col, cell in sorted(cells.items())
    ]


def stray_cells(table: AnswerTable, own_labels: frozenset[str]) -> Iterator[Cell]:
    """Give what stands beside the form below its headings: in none of its columns, nor under one of ``own_labels``."""
    rows = table.sheet.rows
    ours = set(table.columns.values())
    ours |= {col for col, cell in rows[table.heading_row].items() if folded(cell.text) in own_labels}
    for row, cells in sorted(rows.items()):
        if row > table.heading_row and not cells.keys() <= ours:
            beside = (cells[col] for col in sorted(cells.keys() - ours))
            yield from (cell for cell in beside if cell.text.strip() and not cell.is_formula)


def _head_cells(sheet: SheetCells, labels: Mapping[str, str], above: int) -> dict[str, Cell]:
    """Find the head's values, by key of ``labels`` (key to label): the first cell with a value right of its label.

    Only rows above the heading row are searched; a label next to another label has a blank value and is left out.
    """
    by_label = {folded(label): key for key, label in labels.items()}
    found: dict[str, Cell] = {}
    for (row, col), cell in _above(sheet, above):
        key = by_label.get(folded(cell.text))
        if key is None or key in found:
            continue
        for right in range(col + 1, col + 1 + _HEAD_REACH):
            value = sheet.rows[row].get(right)
            if value is not None and value.text.strip():
                if folded(value.text) not in by_label:
                    found[key] = value
                break
    return found
