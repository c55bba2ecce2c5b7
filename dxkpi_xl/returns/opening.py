"""Opens what lies in the inbox, as a regular file inside it or not at all, and notices what is still being written."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.one_line import one_line
from dxkpi_xl.returns.model import Verdict

# Marks the folder in a checkout, and is empty; nobody returned it.
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
    return _distinct((path.relative_to(inbox).as_posix(), path) for path in _walk(inbox))


def given_by_hand(paths: Iterable[Path]) -> tuple[Arrival, ...]:
    """Give files that were named one by one, under their own names, in the order of the names."""
    return _distinct((path.name, path) for path in paths)


def _distinct(found: Iterable[tuple[str, Path]]) -> tuple[Arrival, ...]:
    """Give arrivals with names of their own: what differs only in how it is encoded would be shown alike."""
    taken: Counter[str] = Counter()
    listed = []
    for name, path in sorted(((_shown_name(name), path) for name, path in found), key=lambda each: _order(*each)):
        taken[name] += 1
        listed.append(Arrival(path=path, name=name if taken[name] == 1 else f"{name} #{taken[name]}"))
    return tuple(listed)


def _order(name: str, path: Path) -> tuple[str, bytes]:
    return name, os.fsencode(path)


def _shown_name(name: str) -> str:
    """Give a file name as it may be shown: NFC, undecodable bytes and control characters as U+FFFD."""
    return one_line(unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", errors="replace")))


def _walk(inbox: Path) -> Iterator[Path]:
    folders = [inbox]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as entries:
                found = [(Path(entry.path), _is_folder(entry)) for entry in entries if not _is_marker(entry)]
        except OSError:
            if folder == inbox:
                raise  # nothing at all can be read, and nobody may take that for an empty inbox
            yield folder  # not allowed, or gone since: said of the folder, as of a file
            continue
        folders.extend(path for path, is_folder in found if is_folder)
        yield from (path for path, is_folder in found if not is_folder)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return False
    attributes = getattr(entry.stat(follow_symlinks=False), "st_file_attributes", 0)
    return not attributes & _REPARSE_POINT


def _is_marker(entry: os.DirEntry[str]) -> bool:
    return entry.name in _MARKERS and entry.stat(follow_symlinks=False).st_size == 0


def open_arrival(path: Path, limit: int = Limits().file_bytes) -> Opened | NotOpened:
    """Read a file whole; NotOpened for a link, a pipe, a device, one over the limit, or one that changes meanwhile."""
    modified = 0.0
    try:
        status = path.lstat()
        modified = status.st_mtime
        if not stat.S_ISREG(status.st_mode):
            return NotOpened(verdict=Verdict.NOT_A_FILE, facts={}, modified=modified)
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as stream:
            return _read(stream, limit)
    except OSError:
        # Locked by another program, unreadable, or gone since the folder was listed: the next run sees it again.
        return NotOpened(verdict=Verdict.BEING_WRITTEN, facts={}, modified=modified)


def _read(stream: BinaryIO, limit: int) -> Opened | NotOpened:
    before = os.fstat(stream.fileno())
    if not stat.S_ISREG(before.st_mode):
        return NotOpened(verdict=Verdict.NOT_A_FILE, facts={}, modified=before.st_mtime)
    if before.st_size > limit:
        facts = {"limit": "ファイルの大きさ", "allowed": f"{limit:,}バイト"}
        modified = before.st_mtime
        return NotOpened(verdict=Verdict.TOO_LARGE, facts=facts, size=before.st_size, modified=modified)
    data = stream.read(before.st_size + 1)
    after = os.fstat(stream.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or len(data) != after.st_size:
        return NotOpened(verdict=Verdict.BEING_WRITTEN, facts={}, size=after.st_size, modified=after.st_mtime)
    return Opened(data=data, size=after.st_size, modified=after.st_mtime)
