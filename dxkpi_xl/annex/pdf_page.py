"""What stands on a page of a PDF: characters with their boxes, and ruled lines."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# PDFium gives U+0002 for a hyphen at the end of a line (it expects words to be joined again).
_HYPHEN_AT_LINE_END = "\x02"

# A ruled line is thinner than this, in points; a filled area is wider.
_LINE_THICKNESS = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A box on a page, in points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def reaches_out_of(self, other: Box, by: float) -> bool:
        """Whether it reaches out of another box by more than so many points."""
        return (
            self.left < other.left - by
            or self.right > other.right + by
            or self.bottom < other.bottom - by
            or self.top > other.top + by
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfCharacter:
    """A character that leaves ink: what it is, the box of its ink, and where it was set (x, and y of its line)."""

    text: str
    ink: Box
    x: float
    baseline: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its ink."""
        return (self.ink.left + self.ink.right) / 2, (self.ink.bottom + self.ink.top) / 2


@dataclass(frozen=True, kw_only=True, slots=True)
class PdfPage:
    """A page: its characters without spaces, and the places of its ruled lines (y of level ones, x of upright ones)."""

    characters: tuple[PdfCharacter, ...]
    level_lines: tuple[float, ...]
    upright_lines: tuple[float, ...]


def page_count(data: bytes) -> int:
    """Give the number of pages of a PDF; ``pypdfium2.PdfiumError`` where the bytes are none."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def read_pdf(data: bytes) -> Iterator[PdfPage]:
    """Read the pages of a PDF one by one; ``pypdfium2.PdfiumError`` where the bytes are none."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            yield _page(page)
            page.close()
    finally:
        document.close()


def _page(page: Any) -> PdfPage:
    text = page.get_textpage()
    try:
        characters = tuple(_characters(text))
    finally:
        text.close()
    boxes = list(_paths(page))
    return PdfPage(
        characters=characters,
        level_lines=_merged((b.bottom + b.top) / 2 for b in boxes if _is_thin(b.top - b.bottom, b.right - b.left)),
        upright_lines=_merged((b.left + b.right) / 2 for b in boxes if _is_thin(b.right - b.left, b.top - b.bottom)),
    )


def _characters(text: Any) -> Iterator[PdfCharacter]:
    import pypdfium2.raw as pdfium

    high, handle = 0, text.raw
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))  # filled anew for each character
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        written = "-" if chr(code) == _HYPHEN_AT_LINE_END else chr(code)
        if written.isspace() or pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        if not pdfium.FPDFText_GetCharBox(handle, index, left, right, bottom, top):
            raise ValueError(f"a character without a box: {written}")
        pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        ink = Box(left=left.value, bottom=bottom.value, right=right.value, top=top.value)
        yield PdfCharacter(text=written, ink=ink, x=x.value, baseline=y.value)


def _paths(page: Any) -> Iterator[Box]:
    import pypdfium2.raw as pdfium

    left, bottom, right, top = (ctypes.c_float() for _ in range(4))  # filled anew for each path
    for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
        thing = pdfium.FPDFPage_GetObject(page.raw, number)
        if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_PATH:
            continue  # most are texts; LibreOffice puts no line into a form
        if not pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            raise ValueError(f"a path without bounds: {number}")
        yield Box(left=left.value, bottom=bottom.value, right=right.value, top=top.value)


def _is_thin(thickness: float, length: float) -> bool:
    return thickness <= _LINE_THICKNESS < length


def _merged(places: Iterator[float]) -> tuple[float, ...]:
    """Give the places in order, those of one line drawn in pieces as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _LINE_THICKNESS / 2:
            found.append(place)
    return tuple(found)
