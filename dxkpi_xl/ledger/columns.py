"""A sheet of the ledger, its columns and the survey's settings, as values; sheets.toml says what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from dxkpi_xl.cycle import fields
from dxkpi_xl.ledger.choices import Choices

# Keys of columns that only the ledger has; those of the form are named in cycle.fields.
SETTING, VALUE, EXPLANATION = "setting", "value", "explanation"
BUREAU_CODE, SECTION_CODE, LEAD_SECTION, BUREAU_MAIL = "bureau_code", "section_code", "lead_section", "bureau_mail"
ORDER, PROJECT_ID, NAME_LAYOUT, KPI_ID, KPI_ROLE = "order", "project_id", "name_layout", "kpi_id", "kpi_role"
IS_NEW, UNIT, DIRECTION = "is_new", "unit", "direction"
FILE, SHA256, FILE_CHOICE = "file", "sha256", "file_choice"
REASON, DECIDED_BY, DECIDED_ON = "reason", "decided_by", "decided_on"
# The setting that is no part of the register.
PASSWORDS = "office.passwords"


class Kind(StrEnum):
    """What a cell holds: a text cell (``@``), but a number for ORDER, INTEGER and DECIMAL and a day for DATE.

    A SWITCH is a choice of two, yes and no.
    """

    ID = "id"
    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    ORDER = "order"
    INTEGER = "integer"
    DECIMAL = "decimal"
    SWITCH = "switch"
    DATE = "date"
    YEAR = "year"
    YEARS = "years"


class Live(StrEnum):
    """Lists that follow what is typed in the ledger itself."""

    AREAS = "areas"
    ITEMS = "items"
    BUREAUS = "bureaus"
    SECTIONS = "sections"
    KPIS = "kpis"


class Repeats(StrEnum):
    """What a column stands once for."""

    OWNER = "owner"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one cell asks for: ``key`` for programs, ``label`` and ``help`` for people; bounds are of a number."""

    key: str
    label: str
    help: str
    kind: Kind = Kind.LINE
    required: bool = False
    choices: Choices | None = None
    least: int = 0
    most: int = 0


@dataclass(frozen=True, kw_only=True)
class Setting(Entry):
    """A row of the settings sheet: ``key`` is a field of Cycle, or ``contact.`` or ``margins.`` and one of theirs.

    What begins with ``office.`` is of the office alone (``cycle.office``) and no part of the register.
    """


@dataclass(frozen=True, kw_only=True)
class LedgerColumn(Entry):
    """A column of a sheet, its width in characters; an ``optional`` one need not be there when read."""

    width: float
    centred: bool = False
    live: Live | None = None
    repeats: Repeats | None = None
    optional: bool = False

    def for_owner(self, owner: int) -> LedgerColumn:
        """Give the copy of a repeating column for one owner, counted from 1: key ``bureau.1``, label 担当部1."""
        return replace(self, key=f"{self.key}.{owner}", label=f"{self.label}{owner}", optional=owner > 1)


@dataclass(frozen=True, kw_only=True)
class LedgerSheet:
    """A sheet with one table: its name, what it is for, spare rows for additions, columns kept in view.

    An ``optional`` one need not be there when read: a ledger of an earlier make has it not.
    """

    key: str
    name: str
    purpose: str
    columns: tuple[LedgerColumn, ...]
    spare_rows: int = 0
    frozen_columns: int = 0
    optional: bool = False

    def position(self, key: str) -> int:
        """Give the place of a column from 1; KeyError where there is none."""
        return self._positions[key]

    def column(self, key: str) -> LedgerColumn:
        """Give the column of a key; KeyError where there is none."""
        return self.columns[self.position(key) - 1]

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {column.key: position for position, column in enumerate(self.columns, start=1)}


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """The whole ledger: its sheets in the order of their tabs, the settings' rows, and the names around them.

    Columns and sheets whose name begins with ``memo`` are the office's own and left alone.
    """

    guide: str
    lists: str
    memo: str
    usage: tuple[str, ...]
    settings: LedgerSheet
    plan: LedgerSheet
    organisation: LedgerSheet
    listings: LedgerSheet
    kpis: LedgerSheet
    file_decisions: LedgerSheet
    setting_rows: tuple[Setting, ...]

    @property
    def tables(self) -> tuple[LedgerSheet, ...]:
        """The sheets with a table."""
        return (self.settings, self.plan, self.organisation, self.listings, self.kpis, self.file_decisions)

    @property
    def needed(self) -> tuple[LedgerSheet, ...]:
        """Those without which there is no register."""
        return tuple(table for table in self.tables if not table.optional)


def bureau_key(owner: int) -> str:
    """Give the key of an owner's bureau, counted from 1."""
    return f"{fields.BUREAU}.{owner}"


def section_key(owner: int) -> str:
    """Give the key of an owner's section, counted from 1."""
    return f"{fields.SECTION}.{owner}"
