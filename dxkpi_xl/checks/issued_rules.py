"""Rules about a whole return beside what was issued: form version, protection, answers shifted by a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.checks.year import CheckedReturn
from dxkpi_xl.cycle import fields
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.form.columns import folded

# Fewer cells that equal those of a neighbour's row are taken for chance or for a copied sentence.
_FEWEST_CELLS = 3
_FEWEST_ROWS = 2
# Lists and values such as "4以上" recur from row to row; texts do not.
_TELLING_KINDS = frozenset({"text", "kpi_value"})


@rule("I010", scope=Scope.ISSUED)
def old_form_version(subject: CheckedReturn) -> Iterator[Finding]:
    """The head shows another form version than the one that was issued."""
    shown = subject.answer.head.get(fields.FORM_VERSION)
    if shown is not None and shown.value and folded(shown.value) != folded(subject.survey.form_version):
        facts = {"value": quoted(shown.value), "issued": subject.survey.form_version}
        yield Finding(code="I010", place=shown.place, facts=facts, bureau=subject.survey.bureau.name)


@rule("I009", scope=Scope.ISSUED)
def protection_removed(subject: CheckedReturn) -> Iterator[Finding]:
    """The sheet's protection was taken off; every rule is applied on return anyway."""
    if not subject.answer.protected:
        place = Place(file=subject.answer.file, sheet=subject.answer.sheet)
        facts = {"sheet": subject.answer.sheet}
        yield Finding(code="I009", place=place, facts=facts, bureau=subject.survey.bureau.name)


@rule("I011", scope=Scope.ISSUED)
def block_shifted(subject: CheckedReturn) -> Iterator[Finding]:
    """A block of answers stands one row too high or too low: they are what was issued in the neighbouring rows."""
    for block in shifted_blocks(subject):
        first, last = block[0], block[-1]
        facts = {"first": first.returned.listing_id, "last": last.returned.listing_id, "count": str(len(block))}
        column = next(iter(_cells_of_neighbour(first, _neighbours(subject, first)))).key
        yield first.finding("I011", column, **facts)


def shifted_blocks(subject: CheckedReturn) -> tuple[tuple[CheckedRow, ...], ...]:
    """Give the blocks of successive rows whose answers are those issued in the row above (or below) each."""
    rows = [row for row in subject.rows if row.issued is not None]
    by_listing = {row.returned.listing_id: row for row in rows}
    order = [each.listing_id for each in subject.survey.rows]
    found: list[tuple[CheckedRow, ...]] = []
    for neighbour_of in (dict(pairwise(order)), dict(pairwise(order[::-1]))):
        run: list[tuple[CheckedRow, int]] = []
        for listing_id in [*order, ""]:
            row = by_listing.get(listing_id)
            other = by_listing.get(neighbour_of.get(listing_id, ""))
            cells = len(_cells_of_neighbour(row, (other,))) if row is not None and other is not None else 0
            if row is not None and cells:
                run.append((row, cells))
                continue
            if len(run) >= _FEWEST_ROWS and sum(count for _, count in run) >= _FEWEST_CELLS:
                found.append(tuple(each for each, _ in run))
            run = []
    return tuple(found)


def _neighbours(subject: CheckedReturn, row: CheckedRow) -> tuple[CheckedRow, ...]:
    position = subject.rows.index(row)
    return subject.rows[max(0, position - 1) : position] + subject.rows[position + 1 : position + 2]


def _cells_of_neighbour(row: CheckedRow, others: tuple[CheckedRow, ...]) -> tuple[Column, ...]:
    """Give the columns whose answer is not what was issued in the row, but what was issued in a neighbour's."""
    return tuple(
        column
        for column, answer in row.answered()
        if column.kind in _TELLING_KINDS
        and answer.value
        and answer.value != row.before.get(column.key, "")
        and any(answer.value == _issued(other.before, column.key) for other in others)
    )
