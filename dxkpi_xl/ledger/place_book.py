"""Where each value of the register stood in the ledger, kept by rows: a thing's row, and its fields' columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dxkpi_xl.findings import Place
from dxkpi_xl.ledger.written import TableRow, Written, place_of

_ID = "id"


class _Note(NamedTuple):
    """Some fields of one thing: their sheet, their row, and the column of each."""

    sheet: str
    row: int
    columns: Mapping[str, int]


class PlaceBook:
    """Where each value of the register stood: by the id or name of a thing and the name of its field.

    The first place noted of a field stays.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._notes: dict[str, list[_Note]] = {}
        self._shared: dict[tuple[tuple[str, int], ...], Mapping[str, int]] = {}

    def add(self, thing: str, cells: Mapping[str, Written]) -> None:
        """Note the places of fields of a thing, but for those that stand nowhere."""
        rows: dict[tuple[str, int], dict[str, int]] = {}
        for field, cell in cells.items():
            if cell.col:
                rows.setdefault((cell.sheet, cell.row), {})[field] = cell.col
        for (sheet, row), columns in rows.items():
            self._add(thing, _Note(sheet, row, self._shared.setdefault(tuple(columns.items()), columns)))

    def add_row(self, thing: str, row: TableRow, columns: Mapping[str, int]) -> None:
        """Note the places of all fields of a thing in a row; ``columns`` is one object for a whole table."""
        self._add(thing, _Note(row.head.sheet, row.number, columns))

    def _add(self, thing: str, added: _Note) -> None:
        notes = self._notes.get(thing)
        if notes is None:
            self._notes[thing] = [added]
        elif not any(note.columns.keys() >= added.columns.keys() for note in notes):
            notes.append(added)

    def __call__(self, thing: str, field: str) -> Place:
        """Give the place of a value; that of the thing's id, or the file alone, where it is not known."""
        notes = self._notes.get(thing, ())
        for wanted in (field, _ID):
            for note in notes:
                if wanted in note.columns:
                    return place_of(self._file, note.sheet, note.row, note.columns[wanted])
        return Place(file=self._file)

    def to_plain(self) -> dict[str, Any]:
        """Give what is noted as JSON has it: sheets and columns once, each thing's notes as three numbers."""
        sheets: dict[str, int] = {}
        columns: dict[int, tuple[int, Mapping[str, int]]] = {}
        things = {
            thing: [
                (
                    sheets.setdefault(note.sheet, len(sheets)),
                    note.row,
                    columns.setdefault(id(note.columns), (len(columns), note.columns))[0],
                )
                for note in notes
            ]
            for thing, notes in self._notes.items()
        }
        return {
            "file": self._file,
            "sheets": list(sheets),
            "columns": [each for _, each in columns.values()],
            "things": things,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> PlaceBook:
        """Read back what ``to_plain`` gave; LookupError, TypeError or ValueError where it is something else."""
        book, sheets, columns = cls(plain["file"]), plain["sheets"], plain["columns"]
        names = (plain["file"], *sheets)
        if not all(type(name) is str for name in names) or not all(_is_columns(each) for each in columns):
            raise TypeError("not the columns of a table")
        for thing, notes in plain["things"].items():
            for numbers in notes:
                if any(type(number) is not int or number < 0 for number in numbers):
                    raise TypeError("not the place of a row")
            book._notes[thing] = [_Note(sheets[sheet], row, columns[place]) for sheet, row, place in notes]
        return book


def _is_columns(each: Any) -> bool:
    return type(each) is dict and all(type(column) is int and column > 0 for column in each.values())
