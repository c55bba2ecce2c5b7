"""Opens what lies in the inbox, as a regular file inside it or not at all, and notices what is still being written."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.returns.model import Verdict

# Marks the folder in a checkout; nobody returned it.
_MARKERS = frozenset({".gitkeep"})
# A link is not followed, a pipe does not block, and Windows does not translate line ends; 0 where a system has none.
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_REPARSE_POINT = 0x400  # Windows: a junction or a link (FILE_ATTRIBUTE_REPARSE_POINT)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One thing that lies in the inbox: its path, and its name as shown (relative, forward slashes, NFC)."""

    path: Path
    name: str


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file as it was read: its bytes, and when it was last modified (seconds since 1970)."""

    data: bytes
    size: int
    modified: float
    changed: float


@dataclass(frozen=True, kw_only=True)
class NotOpened:
    """Why something was not read: a verdict and its facts."""

    verdict: Verdict
    facts: dict[str, str]
    size: int = 0
    modified: float = 0


def arrivals(inbox: Path) -> tuple[Arrival, ...]:
    """List everything that lies in the inbox at any depth, in the order of the names; no link is followed."""
    if not inbox.is_dir():
        return ()
    found = [Arrival(path=path, name=shown_name(path.relative_to(inbox).as_posix())) for path in _walk(inbox)]
    return tuple(sorted(found, key=lambda arrival: (arrival.name, os.fsencode(arrival.path))))


def shown_name(name: str) -> str:
    """Give a file name as it may be shown: NFC, undecodable bytes and control characters as U+FFFD."""
    text = os.fsencode(name).decode("utf-8", errors="replace")
    plain = "".join(each if each.isprintable() else "\ufffd" for each in text)
    return unicodedata.normalize("NFC", plain)


def _walk(inbox: Path) -> Iterator[Path]:
    folders = [inbox]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and not _is_reparse_point(entry):
                    folders.append(Path(entry.path))
                elif entry.name not in _MARKERS:
                    yield Path(entry.path)


def _is_reparse_point(entry: os.DirEntry[str]) -> bool:
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return bool(attributes & _REPARSE_POINT)


def open_arrival(path: Path, limit: int = Limits().file_bytes) -> Opened | NotOpened:
    """Read a file whole; NotOpened for a link, a pipe, a device, one over the limit, or one that changes meanwhile."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return NotOpened(verdict=Verdict.NOT_A_FILE, facts={})
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as stream:
            return _read(stream, limit)
    except OSError:
        # Locked by another program, unreadable, or gone since the folder was listed: the next run sees it again.
        return NotOpened(verdict=Verdict.BEING_WRITTEN, facts={})


def _read(stream: BinaryIO, limit: int) -> Opened | NotOpened:
    before = os.fstat(stream.fileno())
    if not stat.S_ISREG(before.st_mode):
        return NotOpened(verdict=Verdict.NOT_A_FILE, facts={})
    if before.st_size > limit:
        facts = {"limit": "ファイルの大きさ", "allowed": f"{limit:,}バイト"}
        modified = before.st_mtime
        return NotOpened(verdict=Verdict.TOO_LARGE, facts=facts, size=before.st_size, modified=modified)
    data = stream.read(limit + 1)
    after = os.fstat(stream.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or len(data) != after.st_size:
        return NotOpened(verdict=Verdict.BEING_WRITTEN, facts={}, size=after.st_size, modified=after.st_mtime)
    return Opened(data=data, size=after.st_size, modified=after.st_mtime, changed=max(after.st_mtime, after.st_ctime))
