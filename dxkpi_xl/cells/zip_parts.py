"""The parts of a workbook's zip, by name, inflated only when asked for."""

from collections.abc import Iterator

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.zip_directory import Entry, ZipDirectory, inflated, is_sound


class ZipParts:
    """The parts of a zip, by name: upper and lower case are one, back-slashes are slashes.

    Raises Unreadable (DAMAGED, TOO_LARGE, UNSAFE) on opening; nothing is inflated then.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._directory = ZipDirectory(data, limits)
        self._limits = limits
        self._bytes_left = limits.total_bytes
        self._entries: dict[str, Entry] = {}
        for entry in self._directory.entries:
            key = _key(entry.name)
            if key in self._entries:
                raise Unreadable(UnreadableCode.UNSAFE, reason="duplicate part", part=entry.name)
            self._entries[key] = entry

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
        if entry.is_encrypted:
            raise Unreadable(UnreadableCode.PASSWORD, part=name)
        allowed = min(self._limits.part_bytes, self._bytes_left)
        content = inflated(self._directory.packed(entry), entry.method, allowed)
        if content is None:
            limit = "part_bytes" if allowed == self._limits.part_bytes else "total_bytes"
            raise Unreadable(UnreadableCode.TOO_LARGE, limit=limit, allowed=getattr(self._limits, limit))
        self._bytes_left -= len(content)
        if not is_sound(content, entry):
            raise Unreadable(UnreadableCode.DAMAGED, reason="checksum", part=name)
        return content


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
