"""A 確認 is accepted with a reason: what a department writes in 備考 answers what would be asked of that row."""

from __future__ import annotations

from collections.abc import Iterable

from dxkpi_xl.checks.row import quoted
from dxkpi_xl.cycle import fields
from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.returns.model import Return

ACCEPTED = "C020"
# Findings on what a row says. Those on files, keys, office cells and merging ask something of the office itself, which
# a 備考 does not settle.
_ABOUT_ANSWERS = ("C", "R", "X", "Y")


def accept_reasons(findings: Iterable[Finding], returns: Iterable[Return], catalogue: Catalogue) -> tuple[Finding, ...]:
    """Give the findings, every 確認 on a row that has a 備考 as a 参考 (C020) that quotes it, at the same cell."""
    notes = {
        (answer.file, row.listing_id): row.value(fields.NOTE)
        for answer in returns
        for row in (*answer.rows, *answer.new_rows)
        if row.value(fields.NOTE)
    }
    return tuple(_accepted(each, notes.get((each.place.file, each.listing_id), ""), catalogue) for each in findings)


def _accepted(finding: Finding, note: str, catalogue: Catalogue) -> Finding:
    entry = catalogue.entry(finding.code)
    if not note or entry.severity is not Severity.ASK or not finding.code.startswith(_ABOUT_ANSWERS):
        return finding
    facts = {"label": finding.facts.get("label", ""), "asked": finding.code, "title": entry.title, "note": quoted(note)}
    return Finding(
        code=ACCEPTED,
        place=finding.place,
        facts={**facts, "id": finding.listing_id},
        bureau=finding.bureau,
        listing_id=finding.listing_id,
        column=finding.column,
    )
