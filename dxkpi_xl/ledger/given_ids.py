"""Ids that were given to blank cells of the ledger are written into it, so that they are for life."""

from __future__ import annotations

import io
from collections.abc import Iterable

from dxkpi_xl.findings import Finding

GIVEN = "T048"


def given_ids(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give the findings that say which id a blank cell was given; their fact ``id`` is the id."""
    return tuple(finding for finding in findings if finding.code == GIVEN)


def with_given_ids(data: bytes, given: Iterable[Finding]) -> bytes:
    """Give the ledger's bytes with the ids typed into their blank cells; all else stays as the office left it."""
    from openpyxl import load_workbook  # edits a workbook in place, which XlsxWriter cannot

    book = load_workbook(io.BytesIO(data))
    for finding in given:
        cell = book[finding.place.sheet][finding.place.cell]
        cell.value = finding.facts["id"]
        cell.data_type = "s"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
