"""The directory of a zip, guarded, and its entries inflated only when asked for.

Written here because zipfile builds an object for each of a million hostile entries before anything can be counted,
and trusts the sizes told by the directory.
"""

import struct
import zlib
from collections.abc import Mapping
from operator import attrgetter
from typing import NamedTuple

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode

_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_FLAG = 0x1
_UTF8_FLAG = 0x800
_UNKNOWN = 0xFFFFFFFF  # the true number stands in the zip64 extra field


class Entry(NamedTuple):
    name_bytes: bytes
    flags: int
    method: int
    time: int  # of its last change, as MS-DOS counts
    crc: int
    packed: int  # bytes in the file
    size: int  # bytes when inflated, as told
    offset: int
    extra: bytes

    @property
    def name(self) -> str:
        return self.name_bytes.decode("utf-8" if self.is_utf_8 else "cp437", "replace")

    @property
    def is_utf_8(self) -> bool:
        return bool(self.flags & _UTF8_FLAG)

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & _ENCRYPTED_FLAG)

    @property
    def is_folder(self) -> bool:
        return self.size == 0 and self.name_bytes.endswith((b"/", b"\\"))


class ZipDirectory:
    """The entries of a zip, folders left out, in the order of the directory.

    Raises Unreadable (DAMAGED, TOO_LARGE, UNSAFE) on opening; nothing is inflated then.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        if len(data) > limits.file_bytes:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="file_bytes", allowed=limits.file_bytes)
        self._data = data
        start, end, shift, count = _find_directory(data)
        if count > limits.entries:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="entries", allowed=limits.entries)
        entries = []
        position = start
        for _ in range(count):
            entry, position = _read_entry(data, position, end, shift)
            if not entry.is_folder:  # a folder holds nothing
                entries.append(entry)
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._ends = _ends(self.entries, start)

    def packed(self, entry: Entry) -> bytes:
        """The bytes of an entry as they stand in the file.  Raises Unreadable (DAMAGED, UNSAFE)."""
        try:
            signature, *_, name_length, extra_length = _LOCAL.unpack_from(self._data, entry.offset)
        except struct.error:
            raise _damaged("directory") from None
        if signature != b"PK\3\4":
            raise _damaged("directory")
        name_start = entry.offset + _LOCAL.size
        if self._data[name_start : name_start + name_length] != entry.name_bytes:
            raise Unreadable(UnreadableCode.UNSAFE, reason="two names", part=entry.name)
        start = name_start + name_length + extra_length
        if start + entry.packed > self._ends[entry.offset]:
            raise Unreadable(UnreadableCode.UNSAFE, reason="overlap", part=entry.name)
        return self._data[start : start + entry.packed]


def inflated(packed: bytes, method: int, most: int) -> bytes | None:
    """The bytes once inflated, None if they are more than `most`.  Raises Unreadable (DAMAGED, UNSAFE)."""
    if method == _STORED:
        content = packed
    elif method == _DEFLATED:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1)
        except zlib.error:
            raise _damaged("deflate") from None
    else:
        raise Unreadable(UnreadableCode.UNSAFE, reason="compression")
    return content if len(content) <= most else None


def is_sound(content: bytes, entry: Entry) -> bool:
    """Are these the bytes that were packed?"""
    return len(content) == entry.size and zlib.crc32(content) == entry.crc


def _ends(entries: tuple[Entry, ...], directory: int) -> Mapping[int, int]:
    """Where each entry must have ended, by its offset.  Raises Unreadable (UNSAFE) if entries share bytes."""
    by_offset = sorted(entries, key=attrgetter("offset"))
    ends = [entry.offset for entry in by_offset[1:]] + [directory]
    if not by_offset:
        return {}  # empty, or of folders alone
    for entry, end in zip(by_offset, ends, strict=True):
        if entry.offset + _LOCAL.size + len(entry.name_bytes) + entry.packed > end:
            raise Unreadable(UnreadableCode.UNSAFE, reason="overlap", part=entry.name)
    return dict(zip(map(attrgetter("offset"), by_offset), ends, strict=True))


def _damaged(reason: str) -> Unreadable:
    return Unreadable(UnreadableCode.DAMAGED, reason=reason)


def _find_directory(data: bytes) -> tuple[int, int, int, int]:
    """Where the directory starts and ends, how far all offsets are shifted by bytes before the zip, and the count."""
    found = data.rfind(b"PK\5\6", max(0, len(data) - _END.size - 0xFFFF))
    if found < 0 or found + _END.size > len(data):
        raise _damaged("directory missing")
    *_, count, size, offset, _comment = _END.unpack_from(data, found)
    end = found
    if (count == 0xFFFF or _UNKNOWN in (size, offset)) and found >= _END64_LOCATOR.size:
        signature, _disk, at, _disks = _END64_LOCATOR.unpack_from(data, found - _END64_LOCATOR.size)
        if signature == b"PK\6\7":
            end = found - _END64_LOCATOR.size - _END64.size
            if end < 0 or data[end : end + 4] != b"PK\6\6" or at > end:
                raise _damaged("directory")
            *_, count, size, offset = _END64.unpack_from(data, end)
    shift = end - size - offset
    if shift < 0:
        raise _damaged("directory")
    return end - size, end, shift, count


def _read_entry(data: bytes, position: int, end: int, shift: int) -> tuple[Entry, int]:
    try:
        signature, _made, _needed, flags, method, time, _date, crc, packed, size, *lengths, _attributes, offset = (
            _ENTRY.unpack_from(data, position)
        )
    except struct.error:
        raise _damaged("directory") from None
    name_length, extra_length, comment_length = lengths[:3]
    name_end = position + _ENTRY.size + name_length
    following = name_end + extra_length + comment_length
    if signature != b"PK\1\2" or following > end:
        raise _damaged("directory")
    name_bytes = data[position + _ENTRY.size : name_end]
    extra = data[name_end : name_end + extra_length]
    if _UNKNOWN in (packed, size, offset):
        packed, size, offset = _zip64_numbers(extra, packed, size, offset)
    return Entry(name_bytes, flags, method, time, crc, packed, size, offset + shift, extra), following


def _zip64_numbers(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """The numbers, those unknown from extra field 1: it holds only them, in the order size, packed, offset."""
    field = extra_field(extra, 1)
    numbers = iter(struct.unpack_from(f"<{len(field) // 8}Q", field))
    size = next(numbers, size) if size == _UNKNOWN else size
    packed = next(numbers, packed) if packed == _UNKNOWN else packed
    offset = next(numbers, offset) if offset == _UNKNOWN else offset
    return packed, size, offset


def extra_field(extra: bytes, wanted: int) -> bytes:
    """One field of an entry's extra bytes; empty if it is not there."""
    while len(extra) >= 4:
        field, length = struct.unpack_from("<2H", extra)
        if field == wanted:
            return extra[4 : 4 + length]
        extra = extra[4 + length :]
    return b""
