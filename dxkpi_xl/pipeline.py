"""The whole path on one screen: each command of the office, from files to files.

ledger ──distribute──► outbox/配布 ─(departments)─► inbox ──collect──► board ──publish──► annex, register
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxkpi_xl import workspace as ws
from dxkpi_xl.annex.asked_cells import asked_cells
from dxkpi_xl.annex.book import OfficeSheets, annex_book
from dxkpi_xl.annex.layout import AnnexLayout, annex_layout
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.pdf_proof import annex_pdf
from dxkpi_xl.annex.printed_sources import PrintedSource, printed_sources
from dxkpi_xl.annex.trace_words import trace_data, trace_lines
from dxkpi_xl.annex.workbook import layout_workbook
from dxkpi_xl.checks.reasons import accept_reasons
from dxkpi_xl.checks.run import check_all, one_a_cell
from dxkpi_xl.cycle.register_json import to_json
from dxkpi_xl.cycle.roll_on import roll_on
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.ledger.workbook import ledger_workbook
from dxkpi_xl.merge.decision import FieldDecision
from dxkpi_xl.merge.journal import with_new, write_journal
from dxkpi_xl.merge.merge import merge
from dxkpi_xl.merge.merged import Merged
from dxkpi_xl.merge.provenance import Sources
from dxkpi_xl.open_data.files import open_data_files
from dxkpi_xl.reports.board import BoardContents, board_workbook
from dxkpi_xl.reports.board_in import read_board, read_history
from dxkpi_xl.reports.status import AddresseeStatus, State, statuses
from dxkpi_xl.reports.status_record import status_record
from dxkpi_xl.returns.choose import Chosen, choose
from dxkpi_xl.returns.inbox import IntakeTerms, judged_inbox
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.originals import Originals
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
    intake: Chosen
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
    """What publish wrote (relative paths), what it was made from, and what the proof on paper found."""

    files: tuple[str, ...]
    collected: Collected
    paper_findings: tuple[Finding, ...] = ()

    @property
    def annex(self) -> str:
        """The annex workbook."""
        return self.files[0]

    @property
    def needs_people(self) -> bool:
        """Whether somebody must look at something."""
        return self.collected.needs_people or bool(self.paper_findings)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How publish is asked to publish: the council's copy instead of the office's, a proved PDF beside it."""

    public: bool = False
    pdf: bool = False


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


def publish(
    workspace: ws.Workspace, progress: Progress, wishes: Wishes = Wishes(), collected: Collected | None = None
) -> Published:
    """Merge what was collected and write the annex, the merged register and the open data."""
    year = this_year(workspace)
    found = collected or _collect(workspace, year, progress)
    register = found.merged.register
    progress("資料を作成", 0, 1)
    layout = annex_layout(year.form, register, annex_paper(register.cycle))
    office = None if wishes.public else _office_sheets(year, found, layout)
    annex = workspace.annex(register.cycle.document, register.cycle.year, public=wishes.public)
    files = {
        annex: annex_book(year.form, register, layout, found.issued.register, office),
        workspace.register: to_json(register).encode("utf-8"),
    }
    for name, data in open_data_files(year.form, register).items():
        files[workspace.open_data / name] = data
    findings: tuple[Finding, ...] = ()
    if wishes.pdf:
        progress("PDFに変換して確かめています", 0, 1)
        pdf = annex.with_suffix(".pdf")
        files[pdf], findings = annex_pdf(layout_workbook(layout), layout, pdf.name)
    for path, data in files.items():
        ws.write_whole(path, data)
    progress("資料を作成", 1, 1)
    return Published(files=tuple(workspace.relative(path) for path in files), collected=found, paper_findings=findings)


def run(workspace: ws.Workspace, progress: Progress, wishes: Wishes = Wishes()) -> Published:
    """Collect, then publish what was collected."""
    return publish(workspace, progress, wishes, collect(workspace, progress))


@dataclass(frozen=True, kw_only=True)
class Traced:
    """Printed cells with their sources, in words and as data."""

    lines: tuple[str, ...]
    data: list[dict[str, Any]]


def trace(workspace: ws.Workspace, asked: str, progress: Progress) -> Traced:
    """Tell where printed cells came from: ``17``, ``17.R6``, ``KPI5.R7``, ``L0017`` or a cell such as ``J14``."""
    year = this_year(workspace)
    found = _collect(workspace, year, progress)
    register = found.merged.register
    layout = annex_layout(year.form, register, annex_paper(register.cycle))
    kpi_keys = frozenset(column.key for column in found.issued.columns if column.belongs_to == "kpi")
    cells, arrived = asked_cells(asked, _printed(year, found, layout), kpi_keys), arrivals_by_hash(found)
    return Traced(lines=trace_lines(cells, arrived), data=trace_data(cells, arrived))


def arrivals_by_hash(collected: Collected) -> dict[str, str]:
    """Give when each file arrived, by SHA-256, in Japanese time."""
    return {r.sha256: r.arrived_words for r in collected.intake.receipts}


def _printed(year: Year, found: Collected, layout: AnnexLayout) -> tuple[PrintedSource, ...]:
    register = found.merged.register
    sources = Sources(register, found.merged.outcome_of, year.places)
    return printed_sources(year.form, layout, register, sources)


def _office_sheets(year: Year, found: Collected, layout: AnnexLayout) -> OfficeSheets:
    return OfficeSheets(printed=_printed(year, found, layout), arrived=arrivals_by_hash(found))


def _collect(workspace: ws.Workspace, year: Year, progress: Progress) -> Collected:
    issued = issued_year(workspace, year)
    terms = IntakeTerms(issued=issued, originals=Originals(folder=workspace.originals))
    judged = judged_inbox(workspace.inbox, terms, lambda n, of: progress("回答を読み取り", n, of))
    intake = choose(judged, issued)
    checked = check_all(issued, intake.returns)
    undecided = merge(issued, year.register, intake.returns)
    board = read_board(workspace, issued.columns, undecided.outcome_of)
    decisions = with_new(read_history(workspace), board.decisions, datetime.date.today().isoformat())
    merged = merge(issued, year.register, intake.returns, decisions) if decisions else undecided
    found = one_a_cell((*intake.findings, *checked, *merged.findings, *board.findings), year.catalogue)
    findings = accept_reasons(found, intake.returns, year.catalogue)
    return Collected(
        issued=issued,
        catalogue=year.catalogue,
        intake=intake,
        statuses=statuses(issued, intake.returns, findings, year.catalogue),
        findings=findings,
        merged=merged,
        decisions=decisions,
    )
