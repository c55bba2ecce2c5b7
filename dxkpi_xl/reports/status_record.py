"""The board's machine face: what the last collect found, read back at once by `dxkpi` alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dxkpi_xl.cycle.indented import indented
from dxkpi_xl.cycle.model import Cycle
from dxkpi_xl.reports.status import AddresseeStatus


def status_record(cycle: Cycle, statuses: Sequence[AddresseeStatus]) -> str:
    """Give the record as JSON text."""
    deadline = cycle.office_deadline
    document: dict[str, Any] = {
        "year": cycle.year,
        "title": cycle.full_title,
        "deadline": deadline.isoformat() if deadline else None,
        "addressees": tuple(statuses),
    }
    return indented(document) + "\n"
