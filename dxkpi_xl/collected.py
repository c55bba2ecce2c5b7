"""What was collected: every file judged, every finding, the merged register; and the board that shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.checks.reasons import accept_reasons
from dxkpi_xl.checks.run import check_all, one_a_cell
from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.merge.accounting import accounts
from dxkpi_xl.merge.decision import Decision
from dxkpi_xl.merge.decisions import on_fields, on_findings
from dxkpi_xl.merge.given_ids import Given, given_from_json, given_to_json
from dxkpi_xl.merge.journal import with_new, write_journal
from dxkpi_xl.merge.merge import merge
from dxkpi_xl.merge.merged import Merged
from dxkpi_xl.merge.settled import Settled, heaviest_first, settled
from dxkpi_xl.reports.board import BoardContents, board_workbook
from dxkpi_xl.reports.board_in import read_board, read_history
from dxkpi_xl.reports.decision_sheet import Pending
from dxkpi_xl.reports.receipts_book import entries, history_text, receipts_workbook
from dxkpi_xl.reports.receipts_book import read_history as read_receipts
from dxkpi_xl.reports.receipts_book import with_new as with_new_receipts
from dxkpi_xl.reports.reminders import PREFIX as REMINDER_PREFIX
from dxkpi_xl.reports.reminders import reminders
from dxkpi_xl.reports.send_back_files import SendBacks
from dxkpi_xl.reports.send_backs import PREFIX as SEND_BACK_PREFIX
from dxkpi_xl.reports.send_backs import send_backs
from dxkpi_xl.reports.state import State
from dxkpi_xl.reports.status import AddresseeStatus, statuses
from dxkpi_xl.reports.status_page import status_page
from dxkpi_xl.reports.status_record import status_record
from dxkpi_xl.returns.choose import Chosen, choose
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.sources import Year, lineage_history
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
    used = lineage_history(workspace.lineage).ids
    path = workspace.given_ids
    if not path.is_file():
        return Given(used=frozenset(used))
    return given_from_json(path.read_text(encoding="utf-8"), workspace.relative(path), frozenset(used))


def keep_given_ids(workspace: ws.Workspace, collected: Collected) -> None:
    """Record the ids of new rows before anything that names them is written."""
    disk.write_whole(workspace.given_ids, given_to_json(collected.merged.given).encode("utf-8"))


def file_collected(workspace: ws.Workspace, collected: Collected) -> None:
    """Write what was collected: receipts, the history of decisions, the board and its machine face, reminders."""
    keep_given_ids(workspace, collected)
    contents = BoardContents(
        register=collected.merged.register,
        columns=collected.issued.columns,
        statuses=collected.statuses,
        findings=collected.settled,
        receipts=collected.intake.receipts,
        outcomes=collected.merged.outcome_of,
        decisions=collected.decisions,
        accounts=accounts(collected.intake.returns, collected.merged.outcome_of),
        pending=collected.pending,
    )
    _file_receipts(workspace, collected)
    # The decisions are on disk before the sheet on which they were written is replaced.
    disk.write_whole(workspace.journal, write_journal(collected.decisions).encode("utf-8"))
    disk.write_whole(workspace.board, board_workbook(contents, collected.catalogue))
    cycle, standing = collected.merged.register.cycle, collected.statuses
    page = status_page(cycle, standing, collected.findings, collected.intake.receipts, collected.catalogue)
    disk.write_whole(workspace.status_page, page)
    letters = reminders(collected.issued, standing, datetime.date.today())
    disk.write_folder(workspace.reminders, letters, REMINDER_PREFIX)
    disk.write_whole(workspace.status_record, status_record(cycle, standing).encode("utf-8"))


def going_back(workspace: ws.Workspace, collected: Collected) -> tuple[SendBacks, ...]:
    """Give what goes back to be mended, ready to be made."""
    returns, settled = collected.intake.returns, collected.settled
    return send_backs(workspace.send_backs, collected.issued, returns, settled, collected.statuses, collected.catalogue)


def file_going_back(workspace: ws.Workspace, made: Iterable[Mapping[Path, bytes]]) -> None:
    """Write what goes back, and remove what no longer does."""
    files = {path.name: data for some in made for path, data in some.items()}
    disk.write_folder(workspace.send_backs, files, SEND_BACK_PREFIX)


def _file_receipts(workspace: ws.Workspace, collected: Collected) -> None:
    path = workspace.receipts_history
    history = read_receipts(path.read_text(encoding="utf-8"), workspace.relative(path)) if path.is_file() else ()
    now = entries(collected.intake.receipts, collected.issued.surveys.addressees, collected.catalogue)
    history = with_new_receipts(history, now)
    disk.write_whole(path, history_text(history).encode("utf-8"))
    disk.write_whole(workspace.receipts_book, receipts_workbook(collected.issued.register.cycle, history))
