"""What lies in inbox/, and what each file was taken for: opened safely, kept, judged in child processes."""

from __future__ import annotations

import datetime
import functools
import hashlib
import stat
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dxkpi_xl.cells.isolated import Bounds, Died, run_isolated
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.returns.in_child import Check, Told, judge_in_child, unchecked
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged, JudgedFile
from dxkpi_xl.returns.judged_json import judged_from_json
from dxkpi_xl.returns.model import Receipt, Verdict
from dxkpi_xl.returns.opening import Arrival, NotOpened, Opened, arrivals, given_by_hand, open_arrival
from dxkpi_xl.returns.originals import Originals
from dxkpi_xl.returns.remembered import Memory, Remembered

# A file younger than this is read a second time after a pause: two readings 50 ms apart noticed every file that was
# being rewritten (236 of 236).
_YOUNG_SECONDS = 10.0
_PAUSE_SECONDS = 0.05
_LAST_SECOND = 253_402_214_400  # 9999-12-31, as far as it is still that day in Japan

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class IntakeTerms:
    """On what terms files are taken in: what they are judged against, where originals are kept, what one may cost.

    ``check`` says in the child all that can be said of a return alone; ``memory`` is where judgements are remembered.
    Both must be such as a child process can be sent.
    """

    issued: Issued
    originals: Originals
    check: Check = unchecked
    memory: Memory | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)
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
    """Judge files given by hand; CannotProceed, naming the first, where one is not there."""
    for path in paths:
        if not path.exists():
            raise CannotProceed(f"「{path.name}」がありません。", "ファイルの場所と名前を確かめてください。")
    return _judged(given_by_hand(paths), terms, progress)


def _judged(listed: Sequence[Arrival], terms: IntakeTerms, progress: Progress) -> tuple[tuple[Receipt, Judged], ...]:
    found: list[tuple[Receipt, Judged]] = []
    kept: list[_Kept] = []
    with terms.originals.keeping() as keep:
        for arrival, opened in _settled(listed):
            if isinstance(opened, NotOpened):
                judged = Judged(verdict=opened.verdict, sha256="", facts=opened.facts)
                found.append((_receipt(arrival.name, judged, opened.size, opened.modified), judged))
                continue
            sha256, path = keep(opened.data, arrival.name)
            kept.append(_Kept(name=arrival.name, sha256=sha256, path=path, size=opened.size, modified=opened.modified))
    for each, files in zip(kept, _all_judged(kept, terms, progress), strict=True):
        for file in files:
            found.append((_receipt(file.name, file.judged, file.size, each.modified), file.judged))
    return tuple(found)


def _settled(listed: Sequence[Arrival]) -> Iterable[tuple[Arrival, Opened | NotOpened]]:
    """Read every file, in their order; those that were written just now twice, with one pause for all of them."""
    before = {arrival.path: _content(open_arrival(arrival.path)) for arrival in listed if _is_young(arrival.path)}
    if before:
        time.sleep(_PAUSE_SECONDS)
    for arrival in listed:
        opened = open_arrival(arrival.path)
        rewritten = arrival.path in before and _content(opened) != before[arrival.path]
        begun = arrival.path not in before and _is_young(arrival.path)
        if isinstance(opened, Opened) and (rewritten or begun):
            opened = NotOpened(verdict=Verdict.BEING_WRITTEN, facts={}, size=opened.size, modified=opened.modified)
        yield arrival, opened


def _is_young(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:
        return False  # gone: opening it will say so
    return stat.S_ISREG(status.st_mode) and time.time() - max(status.st_mtime, status.st_ctime) < _YOUNG_SECONDS


def _content(opened: Opened | NotOpened) -> str:
    return hashlib.sha256(opened.data).hexdigest() if isinstance(opened, Opened) else ""


def _all_judged(kept: Sequence[_Kept], terms: IntakeTerms, progress: Progress) -> list[tuple[JudgedFile, ...]]:
    """Give the judgements of all files in their order: remembered, or made now and remembered for the next run."""
    remembered = Remembered.of(terms.memory)
    judged = [remembered.judged(each.sha256, each.name, terms.issued) for each in kept]
    unknown = [n for n, files in enumerate(judged) if files is None]
    fresh = _in_children([kept[n] for n in unknown], terms, progress)
    for n, outcome in zip(unknown, fresh, strict=True):
        each = kept[n]
        if isinstance(outcome, Died):
            judged[n] = (_died(each, outcome, terms.bounds),)
            continue
        judged[n] = judged_from_json(outcome.judged, terms.issued)
        if outcome.lasting:
            remembered.keep(each.sha256, each.name, outcome.judged)
    remembered.write()
    return [files for files in judged if files is not None]


def _in_children(kept: Sequence[_Kept], terms: IntakeTerms, progress: Progress) -> Iterable[Told | Died]:
    if not kept:
        return ()  # no child need be made ready
    function = functools.partial(judge_in_child, terms.issued, terms.passwords, terms.check)
    items = [(each.path, each.name) for each in kept]
    return run_isolated(function, items, bounds=terms.bounds, workers=terms.workers, progress=progress)


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
        arrived=_moment(modified),
        verdict=judged.verdict,
        survey_id=judged.answer.survey_id if judged.answer else "",
        facts=judged.facts,
    )


def _moment(modified: float) -> datetime.datetime:
    """Give the time of a file; a file system may tell one that no calendar has."""
    return datetime.datetime.fromtimestamp(int(min(max(modified, 0), _LAST_SECOND)), tz=datetime.UTC)
