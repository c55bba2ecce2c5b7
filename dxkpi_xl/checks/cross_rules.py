"""Rules across rows that were there before: relisted texts, rows merged into others."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.checks.row import quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.checks.year import CheckedYear
from dxkpi_xl.cycle import fields
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import Role, folded
from dxkpi_xl.returns.model import ReturnedRow

_RELISTED_TEXTS = (fields.OUTLINE, fields.TARGET)
# How much of the two texts is shown before and after the place where they part.
_AROUND = 8


@rule("X001", scope=Scope.ACROSS, points_at=_RELISTED_TEXTS)
def relisted_text_drifts(year: CheckedYear) -> Iterator[Finding]:
    """A relisted row's text differs from that of its project's first row, as both are answered this year."""
    first = year.numbering.first_listing

    def is_relisted(row: ReturnedRow) -> bool:
        listing = year.issued.register.listing_by_id.get(row.listing_id)
        return listing is not None and first[listing.project_id] != listing.id and any(map(row.value, _RELISTED_TEXTS))

    for row in year.rows(is_relisted):
        if row.role is not Role.RELISTED or row.ends:
            continue
        listing = year.issued.register.listing_by_id[row.returned.listing_id]
        original = first[listing.project_id]
        said = year.said(original)
        for key in _RELISTED_TEXTS:
            theirs, ours = said.get(key, ""), row.value(key)
            if row.is_answered(key) and theirs and ours and folded(theirs) != folded(ours):
                there, here = parting(theirs, ours)
                yield row.finding("X001", key, original=original, there=quoted(there), value=quoted(here))


def parting(one: str, other: str) -> tuple[str, str]:
    """Give the parts in which two texts differ, with some characters around them; 「…」 where more was cut off."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests = (one[start:][::-1], other[start:][::-1])
    end = next((n for n, (a, b) in enumerate(zip(*rests, strict=False)) if a != b), min(map(len, rests)))
    first = max(0, start - _AROUND)
    behind = max(0, end - _AROUND)
    cut = ("…" if first else "", "…" if behind else "")
    return cut[0] + one[first : len(one) - behind] + cut[1], cut[0] + other[first : len(other) - behind] + cut[1]


@rule("X007", scope=Scope.ACROSS, points_at=(fields.MERGE_INTO,))
def merged_into_what_ends(year: CheckedYear) -> Iterator[Finding]:
    """A row is to be merged into another that ends as well."""
    for row in year.rows(lambda each: _names_a_listing(year, each, fields.MERGE_INTO)):
        other = row.value(fields.MERGE_INTO)
        if other != row.returned.listing_id and year.has_ended(other):
            yield row.finding("X007", fields.MERGE_INTO, value=other, kind=year.said(other)[fields.CHANGE_KIND])


@rule("X004", scope=Scope.ACROSS, points_at=(fields.RELIST_OF,))
def relisting_of_what_ends(year: CheckedYear) -> Iterator[Finding]:
    """A new row relists a project that ends this year."""
    for row in year.rows(lambda each: _names_a_listing(year, each, fields.RELIST_OF)):
        other = row.value(fields.RELIST_OF)
        if year.has_ended(other):
            yield row.finding("X004", fields.RELIST_OF, value=other, name=name_of(year, other))


def _names_a_listing(year: CheckedYear, row: ReturnedRow, key: str) -> bool:
    return row.value(key) in year.issued.register.listing_by_id


def name_of(year: CheckedYear, listing_id: str) -> str:
    """Give the name of a listing's project on one line, as a message quotes it."""
    return quoted(year.name_said(listing_id))
