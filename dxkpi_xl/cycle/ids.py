"""Ids for life: the shapes they have, the next free one, and the order of things that have no other order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol, TypeVar

PROJECT_PREFIX, LISTING_PREFIX, KPI_PREFIX = "P", "L", "K"
_DIGITS = 4

_PIECES = re.compile(r"([0-9]+)")


class HasId(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""


T = TypeVar("T", bound=HasId)


def next_id(prefix: str, taken: Collection[str]) -> str:
    """Give the id after the highest one taken: ``P0052`` after P0051, ``P0001`` when none is taken.

    A gap is not filled: an id once given belongs to its thing for life, even if that is gone.
    """
    return next(free_ids(prefix, taken))


def free_ids(prefix: str, taken: Iterable[str]) -> Iterator[str]:
    """Give one free id after another, from the one after the highest taken."""
    shape = re.compile(re.escape(prefix) + "([0-9]+)")
    numbers = [int(matched[1]) for matched in map(shape.fullmatch, taken) if matched is not None]
    for number in itertools.count(max(numbers, default=0) + 1):
        yield f"{prefix}{number:0{_DIGITS}}"


def in_id_order(things: Iterable[T]) -> tuple[T, ...]:
    """Sort things by id, numbers by their value: the order of projects and KPIs, which are printed in no order."""
    return tuple(sorted(things, key=lambda thing: (natural(thing.id), thing.id)))


def natural(id_: str) -> tuple[tuple[str, int], ...]:
    """Give the key that sorts K9 before K10."""
    if id_[1:].isdigit() and id_.isascii() and id_[0].isalpha():  # as nearly all are: a letter and a number
        return (id_[0], int(id_[1:])), ("", 0)
    pieces = _PIECES.split(id_)
    numbers = [int(piece) for piece in pieces[1::2]] + [0]
    return tuple(zip(pieces[0::2], numbers, strict=True))
