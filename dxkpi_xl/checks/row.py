"""One returned row under check: what was issued, what came back, and how a rule words what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from dxkpi_xl.checks.rule import THIS_YEARS_TARGET
from dxkpi_xl.checks.text_policy import TextPolicy
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Kpi
from dxkpi_xl.cycle.survey import Survey, SurveyRow
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.form.columns import Column, Form, Role
from dxkpi_xl.returns.model import Answer, ReturnedRow

_LONGEST_QUOTE = 60


def quoted(text: str) -> str:
    """Give a respondent's text as a message quotes it: on one line, cut after 60 characters, blank said so."""
    flat = " ".join(text.split()) or "(空欄)"
    return flat if len(flat) <= _LONGEST_QUOTE else f"{flat[:_LONGEST_QUOTE]}…"


class Columns(NamedTuple):
    """The form's columns, one value for all rows: in their order, by key, and those of KPI values."""

    all: tuple[Column, ...]
    by_key: Mapping[str, Column]
    of_kpi: tuple[Column, ...]

    @classmethod
    def of(cls, columns: tuple[Column, ...]) -> Columns:
        """Look through them once."""
        of_kpi = tuple(column for column in columns if column.kind == "kpi_value")
        return cls(columns, {column.key: column for column in columns}, of_kpi)


@dataclass(frozen=True, kw_only=True)
class CheckedRow:
    """A row with its survey; ``issued`` is None on a new row.

    ``kpi`` is the KPI it showed when it was issued; ``kpi_elsewhere`` the values of one that another row defines, as
    that row answers them this year; ``above`` the row before it in the same return. ``doubtful`` are the columns in
    which something was found that makes their value useless to compare with.
    """

    form: Form
    columns: Columns
    survey: Survey
    issued: SurveyRow | None
    returned: ReturnedRow
    policy: TextPolicy
    kpi: Kpi | None = None
    kpi_elsewhere: Mapping[str, str] = field(default_factory=dict)
    above: ReturnedRow | None = None
    doubtful: frozenset[str] = frozenset()

    @property
    def role(self) -> Role:
        """What the row is."""
        return self.issued.role if self.issued else Role.NEW

    @property
    def is_new(self) -> bool:
        """Whether it stands on a spare row."""
        return self.issued is None

    @property
    def year(self) -> str:
        """The survey's year: ``R6``."""
        return self.survey.cycle.year

    @property
    def this_years_target(self) -> str:
        """The key of this year's target column."""
        return fields.target_key(self.year)

    @cached_property
    def before(self) -> Mapping[str, str]:
        """The values as issued by column key; none on a new row."""
        return self.issued.values if self.issued else {}

    @cached_property
    def said(self) -> Mapping[str, str]:
        """The values that came back, by column key."""
        return self.returned.values()

    @cached_property
    def values(self) -> Mapping[str, str]:
        """All values by column key: what came back, and what was issued where the cell is the office's or unusable."""
        return {**self.before, **self.kpi_elsewhere, **self.said}

    @property
    def column(self) -> Mapping[str, Column]:
        """Columns by key."""
        return self.columns.by_key

    def value(self, key: str) -> str:
        """Give the value of a column, blank where it has none."""
        return self.values.get(key, "")

    @cached_property
    def answered(self) -> tuple[tuple[Column, str], ...]:
        """The open columns that could be read, with their values."""
        said = self.said
        return tuple((column, said[column.key]) for column in self.columns.all if column.key in said)

    @cached_property
    def changed(self) -> tuple[tuple[Column, str], ...]:
        """Those of them that do not say what was issued, to the letter; most rows have few."""
        before = self.before
        return tuple((column, value) for column, value in self.answered if value != before.get(column.key, ""))

    def peculiar(self) -> Iterator[tuple[Column, Answer]]:
        """Give those of them, with the answers, of which the value does not say all; maybe some others besides."""
        answers = self.returned.peculiar()
        return ((column, answers[column.key]) for column in self.columns.all if column.key in answers)

    @property
    def kpi_columns(self) -> tuple[Column, ...]:
        """The columns of KPI values, the baseline first, then the years in order."""
        return self.columns.of_kpi

    def is_answered(self, key: str) -> bool:
        """Whether the department answered a column here and it could be read."""
        return key in self.said

    def is_required(self, column: Column) -> bool:
        """Whether a column must be filled in this row, as it is answered."""
        requirement = self.form.requirement(column, self.role)
        return requirement is not None and requirement.holds(self.values)

    @property
    def ends(self) -> bool:
        """Whether its 区分 ends it."""
        return self.form.ended.holds(self.values)

    @property
    def unusable(self) -> frozenset[str]:
        """The columns that should have an answer here and have none: not in the sheet, or not readable."""
        if self.issued is not None:
            return self.issued.open_columns.difference(self.said)
        return frozenset(c.key for c in self.columns.all if Role.NEW in c.open_in and c.key not in self.said)

    def keys(self, wanted: tuple[str, ...]) -> Iterator[str]:
        """Give the columns that a rule's ``needs`` name: a per-year column means all of its years."""
        for key in wanted:
            if key == THIS_YEARS_TARGET:
                yield self.this_years_target
            else:
                yield from (c.key for c in self.columns.all if c.key == key or c.key.startswith(f"{key}."))

    def finding(self, code: str, column: str, **facts: str) -> Finding:
        """Make a finding at the cell of a column, or at the row's key where the column has no cell."""
        answer = self.returned.answers.get(column)
        place: Place = answer.place if answer else self.returned.place
        label = self.column[column].label if column in self.column else ""
        return Finding(
            code=code,
            place=place,
            facts={"label": label, "id": self.returned.listing_id, **facts},
            bureau=self.survey.bureau.name,
            listing_id=self.returned.listing_id,
            column=column,
        )
