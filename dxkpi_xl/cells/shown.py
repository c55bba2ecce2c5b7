"""A number as a person means it: its shortest decimal form, its percent, its date."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from dxkpi_xl.cells.model import CellKind
from dxkpi_xl.cells.number_formats import FormatMeaning, Shows
from dxkpi_xl.cells.shared_strings import plain_text
from dxkpi_xl.cells.xml_pass import TRUE

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_MIDNIGHT = re.compile(r"T00:00(:00(\.0+)?)?Z?\Z")
_EXCEL_DIGITS = 15  # Excel keeps and shows 15 digits: a fraction with more is the noise of a calculation
_PLAIN_DIGITS = 21  # a number longer than this before or after the point keeps its exponent
_LONGEST = 400  # characters; a longer one is no number a program wrote
_DAY = 86_400
_LAST_DAY = 2_958_465  # 9999-12-31
_EPOCH_1904 = 1_462  # days from the one epoch to the other


class Shown(NamedTuple):
    text: str
    raw: str  # the bare number
    kind: CellKind


def show_value(kind: str, written: str, meaning: FormatMeaning, *, epoch_1904: bool) -> Shown:
    """What a value of the type that the cell tells is shown as: 'n', 'b', 'e', 'd', else text ('str', 'inlineStr')."""
    if kind == "n":
        return show_number(written, meaning, epoch_1904=epoch_1904)
    if kind == "b":
        text = "TRUE" if written.strip() in TRUE else "FALSE"
        return Shown(text, text, "bool")
    if kind == "e":
        return Shown(written, written, "error")
    if kind == "d":
        text = _MIDNIGHT.sub("", written).replace("T", " ").rstrip("Z")
        return Shown(text, written, "date")
    text = plain_text(written)
    return Shown(text, text, "text")


def show_number(written: str, meaning: FormatMeaning, *, epoch_1904: bool) -> Shown:
    """What a number in the file is shown as; text that is no number stays text."""
    raw = bare_number(written)
    if raw is None:
        return Shown(written, written, "text")
    if meaning.shows is Shows.NUMBER:
        return Shown(f"{meaning.prefix}{raw}{meaning.suffix}", raw, "number")
    if meaning.shows is Shows.PERCENT:
        return Shown(f"{meaning.prefix}{percent(raw)}{meaning.suffix}", raw, "number")
    moment = _moment(raw, meaning.shows, epoch_1904=epoch_1904)
    return Shown(raw, raw, "number") if moment is None else Shown(moment, raw, "date")


def bare_number(written: str) -> str | None:
    """The shortest decimal that is the same number ('75600', '0.482'); None if it is not a number.

    A fraction of more than 15 digits is rounded to 15, as Excel shows it: 0.1+0.2 is '0.3'.
    """
    if written.isascii() and written.isdigit() and len(written) <= _EXCEL_DIGITS and written[0] != "0":
        return written
    written = written.strip()
    if len(written) > _LONGEST or not _NUMBER.fullmatch(written):
        return None
    value = float(written)
    if value in (float("inf"), float("-inf")):
        return None
    shortest = Decimal(repr(value))
    if not value.is_integer() and len(shortest.as_tuple().digits) > _EXCEL_DIGITS:
        shortest = Decimal(f"{value:.{_EXCEL_DIGITS}g}")
    return _plain(shortest)


def percent(raw: str) -> str:
    """'48.2%' for '0.482': the person's digits, neither cut nor filled up to the places of the format."""
    return f"{_plain(Decimal(raw).scaleb(2))}%"


def _plain(number: Decimal) -> str:
    if number == 0:
        return "0"
    number = number.normalize()
    if abs(number.adjusted()) >= _PLAIN_DIGITS:
        return str(number)
    return f"{number:f}"


def _moment(raw: str, shows: Shows, *, epoch_1904: bool) -> str | None:
    """The date or time in ISO 8601, None where Excel shows ####."""
    whole = Decimal(raw)
    if not 0 <= whole <= _LAST_DAY + 1:
        return None
    seconds = round(whole * _DAY)
    days, of_day = divmod(seconds, _DAY)
    clock = _clock(of_day)
    if shows is Shows.DURATION:
        hours, rest = divmod(seconds, 3600)
        return f"{hours}:{rest // 60:02d}" + (f":{rest % 60:02d}" if rest % 60 else "")
    if shows is Shows.TIME:
        return clock
    day = _calendar_day(days + _EPOCH_1904 if epoch_1904 else days)
    if day is None:  # day 0: a bare time in a date format
        return clock if of_day else None
    return f"{day} {clock}" if shows is Shows.DATE_TIME and of_day else day


def _clock(seconds: int) -> str:
    text = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
    return f"{text}:{seconds % 60:02d}" if seconds % 60 else text


def _calendar_day(days: int) -> str | None:
    if not 1 <= days <= _LAST_DAY:
        return None
    if days == 60:
        return "1900-02-29"  # Excel has this day, as Lotus 1-2-3 had
    return (date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)).isoformat()
