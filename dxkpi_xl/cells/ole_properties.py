"""Title, subject and the time of the last saving of an .xls, from its summary [MS-OLEPS]."""

import datetime
import io
import struct
from typing import NamedTuple

from dxkpi_xl.cells.saved_time import time_of_ole

_CODEPAGE, _TITLE, _SUBJECT, _SAVED = 1, 2, 3, 13
_ENCODINGS = {65001: "utf-8", 1200: "utf-16-le", 10001: "shift_jis"}


class OleProperties(NamedTuple):
    title: str = ""
    subject: str = ""
    modified: datetime.datetime | None = None


def read_ole_properties(data: bytes) -> OleProperties:
    """Title, subject and time; '' and None for what is not there, or damaged."""
    import olefile

    if not data.startswith(olefile.MAGIC):
        return OleProperties()
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            stream = "\x05SummaryInformation"
            summary = container.getproperties(stream) if container.exists(stream) else {}
    except (OSError, LookupError, ValueError, TypeError, AttributeError, struct.error):
        return OleProperties()
    page = summary.get(_CODEPAGE)
    # A code page is a signed number of 16 bits: 65001 is told as -535.
    encoding = _encoding(page % 65_536 if isinstance(page, int) else 1252)
    title, subject = _text(summary.get(_TITLE), encoding), _text(summary.get(_SUBJECT), encoding)
    return OleProperties(title, subject, time_of_ole(summary.get(_SAVED)))


def _encoding(page: int) -> str:
    import codecs

    name = _ENCODINGS.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "latin-1"
    return name


def _text(value: object, encoding: str) -> str:
    text = value.decode(encoding, "replace") if isinstance(value, bytes) else value if isinstance(value, str) else ""
    return text.partition("\0")[0]
