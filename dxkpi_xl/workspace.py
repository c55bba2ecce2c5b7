"""Where things are: the folders of one year, their file names, one run at a time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl.disk import HALF_WRITTEN, cannot_write
from dxkpi_xl.errors import CannotProceed

LEDGER = "調査台帳.xlsx"
INBOX = "inbox"
OUTBOX = "outbox"
DISTRIBUTION = "配布"
RECORDS = "記録"

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_LONGEST_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """The folder of one year: the ledger, inbox/ and outbox/ with all that is made."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The office's own workbook."""
        return self.root / LEDGER

    @property
    def inbox(self) -> Path:
        """Where returned files lie; never written to."""
        return self.root / INBOX

    @property
    def outbox(self) -> Path:
        """Where all outputs go."""
        return self.root / OUTBOX

    @property
    def distribution(self) -> Path:
        """Where the survey workbooks to be sent lie."""
        return self.outbox / DISTRIBUTION

    @property
    def distribution_list(self) -> Path:
        """The list of the survey workbooks."""
        return self.distribution / "配布一覧.xlsx"

    @property
    def issued_record(self) -> Path:
        """The register as it was issued, for comparison with what returns."""
        return self.outbox / RECORDS / "発行時の台帳.json"

    @property
    def status_record(self) -> Path:
        """What the last collect found, for `dxkpi` alone and for programs."""
        return self.outbox / RECORDS / "回収状況.json"

    @property
    def receipts(self) -> Path:
        """The folder of what was received: 受付簿 and the originals."""
        return self.outbox / "受付"

    @property
    def receipts_book(self) -> Path:
        """受付簿 as a workbook to file."""
        return self.receipts / "受付簿.xlsx"

    @property
    def receipts_history(self) -> Path:
        """受付簿's machine face, only ever added to."""
        return self.receipts / "受付簿.jsonl"

    @property
    def originals(self) -> Path:
        """The folder in which every file that arrived is kept under its SHA-256."""
        return self.receipts / "原本"

    @property
    def started_record(self) -> Path:
        """The register that this cycle started from, before it was rolled on."""
        return self.outbox / RECORDS / "開始時の台帳.json"

    @property
    def ledger_reading(self) -> Path:
        """What reading the ledger gave, so that it is not read again while it does not change."""
        return self.outbox / RECORDS / "台帳の読取り.json"

    @property
    def lineage(self) -> Path:
        """What became of every project through the years."""
        return self.outbox / RECORDS / "系譜.json"

    @property
    def changes(self) -> Path:
        """変更点.xlsx: this year beside the register that it started from."""
        return self.outbox / "変更点.xlsx"

    @property
    def given_ids(self) -> Path:
        """The ids given to new rows and KPIs, so that they are the same at every run."""
        return self.outbox / RECORDS / "付番.json"

    @property
    def journal(self) -> Path:
        """The history of the office's decisions, only ever added to."""
        return self.outbox / RECORDS / "判断.jsonl"

    @property
    def board(self) -> Path:
        """The office's status board."""
        return self.outbox / "回収状況.xlsx"

    @property
    def reminders(self) -> Path:
        """The folder of letters to those who have not answered."""
        return self.outbox / "督促"

    @property
    def send_backs(self) -> Path:
        """The folder of the workbooks that go back to be mended, with their mails."""
        return self.outbox / "差し戻し"

    @property
    def status_page(self) -> Path:
        """The board as one page for a browser."""
        return self.outbox / "回収状況.html"

    @property
    def register(self) -> Path:
        """The merged register, the machine face of the annex."""
        return self.outbox / "register.json"

    @property
    def judgements(self) -> Path:
        """What was judged of the files that lie in the inbox, so that the next run need not judge them again."""
        return self.outbox / RECORDS / "読み取り.jsonl"

    @property
    def made(self) -> Path:
        """What was made of what, so that what would be the same is not made again."""
        return self.outbox / RECORDS / "作成.json"

    @property
    def lock_file(self) -> Path:
        """The file that one run at a time holds locked."""
        return self.outbox / RECORDS / ".lock"

    @property
    def open_data(self) -> Path:
        """The folder of the open data."""
        return self.outbox / "オープンデータ"

    def annex(self, document: str, year: str, *, public: bool = False) -> Path:
        """Give the path of the annex: ``outbox/資料2-4_R6.xlsx``, from the document number's text."""
        ending = "_公開用" if public else ""
        return self.outbox / f"{safe_name(document.strip('【】[]() '))}_{year}{ending}.xlsx"

    def relative(self, path: Path) -> str:
        """Give a path as shown to people: from the workspace's root, with forward slashes."""
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.name


def safe_name(text: str) -> str:
    """Give a text as a file name that every system accepts: no separators, controls or reserved names, ≤ 80 letters."""
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", text)).strip(" .")[:_LONGEST_NAME].strip(" .")
    return f"_{name}" if not name or _RESERVED.match(name) else name


def _sweep(workspace: Workspace) -> None:
    """Remove what a killed run left half-written; whoever calls holds the lock, so nobody is writing it."""
    for path in (*workspace.root.glob(HALF_WRITTEN), *workspace.outbox.rglob(HALF_WRITTEN)):
        with suppress(OSError):  # it is only litter: no reason not to run
            path.unlink()


@contextmanager
def one_run(workspace: Workspace) -> Iterator[None]:
    """Hold the workspace for one run; CannotProceed at once where another run holds it."""
    from filelock import FileLock, Timeout

    if not workspace.ledger.is_file():
        yield  # nothing to run on, which the command itself says: no folder is made for a lock
        return
    try:
        workspace.lock_file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(workspace.lock_file, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise CannotProceed(
            "ほかの人(又は別の画面)が、この作業フォルダーで実行中です。", "終わるのを待って、もう一度実行してください。"
        ) from error
    except OSError as error:
        raise cannot_write(workspace.lock_file, error) from error
    try:
        _sweep(workspace)
        yield
    finally:
        lock.release()


def templates_folder() -> Path:
    """Give the folder of forms and example cycles: inside the installed package, else beside it in a checkout."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"
