"""Where things are: the folders of one year, their file names, writing whole or not at all, one run at a time."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
import time
import unicodedata
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dxkpi_xl.errors import CannotProceed

LEDGER = "調査台帳.xlsx"
INBOX = "inbox"
OUTBOX = "outbox"
DISTRIBUTION = "配布"
RECORDS = "記録"

# Windows refuses to replace a file that another program has open; short waits outlast virus scanners and indexers.
_RETRY_SECONDS = (0.1, 0.2, 0.4, 0.8)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)")
_LONGEST_NAME = 80
# Files that a disk is asked to sync at once: it writes them in one go, 300 in 0.04 s instead of 1.2.
_SYNCS_AT_ONCE = 8
_FILES_TOGETHER = 64
# Files that are being written; what is found of them at the start of a run was left by one that was killed.
_PREFIX, _SUFFIX = ".dxkpi-", ".tmp"
# Some network drives cannot sync a folder, or set who may read a file; the file itself is safe.
_NOT_SUPPORTED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EACCES, errno.EBADF})


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


def write_whole(path: Path, data: bytes) -> bool:
    """Write a file whole or not at all, on disk before it takes its name; False where it already held just this.

    Raises CannotProceed where the folder, the disk or another program (Excel) does not allow it; the old file stands.
    """
    with _failure_told(path):
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        begun = _begin(path)
        try:
            begun.write(data)
            begun.sync()
            begun.take_name()
        finally:
            begun.clear()
        _sync_folder(path.parent)
    return True


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files, each as ``write_whole`` does; a disk syncs many at once nearly as fast as one.

    All are on the disk before the first takes its name.
    """
    begun: list[_Begun] = []
    try:
        for path, data in files.items():
            with _failure_told(path):
                if not (path.is_file() and path.read_bytes() == data):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    begun.append(_begin(path))
                    begun[-1].write(data)
        if begun:
            with ThreadPoolExecutor(_SYNCS_AT_ONCE) as threads:
                list(threads.map(_Begun.sync, begun))
                for each in begun:
                    each.take_name()
                list(threads.map(_sync_folder, sorted({each.path.parent for each in begun})))
    finally:
        for each in begun:
            each.clear()


def write_sealed(path: Path, data: bytes) -> None:
    """Write a file whole, and its SHA-256 beside it: see ``is_sealed``."""
    write_whole(path, data)
    seal(path, data)


def seal(path: Path, data: bytes) -> None:
    """Write the SHA-256 of a file that was just written beside it."""
    write_whole(_seal(path), hashlib.sha256(data).hexdigest().encode("ascii"))


def is_sealed(path: Path, data: bytes) -> bool:
    """Whether these bytes are those that we wrote: nobody changed them, and nothing in them need be judged again."""
    try:
        return _seal(path).read_bytes() == hashlib.sha256(data).hexdigest().encode("ascii")
    except OSError:
        return False


def _seal(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def write_folder(folder: Path, files: Mapping[str, bytes], prefix: str, *, only: bool = True) -> None:
    """Write our files into a folder, each whole; it then holds ``only`` these of ours: what is no longer is removed.

    Ours are those whose names begin with the prefix; whatever else the office keeps there is left alone.
    """
    names = list(files)
    for n in range(0, len(names), _FILES_TOGETHER):
        write_together({folder / name: files[name] for name in names[n : n + _FILES_TOGETHER]})
    if only and folder.is_dir():
        for path in sorted(folder.glob(f"{prefix}*")):
            if path.is_file() and path.name not in files:
                with _failure_told(path):
                    path.unlink()


@contextmanager
def _failure_told(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise CannotProceed(
            f"「{path.name}」に書き込めません。",
            "Excelなどで開いているときは閉じてから、もう一度実行してください(元のファイルはそのままです)。",
        ) from error
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> CannotProceed:
    no_room = ("ディスクの空きが足りません。", "空きを作ってから、もう一度実行してください。")
    reasons = {
        errno.ENOSPC: no_room,
        errno.EDQUOT: no_room,
        errno.EACCES: ("書き込む権限がありません。", "書き込みのできるフォルダーで実行してください。"),
        errno.EROFS: ("書き込みのできない場所です。", "書き込みのできるフォルダーで実行してください。"),
        errno.EIO: ("ディスク又はネットワークの障害です。", "接続を確かめてから、もう一度実行してください。"),
        errno.ENAMETOOLONG: ("フォルダーの名前が長すぎます。", "短い名前の場所に移して、もう一度実行してください。"),
    }
    why, remedy = reasons.get(error.errno or 0, (f"({error.strerror})", "保存先を確かめて、もう一度実行してください。"))
    return CannotProceed(f"「{path.name}」を書き込めません。{why}", f"{remedy}元のファイルはそのままです。")


class _Begun(NamedTuple):
    """A file that is being written beside the one that it will replace."""

    path: Path
    temporary: Path
    stream: BinaryIO

    def write(self, data: bytes) -> None:
        self.stream.write(data)
        self.stream.flush()

    def sync(self) -> None:
        with _failure_told(self.path):
            os.fsync(self.stream.fileno())

    def take_name(self) -> None:
        with _failure_told(self.path):
            self.stream.close()
            with _where_supported():
                # mkstemp makes files for the owner alone; what the office shares must be readable to the office.
                self.temporary.chmod(0o644)
            _take_name(self.temporary, self.path)

    def clear(self) -> None:
        """Leave nothing of a file that did not come to its name."""
        self.stream.close()
        self.temporary.unlink(missing_ok=True)


def _begin(path: Path) -> _Begun:
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=path.parent)
    try:
        return _Begun(path, Path(name), os.fdopen(handle, "wb"))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _take_name(temporary: Path, path: Path) -> None:
    for seconds in _RETRY_SECONDS:
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    temporary.replace(path)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder to sync; NTFS journals the rename itself.
    with _where_supported():
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _where_supported() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _NOT_SUPPORTED:
            raise


def _sweep(workspace: Workspace) -> None:
    """Remove what a killed run left half-written; whoever calls holds the lock, so nobody is writing it."""
    for path in (*workspace.root.glob(f"{_PREFIX}*{_SUFFIX}"), *workspace.outbox.rglob(f"{_PREFIX}*{_SUFFIX}")):
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
        raise _cannot_write(workspace.lock_file, error) from error
    try:
        _sweep(workspace)
        yield
    finally:
        lock.release()


def templates_folder() -> Path:
    """Give the folder of forms and example cycles: inside the installed package, else beside it in a checkout."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "templates"
