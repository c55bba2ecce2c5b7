"""Files on the disk: written whole or not at all, some together, sealed, a folder made to hold just what it should."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from dxkpi_xl.errors import CannotProceed

# Windows refuses to replace a file that another program has open; short waits outlast virus scanners and indexers.
_RETRY_SECONDS = (0.1, 0.2, 0.4, 0.8)
# Files that a disk is asked to sync at once: it writes them in one go, 300 in 0.04 s instead of 1.2.
_SYNCS_AT_ONCE = 8
_FILES_TOGETHER = 64
# Files that are being written; what is found of them at the start of a run was left by one that was killed.
_PREFIX, _SUFFIX = ".dxkpi-", ".tmp"
HALF_WRITTEN = f"{_PREFIX}*{_SUFFIX}"
# Some network drives cannot sync a folder, or set who may read a file; the file itself is safe.
_NOT_SUPPORTED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EACCES, errno.EBADF})


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
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> CannotProceed:
    """Say why a file cannot be written, and what to do."""
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
