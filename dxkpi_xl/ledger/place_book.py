"""Where each value of the register stood in the ledger, kept by rows: a thing's row, and its fields' columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from dxkpi_xl.findings import Place
from dxkpi_xl.ledger.written import TableRow, Written, place_of

_ID = "id"
_ROWS = 2**21  # more than a sheet has


class _Columns(NamedTuple):
    """In which columns of a sheet some fields stand."""

    sheet: str
    of_field: Mapping[str, int]


class PlaceBook:
    """Where each value of the register stood: by the id or name of a thing and the name of its field.

    The first place noted of a field stays. A note is one number: that of the columns, times ``_ROWS``, and the row.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._columns: list[_Columns] = []
        self._numbers: dict[tuple[str, int], int] = {}  # of the columns, by the sheet and the object they are
        self._shared: dict[tuple[tuple[str, int], ...], Mapping[str, int]] = {}
        self._first: dict[str, int] = {}
        self._further: dict[str, list[int]] = {}  # of few things: where not all of their fields stand in one row

    def add(self, thing: str, cells: Mapping[str, Written]) -> None:
        """Note the places of fields of a thing, but for those that stand nowhere."""
        rows: dict[tuple[str, int], dict[str, int]] = {}
        for field, cell in cells.items():
            if cell.col:
                rows.setdefault((cell.sheet, cell.row), {})[field] = cell.col
        for (sheet, row), columns in rows.items():
            self._add(thing, sheet, row, self._shared.setdefault(tuple(columns.items()), columns))

    def add_row(self, thing: str, row: TableRow, columns: Mapping[str, int]) -> None:
        """Note the places of all fields of a thing in a row; ``columns`` is one object for a whole table."""
        self._add(thing, row.head.sheet, row.number, columns)

    def _add(self, thing: str, sheet: str, row: int, columns: Mapping[str, int]) -> None:
        known = self._numbers.setdefault((sheet, id(columns)), len(self._columns))
        if known == len(self._columns):
            self._columns.append(_Columns(sheet, columns))
        note = known * _ROWS + row
        if self._first.setdefault(thing, note) == note:
            return
        if not any(of_field.keys() >= columns.keys() for (_, of_field), _ in self._notes(thing)):
            self._further.setdefault(thing, []).append(note)

    def _notes(self, thing: str) -> Iterator[tuple[_Columns, int]]:
        """Give the notes of a thing in their order: columns and row."""
        first = self._first.get(thing)
        if first is not None:
            for note in (first, *self._further.get(thing, ())):
                columns, row = divmod(note, _ROWS)
                yield self._columns[columns], row

    def __call__(self, thing: str, field: str) -> Place:
        """Give the place of a value; that of the thing's id, or the file alone, where it is not known."""
        for wanted in (field, _ID):
            for (sheet, of_field), row in self._notes(thing):
                if wanted in of_field:
                    return place_of(self._file, sheet, row, of_field[wanted])
        return Place(file=self._file)

    def share(self, known: Mapping[str, str]) -> None:
        """Hold the ids and names that somebody else holds anyway: each by itself."""
        self._first = {known.get(thing, thing): note for thing, note in self._first.items()}

    def to_plain(self) -> dict[str, Any]:
        """Give what is noted as JSON has it."""
        return {"file": self._file, "columns": self._columns, "first": self._first, "further": self._further}

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> PlaceBook:
        """Read back what ``to_plain`` gave; LookupError, TypeError or ValueError where it is something else."""
        book, first, further = cls(plain["file"]), plain["first"], plain["further"]
        book._columns = [_Columns(sheet, of_field) for sheet, of_field in plain["columns"]]
        names = (plain["file"], *(each.sheet for each in book._columns))
        if not all(type(name) is str for name in names) or not all(_is_columns(each) for _, each in book._columns):
            raise TypeError("not the columns of a table")
        if type(first) is not dict or type(further) is not dict or not further.keys() <= first.keys():
            raise TypeError("not the notes of things")
        notes = [*first.values(), *(note for each in further.values() for note in each)]
        if not all(type(note) is int and 0 <= note < len(book._columns) * _ROWS for note in notes):
            raise TypeError("not the place of a row")
        book._first, book._further = first, further
        return book


def _is_columns(each: Any) -> bool:
    return type(each) is dict and all(type(column) is int and column > 0 for column in each.values())
