"""A text too long for one row, split into the texts of continuation rows."""

import re
from dataclasses import replace

from dxkpi_xl.grid.text_height import MOST, CellText

#: Marks that belong to the character before them: accents, variation selectors, joiners.
_JOINED = "[\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]"
#: Where a text may be split, the best first: after a line or sentence, after a clause, between any two characters.
_SPLITS = (
    re.compile(r"[^。\n]*(?:[。\n]+[」』）)]*\n*|$)"),
    re.compile(r"[^、，, ]*(?:[、，, ]+|$)"),
    re.compile(rf".{_JOINED}*", re.DOTALL),
)


def split_to_fit(cell: CellText, most: float = MOST) -> tuple[str, ...]:
    """The text in pieces of at most ``most`` points each; joined they are the text, no character lost or added.

    A piece may end with the line feed at which it was split: leave that out on paper (``removesuffix``).
    """
    return tuple(_pieces(cell, cell.text, most, 0))


def _pieces(cell: CellText, text: str, most: float, level: int) -> list[str]:
    if level == len(_SPLITS) or _fits(cell, text, most):
        return [text]
    pieces: list[str] = []
    current = ""
    for part in filter(None, _SPLITS[level].findall(text)):
        if _fits(cell, current + part, most):
            current += part
            continue
        if current:
            pieces.append(current)
        *whole, current = _pieces(cell, part, most, level + 1)
        pieces += whole
    return [*pieces, current] if current else pieces


def _fits(cell: CellText, text: str, most: float) -> bool:
    return replace(cell, text=text.removesuffix("\n")).height <= most
