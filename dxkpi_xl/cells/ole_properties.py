"""Title and subject of an .xls, from its summary [MS-OLEPS]."""

import io
import struct

_CODEPAGE, _TITLE, _SUBJECT = 1, 2, 3
_ENCODINGS = {65001: "utf-8", 1200: "utf-16-le", 10001: "shift_jis"}


def read_ole_properties(data: bytes) -> tuple[str, str]:
    """Title and subject; '' for what is not there, or damaged."""
    import olefile

    if not data.startswith(olefile.MAGIC):
        return "", ""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            stream = "\x05SummaryInformation"
            summary = container.getproperties(stream) if container.exists(stream) else {}
    except (OSError, LookupError, ValueError, TypeError, AttributeError, struct.error):
        return "", ""
    page = summary.get(_CODEPAGE)
    # A code page is a signed number of 16 bits: 65001 is told as -535.
    encoding = _encoding(page % 65_536 if isinstance(page, int) else 1252)
    return _text(summary.get(_TITLE), encoding), _text(summary.get(_SUBJECT), encoding)


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
