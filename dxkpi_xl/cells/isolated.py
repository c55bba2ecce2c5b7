"""A function run over many items in child processes, so that what kills or hangs one item costs no other."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Generic, TypeVar

from dxkpi_xl.cells.isolated_process import Bounds, Child, Died
from dxkpi_xl.cells.isolated_work import Work
from dxkpi_xl.workers import machine_workers, wished_workers

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[int, int], None]

_LOOK_EVERY = 0.1  # seconds between two looks at the clock, and the longest that Ctrl-C waits on Windows
_USUAL = Bounds()
_FEW = 40  # items that one child does in less time than a second one takes to start


def _no_progress(_done: int, _total: int) -> None:
    pass


def run_isolated(
    function: Callable[[Item], Result],
    items: Sequence[Item],
    *,
    bounds: Bounds = _USUAL,
    workers: int | None = None,
    progress: Progress = _no_progress,
) -> Iterator[Result | Died]:
    """The outcome of each item, in their order; an exception of the function is a crash of that item.

    Items are taken from `items` in their order, when a child is free; small ones travel together.
    Raises RuntimeError if a child cannot even start.  All children have ended when the iterator is closed.
    """
    with isolated(function, items, expected=len(items), bounds=bounds, workers=workers) as children:
        yield from children.outcomes(progress)


@contextmanager
def isolated(
    function: Callable[[Item], Result],
    items: Sequence[Item] = (),
    *,
    expected: int,
    bounds: Bounds = _USUAL,
    workers: int | None = None,
) -> "Iterator[Isolated[Item, Result]]":
    """Child processes that begin at once with what they are given; all have ended when this has.

    `function`, items and results are pickled: the function must stand in a module, or be a `partial` of one that does.
    `workers`: else as many as were wished for the command, else one for few `expected` items and one for each processor
    for many.  A child is started when there is something for it.
    """
    count = workers or wished_workers() or (1 if expected < _FEW else machine_workers())
    children = [Child[Item, Result](function, bounds) for _ in range(min(count, max(expected, 1)))]
    work = Work[Item, bytes | Died](items, len(children))
    threads = ThreadPoolExecutor(len(children), thread_name_prefix="isolated")
    try:
        for child in children:
            threads.submit(_serve, child, work)
        yield Isolated(work, children)
    finally:
        work.close()
        for child in children:
            child.close()
        threads.shutdown()
        for child in children:
            child.free()


class Isolated(Generic[Item, Result]):
    """What child processes are doing: more can be given to them, until the outcomes are asked for."""

    def __init__(self, work: Work[Item, bytes | Died], children: Sequence[Child[Item, Result]]) -> None:
        self._work = work
        self._children = children

    def give(self, items: Sequence[Item]) -> None:
        """Let more be done, after all others."""
        self._work.add(items)

    def outcomes(self, progress: Progress) -> Iterator[Result | Died]:
        """The outcome of each item that was given, in their order; nothing more can be given.

        Raises RuntimeError if a child cannot even start.
        """
        self._work.complete()
        yield from _outcomes(self._work, self._children, progress)


def _serve(child: Child[Item, Result], work: Work[Item, bytes | Died]) -> None:
    try:
        while (taken := work.take())[0]:
            indices, requests = taken
            done = 0
            for done, outcome in enumerate(child.answers(requests), start=1):
                work.put(indices[done - 1], outcome)
            work.give_back(indices[done:])  # a death ends the answers
    except BaseException as error:  # noqa: BLE001 - raised where the outcomes are waited for
        work.fail(error)


def _outcomes(
    work: Work[Item, bytes | Died], children: Sequence[Child[Item, Result]], progress: Progress
) -> Iterator[Result | Died]:
    told, total = -1, work.total
    for index in range(total):
        ready = False
        while not ready:
            ready = work.is_ready(index, _LOOK_EVERY)
            if work.done != told:
                told = work.done
                progress(told, total)
            for child in children:
                child.kill_if_overdue()
        outcome = work.pop(index)
        yield outcome if isinstance(outcome, Died) else pickle.loads(outcome)  # noqa: S301 - from our own child
