"""Where pages end: nothing is cut that belongs together, as few pages as can be, filled evenly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# What a page's end inside an item costs, in shares of a page's height: an item is kept on one page where that does
# not leave a page much emptier than its neighbours.
_ITEM_CUT = 0.02


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Rows that must stay on one page: how many, their height in points, whether a new item begins with them."""

    rows: int
    height: float
    begins_item: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    """The best way to end a page after some piece: pages so far, their cost, the piece before the last page."""

    pages: int
    cost: float
    before: int


def page_ends(pieces: Sequence[Piece], page_height: float) -> tuple[int, ...]:
    """Give the number of pieces that stand before the end of each page, the last page's included.

    The fewest pages come first, then the least sum of squared empty shares (even filling) and of items cut.
    ValueError for a piece that is higher than a page.
    """
    tallest = max((piece.height for piece in pieces), default=0.0)
    if tallest > page_height:
        raise ValueError(f"higher than a page: {tallest} > {page_height}")
    plans = [_Plan(pages=0, cost=0.0, before=0)]
    for end in range(1, len(pieces) + 1):
        plans.append(_best_ending_at(end, pieces, page_height, plans))
    ends = []
    end = len(pieces)
    while end:
        ends.append(end)
        end = plans[end].before
    return tuple(reversed(ends))


def _best_ending_at(end: int, pieces: Sequence[Piece], page_height: float, plans: Sequence[_Plan]) -> _Plan:
    pages, cost, last_page = min(_ending_at(end, pieces, page_height, plans))
    return _Plan(pages=pages, cost=cost, before=end - last_page)


def _ending_at(
    end: int, pieces: Sequence[Piece], page_height: float, plans: Sequence[_Plan]
) -> Iterator[tuple[int, float, int]]:
    """Give (pages, cost, pieces on the last page) of each way to end a page there."""
    cut = 0.0 if end == len(pieces) or pieces[end].begins_item else _ITEM_CUT
    height = 0.0
    for start in range(end - 1, -1, -1):
        height += pieces[start].height
        if height > page_height:
            break
        before = plans[start]
        yield before.pages + 1, before.cost + (1 - height / page_height) ** 2 + cut, end - start
