"""The house style of print: width of digits and letters, the sign of "not set", Roman numerals; nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.kpi_value import NOT_SET, plain
from dxkpi_xl.cycle.model import AS_WRITTEN, COMMA, FULL_WIDTH, HALF_WIDTH, ROMAN_LETTERS, Cycle
from dxkpi_xl.form.columns import Column

_PLAIN_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,14})")

# An address is typed as it stands, or it leads nowhere.
_ADDRESS = re.compile(r"((?:https?|ftp)://[!-~]+|[0-9A-Za-z._%+-]+@[0-9A-Za-z.-]+)")
_HALF = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TO_FULL = 0xFEE0  # from ! to ~ the full-width forms stand this far behind the half-width ones (Unicode FF01-FF5E)
_WIDEN = {ord(each): ord(each) + _TO_FULL for each in _HALF}
_NARROW = {wide: narrow for narrow, wide in _WIDEN.items()}
# Signs that belong to a number have its width: the comma and the point between digits, the percent sign after one.
_WIDE_SIGNS = re.compile("(?<=[0-9])[,.](?=[0-9])|(?<=[0-9])%")
_NARROW_SIGNS = re.compile("(?<=[０-９])[，．](?=[０-９])|(?<=[０-９])％")

# The area numbers of a plan; Unicode has one sign for each numeral up to twelve (2160-216B).
_LETTERS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_FIRST_SIGN = 0x2160
_SIGN_OF = {letters: chr(_FIRST_SIGN + n) for n, letters in enumerate(_LETTERS)}
_LETTERS_OF = {sign: letters for letters, sign in _SIGN_OF.items()}
_NUMERAL_IN_LETTERS = re.compile("([IVX]+|[ＩＶＸ]+)(?![A-Za-zＡ-Ｚａ-ｚ])")


@dataclass(frozen=True, kw_only=True)
class HouseStyle:
    """Turns what is written into what is printed, as a cycle's settings have it."""

    cycle: Cycle

    def printed(self, column: Column, written: str) -> str:
        """Give the text that a column prints for what is written in it; a number's comma is not put in here."""
        if column.kind == "kpi_value" and plain(written) == NOT_SET:
            return self.cycle.not_set_sign
        if column.key == fields.AREA_NO:
            written = _roman(written, self.cycle.roman_numerals)
        return self.in_width(written)

    def in_width(self, text: str) -> str:
        """Give a text with its digits and letters in the printed width; line breaks and addresses stay."""
        turn = _TURNED.get(self.cycle.character_width)
        if turn is None:
            return text
        parts = _ADDRESS.split(text)
        return "".join(part if n % 2 else turn(part) for n, part in enumerate(parts))

    def number(self, written: str) -> int | None:
        """Give the number that a value is printed as, with a comma at every three digits; None for any other text."""
        # 15 digits are what a number cell holds exactly (Excel specifications and limits); ``007`` stays as written.
        digits = written if self.cycle.character_width == AS_WRITTEN else _narrowed(written)
        matched = _PLAIN_INTEGER.fullmatch(digits) if self.cycle.number_style == COMMA else None
        whole = int(digits.replace(",", "")) if matched else None
        return whole if whole is not None and abs(whole) < 10**15 else None


def _widened(text: str) -> str:
    return _WIDE_SIGNS.sub(lambda sign: chr(ord(sign[0]) + _TO_FULL), text).translate(_WIDEN)


def _narrowed(text: str) -> str:
    return _NARROW_SIGNS.sub(lambda sign: chr(ord(sign[0]) - _TO_FULL), text).translate(_NARROW)


_TURNED: dict[str, Callable[[str], str]] = {FULL_WIDTH: _widened, HALF_WIDTH: _narrowed}


def _roman(area_no: str, style: str) -> str:
    """Give an area number, its first numeral in letters or as one sign: I-3, Ⅰ-3; other numbers stay."""
    if style == AS_WRITTEN:
        return area_no
    if style == ROMAN_LETTERS:
        return f"{_LETTERS_OF.get(area_no[:1], area_no[:1])}{area_no[1:]}"
    numeral = _NUMERAL_IN_LETTERS.match(area_no)
    sign = _SIGN_OF.get(_narrowed(numeral[0])) if numeral else None
    return f"{sign}{area_no[numeral.end() :]}" if numeral and sign else area_no
