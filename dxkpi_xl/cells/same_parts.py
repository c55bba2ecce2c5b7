"""Parts that are byte for byte the same in one file after the other, as the styles of all returns are: read once."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from dxkpi_xl.cells.xml_pass import XmlPart

Value = TypeVar("Value")

_MOST_PARTS = 16
_MOST_BYTES = 64 * 1024


def read_once(read: Callable[[XmlPart], Value]) -> Callable[[XmlPart], Value]:
    """The same function, which remembers some small parts by name and bytes; what it gives must not be changed."""
    remembering = lru_cache(maxsize=_MOST_PARTS)(read)

    def reading(part: XmlPart) -> Value:
        return remembering(part) if len(part.data) <= _MOST_BYTES else read(part)

    return reading
