"""変更点.xlsx: the old and the new register compared, for paper (A3) and for the office."""

from __future__ import annotations

from collections.abc import Mapping

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.merge.change import Differences
from dxkpi_xl.merge.differences import compare
from dxkpi_xl.merge.fates import Fate
from dxkpi_xl.reports.changes.field_sheet import write_field_sheet
from dxkpi_xl.reports.changes.number_sheet import write_number_sheet
from dxkpi_xl.reports.changes.summary_sheet import write_summary_sheet
from dxkpi_xl.reports.changes.thing_sheet import write_thing_sheet
from dxkpi_xl.reports.changes.words import Sides

TITLE = "変更点"


def changes_workbook(
    form: Form,
    before: Register,
    after: Register,
    fates: Mapping[str, Fate] | None = None,
    differences: Differences | None = None,
) -> bytes:
    """Give the bytes of 変更点.xlsx: sheets 概要, 新旧対照, 番号の異動, 新規・廃止・統合・移動.

    ``before`` is the register that the cycle started from; ``fates`` (``merge.fates``) say why rows ended and where
    they went; ``differences`` are what ``compare`` gave of these, where they are known. Raises ``grid.Refused`` where a
    text cannot stand in a cell.
    """
    sides = Sides(form=form, before=before, after=after)
    differences = differences or compare(before, after, fates)
    cycle = after.cycle
    title = f"{cycle.full_title} {TITLE}"
    book = Book(Properties(title=title, company=cycle.prefecture), NormalFont(name=cycle.annex_font, size=9))
    write_summary_sheet(book, sides, differences, title)
    write_field_sheet(book, sides, differences, title)
    write_number_sheet(book, sides, differences, title)
    write_thing_sheet(book, sides, differences, title)
    return book.to_bytes()
