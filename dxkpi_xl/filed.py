"""What is filed of what was collected: receipts, decisions, the board and its machine face, reminders, send-backs."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.collected import Collected
from dxkpi_xl.fingerprint import fingerprint
from dxkpi_xl.made_before import Files, Lying, MadeBefore, Ready, depends_on
from dxkpi_xl.merge.accounting import accounts
from dxkpi_xl.merge.given_ids import given_to_json
from dxkpi_xl.merge.journal import write_journal
from dxkpi_xl.reports.board import BoardContents, board_workbook
from dxkpi_xl.reports.receipts_book import entries, history_text, read_history, receipts_workbook, with_new
from dxkpi_xl.reports.reminders import PREFIX as REMINDER_PREFIX
from dxkpi_xl.reports.reminders import reminders
from dxkpi_xl.reports.send_back_files import file_names
from dxkpi_xl.reports.send_backs import PREFIX as SEND_BACK_PREFIX
from dxkpi_xl.reports.send_backs import SendBack, in_batches, send_backs
from dxkpi_xl.reports.status_page import status_page
from dxkpi_xl.reports.status_record import status_record
from dxkpi_xl.returns.originals import Originals

_BOARD, _PAGE, _RECEIPTS = "回収状況", "回収状況のページ", "受付簿"


def made_before(workspace: ws.Workspace, found: Collected) -> MadeBefore:
    """Recall what earlier runs made; what is made with passwords in play is neither taken nor remembered."""
    if found.year.office.passwords:
        return MadeBefore.recall(workspace, None, "")
    issued = workspace.issued_record.read_bytes()
    depends = depends_on(issued, found.issued.form.id, found.year.register.cycle.form)
    return MadeBefore.recall(workspace, depends, _all_of(workspace, found))


def _all_of(workspace: ws.Workspace, found: Collected) -> str:
    """Tell apart all that was collected, beside the record of what was issued.

    Answers, and what the rules say of them, follow from the files' bytes and names; what is merged, from the answers,
    the decisions, the ids given and the ledger as it was read. The lineage needs no part in it: a year is replaced in
    it, and it lies there with that year as it was made.
    """
    merged, started = found.merged, workspace.started_record
    values = (
        found.year.read_from,
        found.intake.receipts,
        found.settled,
        found.decisions,
        found.pending,
        (merged.added, merged.ended, given_to_json(merged.given)),
        kept_originals(workspace, found),
    )
    return fingerprint((repr(values).encode("utf-8", errors="surrogatepass"), *_bytes_of(started)))


def kept_originals(workspace: ws.Workspace, found: Collected) -> dict[str, str]:
    """Give where the original of each file is kept, by SHA-256: its path below outbox/."""
    kept = Originals(folder=workspace.originals)
    paths = {receipt.sha256: kept.find(receipt.sha256) for receipt in found.intake.receipts if receipt.sha256}
    return {sha256: path.relative_to(workspace.outbox).as_posix() for sha256, path in paths.items() if path}


def _bytes_of(path: Path) -> tuple[bytes, ...]:
    return (path.read_bytes(),) if path.is_file() else ()


def keep_given_ids(workspace: ws.Workspace, found: Collected) -> None:
    """Record the ids of new rows before anything that names them is written."""
    disk.write_whole(workspace.given_ids, given_to_json(found.merged.given).encode("utf-8"))


def file_collected(workspace: ws.Workspace, found: Collected, before: MadeBefore) -> None:
    """Write what was collected: receipts, the history of decisions, the board and its machine face, reminders."""
    keep_given_ids(workspace, found)
    _file_receipts(workspace, found, before)
    # The decisions are on disk before the sheet on which they were written is replaced.
    disk.write_whole(workspace.journal, write_journal(found.decisions).encode("utf-8"))
    _write(before.made(_BOARD, before.collected, lambda: {workspace.board: _board(found)}))
    _write(before.made(_PAGE, before.collected, lambda: {workspace.status_page: _page(found)}))
    letters = reminders(found.issued, found.statuses, datetime.date.today())
    disk.write_folder(workspace.reminders, letters, REMINDER_PREFIX)
    record = status_record(found.merged.register.cycle, found.statuses)
    disk.write_whole(workspace.status_record, record.encode("utf-8"))


def _write(files: Files) -> None:
    for path, data in files.items():
        disk.write_whole(path, data)


def _board(found: Collected) -> bytes:
    contents = BoardContents(
        register=found.merged.register,
        columns=found.issued.columns,
        statuses=found.statuses,
        findings=found.settled,
        receipts=found.intake.receipts,
        outcomes=found.merged.outcome_of,
        decisions=found.decisions,
        accounts=accounts(found.intake.returns, found.merged.outcome_of),
        pending=found.pending,
    )
    return board_workbook(contents, found.catalogue)


def _page(found: Collected) -> bytes:
    cycle = found.merged.register.cycle
    return status_page(cycle, found.statuses, found.findings, found.intake.receipts, found.catalogue)


def _file_receipts(workspace: ws.Workspace, found: Collected, before: MadeBefore) -> None:
    path = workspace.receipts_history
    history = read_history(path.read_text(encoding="utf-8"), workspace.relative(path)) if path.is_file() else ()
    now = entries(found.intake.receipts, found.issued.surveys.addressees, found.catalogue)
    history = with_new(history, now)
    text = history_text(history)
    disk.write_whole(path, text.encode("utf-8"))
    cycle = found.issued.register.cycle
    _write(before.made(_RECEIPTS, text, lambda: {workspace.receipts_book: receipts_workbook(cycle, history)}))


@dataclass(frozen=True, kw_only=True)
class GoingBack:
    """What goes back to be mended: what lies there as it would be made, and the rest ready to be made.

    ``made_of`` tells what each of the rest is made of, by the name of both its files but for their suffix.
    """

    works: tuple[Ready, ...]
    made_of: Mapping[str, str]


def going_back(workspace: ws.Workspace, found: Collected, before: MadeBefore) -> GoingBack:
    """Give what goes back."""
    lying: dict[Path, bytes] = {}
    rest: list[SendBack] = []
    for each in send_backs(found.issued, found.intake.returns, found.settled, found.statuses, found.catalogue):
        files = before.again(each.stem, each.made_of)
        if files is None:
            rest.append(each)
        else:
            lying.update(files)
    batches = in_batches(workspace.send_backs, found.issued, rest)
    return GoingBack(works=(Lying(lying), *batches), made_of={each.stem: each.made_of for each in rest})


def file_going_back(workspace: ws.Workspace, back: GoingBack, made: Iterable[Files], before: MadeBefore) -> None:
    """Write what goes back, and remove what no longer does."""
    files = {path.name: data for some in made for path, data in some.items()}
    disk.write_folder(workspace.send_backs, files, SEND_BACK_PREFIX)
    for stem, made_of in back.made_of.items():
        before.keep(stem, made_of, {workspace.send_backs / name: files[name] for name in file_names(stem)})
