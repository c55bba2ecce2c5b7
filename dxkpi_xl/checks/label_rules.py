"""Rules within one row about what it calls itself: the label of its sentence, 区分 and its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import Column, folded

_LABEL = re.compile(r"\s*【([^】]{1,20})】")
# What a department writes of a row itself, not what the annex prints: changing it is no 変更.
_ABOUT_THE_ROW = "row"


@rule(
    "R002",
    "R003",
    scope=Scope.ROW,
    needs=(fields.TARGET_KIND, fields.TARGET),
    points_at=(fields.TARGET,),
)
def label_inside_the_sentence(row: CheckedRow) -> Iterator[Finding]:
    """The sentence begins with a label such as 【目標】: not the one chosen (R002), or a second one in print (R003)."""
    found = _LABEL.match(row.value(fields.TARGET))
    choices = row.column[fields.TARGET_KIND].choices
    kind = choices.canonical(found[1]) if found and choices else None
    if kind is None or found is None or not row.is_answered(fields.TARGET):
        return
    chosen = row.value(fields.TARGET_KIND)
    code = "R003" if kind == chosen else "R002"
    yield row.finding(code, fields.TARGET, written=found[0].strip(), chosen=quoted(chosen))


@rule("R012", scope=Scope.ROW, points_at=(fields.CHANGE_KIND,), spoils=True)
def choice_of_another_row(row: CheckedRow) -> Iterator[Finding]:
    """A value of the list that is not offered in this kind of row, such as 継続 on a spare row."""
    for column, value in row.answered:
        if column.choices is None or not value:
            continue
        offered = column.choices.labels_for(row.role)
        if value not in offered:
            yield row.finding("R012", column.key, value=value, choices="・".join(offered))


@rule("R010", scope=Scope.ROW, needs=(fields.CHANGE_KIND,), points_at=(fields.END_REASON, fields.MERGE_INTO))
def ending_without_an_end(row: CheckedRow) -> Iterator[Finding]:
    """A reason to end or a row to merge into is given, but 区分 does not say so."""
    for key in (fields.END_REASON, fields.MERGE_INTO):
        if row.is_answered(key) and row.value(key) and not row.column[key].required_when.holds(row.values):
            facts = {"value": quoted(row.value(key)), "kind": quoted(row.value(fields.CHANGE_KIND))}
            yield row.finding("R010", key, **facts)


@rule("R011", scope=Scope.ROW, needs=(fields.MERGE_INTO,), points_at=(fields.MERGE_INTO,))
def merged_into_itself(row: CheckedRow) -> Iterator[Finding]:
    """A row is to be merged into itself."""
    if row.is_answered(fields.MERGE_INTO) and row.value(fields.MERGE_INTO) == row.returned.listing_id:
        yield row.finding("R011", fields.MERGE_INTO, value=row.returned.listing_id)


@rule("R013", "R014", scope=Scope.ROW, needs=(fields.CHANGE_KIND,), points_at=(fields.CHANGE_KIND,))
def change_and_its_claim(row: CheckedRow) -> Iterator[Finding]:
    """変更 is claimed without a change (R013), or 継続 with one (R014); filling in a blank is no change."""
    if row.is_new or not row.is_answered(fields.CHANGE_KIND):
        return
    kind = row.value(fields.CHANGE_KIND)
    # A cell that could not be read may hold the very change.
    if kind == fields.CHANGED and not row.unusable and not any(_differs(row, column) for column in _rewritten(row)):
        yield row.finding("R013", fields.CHANGE_KIND)
    if kind == fields.CONTINUED:
        changed = [c.label for c in _rewritten(row) if row.before.get(c.key) and _differs(row, c) and _is_said(row, c)]
        if changed:
            yield row.finding("R014", fields.CHANGE_KIND, changed="、".join(changed))


def _rewritten(row: CheckedRow) -> Iterator[Column]:
    return (column for column, _ in row.changed if column.belongs_to != _ABOUT_THE_ROW)


def _is_said(row: CheckedRow, column: Column) -> bool:
    """Whether a cell says something, or says by its blank that it has nothing to say: a forgotten one is C001."""
    return bool(row.value(column.key)) or not row.is_required(column)


def _differs(row: CheckedRow, column: Column) -> bool:
    was, now = row.before.get(column.key, ""), row.value(column.key)
    if column.kind == "kpi_value":
        return _plain_number(was) != _plain_number(now)
    return folded(was) != folded(now)


def _plain_number(written: str) -> str:
    return kpi_value.plain(written).replace(",", "")
