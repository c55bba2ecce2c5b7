"""Dates and fiscal years as officials type them: 2024/5/17, 令和6年5月17日, R6.5.17; 令和6年度, R6."""

from __future__ import annotations

import datetime
import re
import unicodedata

from dxkpi_xl import years

_WESTERN = re.compile(r"(?P<year>[0-9]{4})[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?")
_ERA = "".join((r"(?P<era>", "|".join(f"{name}|{letter}" for letter, name, _ in years.ERAS), ")"))
_NUMBER = "(?P<number>元|[0-9]{1,2})"
_JAPANESE = re.compile(_ERA + _NUMBER + r"[-/.年](?P<month>[0-9]{1,2})[-/.月](?P<day>[0-9]{1,2})日?", re.IGNORECASE)
_FISCAL = re.compile(_ERA + _NUMBER + "(?:年度?)?", re.IGNORECASE)
_FISCAL_WESTERN = re.compile("(?P<year>[0-9]{4})(?:年度?)?")
# What people add to a date: the day of the week in brackets, and the midnight of a cell that holds a time as well.
_AFTER_A_DATE = re.compile(r"\([日月火水木金土]曜?日?\)$|(?<=[0-9])[ T]0?0:00(:00)?$")


def read_date(written: str) -> datetime.date | None:
    """Give the day that a text names, width folded; None where it names none (2024/2/30 is none)."""
    text = _AFTER_A_DATE.sub("", unicodedata.normalize("NFKC", written).strip())
    text = "".join(text.split())
    matched = _WESTERN.fullmatch(text)
    if matched is not None:
        year = int(matched["year"])
    else:
        matched = _JAPANESE.fullmatch(text)
        if matched is None:
            return None
        year = _western(matched)
    try:
        return datetime.date(year, int(matched["month"]), int(matched["day"]))
    except ValueError:
        return None


def read_fiscal_year(written: str) -> str | None:
    """Give the key of a fiscal year: 令和6年度, 令和6, R6, 2024年度 are ``R6``; None where it is none."""
    text = "".join(unicodedata.normalize("NFKC", written).split())
    matched = _FISCAL_WESTERN.fullmatch(text)
    if matched is not None:
        first_known = min(first for _, _, first in years.ERAS)
        return years.year_key(int(matched["year"])) if int(matched["year"]) >= first_known else None
    matched = _FISCAL.fullmatch(text)
    if matched is None or _number(matched) == 0:
        return None
    return f"{_letter(matched)}{_number(matched)}"


def _western(matched: re.Match[str]) -> int:
    first = {letter: year for letter, _, year in years.ERAS}[_letter(matched)]
    return first + _number(matched) - 1


def _letter(matched: re.Match[str]) -> str:
    letters = {name: letter for letter, name, _ in years.ERAS}
    return letters.get(matched["era"], matched["era"].upper())


def _number(matched: re.Match[str]) -> int:
    return 1 if matched["number"] == "元" else int(matched["number"])
