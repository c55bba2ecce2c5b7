"""The items that several threads do between them, each with a child of its own, and the outcomes in their order."""

import pickle
import threading
from collections import deque
from collections.abc import Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

_MOST_AT_ONCE = 16  # items that are sent together
_ENOUGH_BYTES = 64 * 1024  # in one sending, but for one larger item
_SHARES = 4  # sendings that each worker still gets of what is left, so that none waits long for the last


class Work(Generic[Item, Outcome]):
    """What is still to be done, and what has been done but not yet asked for; more may come until it is complete."""

    def __init__(self, items: Sequence[Item], workers: int) -> None:
        self.done = 0
        self._items = items
        self._more: list[Item] = []
        self._complete = False
        self._workers = workers
        self._changed = threading.Condition()
        self._next = 0
        self._given_back: deque[int] = deque()
        self._underway = 0  # items that a worker has taken
        self._awaited = 0
        self._outcomes: dict[int, Outcome] = {}
        self._error: BaseException | None = None
        self._closed = False

    @property
    def total(self) -> int:
        """How many items there are, as yet."""
        return len(self._items) + len(self._more)

    def add(self, items: Sequence[Item]) -> None:
        """Let more be done, after all others."""
        with self._changed:
            self._more.extend(items)
            self._changed.notify_all()

    def complete(self) -> None:
        """Say that no more will come."""
        with self._changed:
            self._complete = True
            self._changed.notify_all()

    def take(self) -> tuple[list[int], list[bytes]]:
        """Some items, by their places and pickled: small ones together, one that was given back alone; none at the end.

        Waits while more may come, or others may still give back some.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_left() or self._closed or (self._complete and not self._underway))
            if self._closed or not self._is_left():
                return [], []
            if self._given_back:
                taken = [self._given_back.popleft()]
            else:
                left = self.total - self._next
                count = max(1, min(_MOST_AT_ONCE, left // (self._workers * _SHARES)))
                taken = list(range(self._next, self._next + count))
                self._next += count
            self._underway += len(taken)
        return self._pickled(taken)

    def _is_left(self) -> bool:
        return bool(self._given_back) or self._next < self.total

    def _item(self, index: int) -> Item:
        return self._items[index] if index < len(self._items) else self._more[index - len(self._items)]

    def _pickled(self, taken: list[int]) -> tuple[list[int], list[bytes]]:
        pickled: list[bytes] = []
        for index in taken:
            pickled.append(pickle.dumps(self._item(index), pickle.HIGHEST_PROTOCOL))
            if sum(map(len, pickled)) >= _ENOUGH_BYTES:
                break
        self.give_back(taken[len(pickled) :])
        return taken[: len(pickled)], pickled

    def give_back(self, indices: Sequence[int]) -> None:
        """Leave items to be taken again, one by one."""
        with self._changed:
            self._given_back.extend(indices)
            self._underway -= len(indices)
            self._changed.notify_all()

    def put(self, index: int, outcome: Outcome) -> None:
        """Keep an outcome until it is asked for."""
        with self._changed:
            self._outcomes[index] = outcome
            self._underway -= 1
            self.done += 1
            if index == self._awaited or not self._underway:
                self._changed.notify_all()

    def fail(self, error: BaseException) -> None:
        """Say that a worker cannot go on: whoever waits is told."""
        with self._changed:
            self._error = self._error or error
            self._changed.notify_all()

    def is_ready(self, index: int, seconds: float) -> bool:
        """Whether the outcome of an item is there, waiting so long for it.  Raises what a worker failed with."""
        with self._changed:
            self._awaited = index
            self._changed.wait_for(lambda: index in self._outcomes or self._error is not None, seconds)
            if index not in self._outcomes and self._error is not None:
                raise self._error
            return index in self._outcomes

    def pop(self, index: int) -> Outcome:
        """The outcome of an item, which is then kept no longer."""
        with self._changed:
            return self._outcomes.pop(index)

    def close(self) -> None:
        """Let nobody take anything more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
