"""For which rows a return speaks: those it changes, and those that the returns changed which it mends."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dxkpi_xl.cycle.survey import Survey, send_back_number
from dxkpi_xl.returns.model import Receipt, Return, ReturnedRow

Pair = tuple[Receipt, Return]

_NOT_TOLD = datetime.datetime.min.replace(tzinfo=datetime.UTC)


def changed_rows(answer: Return, survey: Survey) -> frozenset[str]:
    """Give the keys of the rows that a return answers otherwise than issued, new rows by their key included.

    A cell that could not be used is an answer as well: what stood in it is not what was issued.
    """
    issued = survey.row_by_listing
    rows = {
        row.listing_id
        for row in answer.rows
        if row.unread or any(value != issued[row.listing_id].values.get(key, "") for key, value in row.values().items())
    }
    return frozenset(rows | {new_key(row) for row in answer.new_rows})


def new_key(row: ReturnedRow) -> str:
    """Give what a new row is known by: its 管理番号 and all that it says."""
    return f"{row.listing_id} {' '.join(row.values().values())}"


@dataclass(frozen=True, kw_only=True)
class Mended:
    """The returns of one survey that each of them mends, by its file.

    ``all_tell`` is whether each of them says when it was saved: such times are compared only with one another.
    """

    by_file: Mapping[str, tuple[Pair, ...]]
    all_tell: bool = False

    @classmethod
    def of(cls, pairs: Sequence[Pair]) -> Mended:
        """Find them by the numbers of a sent-back workbook, which names also what was mended before."""
        return cls(
            by_file={
                answer.file: tuple(
                    pair for pair in pairs if send_back_number(pair[1].sha256) in answer.mends and pair[1] is not answer
                )
                for _, answer in pairs
            },
            all_tell=all(answer.saved_at is not None for _, answer in pairs),
        )

    def moment(self, pair: Pair) -> tuple[datetime.date, datetime.datetime, datetime.datetime, int, str]:
        """Give when a return was made: never before what it mends, whatever its 記入日 and its file say."""
        family = (pair, *self.by_file[pair[1].file])
        date, saved, arrived = max(self._own_moment(*each) for each in family)
        return (date, saved, arrived, len(family), pair[0].file)

    def _own_moment(
        self, receipt: Receipt, answer: Return
    ) -> tuple[datetime.date, datetime.datetime, datetime.datetime]:
        saved = answer.saved_at if self.all_tell and answer.saved_at is not None else _NOT_TOLD
        return (answer.written_on or datetime.date.min, saved, receipt.arrived)

    def mends(self, answer: Return, other: Return) -> bool:
        """Whether a return mends another."""
        return any(each is other for _, each in self.by_file[answer.file])

    def spoken(self, answer: Return, survey: Survey) -> frozenset[str]:
        """Give the keys of the rows for which a return speaks."""
        mended = [changed_rows(other, survey) for _, other in self.by_file[answer.file]]
        return changed_rows(answer, survey).union(*mended)
