"""Work that goes on in a child process while this one does something else; small work is done here, when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import TypeVar

from dxkpi_xl.cells.isolated import Bounds, Child, Died
from dxkpi_xl.workers import wished_workers

Result = TypeVar("Result")

_LOOK_EVERY = 0.1  # seconds: the longest that Ctrl-C waits on Windows
# What is done beside is our own work on our own data: it may take as long, and as much, as it would here.
_BOUNDS = Bounds(seconds=7 * 24 * 3600, memory_bytes=2**46)


@contextmanager
def side_work(works: Sequence[Callable[[], Result]], *, here: bool) -> Iterator[Callable[[int], Result]]:
    """Begin works in their order; what is given waits for the result of the n-th, and raises what it raised.

    Works and results are pickled: each is a function of a module, or a ``partial`` of one. ``here``, or where one
    process is to do all: each is done in this process when its result is asked for. Work that nobody waits for any
    more is stopped at the end.
    """
    if here or wished_workers() == 1:
        yield lambda n: works[n]()
        return
    child = Child[Callable[[], Result], Result](_done, _BOUNDS)
    thread = ThreadPoolExecutor(1, thread_name_prefix="side work")
    begun = [thread.submit(child.run, work) for work in works]
    try:
        # What a child could not do says why when it is done here.
        yield lambda n: works[n]() if isinstance(outcome := _waited_for(begun[n]), Died) else outcome
    finally:
        thread.shutdown(wait=False, cancel_futures=True)
        child.close()
        thread.shutdown()
        child.free()


def _done(work: Callable[[], Result]) -> Result:
    return work()


def _waited_for(begun: Future[Result | Died]) -> Result | Died:
    while not wait([begun], _LOOK_EVERY).done:
        pass
    return begun.result()
