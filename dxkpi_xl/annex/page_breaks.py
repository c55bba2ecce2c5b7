"""Where pages end: nothing is cut that belongs together, as few pages as can be, filled evenly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

# What a page's end inside an item costs, in shares of a page's height: an item is kept on one page where that does
# not leave a page much emptier than its neighbours.
_ITEM_CUT = 0.02


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Rows that must stay on one page: how many, their height in points, whether a new item begins with them."""

    rows: int
    height: float
    begins_item: bool = False


@dataclass(frozen=True, kw_only=True)
class _Plan:
    cost: float
    ends: tuple[int, ...]


def page_ends(pieces: Sequence[Piece], page_height: float) -> tuple[int, ...]:
    """Give the number of pieces that stand before the end of each page, the last page's included.

    The fewest pages come first, then the least sum of squared empty shares (even filling) and of items cut.
    ValueError for a piece that is higher than a page.
    """
    tallest = max((piece.height for piece in pieces), default=0.0)
    if tallest > page_height:
        raise ValueError(f"higher than a page: {tallest} > {page_height}")
    plans = {0: (0, _Plan(cost=0.0, ends=()))}
    for end in range(1, len(pieces) + 1):
        plans[end] = _best_ending_at(end, pieces, page_height, plans)
    return plans[len(pieces)][1].ends


def _best_ending_at(
    end: int, pieces: Sequence[Piece], page_height: float, plans: dict[int, tuple[int, _Plan]]
) -> tuple[int, _Plan]:
    cut = 0.0 if end == len(pieces) or pieces[end].begins_item else _ITEM_CUT
    candidates = []
    height = 0.0
    for start in range(end - 1, -1, -1):
        height += pieces[start].height
        if height > page_height:
            break
        pages, before = plans[start]
        cost = before.cost + (1 - height / page_height) ** 2 + cut
        candidates.append((pages + 1, _Plan(cost=cost, ends=(*before.ends, end))))
    return reduce(lambda best, plan: plan if _rank(plan) < _rank(best) else best, candidates)


def _rank(plan: tuple[int, _Plan]) -> tuple[int, float]:
    return plan[0], plan[1].cost
