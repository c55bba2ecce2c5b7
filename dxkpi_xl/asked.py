"""Questions that leave nothing behind: is this file all right, and where did this number come from."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxkpi_xl import workspace as ws
from dxkpi_xl.annex.asked_cells import asked_cells, asked_listing
from dxkpi_xl.annex.layout import annex_layout
from dxkpi_xl.annex.not_printed import not_printed
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.trace_words import not_printed_data, not_printed_lines, trace_data, trace_lines
from dxkpi_xl.checks.alone import check_alone
from dxkpi_xl.checks.run import check_return, one_a_cell
from dxkpi_xl.collected import look
from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.published import arrivals_by_hash, sources_of
from dxkpi_xl.returns.inbox import IntakeTerms, judged_files
from dxkpi_xl.returns.model import Receipt
from dxkpi_xl.returns.originals import Originals
from dxkpi_xl.sources import issued_record
from dxkpi_xl.taken_in import Progress


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a check of files by hand found: each file's receipt, and the findings on those that are returns."""

    receipts: tuple[Receipt, ...]
    findings: tuple[Finding, ...]
    catalogue: Catalogue

    @property
    def needs_people(self) -> bool:
        """Whether there is anything to mend or to explain."""
        every = (*self.findings, *(receipt.finding() for receipt in self.receipts))
        return any(self.catalogue.severity(finding) is not Severity.NOTE for finding in every)


def check(
    workspace: ws.Workspace, files: Sequence[Path], progress: Progress, passwords: tuple[str, ...] = ()
) -> Checked:
    """Judge files given by hand as collect would, leaving nothing behind; needs only the record of what was issued."""
    issued, catalogue = issued_record(workspace)
    with tempfile.TemporaryDirectory() as folder:
        kept = Originals(folder=Path(folder))
        terms = IntakeTerms(issued=issued, originals=kept, check=check_alone, passwords=passwords)
        judged = judged_files(files, terms, lambda n, of: progress("ファイルを確認", n, of))
    found = [
        finding
        for _, each in judged
        if each.answer is not None
        for finding in (*each.findings, *check_return(issued, each.answer))
    ]
    receipts = tuple(receipt for receipt, _ in judged)
    return Checked(receipts=receipts, findings=one_a_cell(found, catalogue), catalogue=catalogue)


@dataclass(frozen=True, kw_only=True)
class Traced:
    """What was asked for, in words and as data: cells with their sources, or why a row is not printed."""

    lines: tuple[str, ...]
    data: dict[str, Any]


def trace(workspace: ws.Workspace, asked: str, progress: Progress, passwords: tuple[str, ...] = ()) -> Traced:
    """Tell where printed cells came from: ``17``, ``17.R6``, ``KPI5.R7``, ``L0017`` or a cell such as ``J14``.

    Of a row that was issued and is not printed, it tells why.
    """
    found = look(workspace, passwords, progress)
    register = found.merged.register
    missing = not_printed(asked_listing(asked), found.issued, found.merged)
    if missing:
        return Traced(lines=not_printed_lines(missing), data={"cells": [], "not_printed": not_printed_data(missing)})
    layout = annex_layout(found.year.form, register, annex_paper(register.cycle), found.unsettled_fields)
    kpi_keys = frozenset(column.key for column in found.issued.columns if column.belongs_to == "kpi")
    cells = asked_cells(asked, sources_of(found, layout, blank=True), kpi_keys)
    arrived = arrivals_by_hash(found)
    return Traced(lines=trace_lines(cells, arrived), data={"cells": trace_data(cells, arrived)})
