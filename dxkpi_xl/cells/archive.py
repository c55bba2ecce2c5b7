"""A zip that came instead of a workbook: the files in it, and in the zips in it, one level down; none is unpacked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.member_names import is_litter, shown_name
from dxkpi_xl.cells.sniff import FileKind, sniff
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.zip_directory import Entry, ZipDirectory, inflated, is_sound
from dxkpi_xl.cells.zip_encryption import check_supported, password_bytes, unlocked

_DEFAULT_LIMITS = Limits()
_DEEPEST = 1


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file of a zip: its name as shown ('回答/票.xlsx', '内側.zip/票.xlsx'), and its bytes or why it has none.

    `litter`: a file that the system of the sender put there, not the sender; its content is not looked at.
    """

    name: str
    content: bytes | Unreadable
    litter: bool = False


def members(data: bytes, *, limits: Limits = _DEFAULT_LIMITS, passwords: tuple[str, ...] = ()) -> Iterator[Member]:
    """The files of a zip in the order of its directory, each when it is asked for.

    The limits are those of one file: `entries`, `file_bytes` for each member, `total_bytes`, zips within counted too.
    Raises Unreadable (DAMAGED, TOO_LARGE, UNSAFE), at once, if the zip as a whole cannot be opened.
    """
    directory = ZipDirectory(data, limits)
    keys = tuple(key for password in passwords for key in password_bytes(password))
    opened = _Archive(limits, keys)
    opened.count(directory)
    return opened.members(directory, "", depth=0)


class _Archive:
    """The outer zip with those within: they share the limits."""

    def __init__(self, limits: Limits, passwords: tuple[bytes, ...]) -> None:
        self._limits = limits
        self._passwords = passwords
        self._entries_left = limits.entries
        self._bytes_left = limits.total_bytes
        self._names: Counter[str] = Counter()

    def count(self, directory: ZipDirectory) -> None:
        self._entries_left -= len(directory.entries)
        if self._entries_left < 0:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="entries", allowed=self._limits.entries)

    def members(self, directory: ZipDirectory, folder: str, *, depth: int) -> Iterator[Member]:
        for entry in directory.entries:
            name = self._distinct(folder + shown_name(entry))
            if is_litter(name):
                unread = Unreadable(UnreadableCode.WRONG_KIND, kind=FileKind.SYSTEM_FILE.value)
                yield Member(name=name, content=unread, litter=True)
                continue
            try:
                content = self._content(directory, entry)
                within = self._within(content, depth)
            except Unreadable as unreadable:
                yield Member(name=name, content=unreadable)
                continue
            if within is None:
                yield Member(name=name, content=content)
            else:
                yield from self.members(within, f"{name}/", depth=depth + 1)

    def _distinct(self, name: str) -> str:
        """Two files of one name are told apart: a zip may hold them."""
        self._names[name] += 1
        return name if self._names[name] == 1 else f"{name} #{self._names[name]}"

    def _content(self, directory: ZipDirectory, entry: Entry) -> bytes:
        allowed = min(self._limits.file_bytes, self._bytes_left)
        packed = directory.packed(entry)
        content = self._unlocked(packed, entry, allowed) if entry.is_encrypted else self._plain(packed, entry, allowed)
        if content is None:
            self._bytes_left -= allowed  # that much was inflated, and thrown away
            limit = "file_bytes" if allowed == self._limits.file_bytes else "total_bytes"
            raise Unreadable(UnreadableCode.TOO_LARGE, limit=limit, allowed=getattr(self._limits, limit))
        self._bytes_left -= len(content)
        return content

    def _plain(self, packed: bytes, entry: Entry, allowed: int) -> bytes | None:
        content = inflated(packed, entry.method, allowed)
        if content is not None and not is_sound(content, entry):
            self._bytes_left -= len(content)
            raise Unreadable(UnreadableCode.DAMAGED, reason="checksum")
        return content

    def _unlocked(self, packed: bytes, entry: Entry, allowed: int) -> bytes | None:
        check_supported(entry)
        for password in self._passwords:
            fits, content = unlocked(packed, entry, password, allowed)
            if fits:
                return content
        raise Unreadable(UnreadableCode.PASSWORD, kind=FileKind.ZIP.value)

    def _within(self, content: bytes, depth: int) -> ZipDirectory | None:
        """The directory of a zip of files; None for any other file.  Raises Unreadable."""
        if sniff(content) is not FileKind.ZIP:
            return None
        if depth >= _DEEPEST:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="zips within zips", allowed=_DEEPEST)
        directory = ZipDirectory(content, self._limits)
        self.count(directory)
        return directory
