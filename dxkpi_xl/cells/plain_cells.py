"""The cells of a plainly written sheet: found by one pattern, each made when the sheet is asked for any.

Of most sheets of a return nobody asks more than what they say; what must be refused is looked at as they are found.
"""

import re
from collections.abc import Container, Iterator
from functools import cache, cached_property, lru_cache
from itertools import compress, repeat
from operator import itemgetter
from typing import NamedTuple

from dxkpi_xl.cells.model import LONGEST_FORMULA, Cell, CellsOnDemand
from dxkpi_xl.cells.shared_strings import resolved
from dxkpi_xl.cells.sheet_context import SheetContext
from dxkpi_xl.cells.shown import Shown, show_value
from dxkpi_xl.cells.styles_part import PLAIN

# Rows of seven digits and columns of three letters, which nobody fills, are left to the pass with all others.
_ADDRESS = rb"([A-Z]{1,2}[1-9][0-9]{0,5})"
_MORE = rb'(?: (?:cm|vm|ph)="[^"<]*")*+'  # what Excel notes of arrays, rich values and readings
_CUT = re.compile(rb"<(?:c|row) ")
# Empty cells, ends of rows and beginnings of rows that are not hidden are skipped; then one cell with a shared string,
# or with a formula, a value or a text of its own, or any other tag: so that none is overlooked. Nothing need follow, or
# what was skipped would be looked at again and again. That tags are closed as they were opened is known by then.
_NEXT = re.compile(
    rb'(?:<c [^<>/]*+/>|</row>|<row r="[1-9][0-9]{0,5}"(?![^<>]*hidden)[^<>]*+>)*+(?:'
    rb'<c r="' + _ADDRESS + rb'"(?: s="([0-9]{1,9})")?(?: t="s"' + _MORE + rb"><v>([0-9]{1,9})</v></c>"
    rb'|(?: t="([A-Za-z]{1,9})")?' + _MORE + rb'>(?:(<f)(?: [A-Za-z0-9]+="[^"<]*")*+(?:/>|>([^<]*)</f>))?'
    rb'(?:(?:<v>|(?<= t="inlineStr">)<is><t(?: xml:space="preserve")?>)([^<]*)(?:</v>|</t></is>)|<v ?/>)?</c>)'
    rb"|(<)|(?<=>))"
)
_LONGEST_WRITTEN = 10 * LONGEST_FORMULA  # bytes: no character is usually written in more than ten (`&#x10FFFF;`)
_AT_ONCE = 2**18  # bytes: so that no more than some thousand cells stand twice in memory
_MOST_PLACES = 4_096
_PARTS = re.compile(rb"([A-Z]+)([0-9]+)")

# An address, a style, a shared string's index, a type, "<f" of a formula, the formula, a value, "<" of any other tag.
_Found = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes]
_OTHER_TAG = itemgetter(7)


class LeftToThePass(Exception):
    """Something is written otherwise, or is impossible: the pass over all tags reads or refuses it."""


class _Own(NamedTuple):
    """What a cell holds that is more than a text."""

    shown: Shown
    formula: str | None


_NOTHING = Shown("", "", "text")


class PlainCells(CellsOnDemand):
    """The cells that hold something.  Raises LeftToThePass for more than allowed, two at one place, unknown strings."""

    def __init__(self, data: bytes, begin: int, end: int, context: SheetContext) -> None:
        self._context = context
        self._addresses: list[bytes] = []
        self._styles: list[bytes] = []
        self._texts: list[str] = []
        self._own: dict[bytes, _Own] = {}
        self._struck: set[bytes] = set()
        for found in _found(data, begin, end):
            self._add(found)
            if len(self._texts) > context.cells_left:
                raise LeftToThePass
        if len(set(self._addresses)) < len(self._addresses):
            raise LeftToThePass

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def characters(self) -> int:
        return sum(map(len, self._texts))

    @cached_property
    def texts(self) -> frozenset[str]:
        return frozenset(self._texts)

    @cached_property
    def made(self) -> dict[tuple[int, int], Cell]:
        places = _places(self._addresses)
        return dict(zip(places, self._make(self._addresses, places, self._styles, self._texts), strict=True))

    def saying(self, texts: Container[str]) -> Iterator[Cell]:
        found = [n for n, text in enumerate(self._texts) if text in texts]
        addresses, styles = [self._addresses[n] for n in found], [self._styles[n] for n in found]
        return self._make(addresses, _places(addresses), styles, [self._texts[n] for n in found])

    def _make(
        self, addresses: list[bytes], places: list[tuple[int, int]], styles: list[bytes], texts: list[str]
    ) -> Iterator[Cell]:
        """Past Cell.__new__, which would cost as much as all the rest."""
        style_of, own, struck_strings, new = self._context.styles_in_bytes.get, self._own, self._struck, tuple.__new__
        for address, (row, col), style, text in zip(addresses, places, styles, texts, strict=True):
            number_format, _, struck = style_of(style, PLAIN)
            if address in own:
                (_, raw, kind), formula = own[address]
                yield Cell(row, col, text, kind, formula, number_format, raw, struck)
            else:
                struck = struck or address in struck_strings
                yield new(Cell, (row, col, text, "text", None, number_format, text, struck))

    def _add(self, found: list[_Found]) -> None:
        """Keep the cells of some rows that hold something: nearly all are shared strings."""
        if any(map(_OTHER_TAG, found)):
            raise LeftToThePass
        cells = [each for each in found if each[0]]
        if not cells:
            return
        addresses, styles, indexes, *_ = zip(*cells, strict=True)
        texts = list(map(self._context.strings_in_bytes.get, indexes, repeat("")))
        blank = [n for n, text in enumerate(texts) if not text]
        for n in blank:
            texts[n] = self._told(cells[n])
        if any(not texts[n] and addresses[n] not in self._own for n in blank):
            kept = [bool(text) or address in self._own for text, address in zip(texts, addresses, strict=True)]
            addresses, styles = tuple(compress(addresses, kept)), tuple(compress(styles, kept))
            texts = list(compress(texts, kept))
        self._addresses += addresses
        self._styles += styles
        self._texts += texts
        strings = self._context.strings
        if strings.struck:
            said = {index for index in strings.struck if strings.texts[index]}
            self._struck.update(each[0] for each in cells if each[2] and int(each[2]) in said)

    def _told(self, found: _Found) -> str:
        """What a cell says that is no usual shared string; what there is to it besides is noted."""
        address, style_index, index, kind, begun, written, value, _ = found
        if index:
            return self._string(int(index))
        formula = _formula(written[:_LONGEST_WRITTEN]) if begun else None
        shown = self._shown(kind, value, style_index) if value else _NOTHING
        if formula is not None or (shown.text and (shown.kind != "text" or shown.raw != shown.text)):
            self._own[address] = _Own(shown, formula)
        return shown.text

    def _string(self, index: int) -> str:
        texts = self._context.strings.texts
        if index >= len(texts):
            raise LeftToThePass
        return texts[index]

    def _shown(self, kind: bytes, value: bytes, style_index: bytes) -> Shown:
        if kind == b"s":  # and no number of a shared string
            raise LeftToThePass
        style = self._context.styles_in_bytes.get(style_index, PLAIN)
        told = kind.decode() or "n"
        return show_value(told, resolved(value.decode()), style.meaning, epoch_1904=self._context.epoch_1904)


def _found(data: bytes, begin: int, end: int) -> Iterator[list[_Found]]:
    """The groups of what `_NEXT` finds, some cells at a time; nothing that a program writes is longer than a piece."""
    while begin < end:
        cut = _CUT.search(data, begin + _AT_ONCE, end)
        stop = cut.start() if cut else end
        if stop - begin > 4 * _AT_ONCE:
            raise LeftToThePass
        yield _NEXT.findall(data, begin, stop)
        begin = stop


@lru_cache(maxsize=512)
def _formula(beginning: bytes) -> str:
    """The formula's beginning: all returns have the same ones."""
    return resolved(beginning.decode(errors="ignore"))[:LONGEST_FORMULA]


def _places(addresses: list[bytes]) -> list[tuple[int, int]]:
    """Row and column of each address; returns have the same ones, a ledger has too many to be remembered."""
    if len(addresses) > _MOST_PLACES:
        return [(int(digits), column(letters)) for letters, digits in _PARTS.findall(b" ".join(addresses))]
    return list(map(_PLACES.__getitem__, addresses))


class _Places(dict[bytes, tuple[int, int]]):
    """Row and column by address, of some thousand addresses."""

    def __missing__(self, address: bytes) -> tuple[int, int]:
        letters, digits = _PARTS.findall(address)[0]
        place = int(digits), column(letters)
        if len(self) < _MOST_PLACES:
            self[address] = place
        return place


_PLACES = _Places()


@cache
def column(letters: bytes) -> int:
    """The number of a column: 1 for A."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
