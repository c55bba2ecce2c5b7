"""How a respondent's text is cleaned, and nothing more: what they wrote is what is printed."""

from __future__ import annotations

import datetime
import re
import unicodedata

from dxkpi_xl import years

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WESTERN = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?( .*)?")
_JAPANESE = re.compile(r"(令和|平成|R|H)(元|[0-9]{1,2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


def cleaned(text: str) -> str:
    """Give a text in NFC with LF line ends, without control characters, tabs as spaces, ends trimmed.

    NFKC is not applied: it would change ① and ㈱, which are the respondent's words.
    """
    flat = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    lines = [line.rstrip() for line in _CONTROLS.sub("", flat).split("\n")]
    return "\n".join(lines).strip()


def read_date(text: str) -> datetime.date | None:
    """Read a date as officials write it: 2024-05-10, 2024/5/10, 令和6年5月10日, R6.5.10; None for anything else."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    western = _WESTERN.fullmatch(plain) or _WESTERN.fullmatch(text.strip())
    japanese = _JAPANESE.fullmatch(plain)
    try:
        if western:
            return datetime.date(int(western[1]), int(western[2]), int(western[3]))
        if japanese:
            letter = {name: letter for letter, name, _ in years.ERAS}.get(japanese[1], japanese[1])
            number = 1 if japanese[2] == "元" else int(japanese[2])
            return datetime.date(years.western(f"{letter}{number}"), int(japanese[3]), int(japanese[4]))
    except ValueError:
        return None
    return None
