"""Fiscal years as officials write them: ``R6`` is 令和6年度, the year from April 2024."""

from __future__ import annotations

import re

# First western year of each era, newest first (元号を改める政令). A fiscal year is named for its April.
ERAS: tuple[tuple[str, str, int], ...] = (("R", "令和", 2019), ("H", "平成", 1989), ("S", "昭和", 1926))

_YEAR = re.compile(r"([RHS])([1-9][0-9]?)")


def is_year(key: str) -> bool:
    """Say whether a text is a year key such as ``R6``."""
    return _YEAR.fullmatch(key) is not None


def western(key: str) -> int:
    """Give the western year in which a fiscal year begins: ``R6`` is 2024. ValueError for any other text."""
    matched = _YEAR.fullmatch(key)
    if matched is None:
        raise ValueError(f"not a year key: {key!r}")
    first = {letter: year for letter, _, year in ERAS}[matched[1]]
    return first + int(matched[2]) - 1


def year_key(western_year: int) -> str:
    """Give the key of the fiscal year that begins in a western year: 2024 is ``R6``."""
    for letter, _, first in ERAS:
        if western_year >= first:
            return f"{letter}{western_year - first + 1}"
    raise ValueError(f"before the eras known here: {western_year}")


def year_label(key: str) -> str:
    """Give the label in words: ``R6`` is 令和6年度, ``R1`` 令和元年度."""
    name = {letter: name for letter, name, _ in ERAS}[key[0]]
    number = int(key[1:])
    return f"{name}{'元' if number == 1 else number}年度"


def shifted(key: str, years: int) -> str:
    """Give the year a number of years later: ``R6`` shifted by 1 is ``R7``."""
    return year_key(western(key) + years)
