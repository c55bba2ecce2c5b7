"""概要: how much changed, by 分野 and by 部局, on one page."""

from __future__ import annotations

from collections.abc import Mapping

from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.text_height import CellText, row_height
from dxkpi_xl.merge.change import Differences
from dxkpi_xl.reports.changes.marks import LEGEND
from dxkpi_xl.reports.changes.printed_rows import BODY, NUMBER
from dxkpi_xl.reports.changes.printed_table import HEADING, set_paper, write_head
from dxkpi_xl.reports.changes.summary import FIELDS, KINDS, NUMBERS, ROWS, TOTAL, summarise
from dxkpi_xl.reports.changes.words import Sides

NAME = "概要"
_NAME_WIDTH, _COUNT_WIDTH = 52.0, 13.0
_STRONG_BODY = BODY.but(bold=True, fill=HEADING.fill)
_STRONG_NUMBER = NUMBER.but(bold=True, fill=HEADING.fill)


def write_summary_sheet(book: Book, sides: Sides, differences: Differences, title: str) -> None:
    """Add the sheet: a table by area and one by bureau, each with its sum."""
    sheet = book.sheet(NAME)
    summary = summarise(sides, differences)
    notes = (*_compared(sides), *(_guide() if differences else ("変更はありません。",)))
    row = write_head(sheet, f"{title} {NAME}", notes)
    sheet.column_width(1, 1, _NAME_WIDTH)
    sheet.column_width(2, len(KINDS) + 1, _COUNT_WIDTH)
    for heading, groups in (("分野", summary.by_area), ("部局(主担当)", summary.by_bureau)):
        row = _table(book, sheet, row, heading, {**groups, TOTAL: summary.total}) + 2
    set_paper(sheet, title, None)


def _compared(sides: Sides) -> tuple[str, ...]:
    old, new = sides.labels
    rows = [
        f"{label}: {register.cycle.full_title} 掲載行{len(register.listings)}行、"
        f"事業{len(register.projects)}件、KPI{len(register.kpis)}件"
        for label, register in ((old, sides.before), (new, sides.after))
    ]
    return tuple(rows)


def _guide() -> tuple[str, ...]:
    return (
        f"件数は各シートの行の数です。「{ROWS}」は一つ以上の欄が変わった掲載行、「{FIELDS}」はその欄、"
        f"「{NUMBERS}」は事業番号とKPI番号の変更の数です。",
        LEGEND,
    )


def _table(book: Book, sheet: Sheet, row: int, heading: str, groups: Mapping[str, Mapping[str, int]]) -> int:
    """Write one table and give its last row."""
    for column, text in enumerate((heading, *KINDS), start=1):
        sheet.text((row, column), text, HEADING)
    width = book.normal.column_points(_NAME_WIDTH)
    for name, counts in groups.items():
        row += 1
        named, counted = (_STRONG_BODY, _STRONG_NUMBER) if name == TOTAL else (BODY, NUMBER)
        sheet.text((row, 1), name, named)
        for column, kind in enumerate(KINDS, start=2):
            sheet.number((row, column), counts[kind], counted)
        sheet.row_height(row, row_height([CellText(text=name, width=width, style=BODY, normal=book.normal)]))
    return row
