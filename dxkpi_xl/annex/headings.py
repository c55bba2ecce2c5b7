"""The three heading rows over the annex's columns, and how they are merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from dxkpi_xl.cycle.model import Cycle
from dxkpi_xl.form.columns import AnnexColumn, Column, Form

HEADING_ROWS = 3

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading cell: its text and its area; heading rows and columns are counted from 1, ends within."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def headings(form: Form, cycle: Cycle, columns: Sequence[Column]) -> tuple[Heading, ...]:
    """Give the heading cells: groups, parents below them, columns below those; what has no parent reaches up."""
    groups = {group.key: group.label.replace("{year_label}", cycle.year_label) for group in form.groups}
    found: list[Heading] = []
    for key, left, right in _stretches(columns, lambda annex: annex.group):
        if key:
            found.append(Heading(text=groups[key], top=1, left=left, bottom=1, right=right))
    for (_, key), left, right in _stretches(columns, lambda annex: (annex.group, annex.parent)):
        if key:
            found.append(Heading(text=key, top=2, left=left, bottom=2, right=right))
    for number, column in enumerate(columns, start=1):
        annex = annex_of(column)
        top = 3 if annex.parent else 2 if annex.group else 1
        found.append(Heading(text=annex.heading, top=top, left=number, bottom=HEADING_ROWS, right=number))
    return tuple(sorted(found, key=lambda heading: (heading.top, heading.left)))


def annex_of(column: Column) -> AnnexColumn:
    """Give a column's place in the annex; ValueError for a column that is not printed."""
    if column.annex is None:
        raise ValueError(f"not printed in the annex: {column.key}")
    return column.annex


def spoken_heading(column: Column) -> str:
    """Give a column's parent and heading on one line, as a person names it: 目標値 R6."""
    annex = annex_of(column)
    return f"{annex.parent} {annex.heading}".strip()


def _stretches(columns: Sequence[Column], key: Callable[[AnnexColumn], T]) -> Iterator[tuple[T, int, int]]:
    numbered = enumerate(columns, start=1)
    for value, members in groupby(numbered, lambda pair: key(annex_of(pair[1]))):
        numbers = [number for number, _ in members]
        yield value, numbers[0], numbers[-1]
