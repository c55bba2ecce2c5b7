"""The year under check: all returns, each row with what it must be compared with, whoever returned that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.checks.row import CheckedRow
from dxkpi_xl.checks.subject import RowsUnderCheck
from dxkpi_xl.checks.text_policy import TextPolicy
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Kpi
from dxkpi_xl.cycle.numbering import Numbering
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return, ReturnedRow

Wanted = Callable[[ReturnedRow], bool]


@dataclass(frozen=True)
class CheckedYear:
    """What was issued and all that came back, in the organisation's order (``parts.rows_to_judge``).

    Most rules of a year speak of few rows: they say which, by what was answered there, and only those are looked at.
    """

    issued: Issued
    returns: tuple[Return, ...]
    policy: TextPolicy

    @property
    def numbering(self) -> Numbering:
        """The numbers as issued."""
        return self.issued.register.numbering

    def rows(self, wanted: Wanted) -> Iterator[CheckedRow]:
        """Give the wanted rows of all returns, in their order."""
        for answer in self.returns:
            yield from self.rows_of(answer, wanted)

    def rows_of(self, answer: Return, wanted: Wanted) -> Iterator[CheckedRow]:
        """Give the wanted rows of one return."""
        return self._under_check.of(answer, wanted)

    def said(self, listing_id: str) -> Mapping[str, str]:
        """Give an issued listing's values by column key as they stand now: an owner's change before what was issued."""
        register = self.issued.register
        values = fields.listing_values(register, self.numbering, register.listing_by_id[listing_id])
        changed: dict[str, str] = {}
        for row in self._answered.get(listing_id, ()):
            for key, value in row.values().items():
                if key not in changed and value != values.get(key, ""):
                    changed[key] = value
        return {**values, **changed}

    def name_said(self, listing_id: str) -> str:
        """Give the name of an issued listing's project, as ``said`` gives it."""
        register = self.issued.register
        listing = register.listing_by_id[listing_id]
        issued = fields.shown_name(listing, register.project_of(listing))
        told = (row.said(fields.PROJECT) for row in self._answered.get(listing_id, ()))
        return next((name for name in told if name is not None and name != issued), issued)

    def has_ended(self, listing_id: str) -> bool:
        """Whether a listing's 区分, or that of its project's first listing, ends it."""
        listing = self.issued.register.listing_by_id[listing_id]
        first = self.numbering.first_listing[listing.project_id]
        return any(self.issued.form.ended.holds(self.said(each)) for each in (listing_id, first))

    @cached_property
    def _answered(self) -> Mapping[str, tuple[ReturnedRow, ...]]:
        """Every issued row as it came back, by listing id, in the organisation's order."""
        found: dict[str, tuple[ReturnedRow, ...]] = {}
        for answer in self.returns:
            for row in answer.rows:
                found[row.listing_id] = (*found.get(row.listing_id, ()), row)
        return found

    @cached_property
    def _under_check(self) -> RowsUnderCheck:
        return RowsUnderCheck(issued=self.issued, policy=self.policy, elsewhere=self._kpi_elsewhere)

    def _kpi_elsewhere(self, kpi: Kpi) -> Mapping[str, str]:
        said = self.said(kpi.defined_by)
        return {key: said.get(key, "") for key in fields.kpi_answers(kpi, self.issued.register.cycle.years)}
