"""調査票ID: the year, the bureau's (and section's) code and a check character, ``R6-01-E``."""

from __future__ import annotations

import re

from dxkpi_xl.form.columns import folded

# ISO/IEC 7064 MOD 37,36: one check character that notices every single error and every swap of neighbours.
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHAPE = re.compile(r"[A-Z][0-9]{1,2}(-[A-Z0-9]+)+-[A-Z0-9]")


def survey_id(year: str, *codes: str) -> str:
    """Give the ID of a survey workbook: ``survey_id("R6", "01")``; codes are of letters and digits."""
    body = "-".join((year, *codes)).upper()
    return f"{body}-{check_character(body)}"


def check_character(body: str) -> str:
    """Give the check character of an ID's body, hyphens left out (ISO/IEC 7064 MOD 37,36)."""
    modulus = len(_ALPHABET)
    product = modulus
    for character in body.replace("-", ""):
        total = (product + _ALPHABET.index(character)) % modulus or modulus
        product = total * 2 % (modulus + 1)
    return _ALPHABET[(modulus + 1 - product) % modulus]


def read_survey_id(written: str) -> str | None:
    """Give the ID that a text holds, width and case folded; None where it has not the shape or the check fails."""
    text = folded(written).upper()
    if not _SHAPE.fullmatch(text):
        return None
    body, _, check = text.rpartition("-")
    return text if check_character(body) == check else None
