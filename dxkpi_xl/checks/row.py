"""One returned row under check: what was issued, what came back, and how a rule words what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

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


@dataclass(frozen=True, kw_only=True)
class CheckedRow:
    """A row with its survey; ``issued`` is None on a new row.

    ``kpi`` is the KPI it showed when it was issued; ``kpi_elsewhere`` the values of one that another row defines, as
    that row answers them this year; ``above`` the row before it in the same return. ``doubtful`` are the columns in
    which something was found that makes their value useless to compare with.
    """

    form: Form
    columns: tuple[Column, ...]
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
    def values(self) -> Mapping[str, str]:
        """All values by column key: what came back, and what was issued where the cell is the office's or unusable."""
        return {**self.before, **self.kpi_elsewhere, **self.returned.values()}

    @cached_property
    def column(self) -> Mapping[str, Column]:
        """Columns by key."""
        return {column.key: column for column in self.columns}

    def value(self, key: str) -> str:
        """Give the value of a column, blank where it has none."""
        return self.values.get(key, "")

    def answered(self) -> tuple[tuple[Column, Answer], ...]:
        """Give the open columns that could be read, with their answers."""
        return self._answered

    @cached_property
    def _answered(self) -> tuple[tuple[Column, Answer], ...]:
        return tuple((c, self.returned.answers[c.key]) for c in self.columns if c.key in self.returned.answers)

    @cached_property
    def kpi_columns(self) -> tuple[Column, ...]:
        """The columns of KPI values, the baseline first, then the years in order."""
        return tuple(column for column in self.columns if column.kind == "kpi_value")

    def is_answered(self, key: str) -> bool:
        """Whether the department answered a column here and it could be read."""
        return key in self.returned.answers

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
            return frozenset(self.issued.open_columns - self.returned.answers.keys())
        return frozenset(c.key for c in self.columns if Role.NEW in c.open_in and c.key not in self.returned.answers)

    def keys(self, wanted: tuple[str, ...]) -> Iterator[str]:
        """Give the columns that a rule's ``needs`` name: a per-year column means all of its years."""
        for key in wanted:
            if key == THIS_YEARS_TARGET:
                yield self.this_years_target
            else:
                yield from (c.key for c in self.columns if c.key == key or c.key.startswith(f"{key}."))

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
