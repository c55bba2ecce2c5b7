"""Every file that arrived is kept once, under its SHA-256, as it came; inbox/ itself is never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl.workspace import write_whole

# Endings under which an original may be kept, so that it opens by a double click; any other is kept as .bin.
_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".zip", ".pdf", ".docx", ".doc", ".txt"})


@dataclass(frozen=True, kw_only=True)
class Originals:
    """The folder of kept originals."""

    folder: Path

    def keep(self, data: bytes, name: str) -> tuple[str, Path]:
        """Keep a file's bytes, once; give its SHA-256 and where it stands.

        The name lends its ending to the first copy. An original that somebody changed is put back as it came.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        ending = Path(name).suffix.lower()
        new = self.folder / sha256[:2] / f"{sha256}{ending if ending in _ENDINGS else '.bin'}"
        path = self.find(sha256) or new
        write_whole(path, data)
        return sha256, path

    def find(self, sha256: str) -> Path | None:
        """Give where the original of a hash is kept; None where it is not (a member of a zip is kept as the zip)."""
        folder = self.folder / sha256[:2]
        try:
            return min((path for path in folder.iterdir() if path.name.startswith(f"{sha256}.")), default=None)
        except FileNotFoundError:
            return None
