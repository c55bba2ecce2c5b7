"""One returned row under check: what was issued, what came back, and how a rule words what it finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

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
    """A row with its survey; ``issued`` is None on a new row."""

    form: Form
    columns: tuple[Column, ...]
    survey: Survey
    issued: SurveyRow | None
    returned: ReturnedRow

    @property
    def role(self) -> Role:
        """What the row is."""
        return self.issued.role if self.issued else Role.NEW

    @cached_property
    def values(self) -> Mapping[str, str]:
        """All values by column key: what came back, and what was issued where the cell is the office's or unusable."""
        return {**(self.issued.values if self.issued else {}), **self.returned.values()}

    def answered(self) -> tuple[tuple[Column, Answer], ...]:
        """Give the open columns that could be read, with their answers."""
        return tuple((c, self.returned.answers[c.key]) for c in self.columns if c.key in self.returned.answers)

    def finding(self, code: str, column: str, **facts: str) -> Finding:
        """Make a finding at the cell of a column, or at the row's key where the column has no cell."""
        answer = self.returned.answers.get(column)
        place: Place = answer.place if answer else self.returned.place
        label = next((each.label for each in self.columns if each.key == column), "")
        return Finding(
            code=code,
            place=place,
            facts={"label": label, "id": self.returned.listing_id, **facts},
            bureau=self.survey.bureau.name,
            listing_id=self.returned.listing_id,
            column=column,
        )
