"""The text of an OpenDocument cell: its paragraphs, with the white space that is meant."""

import re

_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 32_767  # an Excel cell holds no more characters


class CellText:
    """The paragraphs of one cell, joined by LF.

    White space in the XML collapses to one space and vanishes at both ends of a paragraph; what is meant stands as
    <text:s>, <text:tab>, <text:line-break> [ODF 1.3 part 3, 6.1.2].
    """

    def __init__(self) -> None:
        self._paragraphs: list[str] = []
        self._pieces: list[str] | None = None  # None: not within a paragraph

    def start_paragraph(self) -> None:
        self._pieces = []

    def characters(self, piece: str) -> None:
        if self._pieces is not None:
            self._pieces.append(piece)

    def spaces(self, count: str) -> None:
        number = int(count) if count.isascii() and count.isdigit() and len(count) < 6 else 1
        self._meant(" " * min(number, _MOST_SPACES))

    def tab(self) -> None:
        self._meant("\t")

    def line_break(self) -> None:
        self._meant("\n")

    def end_paragraph(self) -> None:
        if self._pieces is not None:
            self._paragraphs.append(_collapsed(self._pieces))
            self._pieces = None

    @property
    def found(self) -> bool:
        return bool(self._paragraphs)

    def text(self) -> str:
        return "\n".join(self._paragraphs)

    def _meant(self, piece: str) -> None:
        if self._pieces is not None:
            self._pieces += ("", piece, "")  # an empty piece on each side keeps it from the literal ones


def _collapsed(pieces: list[str]) -> str:
    """Literal runs and meant pieces in turn; literal pieces between two meant ones are one run."""
    written: list[str] = []
    literal: list[str] = []
    rest = iter(pieces)
    for piece in rest:
        if piece:
            literal.append(piece)
        else:
            written += (_WHITE.sub(" ", "".join(literal)), next(rest))
            literal.clear()
            next(rest)
    written.append(_WHITE.sub(" ", "".join(literal)))
    written[0] = written[0].lstrip(" ")
    written[-1] = written[-1].rstrip(" ")
    return "".join(written)
