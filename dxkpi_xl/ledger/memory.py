"""The last reading of the ledger, kept among the records: valid for just these bytes, this program and its forms."""

from __future__ import annotations

from contextlib import suppress

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.fingerprint import contents, fingerprint, program_fingerprint
from dxkpi_xl.form.load import FORM_FILE
from dxkpi_xl.ledger.remembered import Known, Recalled, recall, to_remember

# Some 250,000 rows: what is larger is read anew, whoever wrote it, so that a record cannot fill the memory.
_MOST_BYTES = 2**28


def reading_key(ledger: bytes) -> str:
    """Give what a reading depends on: the ledger's bytes, the program, the forms."""
    forms = contents(ws.templates_folder(), FORM_FILE)
    return fingerprint((ledger, program_fingerprint().encode(), *forms))


def recall_reading(workspace: ws.Workspace, key: str, known: Known | None = None) -> Recalled | None:
    """Give what reading gave; None where it was not kept, where it belongs to another key, or where it was changed.

    ``known`` is the register as issued, which the ledger mostly says as well.
    """
    path = workspace.ledger_reading
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    except OSError:
        return None
    return recall(data, key, known) if disk.is_sealed(path, data) else None


def remember_reading(workspace: ws.Workspace, key: str, recalled: Recalled, known: Known | None = None) -> None:
    """Keep what reading gave, where it may be kept."""
    text = to_remember(recalled, key, known)
    if text is not None and len(text) <= _MOST_BYTES:
        with suppress(CannotProceed):  # it only saves time: no reason not to go on
            disk.write_sealed(workspace.ledger_reading, text)
