"""When a workbook was last saved, as the programs write it into its properties."""

import datetime

# An .ods tells the clock of the computer that saved it, without its zone: here the clocks are those of Japan.
_CLOCKS = datetime.timezone(datetime.timedelta(hours=9))
_OLE_EPOCH = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)  # [MS-DTYP 2.3.3]


def time_of_text(written: str) -> datetime.datetime | None:
    """The moment in UTC that '2024-05-20T01:02:03Z' names (ISO 8601); None if it names none."""
    try:
        moment = datetime.datetime.fromisoformat(written.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=_CLOCKS)).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None


def time_of_ole(seconds: object) -> datetime.datetime | None:
    """The moment in UTC so many seconds after 1601; None if there is none, or no calendar has it."""
    if not isinstance(seconds, int) or seconds <= 0:
        return None
    try:
        return _OLE_EPOCH + datetime.timedelta(seconds=seconds)
    except OverflowError:
        return None
