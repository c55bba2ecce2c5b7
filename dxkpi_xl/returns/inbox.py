"""What lies in inbox/, and what each file was taken for: opened safely, kept, judged in child processes."""

from __future__ import annotations

import datetime
import functools
import hashlib
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from dxkpi_xl.cells.isolated import Isolated, isolated
from dxkpi_xl.cells.isolated_process import Bounds, Died
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
JudgedFiles = tuple[tuple[Receipt, Judged], ...]


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


def judged_inbox(inbox: Path, terms: IntakeTerms, progress: Progress) -> JudgedFiles:
    """Judge everything in the inbox; ``progress`` is told how many of how many are done."""
    with judging_inbox(inbox, terms) as judged:
        return judged(progress)


@contextmanager
def judging_inbox(inbox: Path, terms: IntakeTerms) -> Iterator[Callable[[Progress], JudgedFiles]]:
    """Begin to judge everything in the inbox; all originals are kept, and what is given waits for the judgements."""
    with _begun(arrivals(inbox), terms) as judged:
        yield judged


def judged_files(paths: Sequence[Path], terms: IntakeTerms, progress: Progress) -> JudgedFiles:
    """Judge files given by hand; CannotProceed, naming the first, where one is not there."""
    for path in paths:
        if not path.exists():
            raise CannotProceed(f"「{path.name}」がありません。", "ファイルの場所と名前を確かめてください。")
    with _begun(given_by_hand(paths), terms) as judged:
        return judged(progress)


@contextmanager
def _begun(listed: Sequence[Arrival], terms: IntakeTerms) -> Iterator[Callable[[Progress], JudgedFiles]]:
    function = functools.partial(judge_in_child, terms.issued, terms.passwords, terms.check)
    with isolated(function, expected=len(listed), bounds=terms.bounds, workers=terms.workers) as children:
        judging = _Judging(terms, children)
        not_opened = tuple(_not_opened(listed, terms.originals, judging))
        yield lambda progress: (*not_opened, *judging.receipts(progress))


def _not_opened(listed: Sequence[Arrival], originals: Originals, judging: _Judging) -> Iterator[tuple[Receipt, Judged]]:
    """Keep what can be opened, and let its judgement begin; give the rest."""
    with originals.keeping(judging.begin) as keep:
        for arrival, opened in _settled(listed):
            if isinstance(opened, NotOpened):
                judged = Judged(verdict=opened.verdict, sha256="", facts=opened.facts)
                yield _receipt(arrival.name, judged, opened.size, opened.modified), judged
                continue
            sha256, path = keep(opened.data, arrival.name)
            kept = _Kept(name=arrival.name, sha256=sha256, path=path, size=opened.size, modified=opened.modified)
            judging.kept.append(kept)


class _Judging:
    """The files that are judged: those that were before are recalled, the others are given to child processes.

    What is judged now is remembered for the next run.
    """

    def __init__(self, terms: IntakeTerms, children: Isolated[tuple[Path, str], Told]) -> None:
        self.kept: list[_Kept] = []
        self._recalled: list[tuple[JudgedFile, ...] | None] = []  # of the first of them; None is being judged
        self._remembered = Remembered.of(terms.memory)
        self._terms = terms
        self._children = children

    def begin(self) -> None:
        """Begin with those that were kept since the last time: their originals stand on the disk."""
        for each in self.kept[len(self._recalled) :]:
            files = self._remembered.judged(each.sha256, each.name, self._terms.issued)
            self._recalled.append(files)
            if files is None:
                self._children.give([(each.path, each.name)])

    def receipts(self, progress: Progress) -> Iterator[tuple[Receipt, Judged]]:
        """Give what each file was taken for, in their order; of a zip, each file in it."""
        fresh = self._children.outcomes(progress)
        for each, recalled in zip(self.kept, self._recalled, strict=True):
            for file in self._outcome(each, next(fresh)) if recalled is None else recalled:
                yield _receipt(file.name, file.judged, file.size, each.modified), file.judged
        self._remembered.write()

    def _outcome(self, kept: _Kept, outcome: Told | Died) -> tuple[JudgedFile, ...]:
        if isinstance(outcome, Died):
            return (_died(kept, outcome, self._terms.bounds),)
        files = judged_from_json(outcome.judged, self._terms.issued)
        if outcome.lasting:
            self._remembered.keep(kept.sha256, kept.name, outcome.judged)
        return files


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
