"""How a respondent's text is cleaned, and nothing more: what they wrote is what is printed."""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def cleaned(text: str) -> str:
    """Give a text in NFC with LF line ends, without control characters, tabs as spaces, ends trimmed.

    NFKC is not applied: it would change ① and ㈱, which are the respondent's words.
    """
    flat = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    lines = [line.rstrip() for line in _CONTROLS.sub("", flat).split("\n")]
    return "\n".join(lines).strip()
