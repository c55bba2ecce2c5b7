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
        folder = self.folder / sha256[:2]
        ending = Path(name).suffix.lower()
        kept = sorted(folder.glob(f"{sha256}.*")) if folder.is_dir() else []
        path = kept[0] if kept else folder / f"{sha256}{ending if ending in _ENDINGS else '.bin'}"
        write_whole(path, data)
        return sha256, path
