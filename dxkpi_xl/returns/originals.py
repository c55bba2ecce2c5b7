"""Every file that arrived is kept once, under its SHA-256, as it came; inbox/ itself is never changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl.disk import write_together

Keep = Callable[[bytes, str], tuple[str, Path]]

# Endings under which an original may be kept, so that it opens by a double click; any other is kept as .bin.
_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".zip", ".pdf", ".docx", ".doc", ".txt"})
# So many files, or bytes of them, wait to be written together.
_MOST_WAITING = 64
_ENOUGH_BYTES = 8 * 2**20


@dataclass(frozen=True, kw_only=True)
class Originals:
    """The folder of kept originals."""

    folder: Path

    def keep(self, data: bytes, name: str) -> tuple[str, Path]:
        """Keep a file's bytes, once; give its SHA-256 and where it stands.

        The name lends its ending to the first copy. An original that somebody changed is put back as it came.
        """
        with self.keeping() as keep:
            return keep(data, name)

    @contextmanager
    def keeping(self, written: Callable[[], None] = lambda: None) -> Iterator[Keep]:
        """Give ``keep`` for many files: they are written some at a time, and all stand on the disk at the end.

        ``written`` is told each time when all that were kept so far stand there. Nothing is lost where a run is cut
        short in between: what was not yet kept still lies where it came from.
        """
        places: dict[str, Path] = {}
        waiting: dict[Path, bytes] = {}

        def keep(data: bytes, name: str) -> tuple[str, Path]:
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 not in places:
                places[sha256] = self.find(sha256) or self._new(sha256, name)
                waiting[places[sha256]] = data
            if len(waiting) >= _MOST_WAITING or sum(map(len, waiting.values())) >= _ENOUGH_BYTES:
                write_together(waiting)
                waiting.clear()
                written()
            return sha256, places[sha256]

        yield keep
        write_together(waiting)
        written()

    def _new(self, sha256: str, name: str) -> Path:
        ending = Path(name).suffix.lower()
        return self.folder / sha256[:2] / f"{sha256}{ending if ending in _ENDINGS else '.bin'}"

    def find(self, sha256: str) -> Path | None:
        """Give where the original of a hash is kept; None where it is not (a member of a zip is kept as the zip)."""
        folder = self.folder / sha256[:2]
        try:
            with os.scandir(folder) as entries:
                kept = [entry.name for entry in entries if entry.name.startswith(f"{sha256}.")]
        except (FileNotFoundError, NotADirectoryError):
            return None
        return folder / min(kept) if kept else None
