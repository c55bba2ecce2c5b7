"""The last reading of the ledger, kept among the records: valid for just these bytes, this program and its forms."""

from __future__ import annotations

import hashlib
import sys
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.load import FORM_FILE
from dxkpi_xl.ledger.remembered import Recalled, recall, to_remember

# Some 250,000 rows: what is larger is read anew, whoever wrote it, so that a record cannot fill the memory.
_MOST_BYTES = 2**28


def reading_key(ledger: bytes) -> str:
    """Give what a reading depends on: the ledger's SHA-256, the program's own files, the forms."""
    forms = ws.templates_folder().glob(f"*/{FORM_FILE}")
    return " ".join((hashlib.sha256(ledger).hexdigest(), _program(), _digest(forms)))


def recall_reading(workspace: ws.Workspace, key: str) -> Recalled | None:
    """Give what reading gave; None where it was not kept, where it belongs to another key, or where it was changed."""
    path = workspace.ledger_reading
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    except OSError:
        return None
    return recall(data, key) if disk.is_sealed(path, data) else None


def remember_reading(workspace: ws.Workspace, key: str, recalled: Recalled) -> None:
    """Keep what reading gave, where it may be kept."""
    text = to_remember(recalled, key)
    if text is not None and len(text) <= _MOST_BYTES:
        with suppress(CannotProceed):  # it only saves time: no reason not to go on
            disk.write_sealed(workspace.ledger_reading, text)


@cache
def _program() -> str:
    """Give a digest of the program itself and of what it reads texts with: nothing has to be remembered by people."""
    package = Path(__file__).parent.parent
    files = (path for kind in ("*.py", "*.toml") for path in package.rglob(kind))
    return hashlib.sha256(f"{sys.version} {unicodedata.unidata_version} {_digest(files)}".encode()).hexdigest()


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        data = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()
