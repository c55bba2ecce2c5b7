"""A table as published: its columns, its keys, its rows; CSV, dictionary and Data Package are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# None is a cell without a value; "" is the same for a text. A zero is never blank.
Value = str | int | Decimal | bool | None
Record = Mapping[str, Value]


class Type(StrEnum):
    """The type of a column, by the names of Table Schema (Frictionless Standards)."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True, kw_only=True)
class Code:
    """One value that a coded column may have, and what it means."""

    value: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class OpenColumn:
    """One column: its key for programs, its heading in the CSV, what it holds."""

    key: str
    name: str
    about: str
    type: Type = Type.STRING
    required: bool = False
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A column whose values are those of a column of another table, or blank."""

    key: str
    table: str
    to_key: str


@dataclass(frozen=True, kw_only=True)
class OpenTable:
    """One table; ``primary_key`` is a column's key, each record has just the keys of the columns."""

    name: str
    title: str
    about: str
    columns: tuple[OpenColumn, ...]
    primary_key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    records: tuple[Record, ...] = ()

    def __post_init__(self) -> None:
        keys = [column.key for column in self.columns]
        names = [column.name for column in self.columns]
        if len(set(keys)) != len(keys) or len(set(names)) != len(names):
            raise ValueError(f"two columns of one name: {self.name}")
        if not {*self.primary_key, *(reference.key for reference in self.references)} <= set(keys):
            raise ValueError(f"a key that is no column: {self.name}")
        wanted = set(keys)
        if any(record.keys() != wanted for record in self.records):
            raise ValueError(f"a record with other columns: {self.name}")

    @property
    def path(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"

    def column(self, key: str) -> OpenColumn:
        """Give the column of a key; KeyError where there is none."""
        return {column.key: column for column in self.columns}[key]
