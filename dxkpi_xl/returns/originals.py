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

    def path_of(self, sha256: str, name: str) -> Path:
        """Give where the original of a hash stands; the name only lends its ending."""
        ending = Path(name).suffix.lower()
        return self.folder / sha256[:2] / f"{sha256}{ending if ending in _ENDINGS else '.bin'}"

    def keep(self, data: bytes, name: str) -> tuple[str, Path]:
        """Keep a file's bytes, once; give its SHA-256 and where it stands."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path_of(sha256, name)
        if not path.is_file():
            write_whole(path, data)
        return sha256, path
