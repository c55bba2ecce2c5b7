"""Which returns a workbook mends: a sent-back workbook carries their numbers, visible and on a hidden sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from dxkpi_xl.cells.model import WorkbookCells
from dxkpi_xl.cycle.survey import SEND_BACK_LABEL, send_back_number
from dxkpi_xl.form.columns import folded
from dxkpi_xl.returns.model import Return

_NUMBER = re.compile(r"sb[0-9a-f]{12}")


def mended_numbers(workbook: WorkbookCells) -> tuple[str, ...]:
    """Give the numbers that stand right of the label, wherever it stands; none in a workbook that was not sent back."""
    label = folded(SEND_BACK_LABEL)
    found: list[str] = []
    for sheet in workbook.sheets:
        for (row, col), cell in sorted(sheet.cells.items()):
            beside = sheet.cells.get((row, col + 1)) if folded(cell.text[:20]) == label else None
            if beside is not None:
                found.extend(_NUMBER.findall(beside.text))
    return tuple(dict.fromkeys(found))


def mended_by(answer: Return, others: Iterable[Return]) -> Iterator[Return]:
    """Give the returns among others that a return mends."""
    for other in others:
        if other is not answer and send_back_number(other.sha256) in answer.mends:
            yield other


def successors(answers: Sequence[Return]) -> dict[str, Return]:
    """Give, by the file of each return that was mended, the return that mends it; the last one given wins."""
    return {old.file: answer for answer in answers for old in mended_by(answer, answers)}
