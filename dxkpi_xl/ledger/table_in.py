"""A table of the ledger found in a workbook that people edited: sheets by name or headings, columns by heading."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dxkpi_xl.cells.model import Cell, SheetCells, WorkbookCells, column_letters
from dxkpi_xl.findings import Place
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger.columns import LedgerSheet, Sheets
from dxkpi_xl.ledger.faults import NO_HEADING, Faults, cell_name
from dxkpi_xl.ledger.written import TableHead, TableRow, place_of

# How far down a heading row is looked for: people add lines above a table, not pages.
HEADING_ROWS = 30
_NONE: frozenset[str] = frozenset()
# Category Cc, but for tab and line feed.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table as found: its rows that hold anything, the cells of its headings by column key, its sheet's place."""

    place: Place
    headings: Mapping[str, Place]
    columns: Mapping[str, int]
    rows: tuple[TableRow, ...]

    def columns_named(self, names: Mapping[str, str]) -> Mapping[str, int]:
        """Give the columns of the table by key, some of them under other names."""
        return {names.get(key, key): col for key, col in self.columns.items()}


def find_sheets(workbook: WorkbookCells, sheets: Sheets, file: str, faults: Faults) -> Mapping[str, SheetCells]:
    """Give the worksheet of each table by the table's key: by its name, else by its headings."""
    by_name = {folded(sheet.name): sheet for sheet in workbook.sheets}
    found = {table.key: by_name[folded(table.name)] for table in sheets.tables if folded(table.name) in by_name}
    others = [sheet for sheet in workbook.sheets if sheet not in found.values()]
    for table in sheets.tables:
        if table.key in found:
            continue
        alike = [sheet for sheet in others if _heading_row(sheet, table) is not None]
        if len(alike) == 1:
            found[table.key] = alike[0]
            others.remove(alike[0])
        elif not table.optional:
            faults.add("T030", Place(file=file, sheet=table.name), sheet=table.name)
    known = {folded(sheets.guide), folded(sheets.lists)}
    for sheet in others:
        if folded(sheet.name) not in known and not sheet.name.startswith(sheets.memo) and sheet.cells:
            faults.add("T044", Place(file=file, sheet=sheet.name), sheet=sheet.name)
    return found


def read_table(sheet: SheetCells, table: LedgerSheet, file: str, memo: str, faults: Faults) -> Table | None:
    """Read a table's rows; None where its headings are not there. Columns headed ``memo`` are the office's own."""
    heading_row = _heading_row(sheet, table)
    if heading_row is None:
        faults.add(NO_HEADING, Place(file=file, sheet=sheet.name), heading=table.columns[0].label)
        return None
    return _TableReader(sheet, heading_row, file, faults).read(table, memo)


def clean(text: str) -> str:
    """Give a text as the register keeps it: NFC, line feeds, no control characters, nothing but blanks is blank."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    kept = _CONTROLS.sub("", unicodedata.normalize("NFC", lines))
    return kept if kept.strip() else ""


def _heading_row(sheet: SheetCells, table: LedgerSheet) -> int | None:
    """Give the row with the most headings of a table, where it has half of those that must be there."""
    labels = {folded(column.label) for column in table.columns}
    must = sum(1 for column in table.columns if not column.optional)
    counts: dict[int, int] = {}
    for (row, _), cell in sheet.cells.items():
        if row <= HEADING_ROWS and folded(cell.text) in labels:
            counts[row] = counts.get(row, 0) + 1
    best = max(counts, key=lambda row: (counts[row], -row), default=None)
    return best if best is not None and counts[best] * 2 >= must else None


class _TableReader:
    """Reads one worksheet below its heading row."""

    def __init__(self, sheet: SheetCells, heading_row: int, file: str, faults: Faults) -> None:
        self._sheet = sheet
        self._heading_row = heading_row
        self._file = file
        self._faults = faults
        self._headings = sorted((c for c in sheet.cells.values() if c.row == heading_row), key=lambda c: c.col)

    def read(self, table: LedgerSheet, memo: str) -> Table:
        """Give the table; what is missing, double, merged or not read is told."""
        positions = self._positions(table)
        self._tell_missing(table, positions, memo)
        used = set(positions.values())
        self._tell_unused(used, memo)
        self._tell_merged(used)
        return Table(
            place=self._place(self._heading_row, 1),
            headings={key: self._place(self._heading_row, col) for key, col in positions.items()},
            columns=positions,
            rows=tuple(self._rows(positions)),
        )

    def _place(self, row: int, col: int) -> Place:
        return place_of(self._file, self._sheet.name, row, col)

    def _positions(self, table: LedgerSheet) -> Mapping[str, int]:
        by_label = {folded(column.label): column.key for column in table.columns}
        found: dict[str, int] = {}
        for cell in self._headings:
            key = by_label.get(folded(cell.text))
            if key in found:
                other = cell_name(self._place(cell.row, found[key]))
                self._faults.add("T032", self._place(cell.row, cell.col), heading=cell.text, other=other)
            elif key is not None:
                found[key] = cell.col
        return found

    def _tell_missing(self, table: LedgerSheet, found: Mapping[str, int], memo: str) -> None:
        """Say of each heading that is not there that it is not: where as many others are, at the one that it became."""
        missing = [column.label for column in table.columns if column.key not in found and not column.optional]
        unread = [c.col for c in self._headings if c.col not in found.values() and not clean(c.text).startswith(memo)]
        cols = unread if len(unread) == len(missing) else [1] * len(missing)
        for label, col in zip(missing, cols, strict=True):
            self._faults.add(NO_HEADING, self._place(self._heading_row, col), heading=label)

    def _tell_unused(self, used: set[int], memo: str) -> None:
        """Say of each column that is not read that it is not, at its heading or its first value."""
        headings = {cell.col: clean(cell.text) for cell in self._headings}
        first: dict[int, Cell] = {}
        for cell in self._sheet.cells.values():
            known = first.get(cell.col)
            if (
                cell.col not in used
                and cell.row > self._heading_row
                and (known is None or cell.row < known.row)
                and clean(cell.text)
            ):
                first[cell.col] = cell
        for col, cell in sorted(first.items()):
            heading = headings.get(col, "")
            if not (heading and heading.startswith(memo)):
                place = self._place(self._heading_row if heading else cell.row, col)
                self._faults.add("T043", place, heading=heading or column_letters(col), memo=memo)

    def _tell_merged(self, used: set[int]) -> None:
        for merge in self._sheet.merges:
            within = merge.bottom > self._heading_row and used & set(range(merge.left, merge.right + 1))
            if within and (merge.top, merge.left) in self._sheet.cells:
                self._faults.add("T046", self._place(merge.top, merge.left))

    def _rows(self, positions: Mapping[str, int]) -> Iterator[TableRow]:
        """Give the rows that hold anything, from above; a cell's faults are told in the order of the columns."""
        head = TableHead(file=self._file, sheet=self._sheet.name, columns=positions)
        place_of_column = {col: n for n, col in enumerate(positions.values())}
        rows: dict[int, list[str]] = {}
        unusual: dict[int, list[Cell]] = {}
        for cell in self._sheet.cells.values():
            place = place_of_column.get(cell.col)
            if place is not None and cell.row > self._heading_row:
                text = clean(cell.text)
                if text or _is_spoilt(cell):
                    texts = rows.get(cell.row)
                    if texts is None:
                        texts = rows[cell.row] = [""] * len(positions)
                    texts[place] = text
                    if cell.struck or _is_spoilt(cell):
                        unusual.setdefault(cell.row, []).append(cell)
        for number, texts in sorted(rows.items()):
            spoilt = self._spoilt(unusual[number], texts, positions) if number in unusual else _NONE
            yield TableRow(head=head, number=number, texts=tuple(texts), spoilt=spoilt)

    def _spoilt(self, unusual: list[Cell], texts: list[str], positions: Mapping[str, int]) -> frozenset[str]:
        """Tell what is wrong with cells of a row; blank those that are spoilt, and give the keys of their columns."""
        cells, spoilt = {cell.col: cell for cell in unusual}, set()
        for place, (key, col) in enumerate(positions.items()):
            cell = cells.get(col)
            if cell is None:
                continue
            if _is_spoilt(cell):
                self._faults.add("T045", self._place(cell.row, col), value=cell.text)
                texts[place] = ""
                spoilt.add(key)
            elif texts[place]:
                self._faults.add("T047", self._place(cell.row, col), value=texts[place])
        return frozenset(spoilt)


def _is_spoilt(cell: Cell) -> bool:
    """Say whether it is a formula, whose stored value may be stale, or another program's idea of it; or an error."""
    return cell.is_formula or cell.kind == "error"
