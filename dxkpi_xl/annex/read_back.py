"""Reads an annex workbook back, whichever program saved it: the headings are looked for, not the positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dxkpi_xl.annex.continuation import CONTINUED
from dxkpi_xl.annex.headings import HEADING_ROWS, annex_of, spoken_heading
from dxkpi_xl.cells.model import Area, SheetCells
from dxkpi_xl.cells.unreadable import Unreadable
from dxkpi_xl.cells.xlsx import read_xlsx
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import Column, folded


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """One row of a read annex: its texts in the columns' order, and the sheet's row where it begins."""

    sheet: str
    row: int
    texts: tuple[str, ...]


def read_annex(data: bytes, columns: Sequence[Column], file: str = "") -> tuple[ReadRow, ...]:
    """Give the rows of an annex workbook: numbers in their shortest form (75600), covered cells of merges blank.

    Parts of one row (``continuation.CONTINUED``) are joined again. CannotProceed, naming ``file``, where the bytes are
    no workbook or no sheet has all the columns' headings.
    """
    try:
        workbook = read_xlsx(data)
    except Unreadable as unreadable:
        what = f"{file}: Excelのブックとして読み取れません({unreadable})。"
        raise CannotProceed(what, "資料のファイルを確かめてから、もう一度実行してください。") from unreadable
    missing: Sequence[Column] = columns
    for sheet in workbook.sheets:
        head = _Headings(sheet)
        for top in sorted({row for row, _ in sheet.cells}):
            places, not_found = head.places(top, columns)
            if not not_found:
                return _rows(sheet, top + HEADING_ROWS, places)
            missing = min(missing, not_found, key=len)
    names = "、".join(f"「{spoken_heading(column)}」" for column in missing)
    raise CannotProceed(
        f"{file}: 資料の見出し{names}が見つかりません。", "見出しを戻してから、もう一度実行してください。"
    )


class _Headings:
    """Looks for the columns' headings in a sheet."""

    def __init__(self, sheet: SheetCells) -> None:
        self._texts = {place: folded(cell.text) for place, cell in sheet.cells.items() if cell.text}
        for merge in sheet.merges:
            text = self._texts.get((merge.top, merge.left), "")
            if text and merge.bottom - merge.top < HEADING_ROWS:
                self._texts |= dict.fromkeys(_places(merge), text)
        self._last_column = max((column for _, column in self._texts), default=0)

    def places(self, top: int, columns: Sequence[Column]) -> tuple[tuple[int, ...], Sequence[Column]]:
        """Give the column numbers of the columns whose headings begin in a row, and the columns not found there."""
        if not any((top, column) in self._texts for column in range(1, self._last_column + 1)):
            return (), columns
        there = self._there(top)
        wanted = [(folded(annex_of(column).parent), folded(annex_of(column).heading)) for column in columns]
        missing = [column for column, names in zip(columns, wanted, strict=True) if names not in there]
        return (() if missing else tuple(there[names] for names in wanted)), missing

    def _there(self, top: int) -> Mapping[tuple[str, str], int]:
        """Give column numbers by (parent, heading); a parent whose merge was lost reaches to the next one."""
        found: dict[tuple[str, str], int] = {}
        parent = ""
        for column in range(1, self._last_column + 1):
            group, above, heading = (self._texts.get((top + n, column), "") for n in range(HEADING_ROWS))
            parent = above or parent
            if heading and heading != above:
                found.setdefault((parent, heading), column)
            else:
                found.setdefault(("", heading or above or group), column)
                parent = ""
        return found


def _places(merge: Area) -> list[tuple[int, int]]:
    return [(r, c) for r in range(merge.top, merge.bottom + 1) for c in range(merge.left, merge.right + 1)]


def _rows(sheet: SheetCells, first: int, places: Sequence[int]) -> tuple[ReadRow, ...]:
    rows: list[ReadRow] = []
    for number in sorted({row for row, _ in sheet.cells if row >= first}):
        cells = [sheet.cells.get((number, place)) for place in places]
        texts = tuple(cell.text if cell else "" for cell in cells)
        if not any(texts):
            continue
        if rows and texts[0].endswith(CONTINUED):
            joined = (before + more for before, more in zip(rows[-1].texts[1:], texts[1:], strict=True))
            rows[-1] = ReadRow(sheet=sheet.name, row=rows[-1].row, texts=(rows[-1].texts[0], *joined))
        else:
            rows.append(ReadRow(sheet=sheet.name, row=number, texts=texts))
    return tuple(rows)
