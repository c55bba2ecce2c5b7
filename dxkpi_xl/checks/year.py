"""The year under check: all returns, each row with what it must be compared with, whoever returned that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.checks.row import CheckedRow
from dxkpi_xl.checks.text_policy import TextPolicy
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Listing
from dxkpi_xl.cycle.numbering import Numbering, number
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return, ReturnedRow


@dataclass(frozen=True, kw_only=True)
class CheckedReturn:
    """One return with its survey and its rows, issued ones first, in the survey's order."""

    survey: Survey
    answer: Return
    rows: tuple[CheckedRow, ...]


@dataclass(frozen=True)
class CheckedYear:
    """What was issued and all that came back; the order in which returns are given does not matter."""

    issued: Issued
    given: tuple[Return, ...]
    policy: TextPolicy

    @cached_property
    def returns(self) -> tuple[CheckedReturn, ...]:
        """The returns in the organisation's order."""
        by_id = {answer.survey_id: answer for answer in self.given}
        return tuple(
            CheckedReturn(survey=survey, answer=by_id[survey.id], rows=tuple(self._rows(survey, by_id[survey.id])))
            for survey in self.issued.surveys.values()
            if survey.id in by_id
        )

    @cached_property
    def rows(self) -> tuple[CheckedRow, ...]:
        """All rows of all returns."""
        return tuple(row for each in self.returns for row in each.rows)

    @cached_property
    def numbering(self) -> Numbering:
        """The numbers as issued."""
        return number(self.issued.register)

    @cached_property
    def said(self) -> Mapping[str, Mapping[str, str]]:
        """Every issued listing's values by column key as they stand now: an owner's change before what was issued."""
        register = self.issued.register
        found = {each.id: fields.listing_values(register, self.numbering, each) for each in register.listings}
        changed: set[tuple[str, str]] = set()
        place = {survey_id: n for n, survey_id in enumerate(self.issued.surveys)}
        for answer in sorted(self.given, key=lambda each: place[each.survey_id]):
            for row in answer.rows:
                values = found[row.listing_id]
                for key, value in row.values().items():
                    if value != values.get(key, "") and (row.listing_id, key) not in changed:
                        changed.add((row.listing_id, key))
                        values[key] = value
        return found

    def has_ended(self, listing_id: str) -> bool:
        """Whether a listing's 区分, or that of its project's first listing, ends it."""
        listing = self.issued.register.listing_by_id[listing_id]
        first = self.numbering.first_listing[listing.project_id]
        return any(self.issued.form.ended.holds(self.said[each]) for each in (listing_id, first))

    def _rows(self, survey: Survey, answer: Return) -> Iterator[CheckedRow]:
        issued_rows = survey.row_by_listing
        above: ReturnedRow | None = None
        for returned in (*answer.rows, *answer.new_rows):
            listing = self.issued.register.listing_by_id.get(returned.listing_id)
            yield CheckedRow(
                form=self.issued.form,
                columns=self.issued.columns,
                survey=survey,
                issued=issued_rows.get(returned.listing_id),
                returned=returned,
                policy=self.policy,
                kpi=self.issued.register.kpi_of(listing) if listing else None,
                kpi_elsewhere=self._kpi_elsewhere(listing) if listing else {},
                above=above,
            )
            above = returned

    def _kpi_elsewhere(self, listing: Listing) -> Mapping[str, str]:
        kpi = self.issued.register.kpi_of(listing)
        if kpi is None or kpi.defined_by in ("", listing.id) or kpi.defined_by not in self.said:
            return {}
        keys = fields.kpi_answers(kpi, self.issued.register.cycle.years)
        return {key: self.said[kpi.defined_by].get(key, "") for key in keys}
