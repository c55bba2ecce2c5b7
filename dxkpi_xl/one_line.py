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
    return "".join("\ufffd" if _steers(character) else character for character in text)


def json_lines(data: object) -> str:
    """Give data as JSON over several lines, in which such characters are escaped: the same data, read back."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return "".join(json.dumps(each)[1:-1] if each != "\n" and _steers(each) else each for each in text)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in _STEERING and character not in _JOINERS
