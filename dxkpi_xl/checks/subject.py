"""What a rule about one return looks at: the return beside its survey, and its rows with what each was issued as."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.checks.row import CheckedRow, Columns
from dxkpi_xl.checks.text_policy import TextPolicy
from dxkpi_xl.cycle.model import Kpi
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return, ReturnedRow


@dataclass(frozen=True, kw_only=True)
class CheckedReturn:
    """One return with its survey and its rows, issued ones first, in the survey's order."""

    survey: Survey
    answer: Return
    rows: tuple[CheckedRow, ...]


def is_any_row(_row: ReturnedRow) -> bool:
    """Say of every row that it is wanted."""
    return True


def kpi_shown(issued: Issued, listing_id: str) -> Kpi | None:
    """Give the KPI that a row showed when it was issued; None on a row without one and on a new row."""
    listing = issued.register.listing_by_id.get(listing_id)
    return issued.register.kpi_of(listing) if listing else None


def kpi_of_another(issued: Issued, listing_id: str) -> Kpi | None:
    """Give the KPI that a row only relists; None on a row that shows none, or its own."""
    kpi = kpi_shown(issued, listing_id)
    if kpi is None or kpi.defined_by == listing_id or kpi.defined_by not in issued.register.listing_by_id:
        return None
    return kpi


@dataclass(frozen=True, kw_only=True)
class RowsUnderCheck:
    """Makes rows what rules look at; ``elsewhere`` gives the values of a KPI that another row defines."""

    issued: Issued
    policy: TextPolicy
    elsewhere: Callable[[Kpi], Mapping[str, str]]

    def of(self, answer: Return, wanted: Callable[[ReturnedRow], bool] = is_any_row) -> Iterator[CheckedRow]:
        """Give the wanted rows, issued ones first."""
        above: ReturnedRow | None = None
        for returned in (*answer.rows, *answer.new_rows):
            if wanted(returned):
                yield self._row(answer, returned, above)
            above = returned

    @cached_property
    def _columns(self) -> Columns:
        return Columns.of(self.issued.columns)

    def _row(self, answer: Return, returned: ReturnedRow, above: ReturnedRow | None) -> CheckedRow:
        survey = self.issued.surveys[answer.survey_id]
        other = kpi_of_another(self.issued, returned.listing_id)
        return CheckedRow(
            form=self.issued.form,
            columns=self._columns,
            survey=survey,
            issued=survey.row_by_listing.get(returned.listing_id),
            returned=returned,
            policy=self.policy,
            kpi=kpi_shown(self.issued, returned.listing_id),
            kpi_elsewhere=self.elsewhere(other) if other else {},
            above=above,
        )
