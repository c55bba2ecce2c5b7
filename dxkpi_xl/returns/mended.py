"""Which returns a workbook mends: a sent-back workbook carries their numbers, visible and on a hidden sheet."""

from __future__ import annotations

import re

from dxkpi_xl.cells.model import WorkbookCells
from dxkpi_xl.cycle.survey import SEND_BACK_LABEL
from dxkpi_xl.form.columns import folded
from dxkpi_xl.returns.sieve import Sieve

_NUMBER = re.compile(r"sb[0-9a-f]{12}")
# The numbers stand at most so many columns right of the label; no longer text is looked at for it.
_REACH = 5
_LONGEST_LABEL = 20
_LABELS = Sieve(lambda text: folded(text[:_LONGEST_LABEL]) == folded(SEND_BACK_LABEL) or None)


def mended_numbers(workbook: WorkbookCells) -> tuple[str, ...]:
    """Give the numbers that stand right of the label, wherever it stands; none in a workbook that was not sent back."""
    found: list[str] = []
    for sheet in workbook.sheets:
        labels = _LABELS.of(sheet.texts)
        if not labels:
            continue
        for cell in sheet.saying(labels):
            right = (sheet.cells.get((cell.row, cell.col + step)) for step in range(1, _REACH))
            found.extend(_NUMBER.findall(next((each.text for each in right if each is not None), "")))
    return tuple(dict.fromkeys(found))
