"""A text of others as it may be shown on one line: it steers no terminal and turns no line around."""

from __future__ import annotations

import json
import unicodedata

# Controls, invisible formats (text direction, zero width), halves of surrogate pairs, line and paragraph separators.
_STEERING = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
# Emoji are put together with these.
_JOINERS = frozenset("\u200d\u200c")


def one_line(text: str) -> str:
    """Give a text with U+FFFD for each character that is not shown itself but changes how others are."""
    if text.isascii() and text.isprintable():
        return text
    steering = {character for character in set(text) if _steers(character)}
    return text.translate(dict.fromkeys(map(ord, steering), "\ufffd")) if steering else text


def json_lines(data: object) -> str:
    """Give data as JSON over several lines, in which such characters are escaped: the same data, read back."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    steering = {each for each in set(text) if each != "\n" and _steers(each)}
    return text.translate({ord(each): json.dumps(each)[1:-1] for each in steering}) if steering else text


def _steers(character: str) -> bool:
    return unicodedata.category(character) in _STEERING and character not in _JOINERS
