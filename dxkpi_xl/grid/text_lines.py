"""How a text breaks into lines in a column of fixed-pitch Japanese type.

Half width is 0.5 em and full width 1 em; characters that east-asian width calls ambiguous (①, ○, Ⅰ, …) are full width
in Japanese fonts.  Excel keeps 、。） from beginning a line and （「 from ending one; LibreOffice's cells do not, so
``count_lines`` takes the larger of both counts.  Latin words, numbers and URLs break at spaces; one that is longer
than a line begins a new line and breaks inside.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

#: Not at the beginning of a line: Office's standard set for Japanese.
_NEVER_FIRST = frozenset("!%),.:;?]}¢°’”‰′″℃、。々〉》」』】〕゛゜ゝゞ・ヽヾ！％），．：；？］｝｡｣､･ﾞﾟ￠")
#: Not at the end of a line.
_NEVER_LAST = frozenset("$([{£¥‘“〈《「『【〔＄（［｛｢￡￥")

#: A word (half width without spaces), a run of spaces, or one full-width character.
_WHOLE_WORDS = re.compile(r"[!-~¥\uff61-\uff9f]+|[ \t]+|.")
#: The same, but a word may also break after - / ? as LibreOffice does.
_SPLIT_WORDS = re.compile(r"[!-~¥\uff61-\uff9f]+?[-/?]+|[!-~¥\uff61-\uff9f]+|[ \t]+|.")
_TAB_EM = 4.0


@lru_cache(maxsize=8192)
def _character_em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return _TAB_EM if character == "\t" else 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def em(text: str) -> float:
    """Width of a text in em: 0.5 a half-width, 1 a full-width or ambiguous character, 0 a combining mark."""
    return sum(map(_character_em, text))


@lru_cache(maxsize=16_384)
def count_lines(text: str, width: float) -> int:
    """Lines that a text takes in a column ``width`` em wide; an empty text takes one."""
    lines = text.replace("\r\n", "\n").split("\n")
    return sum(_lines_of_paragraph(line, width) for line in lines)


def _lines_of_paragraph(line: str, width: float) -> int:
    if em(line) <= width:
        return 1
    whole, split = _WHOLE_WORDS.findall(line), _SPLIT_WORDS.findall(line)
    return max(_count(pieces, width) for pieces in (whole, split, _kept_together(whole)))


def _kept_together(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces with the signs that must not begin or end a line tied to their neighbours."""
    kept = ""
    for piece in pieces:
        tied = kept and not kept[-1].isspace() and (piece[0] in _NEVER_FIRST or kept[-1] in _NEVER_LAST)
        if tied or not kept:
            kept += piece
        else:
            yield kept
            kept = piece
    if kept:
        yield kept


def _count(pieces: Iterable[str], width: float) -> int:
    lines, used = 1, 0.0
    for piece in pieces:
        needed = em(piece)
        if used + needed <= width:
            used += needed
        elif piece.isspace() and piece.isascii():
            used = width  # spaces at the end of a line do not begin the next
        else:
            begun, after = _on_a_new_line(piece, width)
            lines, used = lines + (begun if used else begun - 1), after
    return lines


def _on_a_new_line(piece: str, width: float) -> tuple[int, float]:
    """Lines begun by a piece that does not fit the current one, and the width used on the last of them."""
    lines, used = 1, 0.0
    for character in piece:
        wide = _character_em(character)
        if used and used + wide > width:
            lines, used = lines + 1, 0.0
        used += wide
    return lines, used
