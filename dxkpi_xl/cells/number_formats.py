"""What a number format makes of a number: a percent, a date, words around it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

GENERAL = "General"

# ECMA-376 part 1, 18.8.30: the ids without a code in the file; 27-36 and 50-58 as in Japanese Excel.
_ERA_POINTS = "[$-411]ge.m.d"
_ERA_WORDS = '[$-411]ggge"年"m"月"d"日"'
_YEAR_MONTH = 'yyyy"年"m"月"'
_MONTH_DAY = 'm"月"d"日"'
BUILTIN_FORMATS: dict[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;[Red]¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;[Red]¥-#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _ERA_POINTS,
    28: _ERA_WORDS,
    29: _ERA_WORDS,
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    34: _YEAR_MONTH,
    35: _MONTH_DAY,
    36: _ERA_POINTS,
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: _ERA_POINTS,
    51: _ERA_WORDS,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _ERA_WORDS,
    55: _YEAR_MONTH,
    56: _MONTH_DAY,
    57: _ERA_POINTS,
    58: _ERA_WORDS,
}


class Shows(StrEnum):
    """What a number stands for under a format."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    DATE_TIME = "date_time"
    TIME = "time"
    DURATION = "duration"  # [h]:mm, may pass 24 hours


@dataclass(frozen=True, kw_only=True)
class FormatMeaning:
    """What the format makes of a number, and the words it puts around it (`0"件"`: 件), never signs or currencies."""

    shows: Shows
    prefix: str = ""
    suffix: str = ""


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|(?P<skipped>[_*].?)|\[(?P<bracket>[^\]]*)\]?'
    r"|(?P<general>general|G/標準)|(?P<half_day>AM/PM|A/P)|(?P<exponent>E[+-])|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_DIGITS = frozenset("0#?")
_NUMBER_SIGNS = frozenset("0#?.,/+-@% ")
_MAX_CODE = 2_000  # Excel keeps 255 characters; a longer one is read as General


@lru_cache(maxsize=1024)
def format_meaning(code: str) -> FormatMeaning:
    """The meaning of a format code, taken from its first section that shows a number (`[=0]"-";0.0%`: percent)."""
    if code == GENERAL or len(code) > _MAX_CODE:
        return FormatMeaning(shows=Shows.NUMBER)
    for section in _sections(code):
        meaning = _section_meaning(section)
        if meaning is not None:
            return meaning
    return FormatMeaning(shows=Shows.NUMBER)


_Token = tuple[str, str]  # (what it is, its text)


def _sections(code: str) -> list[list[_Token]]:
    sections: list[list[_Token]] = [[]]
    for match in _TOKEN.finditer(code):
        name = match.lastgroup or "plain"
        token = (name, match[name])
        if token == ("plain", ";"):
            sections.append([])
        else:
            sections[-1].append(token)
    return sections


def _section_meaning(section: list[_Token]) -> FormatMeaning | None:
    """None if the section shows no number, only words or the text of the cell."""
    if any(name == "bracket" and _ELAPSED.fullmatch(text) for name, text in section):
        return FormatMeaning(shows=Shows.DURATION)
    first = next((at for at, token in enumerate(section) if _is_digit(token)), None)
    if first is None or any(token in _DATE_SIGNS for token in section[:first]):
        return _calendar_meaning(section)
    last = max(at for at, token in enumerate(section) if _is_digit(token))
    tail = section[last + 1 :]
    percents = section.count(("plain", "%"))
    shows = Shows.PERCENT if percents else Shows.NUMBER
    if tail[:1] == [("plain", ",")] or percents > 1 or any(name == "exponent" for name, _ in section):
        return FormatMeaning(shows=shows)  # counted in thousands: words after it would be of another number
    return FormatMeaning(shows=shows, prefix=_words(section[:first]), suffix=_words(tail))


def _calendar_meaning(section: list[_Token]) -> FormatMeaning | None:
    letters = "".join(text.lower() for name, text in section if name == "plain")
    has_time = "h" in letters or "s" in letters or any(name == "half_day" for name, _ in section)
    has_date = any(sign in letters for sign in ("y", "d", "g", "e", "aaa")) or ("m" in letters and not has_time)
    if has_date:
        return FormatMeaning(shows=Shows.DATE_TIME if has_time else Shows.DATE)
    return FormatMeaning(shows=Shows.TIME) if has_time else None


_DATE_SIGNS = frozenset(("plain", sign) for sign in "ymdhsgeYMDHSGE")


def _is_digit(token: _Token) -> bool:
    return token[0] == "general" or (token[0] == "plain" and token[1] in _DIGITS)


def _words(tokens: list[_Token]) -> str:
    """The literal text, if it says anything: 件, 万枚, 約, a quoted %; not ¥, -, ▲ nor brackets."""
    words = "".join(
        text
        for name, text in tokens
        if name in ("quoted", "escaped") or (name == "plain" and text not in _NUMBER_SIGNS)
    ).strip()
    return words if any(character.isalpha() or character in "%％‰" for character in words) else ""
