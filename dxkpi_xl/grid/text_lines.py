"""How a text breaks into lines in a column of fixed-pitch Japanese type.

Half width is 0.5 em and full width 1 em; characters that east-asian width calls ambiguous (①, ○, Ⅰ, …) are full width
in Japanese fonts.  Excel keeps 、。） from beginning a line and （「 from ending one; LibreOffice's cells do not, so
``count_lines`` takes the larger of both counts.  Latin words, numbers and URLs break at spaces; one that is longer
than a line begins a new line and breaks inside.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

#: Not at the beginning of a line: Office's standard set for Japanese.
_NEVER_FIRST = "!%),.:;?]}¢°’”‰′″℃、。々〉》」』】〕゛゜ゝゞ・ヽヾ！％），．：；？］｝｡｣､･ﾞﾟ￠"
#: Not at the end of a line.
_NEVER_LAST = "$([{£¥‘“〈《「『【〔＄（［｛｢￡￥"

#: Kana, ideographs, wide digits and letters: 1 em each, and a line may end before and after each of them.
_LETTERS = "ぁ-ゖァ-ヺー〇一-鿿０-９Ａ-Ｚａ-ｚ"
#: The commonest of the signs, where nothing ties them to their neighbours.
_SIGNS = "々、。「」『』【】（）・：！？"
#: A word (half width without spaces), a run of spaces, or one full-width character.
_WORD, _SPACES = r"[!-~¥\uff61-\uff9f]+", r"[ \t]+"
_PIECE = f"(?:{_WORD}|{_SPACES}|.)"
_FIRST, _LAST = re.escape(_NEVER_FIRST), re.escape(_NEVER_LAST)
#: Each gives pairs (characters of 1 em, each a piece; one other piece), one of the two blank.
_WHOLE_WORDS = re.compile(f"([{_LETTERS}{_SIGNS}]+)|({_PIECE})")
#: The same, but a word may also break after - / ? as LibreOffice does.
_SPLIT_WORDS = re.compile(rf"([{_LETTERS}{_SIGNS}]+)|([!-~¥\uff61-\uff9f]+?[-/?]+|{_PIECE})")
#: The same, with the signs that must not begin or end a line tied to their neighbours.
_KEPT_TOGETHER = re.compile(
    rf"([{_LETTERS}]+(?![{_FIRST}]))|({_PIECE}(?:(?<=[{_LAST}]){_PIECE}|(?<!\s)(?=[{_FIRST}]){_PIECE})*)"
)
_SPLITTING = re.compile("[-/?]")
_TAB_EM = 4.0


class _Widths(dict[str, float]):
    """The width of each character in em, found at its first use."""

    def __missing__(self, character: str) -> float:
        self[character] = wide = _character_em(character)
        return wide


def _character_em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf", "Cc"):
        return _TAB_EM if character == "\t" else 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


_width_of = _Widths().__getitem__


def em(text: str) -> float:
    """Width of a text in em: 0.5 a half-width, 1 a full-width or ambiguous character, 0 a combining mark."""
    return sum(map(_width_of, text))


def count_lines(text: str, width: float) -> int:
    """Lines that a text takes in a column ``width`` em wide; an empty text takes one."""
    # No character but the tab is wider than 1 em, nor one of ASCII than 0.5: most cells are judged by their length.
    length = len(text)
    if (length <= width or (length <= 2 * width and text.isascii())) and "\n" not in text and "\t" not in text:
        return 1
    return _counted(text, width)


@lru_cache(maxsize=4096)
def _counted(text: str, width: float) -> int:
    lines = text.replace("\r\n", "\n").split("\n")
    return sum(_lines_of_paragraph(line, width) for line in lines)


def _lines_of_paragraph(line: str, width: float) -> int:
    if len(line) <= width and "\t" not in line:
        return 1
    lines, any_longer = _count(_KEPT_TOGETHER.findall(line), width)
    # The other ways only have more places at which a line may end: with no piece longer than a line, no more lines.
    if not any_longer:
        return lines
    others = (_WHOLE_WORDS, _SPLIT_WORDS) if _SPLITTING.search(line) else (_WHOLE_WORDS,)
    return max(lines, *(_count(way.findall(line), width)[0] for way in others))


def _count(pieces: Sequence[tuple[str, str]], width: float) -> tuple[int, bool]:
    """The lines that pieces take, and whether one of them is longer than a line."""
    lines, used, any_longer = 1, 0.0, False
    for plain, piece in pieces:
        if plain:
            begun, used = _plain(len(plain), used, width)
            lines += begun
            continue
        needed = em(piece)
        if used + needed <= width:
            used += needed
        elif piece.isspace() and piece.isascii():
            used = width  # spaces at the end of a line do not begin the next
        elif needed <= width:
            lines, used = lines + 1, needed
        else:
            begun, after = _on_a_new_line(piece, width)
            lines, used, any_longer = lines + (begun if used else begun - 1), after, True
    return lines, any_longer


def _plain(count: int, used: float, width: float) -> tuple[int, float]:
    """Lines begun by so many plain characters after ``used`` em of a line, and the width used on the last of them."""
    here = max(0, int(width - used))  # a tab may have gone beyond the width
    if count <= here:
        return 0, used + count
    left, each = count - here, max(1, int(width))
    begun = -(-left // each)
    return begun if used or here else begun - 1, float(left - (begun - 1) * each)


def _on_a_new_line(piece: str, width: float) -> tuple[int, float]:
    """Lines begun by a piece that does not fit the current one, and the width used on the last of them."""
    lines, used = 1, 0.0
    for character in piece:
        wide = _width_of(character)
        if used and used + wide > width:
            lines, used = lines + 1, 0.0
        used += wide
    return lines, used
