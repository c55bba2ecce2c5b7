"""Looks for the few texts that say something among the many that all returns have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Told = TypeVar("Told")

_MOST = 16_384
_LONGEST = 100


class Sieve(Generic[Told]):
    """Gives what texts say, by ``read``; of short ones that say nothing (None), none is read again.

    Most cells of a return say what those of others say: headings, choices and examples.
    """

    def __init__(self, read: Callable[[str], Told | None]) -> None:
        self._read = read
        self._silent: set[str] = set()

    def of(self, texts: frozenset[str]) -> dict[str, Told]:
        """Give what some texts say, by the text; those that say nothing are left out."""
        new = texts - self._silent
        found = {text: told for text in new if (told := self._read(text)) is not None}
        if len(self._silent) < _MOST:
            self._silent.update(text for text in new if text not in found and len(text) <= _LONGEST)
        return found
