"""Rules about a whole return beside what was issued: form version, protection, answers shifted by a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.checks.subject import CheckedReturn
from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.cycle.survey import SurveyRow
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.form.columns import Column, folded

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


@dataclass(frozen=True, kw_only=True)
class ShiftedBlock:
    """Successive rows that hold a neighbour's answers: the rows, and in how many cells of the first it shows."""

    rows: tuple[CheckedRow, ...]
    columns: tuple[Column, ...]


@rule("I011", scope=Scope.ISSUED)
def block_shifted(subject: CheckedReturn) -> Iterator[Finding]:
    """A block of answers stands one row too high or too low: they are what was issued in the neighbouring rows."""
    for block in shifted_blocks(subject):
        first, last = block.rows[0], block.rows[-1]
        facts = {"first": first.returned.listing_id, "last": last.returned.listing_id, "count": str(len(block.rows))}
        yield first.finding("I011", block.columns[0].key, **facts)


def shifted_blocks(subject: CheckedReturn) -> tuple[ShiftedBlock, ...]:
    """Give the blocks of successive rows whose answers are those issued in the row above (or below) each."""
    order = subject.survey.rows
    down = _blocks(subject, order, {row.listing_id: above.values for above, row in pairwise(order)})
    up = _blocks(subject, order, {row.listing_id: below.values for row, below in pairwise(order)})
    return (*down, *up)


def _blocks(
    subject: CheckedReturn, order: tuple[SurveyRow, ...], neighbours: Mapping[str, Mapping[str, str]]
) -> Iterator[ShiftedBlock]:
    returned = {row.returned.listing_id: row for row in subject.rows if not row.is_new}
    run: list[tuple[CheckedRow, tuple[Column, ...]]] = []
    for listing_id in (*(row.listing_id for row in order), ""):
        row = returned.get(listing_id)
        columns = _cells_of_another(row, neighbours[listing_id]) if row and listing_id in neighbours else ()
        if row is not None and columns:
            run.append((row, columns))
            continue
        if len(run) >= _FEWEST_ROWS and sum(len(columns) for _, columns in run) >= _FEWEST_CELLS:
            yield ShiftedBlock(rows=tuple(row for row, _ in run), columns=run[0][1])
        run = []


def _cells_of_another(row: CheckedRow, neighbour: Mapping[str, str]) -> tuple[Column, ...]:
    """Give the columns whose answer is not what was issued in this row, but what was issued in a neighbour."""
    return tuple(
        column
        for column, value in row.changed
        if value == neighbour.get(column.key, "")
        and column.kind in _TELLING_KINDS
        and value not in ("", kpi_value.NOT_SET)
    )
