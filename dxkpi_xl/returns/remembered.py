"""What earlier runs judged: the same bytes under the same name, against the same register, are not judged twice.

One line for each file: key, seal and judgement. The folder is open to others, so nothing in it is trusted to be ours:
a line counts only if its seal fits and it reads as a judgement, and all else is as if it were not there. Whoever can
forge a seal can as well change the register beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl.disk import write_whole
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.fingerprint import contents, fingerprint, program_fingerprint
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import JudgedFile
from dxkpi_xl.returns.judged_json import NOT_OURS, judged_from_json
from dxkpi_xl.returns.opening import Opened, open_arrival
from dxkpi_xl.workspace import templates_folder

_MOST_BYTES = 2**28
_KEY = 64  # digits of a key


@dataclass(frozen=True, kw_only=True)
class Memory:
    """Where judgements are remembered, and the ``fingerprint`` of all that they depend on but the files themselves.

    ``may_write`` is False for a run that leaves nothing behind.
    """

    path: Path
    fingerprint: str
    may_write: bool = True


class Remembered:
    """The judgements of earlier runs, and those that are to be remembered after this one.

    Each kind stands in one piece of memory, which is given back whole; a judgement is a part of one, by its key.
    """

    def __init__(self, memory: Memory | None, earlier: bytes = b"") -> None:
        self._memory = memory
        self._earlier = earlier
        self._lines = dict(_lines(earlier))
        self._fresh = bytearray()
        self._now: dict[bytes, slice | None] = {}  # where among the fresh ones, None where it is an earlier one

    @classmethod
    def of(cls, memory: Memory | None) -> Remembered:
        """Recall what was written; nothing where there is no file, or none that can be used."""
        opened = open_arrival(memory.path, _MOST_BYTES) if memory else None
        return cls(memory, opened.data if isinstance(opened, Opened) else b"")

    def judged(self, sha256: str, name: str, issued: Issued) -> tuple[JudgedFile, ...] | None:
        """Give the judgement of a file by its content and shown name; None where it must be judged."""
        key = self._key(sha256, name)
        line = self._lines.get(key)
        if line is None:
            return None
        seal, _, told = self._earlier[line].partition(b" ")
        if seal != _seal(key, told):
            return None
        try:
            files = judged_from_json(told, issued)
        except NOT_OURS:
            return None
        if not files or not all(_is_of(each, sha256, name) for each in files):
            return None
        self._now[key] = None
        return files

    def keep(self, sha256: str, name: str, told: bytes) -> None:
        """Remember a judgement for later runs."""
        key, begin = self._key(sha256, name), len(self._fresh)
        self._fresh += b"%b %b" % (_seal(key, told), told)
        self._now[key] = slice(begin, len(self._fresh))

    def write(self) -> None:
        """Write what is to be remembered: only of files that lay in the inbox now, so that it does not grow."""
        if self._memory is not None and self._memory.may_write:
            with suppress(CannotProceed):  # what is not remembered is judged again
                write_whole(self._memory.path, b"".join(self._written()))

    def _written(self) -> Iterator[bytes]:
        for key, fresh in sorted(self._now.items()):
            yield b"%b %b\n" % (key, self._earlier[self._lines[key]] if fresh is None else bytes(self._fresh[fresh]))

    def _key(self, sha256: str, name: str) -> bytes:
        depends = self._memory.fingerprint if self._memory else ""
        return fingerprint((depends.encode(), sha256.encode(), name.encode("utf-8", errors="surrogatepass"))).encode()


def _lines(written: bytes) -> Iterator[tuple[bytes, slice]]:
    """Give the key of each line, and where the rest of it stands."""
    begin = 0
    while begin < len(written):
        end = written.find(b"\n", begin)
        end = len(written) if end < 0 else end
        key = written[begin : begin + _KEY]
        if written[begin + _KEY : begin + _KEY + 1] == b" ":
            yield key, slice(begin + _KEY + 1, end)
        begin = end + 1


def fingerprint_of(form_id: str, record: bytes) -> str:
    """Give what tells apart all that judgements depend on: the record of what was issued, the form, the program."""
    return fingerprint((record, program_fingerprint().encode(), *contents(templates_folder() / form_id, "*")))


def _is_of(file: JudgedFile, sha256: str, name: str) -> bool:
    """Whether a judgement speaks of a file: of it as a whole, or of a member of it."""
    return file.name.startswith(f"{name}/") or (file.name == name and file.judged.sha256 in ("", sha256))


def _seal(key: bytes, told: bytes) -> bytes:
    return fingerprint((key, told)).encode()
