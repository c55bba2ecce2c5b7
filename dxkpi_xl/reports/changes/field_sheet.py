"""新旧対照: every changed field, old and new side by side, the difference marked within the text."""

from __future__ import annotations

from dxkpi_xl.grid.book import Book
from dxkpi_xl.merge.change import Differences, FieldChange
from dxkpi_xl.reports.changes.marks import LEGEND, marked_pair
from dxkpi_xl.reports.changes.printed_rows import Cell, Column
from dxkpi_xl.reports.changes.printed_table import Table, write_printed_table
from dxkpi_xl.reports.changes.words import Sides

NAME = "新旧対照"


def write_field_sheet(book: Book, sides: Sides, differences: Differences, title: str) -> None:
    """Add the sheet: a row for each changed field, in printed order."""
    old_label, new_label = sides.labels
    columns = (
        Column(heading="事業番号", width=11, align="center", names_row=True),
        Column(heading="管理番号", width=9, align="center", names_row=True),
        Column(heading="分野・項目", width=22, names_row=True),
        Column(heading="担当", width=20, names_row=True),
        Column(heading="事業名", width=24, names_row=True),
        Column(heading="欄", width=15, names_row=True),
        Column(heading=old_label, width=54),
        Column(heading=new_label, width=54),
        Column(heading="変更の内容(追加・削除)", width=34),
    )
    rows = tuple(_row(sides, change) for change in differences.fields)
    notes = (LEGEND, "新規、廃止などで行の全体が加わり、又はなくなったものは、次のシートに掲げます。")
    write_printed_table(book, NAME, Table(title=f"{title} {NAME}", notes=notes, columns=columns, rows=rows))


def _row(sides: Sides, change: FieldChange) -> tuple[Cell, ...]:
    words = sides.row(change.listing_id)
    old, new, said = marked_pair(change.before, change.after)
    heading = "\n".join(text for text in (words.area, words.item) if text)
    label = sides.column_label(change.columns)
    return (words.number, change.listing_id, heading, words.owners, words.name, label, old, new, said)
