"""What of a returned text can be written into a cell again."""

from __future__ import annotations

import re

from dxkpi_xl.grid.limits import CELL_LINE_FEEDS, CELL_TEXT, utf16_units

# Reading leaves these out as well (``returns.text``); sent back, they would only go on from file to file.
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LINE_ENDS = re.compile(r"[\x0b\x0c\x85]")


def seen(text: str) -> str:
    """Give a text without controls, which nobody sees or can take out; those that end a line are line feeds."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def fitting(text: str) -> str:
    """Give as much of a text as a cell of Excel can hold, all of it but for texts that no Excel wrote."""
    kept = "\n".join(text.split("\n")[: CELL_LINE_FEEDS + 1])
    kept = kept.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    while utf16_units(kept) > CELL_TEXT:
        kept = kept[: len(kept) - max(1, (utf16_units(kept) - CELL_TEXT) // 2)]
    return kept
