"""What lies in inbox/, and what each file was taken for; nothing in it is ever changed."""

from __future__ import annotations

import datetime
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged, judge
from dxkpi_xl.returns.model import Receipt, Verdict

# A file that marks the folder in a checkout, not something that anybody returned.
_MARKERS = frozenset({".gitkeep"})


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One thing that lies in the inbox: its path and its name as shown (relative, with forward slashes)."""

    path: Path
    name: str


def arrivals(inbox: Path) -> tuple[Arrival, ...]:
    """List everything that lies in the inbox at any depth, in the order of the names; folders are looked into."""
    if not inbox.is_dir():
        return ()
    found = [Arrival(path=path, name=path.relative_to(inbox).as_posix()) for path in _walk(inbox)]
    return tuple(sorted(found, key=lambda arrival: arrival.name))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _walk(path)
        elif path.name not in _MARKERS:
            yield path


def judged_arrivals(
    inbox: Path, issued: Issued, progress: Callable[[int, int], None]
) -> tuple[tuple[Receipt, Judged], ...]:
    """Judge everything in the inbox; ``progress`` is told how many of how many are done."""
    found = []
    listed = arrivals(inbox)
    for n, arrival in enumerate(listed):
        progress(n, len(listed))
        found.append(_judged(arrival, issued))
    progress(len(listed), len(listed))
    return tuple(found)


def _judged(arrival: Arrival, issued: Issued) -> tuple[Receipt, Judged]:
    try:
        status = arrival.path.lstat()
        if not stat.S_ISREG(status.st_mode):
            return _receipt(arrival, Judged(verdict=Verdict.NOT_A_FILE, sha256=""), 0, status.st_mtime)
        if status.st_size > Limits().file_bytes:
            facts = {"limit": "file_bytes", "allowed": f"{Limits().file_bytes:,}"}
            judged = Judged(verdict=Verdict.TOO_LARGE, sha256="", facts=facts)
            return _receipt(arrival, judged, status.st_size, status.st_mtime)
        data = arrival.path.read_bytes()
    except OSError:
        # Locked by another program, or taken away while we looked: the next run sees it again.
        return _receipt(arrival, Judged(verdict=Verdict.BEING_WRITTEN, sha256=""), 0, 0)
    return _receipt(arrival, judge(data, arrival.name, issued), len(data), status.st_mtime)


def _receipt(arrival: Arrival, judged: Judged, size: int, modified: float) -> tuple[Receipt, Judged]:
    receipt = Receipt(
        file=arrival.name,
        sha256=judged.sha256,
        size=size,
        arrived=datetime.datetime.fromtimestamp(int(modified), tz=datetime.UTC),
        verdict=judged.verdict,
        survey_id=judged.answer.survey_id if judged.answer else "",
        facts=judged.facts,
    )
    return receipt, judged
