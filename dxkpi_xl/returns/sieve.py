"""Looks for the few texts that matter among the many that all returns have in common."""

from __future__ import annotations

from collections.abc import Callable

_MOST = 16_384
_LONGEST = 100


class Sieve:
    """Passes on the texts that fit; of short ones that were met and do not, none is asked about again.

    Most cells of a return say what those of others say: headings, choices and examples.
    """

    def __init__(self, fits: Callable[[str], bool]) -> None:
        self._fits = fits
        self._met: set[str] = set()

    def of(self, texts: frozenset[str]) -> frozenset[str]:
        """Give those of some texts that fit."""
        new = texts - self._met
        found = frozenset(text for text in new if self._fits(text))
        if len(self._met) < _MOST:
            self._met.update(text for text in new - found if len(text) <= _LONGEST)
        return found
