"""The form as values: columns, choices, conditions, headings. Everything else asks the column."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from dxkpi_xl import years
from dxkpi_xl.findings import Severity


class Role(StrEnum):
    """What a row of the survey is: first listing, relisted (再掲), or a spare row for a new project."""

    ORIGINAL = "original"
    RELISTED = "relisted"
    NEW = "new"


def folded(text: str) -> str:
    """Fold a key or a choice for comparison: width, case, white space and wave dashes do not matter (NFKC)."""
    return _folded_before(text) if len(text) <= _LONGEST_REMEMBERED else _folded_just_now(text)


def _folded(text: str) -> str:
    flat = unicodedata.normalize("NFKC", text).casefold().replace("〜", "~").replace("\u301c", "~")
    return "".join(flat.split())


# Keys, choices, headings and names come again and again; a longer text is what somebody wrote, and is asked about by
# one rule after the other, then never again.
_LONGEST_REMEMBERED = 100
_folded_before = lru_cache(maxsize=32_768)(_folded)
_folded_just_now = lru_cache(maxsize=32)(_folded)


@dataclass(frozen=True, kw_only=True)
class Clause:
    """One column has (or, negated, has not) one of some values."""

    column: str
    values: tuple[str, ...]
    negated: bool = False

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Say whether it holds for a row's values by column key; a missing key is blank."""
        return (answers.get(self.column, "") in self.values) != self.negated


@dataclass(frozen=True, kw_only=True)
class Condition:
    """All clauses hold. Without a clause it always holds."""

    clauses: tuple[Clause, ...] = ()

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Say whether all clauses hold for a row's values by column key."""
        for clause in self.clauses:  # noqa: SIM110 - every blank cell is asked, and all() costs as much again
            if not clause.holds(answers):
                return False
        return True


@dataclass(frozen=True, kw_only=True)
class ChoiceValue:
    """One value of a list, what it means, other spellings that are taken for it, and the rows it is offered in."""

    value: str
    meaning: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = tuple(Role)


@dataclass(frozen=True, kw_only=True)
class ChoiceList:
    """A list to choose from."""

    key: str
    label: str
    values: tuple[ChoiceValue, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The values as shown, in order."""
        return tuple(choice.value for choice in self.values)

    def labels_for(self, role: Role) -> tuple[str, ...]:
        """Give the values offered in a row of a role, in order."""
        return tuple(choice.value for choice in self.values if role in choice.roles)

    def canonical(self, written: str) -> str | None:
        """Give the value that a text stands for, width, case and aliases folded; None for none."""
        return self._by_spelling.get(folded(written))

    @cached_property
    def _by_spelling(self) -> Mapping[str, str]:
        """The values by each folded spelling; of values spelt alike the first."""
        spelt = ((spelling, choice.value) for choice in self.values for spelling in (choice.value, *choice.aliases))
        return {folded(spelling): value for spelling, value in reversed(tuple(spelt))}


@dataclass(frozen=True, kw_only=True)
class AnnexColumn:
    """How a column stands in the printed annex: headings of three rows, width in characters, alignment."""

    heading: str
    width: float
    group: str = ""
    parent: str = ""
    align: str = "left"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One thing the form asks or shows; ``year`` is set on each copy of a column that stands once per year."""

    key: str
    label: str
    kind: str
    belongs_to: str
    width: float
    help: str
    open_in: tuple[Role, ...] = ()
    required_in: tuple[Role, ...] = ()
    required_when: Condition = Condition()
    when_blank: Severity = Severity.WRONG
    max_length: int | None = None
    choices: ChoiceList | None = None
    example: str = ""
    per_year: bool = False
    year: str = ""
    annex: AnnexColumn | None = None

    def __post_init__(self) -> None:
        if not set(self.required_in) <= set(self.open_in):
            raise ValueError("required_in に、記入できない行(open_in にない行)があります。")
        if self.kind == "choice" and self.choices is None:
            raise ValueError("kind が choice の列には choices が必要です。")

    @property
    def is_answered(self) -> bool:
        """Whether a department may fill it in some row."""
        return bool(self.open_in)

    def for_year(self, year: str) -> Column:
        """Give the copy of a per-year column for one year: key ``targets.R6``, its words filled in."""
        words = {"year": year, "year_label": years.year_label(year)}
        annex = replace(self.annex, heading=self.annex.heading.format(**words)) if self.annex else None
        return replace(
            self,
            key=f"{self.key}.{year}",
            year=year,
            per_year=False,
            label=self.label.format(**words),
            help=self.help.format(**words),
            annex=annex,
        )


@dataclass(frozen=True, kw_only=True)
class Group:
    """A heading of the annex's first row over several columns; ``{year_label}`` stands for the cycle's year."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class HeadField:
    """A field in the head of the survey sheet: printed by the office, or answered; ``kind`` is ``text`` or ``date``.

    A required one that is blank is asked after (確認), it does not send a return back.
    """

    key: str
    label: str
    kind: str = "text"
    answered: bool = False
    required: bool = False
    help: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ("text", "date"):
            raise ValueError("kind は text 又は date です。")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the guide: what to do, and how; ``{name}`` stands for a fact of the survey."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Example:
    """A filled row shown as an example; ``yearly`` has the values of per-year columns in the order of the years."""

    key: str
    title: str
    role: Role
    values: Mapping[str, str]
    yearly: Mapping[str, tuple[str, ...]]

    def values_for(self, year_keys: tuple[str, ...]) -> dict[str, str]:
        """Give the values by column key, per-year ones as ``targets.R6``; a year beyond the given values is blank."""
        by_year = {
            f"{key}.{year}": value
            for key, values in self.yearly.items()
            for year, value in zip(year_keys, values, strict=False)
        }
        return {**self.values, **by_year}


@dataclass(frozen=True, kw_only=True)
class Form:
    """What is asked: a 様式 with its version, sheets, columns and lists."""

    id: str
    version: str
    name: str
    sheets: Mapping[str, str]
    head: tuple[HeadField, ...]
    columns: tuple[Column, ...]
    choices: tuple[ChoiceList, ...]
    groups: tuple[Group, ...]
    ended: Condition
    steps: tuple[Step, ...] = ()
    examples: tuple[Example, ...] = ()

    def columns_for(self, year_keys: tuple[str, ...]) -> tuple[Column, ...]:
        """Give all columns in order, those that stand once per year repeated for each year."""
        found: list[Column] = []
        for column in self.columns:
            found.extend([column.for_year(year) for year in year_keys] if column.per_year else [column])
        return tuple(found)

    def column(self, key: str) -> Column:
        """Give the column of a key (``targets`` or ``targets.R6``); KeyError where there is none."""
        base, _, year = key.partition(".")
        for column in self.columns:
            if column.key == base:
                return column.for_year(year) if year else column
        raise KeyError(key)

    def requirement(self, column: Column, role: Role) -> Condition | None:
        """Give when a column must be filled in a row of a role, None for never: a row that ends is asked no more
        than what depends on its ending."""
        if role not in column.required_in:
            return None
        known, requirement = self._requirements.get(column.key, (None, Condition()))
        if known is not column:
            asked_of = {clause.column for clause in column.required_when.clauses}
            going_on = tuple(replace(c, negated=True) for c in self.ended.clauses if c.column not in asked_of)
            requirement = Condition(clauses=column.required_when.clauses + going_on)
            self._requirements[column.key] = column, requirement
        return requirement

    @cached_property
    def _requirements(self) -> dict[str, tuple[Column, Condition]]:
        """What was given last for a key: every row is asked the same."""
        return {}

    def head_field(self, key: str) -> HeadField:
        """Give the field of the head with a key; KeyError where there is none."""
        for each in self.head:
            if each.key == key:
                return each
        raise KeyError(key)

    def choice_list(self, key: str) -> ChoiceList:
        """Give the list of a key; KeyError where there is none."""
        return next(choices for choices in self.choices if choices.key == key)
