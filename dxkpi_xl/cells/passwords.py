"""Workbooks locked with a password (ECMA-376 agile and standard, RC4, XOR): opened with one that the office knows."""

import io
import struct
from collections.abc import Iterable
from xml.parsers.expat import ExpatError

from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode

# Excel's own password of workbooks that open without asking [MS-OFFCRYPTO 2.4.2.3].
_SILENT = "VelvetSweatshop"
_LONGEST = 255  # characters; Excel allows no more
# What olefile and msoffcrypto raise on damaged files: they trust what they read.
_DAMAGE = (OSError, LookupError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError, struct.error)


def unlocked(data: bytes, passwords: Iterable[str]) -> bytes:
    """The workbook inside.  Raises Unreadable: PASSWORD if none of the passwords fits, DAMAGED.

    Run it in a process of its own: a hostile file may ask for hours of hashing.
    """
    for password in (_SILENT, *passwords):
        opened = _opened(data, password[:_LONGEST])
        if opened is not None:
            return opened
    raise Unreadable(UnreadableCode.PASSWORD)


def _opened(data: bytes, password: str) -> bytes | None:
    """None if the password does not fit."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    opened = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        # Of OOXML the password is not looked at unless asked for, of .xls always.
        asked = {"verify_password": True} if locked.format == "ooxml" else {}
        locked.load_key(password=password, **asked)
        locked.decrypt(opened)
    except InvalidKeyError:
        return None
    except (DecryptionError, FileFormatError, ParseError, ExpatError, *_DAMAGE):
        raise Unreadable(UnreadableCode.DAMAGED, reason="encryption") from None
    return opened.getvalue()
