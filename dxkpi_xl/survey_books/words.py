"""Dates and addresses in the words of an official letter."""

from __future__ import annotations

import datetime

from dxkpi_xl import years
from dxkpi_xl.cycle.model import Contact

_WEEKDAYS = "月火水木金土日"
NOT_SET = "別途お知らせします"


def date_in_words(day: datetime.date | None) -> str:
    """Give a day as letters write it: 令和6年5月24日(金)."""
    if day is None:
        return NOT_SET
    for letter, name, first in years.ERAS:
        if day >= _BEGINNINGS[letter]:
            year = day.year - first + 1
            written = "元" if year == 1 else str(year)
            return f"{name}{written}年{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]})"
    return f"{day.year}年{day.month}月{day.day}日({_WEEKDAYS[day.weekday()]})"


# The day on which each era began (元号を改める政令).
_BEGINNINGS = {
    "R": datetime.date(2019, 5, 1),
    "H": datetime.date(1989, 1, 8),
    "S": datetime.date(1926, 12, 25),
}


def send_to(contact: Contact) -> str:
    """Give the office to send to on one line: section, person, extension, mail; blank parts are left out."""
    parts = (contact.section, contact.person, contact.phone, contact.mail)
    return " ".join(part for part in parts if part) or NOT_SET
