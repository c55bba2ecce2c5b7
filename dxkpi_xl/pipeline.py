"""The whole path on one screen: each command of the office, from files to files.

ledger ──distribute──► outbox/配布 ─(departments)─► inbox ──collect──► board ──publish──► annex, register
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.collected import Collected, gather, look
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.office import OfficeSettings
from dxkpi_xl.cycle.register_json import to_json
from dxkpi_xl.cycle.roll_on import roll_on
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.filed import file_collected, file_going_back, going_back, made_before
from dxkpi_xl.findings import Severity, Worded
from dxkpi_xl.ledger.workbook import ledger_workbook
from dxkpi_xl.made_before import Files, Lying, Ready
from dxkpi_xl.merge.lineage_json import history_to_json
from dxkpi_xl.on_disk import kept_on_disk
from dxkpi_xl.published import (
    DryRun,
    Published,
    Wishes,
    beside_annex,
    dry_run_of,
    is_small,
    made_annex,
    publish_annex,
)
from dxkpi_xl.side_work import side_work
from dxkpi_xl.sources import issuable, lineage_history, published_register, read_register, this_year
from dxkpi_xl.survey_books.distribution import BOOK_PREFIX, distribution_files
from dxkpi_xl.taken_in import Progress
from dxkpi_xl.years import western

OFFICE_COPY = Wishes()


@dataclass(frozen=True, kw_only=True)
class Distributed:
    """What distribute made: whom each survey workbook is for, its name, and what the office should know."""

    files: tuple[tuple[str, str], ...]
    folder: str
    notes: tuple[Worded, ...] = ()

    @property
    def needs_people(self) -> bool:
        """Whether the office should look at something before it sends the workbooks."""
        return any(each.severity is not Severity.NOTE for each in self.notes)


@dataclass(frozen=True, kw_only=True)
class Begun:
    """What init made: the ledger's name; whether it began from what was published beside the source, and whether the
    source held what is the office's alone, left behind there."""

    ledger: str
    from_published: bool
    left_office_part: bool


def init(workspace: ws.Workspace, source: Path, year: str | None) -> Begun:
    """Make a new workspace from a register or another year's ledger.

    Passwords and decisions on files belong to the year that they were made in: the new ledger begins without them.
    """
    if workspace.ledger.exists():
        raise CannotProceed(
            f"{ws.LEDGER} が既にあります。", "上書きはしません。別のフォルダーを --workspace で指定してください。"
        )
    read = read_register(source)
    published = _published_beside(source, read.register)
    start = published or read.register
    if year and western(year) <= western(start.cycle.year):
        raise CannotProceed(
            f"{year}は、元の年度({start.cycle.year})より後ではありません。", "次の年度を指定してください。"
        )
    register = roll_on(start, year) if year else start
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    workspace.outbox.mkdir(parents=True, exist_ok=True)
    disk.write_sealed(workspace.started_record, to_json(start).encode("utf-8"))
    _carry_lineage(workspace, source)
    disk.write_whole(workspace.ledger, ledger_workbook(read.form, register))
    return Begun(
        ledger=ws.LEDGER, from_published=published is not None, left_office_part=read.office != OfficeSettings()
    )


def _published_beside(source: Path, register: Register) -> Register | None:
    """Give what was published in the workspace of a ledger: it holds the answers, the ledger what was issued."""
    beside = ws.Workspace(root=source.resolve().parent)
    published = published_register(beside) if source.name == ws.LEDGER else None
    return published if published and published.cycle.year == register.cycle.year else None


def _carry_lineage(workspace: ws.Workspace, source: Path) -> None:
    """Take the lineage of the year before along, from beside the ledger or the register that this year starts from."""
    for root in (source.resolve().parent, source.resolve().parent.parent):
        before = ws.Workspace(root=root).lineage
        if before.is_file():
            disk.write_sealed(workspace.lineage, history_to_json(lineage_history(before)).encode("utf-8"))
            return


def distribute(workspace: ws.Workspace, addressee: str | None, progress: Progress) -> Distributed:
    """Write the survey workbooks and their list, and record what was issued."""
    year = this_year(workspace, remember=True)
    notes = (*year.findings, *issuable(year))
    with kept_on_disk() as files:
        # Nothing is written before everything could be made.
        made = distribution_files(
            year.form, year.register, addressee, lambda n, of: progress("調査票を作成", n, of), files
        )
        # What was made for another division of the addressees must not lie beside what is to be sent.
        disk.write_folder(workspace.distribution, files, BOOK_PREFIX, only=addressee is None)
    disk.write_sealed(workspace.issued_record, to_json(year.register).encode("utf-8"))
    return Distributed(
        files=made.addressees,
        folder=workspace.relative(workspace.distribution),
        notes=tuple(year.catalogue.word(finding) for finding in notes),
    )


def collect(workspace: ws.Workspace, progress: Progress, passwords: tuple[str, ...] = ()) -> Collected:
    """Read and judge inbox/, write the board and what goes back; ``passwords`` are tried beside those of the ledger."""
    found = gather(workspace, passwords, progress)
    before = made_before(workspace, found)
    back = going_back(workspace, found, before)
    with _begun(back.works, found) as sent_back:
        file_collected(workspace, found, before)
        file_going_back(workspace, back, sent_back, before)
    before.write()
    return found


def publish(workspace: ws.Workspace, progress: Progress, wishes: Wishes = OFFICE_COPY) -> Published:
    """Merge what lies in inbox/ and write the annex, the merged register and the open data."""
    found = gather(workspace, wishes.passwords, progress)
    before = made_before(workspace, found)
    with _begun([beside_annex(workspace, found, before)], found) as beside:
        annex = made_annex(workspace, found, before, wishes, progress)
        published = publish_annex(workspace, found, before, wishes, (annex, next(beside)), progress)
    before.write()
    return published


def dry_run(workspace: ws.Workspace, progress: Progress, passwords: tuple[str, ...] = ()) -> DryRun:
    """Tell row by row what publish would change against the last published register; nothing is written."""
    return dry_run_of(workspace, look(workspace, passwords, progress))


def run(workspace: ws.Workspace, progress: Progress, wishes: Wishes = OFFICE_COPY) -> Published:
    """Collect, then publish what was collected; the annex is made here while the rest is made in child processes."""
    found = gather(workspace, wishes.passwords, progress)
    before = made_before(workspace, found)
    back = going_back(workspace, found, before)
    with _begun([beside_annex(workspace, found, before), *back.works], found) as made:
        file_collected(workspace, found, before)
        try:
            annex = made_annex(workspace, found, before, wishes, progress)
        except Exception:  # what goes back does not wait for an annex that cannot be made
            file_going_back(workspace, back, tuple(made)[1:], before)
            before.write()
            raise
        beside, *sent_back = made
        file_going_back(workspace, back, sent_back, before)
        published = publish_annex(workspace, found, before, wishes, (annex, beside), progress)
    before.write()
    return published


@contextmanager
def _begun(ready: Sequence[Ready], found: Collected) -> Iterator[Iterator[Files]]:
    """Begin to make what is ready, in child processes where there is much; it comes in its order."""
    works = [each.files for each in ready if not isinstance(each, Lying)]
    with side_work(works, here=is_small(found)) as made:
        done = map(made, range(len(works)))
        yield (each.files() if isinstance(each, Lying) else next(done) for each in ready)
