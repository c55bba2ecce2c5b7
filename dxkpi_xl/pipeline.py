"""The whole path on one screen: each command of the office, from files to files.

ledger ──distribute──► outbox/配布 ─(departments)─► inbox ──collect──► board ──publish──► annex, register
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl import workspace as ws
from dxkpi_xl.annex.workbook import annex_workbook
from dxkpi_xl.checks.run import check_return, one_a_cell
from dxkpi_xl.cycle.register_json import to_json
from dxkpi_xl.cycle.roll_on import roll_on
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.ledger.workbook import ledger_workbook
from dxkpi_xl.merge.decision import FieldDecision
from dxkpi_xl.merge.journal import with_new, write_journal
from dxkpi_xl.merge.merge import merge
from dxkpi_xl.merge.merged import Merged
from dxkpi_xl.reports.board import BoardContents, board_workbook
from dxkpi_xl.reports.board_in import read_board, read_history
from dxkpi_xl.reports.status import AddresseeStatus, State, statuses
from dxkpi_xl.reports.status_record import status_record
from dxkpi_xl.returns.choose import Intake, choose
from dxkpi_xl.returns.inbox import judged_arrivals
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.sources import Year, issued_year, read_register, this_year
from dxkpi_xl.survey_books.distribution import distribution_files

# What a long step says of itself: its name, how many are done, of how many.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Distributed:
    """What distribute made: the survey workbooks' paths (relative), and whom they are for."""

    files: tuple[tuple[str, str], ...]
    folder: str


@dataclass(frozen=True, kw_only=True)
class Collected:
    """What collect found: who stands where, every finding, every file's receipt."""

    issued: Issued
    catalogue: Catalogue
    intake: Intake
    statuses: tuple[AddresseeStatus, ...]
    findings: tuple[Finding, ...]
    merged: Merged
    decisions: tuple[FieldDecision, ...]

    @property
    def needs_people(self) -> bool:
        """Whether somebody must look at something: a bureau not done, or a file that is no return."""
        weights = {self.catalogue.severity(finding) for finding in self.all_findings}
        return bool(weights - {Severity.NOTE}) or any(each.state is not State.DONE for each in self.statuses)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Findings on answers, and those on files."""
        return (*self.findings, *(receipt.finding() for receipt in self.intake.receipts))


@dataclass(frozen=True, kw_only=True)
class Published:
    """What publish wrote (relative paths), and what it was made from."""

    annex: str
    register: str
    collected: Collected


def init(workspace: ws.Workspace, source: Path, year: str | None) -> str:
    """Make a new workspace from a register or another year's ledger; give the ledger's name."""
    if workspace.ledger.exists():
        raise CannotProceed(
            f"{ws.LEDGER} が既にあります。", "上書きはしません。別のフォルダーを --workspace で指定してください。"
        )
    read = read_register(source)
    register = roll_on(read.register, year) if year else read.register
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    workspace.outbox.mkdir(parents=True, exist_ok=True)
    ws.write_whole(workspace.ledger, ledger_workbook(read.form, register))
    return ws.LEDGER


def distribute(workspace: ws.Workspace, addressee: str | None, progress: Progress) -> Distributed:
    """Write the survey workbooks and their list, and record what was issued."""
    year = this_year(workspace)
    made = distribution_files(year.form, year.register, addressee, lambda n, of: progress("調査票を作成", n, of))
    for name, data in made.files.items():
        ws.write_whole(workspace.distribution / name, data)
    ws.write_whole(workspace.issued_record, to_json(year.register).encode("utf-8"))
    return Distributed(files=made.addressees, folder=workspace.relative(workspace.distribution))


def collect(workspace: ws.Workspace, progress: Progress) -> Collected:
    """Read and judge inbox/, write the board."""
    year = this_year(workspace)
    collected = _collect(workspace, year, progress)
    contents = BoardContents(
        register=collected.merged.register,
        columns=collected.issued.columns,
        statuses=collected.statuses,
        findings=collected.all_findings,
        receipts=collected.intake.receipts,
        outcomes=collected.merged.outcomes,
        decisions=collected.decisions,
    )
    # The decisions are on disk before the sheet on which they were written is replaced.
    ws.write_whole(workspace.journal, write_journal(collected.decisions).encode("utf-8"))
    ws.write_whole(workspace.board, board_workbook(contents, year.catalogue))
    ws.write_whole(workspace.status_record, status_record(year.register.cycle, collected.statuses).encode("utf-8"))
    return collected


def publish(workspace: ws.Workspace, progress: Progress, collected: Collected | None = None) -> Published:
    """Merge what was collected and write the annex and the merged register."""
    year = this_year(workspace)
    found = collected or _collect(workspace, year, progress)
    register = found.merged.register
    annex = workspace.annex(register.cycle.document, register.cycle.year)
    progress("資料を作成", 0, 1)
    ws.write_whole(annex, annex_workbook(year.form, register))
    ws.write_whole(workspace.register, to_json(register).encode("utf-8"))
    progress("資料を作成", 1, 1)
    return Published(annex=workspace.relative(annex), register=workspace.relative(workspace.register), collected=found)


def run(workspace: ws.Workspace, progress: Progress) -> Published:
    """Collect, then publish what was collected."""
    return publish(workspace, progress, collect(workspace, progress))


def _collect(workspace: ws.Workspace, year: Year, progress: Progress) -> Collected:
    issued = issued_year(workspace, year)
    judged = judged_arrivals(workspace.inbox, issued, lambda n, of: progress("回答を読み取り", n, of))
    intake = choose(judged)
    checked = [finding for answer in intake.returns for finding in check_return(issued, answer)]
    undecided = merge(issued, year.register, intake.returns)
    board = read_board(workspace, issued.columns, undecided.outcome_of)
    decisions = with_new(read_history(workspace), board.decisions, datetime.date.today().isoformat())
    merged = merge(issued, year.register, intake.returns, decisions) if decisions else undecided
    findings = one_a_cell((*intake.findings, *checked, *merged.findings, *board.findings))
    return Collected(
        issued=issued,
        catalogue=year.catalogue,
        intake=intake,
        statuses=statuses(issued, intake.returns, findings, year.catalogue),
        findings=findings,
        merged=merged,
        decisions=decisions,
    )
