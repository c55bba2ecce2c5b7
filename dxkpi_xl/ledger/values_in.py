"""The values in the ledger's cells, by the kind of their column; what cannot be read is told with its cell."""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal

from dxkpi_xl.cycle.register_schema import ID_PATTERN
from dxkpi_xl.dates import read_date, read_fiscal_year
from dxkpi_xl.ledger.choices import YES
from dxkpi_xl.ledger.columns import Entry, Kind
from dxkpi_xl.ledger.faults import Faults
from dxkpi_xl.ledger.written import Written

_ID = re.compile(ID_PATTERN)
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_BETWEEN_YEARS = re.compile(r"[、,，;\s・]+")


def text(entry: Entry, written: Written, faults: Faults) -> str:
    """Give the text of an ID, a LINE, a TEXT or a CHOICE (its machine value); "" where it is blank or unreadable."""
    if is_missing(entry, written, faults):
        return ""
    if entry.kind is Kind.ID:
        return _id(entry, written, faults)
    if entry.kind in (Kind.CHOICE, Kind.SWITCH):
        return _choice(entry, written, faults)
    return written.text if entry.kind is Kind.TEXT else written.text.strip()


def is_missing(entry: Entry, written: Written, faults: Faults) -> bool:
    """Say whether there is nothing to read, and tell it where something must be there."""
    if not written.text and entry.required and not written.spoilt:
        faults.add("T033", written.place, what=entry.label)
    return not written.text


def day(entry: Entry, written: Written, faults: Faults) -> datetime.date | None:
    """Give a day; None where it is blank or none."""
    if is_missing(entry, written, faults):
        return None
    found = read_date(written.text)
    if found is None:
        faults.add("T034", written.place, what=entry.label, value=written.text)
    return found


def year(entry: Entry, written: Written, faults: Faults) -> str:
    """Give the key of a fiscal year; "" where it is blank or none."""
    if is_missing(entry, written, faults):
        return ""
    found = read_fiscal_year(written.text)
    if found is None:
        faults.add("T035", written.place, what=entry.label, value=written.text)
    return found or ""


def fiscal_years(entry: Entry, written: Written, faults: Faults) -> tuple[str, ...]:
    """Give the keys of several years, as R4、R5、R6; a year that is none, or there twice, is told."""
    if is_missing(entry, written, faults):
        return ()
    parts = [part for part in _BETWEEN_YEARS.split(unicodedata.normalize("NFKC", written.text)) if part]
    found = [read_fiscal_year(part) for part in parts]
    keys = tuple(key for key in found if key is not None)
    if len(keys) < len(parts) or len(set(keys)) < len(keys):
        faults.add("T035", written.place, what=entry.label, value=written.text)
    return tuple(dict.fromkeys(keys))


def integer(entry: Entry, written: Written, faults: Faults) -> int | None:
    """Give a whole number within the entry's bounds; None where it is blank or none."""
    if is_missing(entry, written, faults):
        return None
    found = _number(written.text)
    if found is None or found != int(found) or not entry.least <= found <= entry.most:
        rule = f"{entry.least}から{entry.most}までの整数"
        faults.add("T036", written.place, what=entry.label, value=written.text, rule=rule)
        return None
    return int(found)


def switch(entry: Entry, written: Written, faults: Faults) -> bool | None:
    """Give yes or no; None where it is blank or neither."""
    chosen = text(entry, written, faults)
    return chosen == YES if chosen else None


def decimal(entry: Entry, written: Written, faults: Faults) -> float | None:
    """Give a number within the entry's bounds, a whole one without a point; None where it is blank or none."""
    if is_missing(entry, written, faults):
        return None
    found = _number(written.text)
    if found is None or not entry.least <= found <= entry.most:
        rule = f"{entry.least}から{entry.most}までの数"
        faults.add("T036", written.place, what=entry.label, value=written.text, rule=rule)
        return None
    return int(found) if found == int(found) else float(found)


def order(entry: Entry, written: Written, faults: Faults) -> Decimal | None:
    """Give a place in an order, 5.5 between 5 and 6; None for the last place."""
    if is_missing(entry, written, faults):
        return None
    found = _number(written.text)
    if found is None:
        faults.add("T036", written.place, what=entry.label, value=written.text, rule="0以上の数")
    return found


def _number(written: str) -> Decimal | None:
    flat = "".join(unicodedata.normalize("NFKC", written).split())
    return Decimal(flat) if _NUMBER.fullmatch(flat) else None


def _id(entry: Entry, written: Written, faults: Faults) -> str:
    found = "".join(unicodedata.normalize("NFKC", written.text).split())
    if not _ID.match(found):
        faults.add("T037", written.place, what=entry.label, value=written.text)
        return ""
    return found


def _choice(entry: Entry, written: Written, faults: Faults) -> str:
    assert entry.choices is not None  # noqa: S101  # a CHOICE has a list; for the type checker
    found = entry.choices.value_of(written.text.strip())
    if found is None:
        allowed = "・".join(entry.choices.labels)
        faults.add("T038", written.place, what=entry.label, value=written.text, allowed=allowed)
    return found or ""
