"""How a respondent's text is cleaned, and nothing more: what they wrote is what is printed."""

from __future__ import annotations

import re
import unicodedata

# Controls, and what is invisible itself; not the selectors of variants (U+FE00, U+E0100), which names are written with.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)
# Line ends of other systems and programs: Word's soft one is VT, NEL and U+2028 come with text from the web.
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def cleaned(text: str) -> str:
    """Give a text in NFC with LF line ends, without control characters, tabs as spaces, ends trimmed.

    NFKC is not applied: it would change ① and ㈱, which are the respondent's words.
    """
    if text.isprintable():  # on one line, and nothing invisible: nearly every text
        return unicodedata.normalize("NFC", text).strip()
    flat = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    lines = [line.rstrip() for line in _CONTROLS.sub("", flat).split("\n")]
    return "\n".join(lines).strip()
