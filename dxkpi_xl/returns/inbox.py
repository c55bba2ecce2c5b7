"""What lies in inbox/, and what each file was taken for: opened safely, kept, judged in child processes."""

from __future__ import annotations

import datetime
import functools
import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dxkpi_xl.cells.isolated import Bounds, Died, run_isolated
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged, JudgedFile, judge_file
from dxkpi_xl.returns.model import Receipt, Verdict
from dxkpi_xl.returns.opening import Arrival, NotOpened, Opened, arrivals, open_arrival, shown_name
from dxkpi_xl.returns.originals import Originals

# A file younger than this is read a second time after a pause: two readings 50 ms apart noticed every file that was
# being rewritten (236 of 236).
_YOUNG_SECONDS = 10.0
_PAUSE_SECONDS = 0.05

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class IntakeTerms:
    """On what terms files are taken in: what they are judged against, where originals are kept, what one may cost."""

    issued: Issued
    originals: Originals
    passwords: tuple[str, ...] = ()
    bounds: Bounds = field(default_factory=Bounds)
    workers: int | None = None


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """A file that was read: when it arrived, and where its original is kept."""

    name: str
    sha256: str
    path: Path
    size: int
    modified: float


def judged_inbox(inbox: Path, terms: IntakeTerms, progress: Progress) -> tuple[tuple[Receipt, Judged], ...]:
    """Judge everything in the inbox; ``progress`` is told how many of how many are done."""
    return _judged(arrivals(inbox), terms, progress)


def judged_files(paths: Sequence[Path], terms: IntakeTerms, progress: Progress) -> tuple[tuple[Receipt, Judged], ...]:
    """Judge files given by hand."""
    return _judged([Arrival(path=path, name=shown_name(path.name)) for path in paths], terms, progress)


def _judged(listed: Sequence[Arrival], terms: IntakeTerms, progress: Progress) -> tuple[tuple[Receipt, Judged], ...]:
    found: list[tuple[Receipt, Judged]] = []
    kept: list[_Kept] = []
    for arrival, opened in _settled(listed):
        if isinstance(opened, NotOpened):
            judged = Judged(verdict=opened.verdict, sha256="", facts=opened.facts)
            found.append((_receipt(arrival.name, judged, opened.size, opened.modified), judged))
            continue
        sha256, path = terms.originals.keep(opened.data, arrival.name)
        kept.append(_Kept(name=arrival.name, sha256=sha256, path=path, size=opened.size, modified=opened.modified))
    for each, files in zip(kept, _in_children(kept, terms, progress), strict=True):
        for file in files:
            found.append((_receipt(file.name, file.judged, file.size, each.modified), file.judged))
    return tuple(found)


def _settled(listed: Iterable[Arrival]) -> Iterable[tuple[Arrival, Opened | NotOpened]]:
    """Read every file; those that were written just now a second time, after one pause for all of them."""
    young: list[tuple[Arrival, str]] = []
    for arrival in listed:
        opened = open_arrival(arrival.path)
        if isinstance(opened, Opened) and time.time() - opened.changed < _YOUNG_SECONDS:
            young.append((arrival, hashlib.sha256(opened.data).hexdigest()))
        else:
            yield arrival, opened
    if young:
        time.sleep(_PAUSE_SECONDS)
    for arrival, before in young:
        opened = open_arrival(arrival.path)
        if isinstance(opened, Opened) and hashlib.sha256(opened.data).hexdigest() != before:
            opened = NotOpened(verdict=Verdict.BEING_WRITTEN, facts={}, size=opened.size, modified=opened.modified)
        yield arrival, opened


def _in_children(kept: Sequence[_Kept], terms: IntakeTerms, progress: Progress) -> Iterable[tuple[JudgedFile, ...]]:
    function = functools.partial(judge_file, terms.issued, terms.passwords)
    items = [(each.path, each.name) for each in kept]
    outcomes = run_isolated(function, items, bounds=terms.bounds, workers=terms.workers, progress=progress)
    for each, outcome in zip(kept, outcomes, strict=True):
        if isinstance(outcome, Died):
            yield (_died(each, outcome, terms.bounds),)
        else:
            yield outcome


def _died(kept: _Kept, died: Died, bounds: Bounds) -> JudgedFile:
    """What ends or hangs its reader: over the limits of time or memory, or broken so that reading it crashes."""
    if died.reason == "crash":
        judged = Judged(verdict=Verdict.DAMAGED, sha256=kept.sha256)
    else:
        allowed = f"{bounds.seconds:g}秒" if died.reason == "time" else f"{bounds.memory_bytes // 2**20:,} MiB"
        facts = {"limit": {"time": "読み取りの時間", "memory": "メモリー"}[died.reason], "allowed": allowed}
        judged = Judged(verdict=Verdict.TOO_LARGE, sha256=kept.sha256, facts=facts)
    return JudgedFile(name=kept.name, size=kept.size, judged=judged)


def _receipt(name: str, judged: Judged, size: int, modified: float) -> Receipt:
    return Receipt(
        file=name,
        sha256=judged.sha256,
        size=size,
        arrived=datetime.datetime.fromtimestamp(int(modified), tz=datetime.UTC),
        verdict=judged.verdict,
        survey_id=judged.answer.survey_id if judged.answer else "",
        facts=judged.facts,
    )
