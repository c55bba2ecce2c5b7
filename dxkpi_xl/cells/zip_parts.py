"""The zip container of a workbook: a guarded directory, and parts inflated only when asked for.

Written here because zipfile builds an object for each of a million hostile entries before anything can be counted,
and trusts the sizes told by the directory.
"""

import struct
import zlib
from collections.abc import Iterator
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


class _Entry(NamedTuple):
    name: str
    name_bytes: bytes
    flags: int
    method: int
    crc: int
    packed: int  # bytes in the file
    size: int  # bytes when inflated, as told
    offset: int


class ZipParts:
    """The parts of a zip, by name: upper and lower case are one, back-slashes are slashes.

    Raises Unreadable (DAMAGED, TOO_LARGE, UNSAFE) on opening; nothing is inflated then.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        if len(data) > limits.file_bytes:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="file_bytes", allowed=limits.file_bytes)
        self._data = data
        self._limits = limits
        self._bytes_left = limits.total_bytes
        self._entries: dict[str, _Entry] = {}
        self._ends: dict[int, int] = {}
        self._read_directory()
        self._refuse_overlaps()

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def __iter__(self) -> Iterator[str]:
        """The part names as keys: lower case, slashes."""
        return iter(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part.  Raises Unreadable (DAMAGED, PASSWORD, TOO_LARGE, UNSAFE)."""
        entry = self._entries.get(_key(name))
        if entry is None:
            raise Unreadable(UnreadableCode.DAMAGED, reason="part missing", part=name)
        if entry.flags & _ENCRYPTED_FLAG:
            raise Unreadable(UnreadableCode.PASSWORD, part=name)
        content = self._inflate(entry, self._packed(entry))
        self._bytes_left -= len(content)
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise Unreadable(UnreadableCode.DAMAGED, reason="checksum", part=name)
        return content

    def _packed(self, entry: _Entry) -> bytes:
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

    def _inflate(self, entry: _Entry, packed: bytes) -> bytes:
        allowed = min(self._limits.part_bytes, self._bytes_left)
        if entry.method == _STORED:
            content = packed
        elif entry.method == _DEFLATED:
            try:
                content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, allowed + 1)
            except zlib.error:
                raise Unreadable(UnreadableCode.DAMAGED, reason="deflate", part=entry.name) from None
        else:
            raise Unreadable(UnreadableCode.UNSAFE, reason="compression", part=entry.name)
        if len(content) > allowed:
            limit = "part_bytes" if allowed == self._limits.part_bytes else "total_bytes"
            raise Unreadable(UnreadableCode.TOO_LARGE, limit=limit, allowed=getattr(self._limits, limit))
        return content

    def _read_directory(self) -> None:
        start, end, shift, count = _find_directory(self._data)
        if count > self._limits.entries:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="entries", allowed=self._limits.entries)
        position = start
        for _ in range(count):
            entry, position = _read_entry(self._data, position, end, shift)
            key = _key(entry.name)
            if key.endswith("/"):  # a folder holds nothing
                continue
            if key in self._entries:
                raise Unreadable(UnreadableCode.UNSAFE, reason="duplicate part", part=entry.name)
            self._entries[key] = entry
        self._directory_start = start

    def _refuse_overlaps(self) -> None:
        entries = sorted(self._entries.values(), key=lambda entry: entry.offset)
        ends = [entry.offset for entry in entries[1:]] + [self._directory_start]
        for entry, end in zip(entries, ends, strict=True):
            if entry.offset + _LOCAL.size + len(entry.name_bytes) + entry.packed > end:
                raise Unreadable(UnreadableCode.UNSAFE, reason="overlap", part=entry.name)
            self._ends[entry.offset] = end


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


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


def _read_entry(data: bytes, position: int, end: int, shift: int) -> tuple[_Entry, int]:
    try:
        signature, _made, _needed, flags, method, _time, _date, crc, packed, size, *lengths, _attributes, offset = (
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
    if _UNKNOWN in (packed, size, offset):
        packed, size, offset = _zip64_numbers(data[name_end : name_end + extra_length], packed, size, offset)
    name = name_bytes.decode("utf-8" if flags & _UTF8_FLAG else "cp437", "replace")
    return _Entry(name, name_bytes, flags, method, crc, packed, size, offset + shift), following


def _zip64_numbers(extra: bytes, packed: int, size: int, offset: int) -> tuple[int, int, int]:
    """The numbers, those unknown from extra field 1: it holds only them, in the order size, packed, offset."""
    while len(extra) >= 4:
        field, length = struct.unpack_from("<2H", extra)
        if field == 1:
            numbers = iter(struct.unpack_from(f"<{length // 8}Q", extra[4 : 4 + length].ljust(length, b"\0")))
            size = next(numbers, size) if size == _UNKNOWN else size
            packed = next(numbers, packed) if packed == _UNKNOWN else packed
            offset = next(numbers, offset) if offset == _UNKNOWN else offset
            break
        extra = extra[4 + length :]
    return packed, size, offset
