"""Finds the answers in a workbook by what stands in it: headings and 管理番号, never by position or sheet name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

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

    ``labels`` are the labels of the head's fields with their keys, ``head`` the cells in which these are filled in.
    ``renamed`` are the columns taken by their place between known neighbours though their heading was changed.
    """

    sheet: SheetCells
    heading_row: int
    columns: Mapping[str, int]
    rows: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    renamed: Mapping[str, str]
    labels: tuple[tuple[str, Cell], ...]
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
    known = _labels(tuple((column.label, column.key) for column in columns), tuple(labels.items()))
    found = [table for sheet in workbook.sheets if (table := _table(sheet, columns, known)) is not None]
    return tuple(sorted(found, key=lambda table: table.sheet.visibility != "visible"))


class _Label(NamedTuple):
    """What a text is the label of: the key of a column, and of a field of the head."""

    column: str | None
    field: str | None


@lru_cache(maxsize=4)
def _labels(columns: tuple[tuple[str, str], ...], head: tuple[tuple[str, str], ...]) -> Sieve[_Label]:
    """Give what tells labels; ``columns`` are label and key of each column, ``head`` key and label of each field."""
    keys = {folded(label): key for label, key in columns}
    head_keys = {folded(label): key for key, label in head}
    known = {text: _Label(keys.get(text), head_keys.get(text)) for text in (*keys, *head_keys)}
    return Sieve(lambda text: known.get(folded(text)))


def _table(sheet: SheetCells, columns: tuple[Column, ...], known: Sieve[_Label]) -> AnswerTable | None:
    """Give the table of a sheet; ``known`` tells the labels of columns and of the head's fields."""
    by_row: dict[int, dict[str, int]] = {}
    labels = known.of(sheet.texts)
    told, enough = {label.column for label in labels.values()} - {None}, _ENOUGH_LABELS * len(columns)
    if fields.LISTING_ID not in told or len(told) < enough:
        return None
    cells = [(cell, labels[cell.text]) for cell in sheet.saying(labels)]
    for cell, label in cells:
        if label.column is not None and cell.kind == "text":
            by_row.setdefault(cell.row, {}).setdefault(label.column, cell.col)
    candidates = [row for row, found in by_row.items() if fields.LISTING_ID in found]
    if not candidates:
        return None
    heading = max(candidates, key=lambda row: len(by_row[row]))
    positions = by_row[heading]
    if len(positions) < enough:
        return None
    renamed = _between_neighbours(sheet, heading, positions, columns)
    positions.update({key: col for key, (col, _) in renamed.items()})
    head = tuple((label.field, cell) for cell, label in cells if label.field is not None and cell.row < heading)
    return AnswerTable(
        sheet=sheet,
        heading_row=heading,
        columns=positions,
        rows=tuple(_keyed_rows(sheet, heading, positions[fields.LISTING_ID])),
        missing=tuple(column.key for column in columns if column.key not in positions),
        renamed={key: text for key, (_, text) in renamed.items()},
        labels=head,
        head=_head_cells(sheet, head, {text for text, label in labels.items() if label.field is not None}),
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


def head_places(table: AnswerTable) -> dict[str, tuple[int, int]]:
    """Find where each head field is filled in, by key: (row, column) of the cell right of its label's own merge."""
    ends = {(area.top, area.left): area.right for area in table.sheet.merges}
    found: dict[str, tuple[int, int]] = {}
    for key, label in table.labels:
        found.setdefault(key, (label.row, ends.get((label.row, label.col), label.col) + 1))
    return found


def stray_cells(table: AnswerTable, own_labels: frozenset[str]) -> Iterator[Cell]:
    """Give what stands beside the form below its headings: in none of its columns, nor under one of ``own_labels``."""
    rows = table.sheet.rows
    ours = set(table.columns.values())
    ours |= {col for col, cell in rows[table.heading_row].items() if folded(cell.text) in own_labels}
    for row, cells in sorted(rows.items()):
        if row > table.heading_row and not cells.keys() <= ours:
            beside = (cells[col] for col in sorted(cells.keys() - ours))
            yield from (cell for cell in beside if cell.text.strip() and not cell.is_formula)


def _head_cells(sheet: SheetCells, labels: tuple[tuple[str, Cell], ...], texts: set[str]) -> dict[str, Cell]:
    """Find the head's values, by key: the first cell with a value right of its label.

    A label next to another label has a blank value and is left out; ``texts`` are all that are labels.
    """
    found: dict[str, Cell] = {}
    for key, label in labels:
        if key in found:
            continue
        for right in range(label.col + 1, label.col + 1 + _HEAD_REACH):
            value = sheet.rows[label.row].get(right)
            if value is not None and value.text.strip():
                if value.text not in texts:
                    found[key] = value
                break
    return found
