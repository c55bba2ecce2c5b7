"""Which cells of the answer sheet carry a remark, under which number of the list, and in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dxkpi_xl.cycle import fields
from dxkpi_xl.grid import limits
from dxkpi_xl.grid.addresses import address
from dxkpi_xl.survey_books.filled import Filled, Remark, Spot
from dxkpi_xl.survey_books.layout import AnswerLayout

_WHOLE_SHEET = "A1"


@dataclass(frozen=True, kw_only=True)
class RemarkMarks:
    """Notes by cell, remarked columns by row, and the numbers of the remarks on each row."""

    notes: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def remark_marks(filled: Filled, layout: AnswerLayout) -> RemarkMarks:
    """Give the marks of all remarks, which are numbered from 1 in their order."""
    notes: dict[str, list[str]] = {}
    columns: dict[str, set[str]] = {}
    numbers: dict[str, list[int]] = {}
    for n, remark in enumerate(filled.remarks, start=1):
        for line in remark.lines:
            cell, spot = spot_cell(line.spot, layout), line.spot
            notes.setdefault(cell, []).append(_note(n, remark))
            if spot.listing_id:
                columns.setdefault(spot.listing_id, set()).add(spot.column)
                numbers.setdefault(spot.listing_id, []).append(n)
    return RemarkMarks(
        notes={cell: "\n\n".join(texts)[: limits.NOTE_TEXT // 2] for cell, texts in notes.items()},
        columns={key: frozenset(found) for key, found in columns.items()},
        numbers={key: tuple(dict.fromkeys(found)) for key, found in numbers.items()},
    )


def spot_cell(spot: Spot, layout: AnswerLayout) -> str:
    """Give the address of a spot; that of the row's 管理番号 where the row has no such column."""
    if spot.in_head:
        return next((each.value_cell for each in layout.head if each.field.key == spot.column), _WHOLE_SHEET)
    if not spot.column:
        return _WHOLE_SHEET
    key = spot.column if spot.column in layout.position else fields.LISTING_ID
    row = layout.row_by_listing.get(spot.listing_id)
    return layout.cell(row, key) if row else address(layout.heading_row, layout.position[key])


def _note(n: int, remark: Remark) -> str:
    return f"確認事項 {n}【{remark.severity}】{remark.title}\n{remark.reason}\n直し方: {remark.remedy}"
