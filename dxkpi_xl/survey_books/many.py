"""Many survey workbooks: in child processes where they are many, here where they are few; the same bytes either way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar, overload

from dxkpi_xl.cells.isolated import run_isolated
from dxkpi_xl.cells.isolated_process import Died
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.form.columns import Form
from dxkpi_xl.survey_books.filled import Filled
from dxkpi_xl.survey_books.offered import Offer, Offers
from dxkpi_xl.survey_books.workbook import workbook_with
from dxkpi_xl.workers import machine_workers, wished_workers

_FEW = 20  # workbooks that are made here in less time than child processes take to start

# What a long step says of itself: how many are done, of how many.
Progress = Callable[[int, int], None]
T = TypeVar("T")


class OnDemand(Sequence[T]):
    """A sequence of which each item is made when it is asked for, by one thread at a time, and not kept."""

    def __init__(self, count: int, made: Callable[[int], T]) -> None:
        self._positions = range(count)
        self._made = made
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Give the number of items."""
        return len(self._positions)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        """Give an item, or a list of some."""
        if isinstance(index, slice):
            return [self[position] for position in self._positions[index]]
        position = self._positions[index]
        with self._lock:
            return self._made(position)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A workbook that is wanted: its survey, and what it is filled with where it is not as issued."""

    survey: Survey
    filled: Filled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """What a child is told of one workbook; ``offer`` is None where it is that of all, which every child has."""

    wanted: Wanted
    offer: Offer | None


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Some workbooks to be made together, with no more of the register than they hold: to be sent to a process."""

    form: Form
    of_all: Offer | None
    orders: tuple[_Order, ...]

    def books(self) -> tuple[bytes, ...]:
        """Make them.  Raises what ``workbook_with`` raises."""
        return tuple(_made(self.form, self.of_all, order) for order in self.orders)


def batch(form: Form, offers: Offers, wanted: Sequence[Wanted]) -> Batch:
    """Put together what is needed to make some workbooks."""
    return Batch(form=form, of_all=offers.of_all, orders=tuple(_order(offers, each) for each in wanted))


def workbooks(
    form: Form, register: Register, wanted: Sequence[Wanted], progress: Progress, workers: int | None = None
) -> Iterator[bytes]:
    """Give the workbooks in the order in which they are wanted; no child is given more of the register than it writes.

    ``workers``: else as many processes as were wished for the command, else as there are processors, where the
    workbooks are many. Raises what ``workbook_with`` raises.
    """
    offers = Offers(register)
    made = partial(_made, form, offers.of_all)
    orders = OnDemand(len(wanted), lambda n: _order(offers, wanted[n]))
    processes = workers or wished_workers() or machine_workers()
    if workers is None and (processes == 1 or len(wanted) < _FEW):
        yield from _here(made, orders, progress)
        return
    for n, book in enumerate(run_isolated(made, orders, workers=processes, progress=progress)):
        # What a child could not make says why when it is made here.
        yield made(orders[n]) if isinstance(book, Died) else book


def _order(offers: Offers, wanted: Wanted) -> _Order:
    return _Order(wanted=wanted, offer=None if offers.of_all else offers.of(wanted.survey))


def _here(made: Callable[[_Order], bytes], orders: Sequence[_Order], progress: Progress) -> Iterator[bytes]:
    for n in range(len(orders)):
        progress(n, len(orders))
        yield made(orders[n])
    progress(len(orders), len(orders))


def _made(form: Form, of_all: Offer | None, order: _Order) -> bytes:
    offer = order.offer or of_all
    if offer is None:
        raise ValueError("a workbook without an offer")
    return workbook_with(form, offer, order.wanted.survey, order.wanted.filled)
