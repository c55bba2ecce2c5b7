"""How many processes may work at once: said once for a command, asked wherever work is shared out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

MOST_WORKERS = 8  # beyond it the parent process cannot keep them busy

_wished: ContextVar[int | None] = ContextVar("wished", default=None)


@contextmanager
def workers_wished(count: int | None) -> Iterator[None]:
    """Let as many processes as are wished do the work begun within; None: as many as the machine has processors."""
    token = _wished.set(count)
    try:
        yield
    finally:
        _wished.reset(token)


def wished_workers() -> int | None:
    """Give how many processes were wished; None where nobody said."""
    return _wished.get()


def machine_workers() -> int:
    """Give how many processes the machine can run at once, of those that this process may use."""
    try:
        usable = len(os.sched_getaffinity(0))  # type: ignore[attr-defined,unused-ignore]  # not on Windows and macOS
    except AttributeError:
        usable = os.cpu_count() or 1
    return min(usable, MOST_WORKERS)
