"""番号の異動: the 事業番号 and KPI番号 that are other ones now."""

from __future__ import annotations

from dxkpi_xl.cycle import fields
from dxkpi_xl.grid.book import Book
from dxkpi_xl.merge.change import Differences, NumberChange, Thing
from dxkpi_xl.reports.changes.printed_rows import Cell, Column
from dxkpi_xl.reports.changes.printed_table import Table, write_printed_table
from dxkpi_xl.reports.changes.words import Sides

NAME = "番号の異動"


def number_label(sides: Sides, change: NumberChange) -> str:
    """Give what kind of number changed, as the form calls it."""
    return sides.column_label((fields.NUMBER if change.thing is Thing.PROJECT else fields.KPI_NO,))


def write_number_sheet(book: Book, sides: Sides, differences: Differences, title: str) -> None:
    """Add the sheet: a row for each number, projects first."""
    old_label, new_label = sides.labels
    columns = (
        Column(heading="番号の種類", width=12, align="center"),
        Column(heading=old_label, width=17, align="center"),
        Column(heading=new_label, width=17, align="center"),
        Column(heading="名称", width=64),
        Column(heading="担当", width=34),
        Column(heading="分野・項目", width=56),
        Column(heading="管理番号", width=10, align="center"),
        Column(heading="ID", width=10, align="center"),
    )
    rows = tuple(_row(sides, change) for change in differences.numbers)
    notes = ("番号は掲載順に毎年度付け直します。ID(事業はP、KPIはK)と管理番号は変わりません。",)
    write_printed_table(book, NAME, Table(title=f"{title} {NAME}", notes=notes, columns=columns, rows=rows))


def _row(sides: Sides, change: NumberChange) -> tuple[Cell, ...]:
    words = sides.row(change.listing_id)
    label = number_label(sides, change)
    heading = f"{words.area}\n{words.item}"
    return (label, change.before, change.after, change.name, words.owners, heading, change.listing_id, change.id)
