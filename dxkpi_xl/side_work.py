"""Work that goes on in a child process while this one does something else; small work is done here, when asked for."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from contextvars import copy_context
from typing import Generic, TypeVar

from dxkpi_xl.cells.isolated_process import Bounds, Child, Died
from dxkpi_xl.workers import machine_workers, wished_workers

Result = TypeVar("Result")

_LOOK_EVERY = 0.1  # seconds: the longest that Ctrl-C waits on Windows
_WORTH_A_CHILD = 2  # works that take longer than a child does to start
# What is done beside is our own work on our own data: it may take as long, and as much, as it would here.
_BOUNDS = Bounds(seconds=7 * 24 * 3600, memory_bytes=2**46)


@contextmanager
def side_work(works: Sequence[Callable[[], Result]], *, here: bool) -> Iterator[Callable[[int], Result]]:
    """Begin works in their order; what is given waits for the result of the n-th, and raises what it raised.

    Works and results are pickled: each is a function of a module, or a ``partial`` of one. They share as many child
    processes as the machine has processors beside the one that this process keeps busy meanwhile, where there is enough
    for each to do; at least one. Who waits for a result does meanwhile, in this process, what no child has begun yet,
    the last first. ``here``, or where one process is to do all: each is done in this process when its result is asked
    for. Work that nobody waits for any more is stopped at the end.
    """
    if here or wished_workers() == 1 or not works:
        yield lambda n: works[n]()
        return
    count = max(1, min(len(works) // _WORTH_A_CHILD, (wished_workers() or machine_workers()) - 1))
    children = [Child[Callable[[], Result], Result](_done, _BOUNDS) for _ in range(count)]
    idle: queue.SimpleQueue[Child[Callable[[], Result], Result]] = queue.SimpleQueue()
    for each in children:
        idle.put(each)
    threads = ThreadPoolExecutor(count, thread_name_prefix="side work")
    begun = [threads.submit(_in_child, idle, work) for work in works]
    try:
        yield _Shared(works, begun, count).result
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for each in children:
            each.close()
        threads.shutdown()
        for each in children:
            each.free()


class _Shared(Generic[Result]):
    """Works of which children do the first ones, and whoever waits the last ones that they have not come to."""

    def __init__(
        self, works: Sequence[Callable[[], Result]], begun: list[Future[Result | Died]], children: int
    ) -> None:
        self._works = works
        self._begun = begun
        self._children = children

    def result(self, n: int) -> Result:
        """Give what the n-th work gave, or raise what it raised."""
        while not self._begun[n].done():
            if not self._one_done_here():
                wait([self._begun[n]], _LOOK_EVERY)
        outcome = self._begun[n].result()
        # What a child could not do says why when it is done here.
        return self._works[n]() if isinstance(outcome, Died) else outcome

    def _one_done_here(self) -> bool:
        """Do the last work that is not begun; False where there is none."""
        # Each child has a work of its own from the start.
        left = range(self._children, len(self._works))
        mine = next((n for n in reversed(left) if not self._begun[n].done() and self._begun[n].cancel()), None)
        if mine is None:
            return False
        done: Future[Result | Died] = Future()
        try:
            done.set_result(self._works[mine]())
        except Exception as error:  # noqa: BLE001 - raised where its result is asked for
            done.set_exception(error)
        self._begun[mine] = done
        return True


class _Stopped(Exception):
    """Nobody waits for the work any more."""


@contextmanager
def meanwhile(
    work: Callable[[Callable[[int, int], None]], Result], progress: Callable[[int, int], None]
) -> Iterator[Callable[[], Result]]:
    """Begin work that mostly waits for processes of its own, in a thread; what is given waits for its result.

    The work tells its progress, and is stopped when it next does so after nobody waits for it any more.
    """
    over = threading.Event()

    def tell(done: int, of: int) -> None:
        if over.is_set():
            raise _Stopped
        progress(done, of)

    threads = ThreadPoolExecutor(1, thread_name_prefix="meanwhile")
    begun = threads.submit(copy_context().run, work, tell)
    try:
        yield lambda: _waited_for(begun)
    finally:
        over.set()
        threads.shutdown()


def _in_child(
    idle: queue.SimpleQueue[Child[Callable[[], Result], Result]], work: Callable[[], Result]
) -> Result | Died:
    child = idle.get()  # at once: there are as many children as threads
    try:
        return child.run(work)
    finally:
        idle.put(child)


def _done(work: Callable[[], Result]) -> Result:
    return work()


def _waited_for(begun: Future[Result]) -> Result:
    while not wait([begun], _LOOK_EVERY).done:
        pass
    return begun.result()
