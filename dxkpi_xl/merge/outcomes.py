"""The outcome of every field: kept where something happened to the field, made when it is asked for where nothing did.

Most fields of most rows come back as they were issued, or not at all; an outcome and a side for each of them would be
most of what a merge holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dxkpi_xl.merge.three_way import FieldOutcome, FieldState, Side
from dxkpi_xl.returns.model import ReturnedRow

# Listing id and column key.
FieldKey = tuple[str, str]

NOTHING_HAPPENED: Mapping[str, FieldOutcome] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A returned row: who returned it, whether they lead it, in which file."""

    who: str
    leads: bool
    sha256: str
    row: ReturnedRow

    def side(self, column: str) -> Side | None:
        """Give what it says of a column; None where it has no answer."""
        answer = self.row.answers.get(column)
        if answer is None:
            return None
        return Side(who=self.who, value=answer.value, place=answer.place, sha256=self.sha256, leads=self.leads)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcomes:
    """One issued row's fields: its open columns in the form's order, what was issued in each, and who returned it.

    ``columns`` give each column's place among ``bases``; rows that are asked about the same columns share them.
    ``happened`` are the outcomes of the fields of which some side says something else, by column in the same order;
    of every other field all sides say what was issued.
    """

    listing_id: str
    columns: Mapping[str, int]
    bases: tuple[str, ...]
    returned: tuple[Returned, ...]
    happened: Mapping[str, FieldOutcome]

    def __iter__(self) -> Iterator[FieldOutcome]:
        """Give all outcomes, in the columns' order."""
        for column, base in zip(self.columns, self.bases, strict=True):
            yield self.happened.get(column) or self._as_issued(column, base)

    def of(self, column: str) -> FieldOutcome | None:
        """Give the outcome of a column; None where the row is not asked about it."""
        if column in self.happened:
            return self.happened[column]
        place = self.columns.get(column)
        return None if place is None else self._as_issued(column, self.bases[place])

    def values(self) -> dict[str, str]:
        """Give the merged values by column key."""
        found = dict(zip(self.columns, self.bases, strict=True))
        found.update((column, outcome.value) for column, outcome in self.happened.items())
        return found

    def values_in(self, columns: Collection[str]) -> dict[str, str]:
        """Give the merged values in some columns, of those that the row is asked about."""
        return {
            column: happened.value if (happened := self.happened.get(column)) else self.bases[self.columns[column]]
            for column in columns
            if column in self.columns
        }

    def unchanged_answers(self) -> int:
        """Count the answers to the fields to which nothing happened."""
        unchanged = [column for column in self.columns if column not in self.happened]
        return sum(column in each.row.answers for each in self.returned for column in unchanged)

    def but(self, changed: Mapping[str, FieldOutcome]) -> RowOutcomes:
        """Give the row with other outcomes of some columns."""
        known = {**self.happened, **changed}
        return replace(self, happened={column: known[column] for column in self.columns if column in known})

    def _as_issued(self, column: str, base: str) -> FieldOutcome:
        sides = tuple([side for each in self.returned if (side := each.side(column)) is not None])
        state = FieldState.UNCHANGED if sides else FieldState.UNANSWERED
        return FieldOutcome(listing_id=self.listing_id, column=column, base=base, value=base, state=state, sides=sides)


class Outcomes(Mapping[FieldKey, FieldOutcome]):
    """All outcomes by listing id and column key: issued rows in the order of the surveys, then the new ones."""

    __slots__ = ("_new", "rows")

    def __init__(self, rows: Mapping[str, RowOutcomes], new: Collection[FieldOutcome]) -> None:
        self.rows = rows
        self._new = {(outcome.listing_id, outcome.column): outcome for outcome in new}

    def __getitem__(self, key: FieldKey) -> FieldOutcome:
        row = self.rows.get(key[0])
        found = self._new.get(key) if row is None else row.of(key[1])
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[FieldKey]:
        for row in self.rows.values():
            yield from ((row.listing_id, column) for column in row.columns)
        yield from self._new

    def __len__(self) -> int:
        return sum(len(row.columns) for row in self.rows.values()) + len(self._new)

    @property
    def listing_ids(self) -> tuple[str, ...]:
        """The rows, issued and new, in their order."""
        return (*self.rows, *dict.fromkeys(listing_id for listing_id, _ in self._new))

    @property
    def of_new_rows(self) -> Collection[FieldOutcome]:
        """The outcomes of new rows."""
        return self._new.values()

    @property
    def happened(self) -> Iterator[FieldOutcome]:
        """The outcomes of fields that some side changed, and those of new rows; the others are as issued."""
        for row in self.rows.values():
            yield from row.happened.values()
        yield from self._new.values()

    def among(self, keys: Collection[FieldKey]) -> Iterator[FieldOutcome]:
        """Give the outcomes of some fields, in the order of all."""
        wanted: dict[str, set[str]] = {}
        for listing_id, column in keys:
            wanted.setdefault(listing_id, set()).add(column)
        for row in self.rows.values():
            if row.listing_id in wanted:
                yield from (outcome for outcome in row if outcome.column in wanted[row.listing_id])
        yield from (outcome for key, outcome in self._new.items() if key in keys)

    def values_in(self, columns: Collection[str]) -> Iterator[tuple[FieldKey, str]]:
        """Give the merged values in some columns, with their keys."""
        for row in self.rows.values():
            for column, value in row.values_in(columns).items():
                yield (row.listing_id, column), value
        yield from ((key, outcome.value) for key, outcome in self._new.items() if outcome.column in columns)
