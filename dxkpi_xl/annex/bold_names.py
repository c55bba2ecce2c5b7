"""Which part of a project's name is bold: the name itself, not the parts in brackets that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSING = {"(": ")", "（": "）"}
_BRACKET = re.compile("[()（）]")


def bold_parts(name: str) -> tuple[tuple[str, bool], ...]:
    """Cut a name into (text, is bold); the parts joined are the name.

    A pair of brackets is a part where it ends its line: 「(DX)」 inside デジタル変革(DX)推進事業 belongs to the name.
    A bracket that nobody closes opens a part up to the end.
    """
    runs: list[tuple[str, bool]] = []
    done = 0
    for start, end in _brackets(name):
        if end == len(name) or name[end] == "\n":
            runs += [(name[done:start], True), (name[start:end], False)]
            done = end
    runs.append((name[done:], True))
    return tuple(run for run in runs if run[0])


def _brackets(name: str) -> Iterator[tuple[int, int]]:
    """Give (start, end) of each outermost pair of brackets."""
    awaited: list[str] = []
    start = 0
    for bracket in _BRACKET.finditer(name):
        position, character = bracket.start(), bracket[0]
        if character in _CLOSING:
            if not awaited:
                start = position
            awaited.append(_CLOSING[character])
        elif awaited and character == awaited[-1]:
            awaited.pop()
            if not awaited:
                yield start, position + 1
    if awaited:
        yield start, len(name)
