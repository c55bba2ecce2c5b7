"""What was collected: every file judged, every finding, the merged register."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dxkpi_xl import workspace as ws
from dxkpi_xl.checks.reasons import accept_reasons
from dxkpi_xl.checks.run import check_all, one_a_cell
from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.merge.decision import Decision
from dxkpi_xl.merge.decisions import on_fields, on_findings
from dxkpi_xl.merge.given_ids import Given, given_from_json
from dxkpi_xl.merge.journal import with_new
from dxkpi_xl.merge.merge import merge
from dxkpi_xl.merge.merged import Merged
from dxkpi_xl.merge.settled import Settled, heaviest_first, settled
from dxkpi_xl.reports.board_in import read_board, read_history
from dxkpi_xl.reports.decision_sheet import Pending
from dxkpi_xl.reports.state import State
from dxkpi_xl.reports.status import AddresseeStatus, statuses
from dxkpi_xl.returns.choose import Chosen, choose
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.sources import Year, lineage_ids
from dxkpi_xl.taken_in import Progress, TakenIn, take_in


@dataclass(frozen=True, kw_only=True)
class Collected:
    """What collect found: who stands where, every finding, every file's receipt."""

    year: Year
    issued: Issued
    catalogue: Catalogue
    intake: Chosen
    statuses: tuple[AddresseeStatus, ...]
    settled: tuple[Settled, ...]
    merged: Merged
    decisions: tuple[Decision, ...]
    pending: Pending

    @property
    def needs_people(self) -> bool:
        """Whether somebody must look at something: a bureau not done, or a file that is no return."""
        weights = {self.catalogue.severity(finding) for finding in self.all_findings}
        return bool(weights - {Severity.NOTE}) or any(each.state is not State.DONE for each in self.statuses)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Findings on answers, as they count after the office's decisions."""
        return tuple(each.finding for each in self.settled)

    @property
    def unsettled_fields(self) -> frozenset[tuple[str, str]]:
        """The fields, as (listing id, column key), that must not be printed without a mark: in conflict, or wrong."""
        wrong = {
            (self.merged.listing_id_of(f.place, f.listing_id), f.column)
            for f in self.findings
            if f.column and self.catalogue.severity(f) is Severity.WRONG
        }
        return self.merged.undecided | wrong

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Findings on answers, and those on files."""
        return (*self.findings, *(receipt.finding() for receipt in self.intake.receipts))


def gather(workspace: ws.Workspace, passwords: tuple[str, ...], progress: Progress) -> Collected:
    """Judge what lies in inbox/, check it, merge it with what the office decided; of files only originals are written.

    ``passwords`` are tried beside those of the ledger.
    """
    return _gathered(workspace, take_in(workspace, passwords, progress, leave=True))


def look(workspace: ws.Workspace, passwords: tuple[str, ...], progress: Progress) -> Collected:
    """Gather without leaving anything behind, not even the originals."""
    return _gathered(workspace, take_in(workspace, passwords, progress, leave=False))


def _gathered(workspace: ws.Workspace, taken: TakenIn) -> Collected:
    year, issued = taken.year, taken.issued
    intake = choose(taken.judged, issued, year.office.file_decisions)
    checked = check_all(issued, intake.returns)
    given = _given(workspace)
    undecided = merge(issued, year.register, intake.returns, (), given)
    board = read_board(workspace, issued.columns, undecided.outcome_of)
    decisions = with_new(read_history(workspace), board.decisions, datetime.date.today().isoformat())
    merged = undecided
    if on_fields(decisions):
        merged = merge(issued, year.register, intake.returns, decisions, given, undecided.outcome_of.rows)
    found = one_a_cell((*intake.findings, *checked, *merged.findings, *board.findings), year.catalogue)
    explained = accept_reasons(found, intake.returns, year.catalogue)
    decided = heaviest_first(settled(explained, on_findings(decisions), year.catalogue), year.catalogue)
    return Collected(
        year=year,
        issued=issued,
        catalogue=year.catalogue,
        intake=intake,
        statuses=statuses(issued, intake.returns, [each.finding for each in decided], year.catalogue),
        settled=decided,
        merged=merged,
        decisions=decisions,
        pending=board.pending,
    )


def _given(workspace: ws.Workspace) -> Given:
    used = lineage_ids(workspace.lineage)
    path = workspace.given_ids
    if not path.is_file():
        return Given(used=used)
    return given_from_json(path.read_text(encoding="utf-8"), workspace.relative(path), used)
