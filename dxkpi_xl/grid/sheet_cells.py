"""What stands in the cells: texts, numbers, dates, formulas, links, notes, merges."""

import datetime
import math
import re
from collections.abc import Sequence
from functools import lru_cache

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.addresses import area_position, cell_position, quoted_sheet
from dxkpi_xl.grid.formulas import checked
from dxkpi_xl.grid.notes import note_options
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.shared_texts import RichText
from dxkpi_xl.grid.sheet_base import At, SheetPart, refuse_length
from dxkpi_xl.grid.styles import DATE_FORMAT, TEXT_FORMAT, Style

#: One piece of a rich text: what it says and its font; font "", size 0 and colour "" are the cell's.
Run = tuple[str, Style]

#: Folders and names of our own making: no drive, no protocol, no sign that a link would read as more than a path.
_OUR_PATH = re.compile(r"[\w.-]+(/[\w.-]+)*")
_PLAIN = Style()
#: First characters; Excel makes a formula of such a text when its cell is merely entered and left.
LIKE_A_FORMULA = frozenset("=+-@")


class SheetCells(SheetPart):
    """The methods that put something into a cell, by its address or, where many are written, by (row, column)."""

    def text(self, cell: At, value: str, style: Style) -> None:
        """Write a text as a text, whatever it looks like; "" leaves a blank cell (COUNTA does not count it).

        Raises ``Refused`` beyond 32,767 UTF-16 units or 253 line feeds.
        """
        row, column = self._zero_based(cell)
        if not value:
            self._put(cell, self._worksheet.write_empty, row, column, self._formats.of(style))
        else:
            self._refuse_new_text(cell, value)
            self._put(
                cell, self._worksheet.write_text, row, column, value, self._formats.of(kept_as_text(value, style))
            )

    def rich_text(self, cell: At, runs: Sequence[Run], style: Style) -> None:
        """Write a text of several fonts, such as a bold name over its plain part; empty runs are left out."""
        value, style = self._in_fonts(cell, runs, style)
        if isinstance(value, str):
            self.text(cell, value, style)
        else:
            self._put(cell, self._worksheet.write_runs, *self._zero_based(cell), value, self._formats.of(style))

    def number(self, cell: At, value: float, style: Style, num_format: str = "") -> None:
        """Write a number; infinity and not-a-number are refused."""
        self._refuse_no_number(cell, value)
        style = style.but(num_format=num_format) if num_format else style
        self._put(cell, self._worksheet.write_number, *self._zero_based(cell), value, self._formats.of(style))

    def date(self, cell: At, value: datetime.date, style: Style, num_format: str = DATE_FORMAT) -> None:
        """Write a day as a date cell."""
        shown = self._formats.of(style.but(num_format=num_format))
        self._put(cell, self._worksheet.write_datetime, *self._zero_based(cell), value, shown)

    def formula(self, cell: At, formula: str, cached_value: str | float | bool, style: Style) -> None:
        """Write a formula and the value that readers show before they calculate it."""
        finished = self._checked(cell, formula, limits.FORMULA)
        if isinstance(cached_value, str):
            self._refuse_if_long(cell, "数式の値", cached_value, limits.CELL_TEXT)
        row, column = self._zero_based(cell)
        shown = self._formats.of(style)
        self._put(cell, self._worksheet.write_formula, row, column, finished, shown, cached_value)

    def blank(self, cells: str, style: Style) -> None:
        """Give a cell, or every cell of a range, a style and no value."""
        top, left, bottom, right = self._area(cells)
        shown = self._formats.of(style)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                self._put(cells, self._worksheet.write_empty, row - 1, column - 1, shown)

    def link(self, cell: At, text: str, target: tuple[str, str], style: Style | None, tip: str = "") -> None:
        """Write a text that jumps to (sheet, cell) of this workbook; without style, the text is in a whole row."""
        self._refuse_cell_text(cell, text)
        target_sheet, target_cell = target
        cell_position(target_cell)
        place = f"{quoted_sheet(target_sheet)}!{target_cell}"
        self._refuse_if_long(cell, "リンク先", place, limits.LINK_TARGET)
        self._refuse_if_long(cell, "リンクの説明", tip, limits.LINK_TIP)
        self._write_link(cell, f"internal:{place}", style, text, tip or None)

    def file_link(self, cell: At, text: str, path: str, style: Style | None) -> None:
        """Write a text, as ``link``, that opens a file beside this workbook, by a relative path with forward slashes.

        For the office's own copies only: nothing that is sent out has a link to a file. Refused for any other path.
        """
        if not _OUR_PATH.fullmatch(path) or ".." in path.split("/"):
            raise self._refused(Reason.BAD_ADDRESS, cell, address=path)
        self._refuse_cell_text(cell, text)
        self._refuse_if_long(cell, "リンク先", path, limits.LINK_TARGET)
        self._write_link(cell, f"external:{path}", style, text, None)

    def note(self, cell: str, text: str) -> None:
        """Attach a note (the kind every Excel knows), as large as its text and without an author's name."""
        self._refuse_if_long(cell, "メモ", text, limits.NOTE_TEXT)
        self._must(cell, self._worksheet.write_comment, *self._zero_based(cell), text, note_options(text))

    def merge(self, cells: str, text: str, style: Style) -> None:
        """Merge a range of two cells or more and write a text; overwrite the first cell for anything else."""
        top, left, bottom, right = self._area(cells)
        if (top, left) == (bottom, right):
            raise self._refused(Reason.MERGE, cells, area=cells, why="1つのセル")
        self._refuse_cell_text(cells, text)
        arguments = (top - 1, left - 1, bottom - 1, right - 1, "", self._formats.of(style))
        self._put(cells, self._worksheet.merge_range, *arguments)
        self.text(cells.partition(":")[0], text, style)

    def join(self, cells: str) -> None:
        """Merge a range of two cells or more, each of which is written by itself, before or after."""
        top, left, bottom, right = self._area(cells)
        self._put(cells, self._worksheet.merge_range, top - 1, left - 1, bottom - 1, right - 1, None, None)

    def _in_fonts(self, cell: At, runs: Sequence[Run], style: Style) -> tuple[str | RichText, Style]:
        """Runs as the book holds them; those of one font as their text, and the cell's look with that font."""
        runs = [run for run in runs if run[0]]
        if not runs:
            return "", style
        if len(runs) == 1:
            text, font = runs[0]
            return text, _in_the_font_of(_inheriting(font, style), style)
        self._refuse_cell_text(cell, "".join(text for text, _ in runs))
        return self._worksheet.rich_text(
            [(self._formats.of(_font_in(font, style)), text) for text, font in runs]
        ), style

    def _write_link(self, cell: At, target: str, style: Style | None, text: str, tip: str | None) -> None:
        self._links += 1
        if self._links > limits.LINKS:
            raise self._refused(Reason.TOO_MANY, cell, what="リンク", length=self._links, limit=limits.LINKS)
        row, column = self._zero_based(cell)
        if style is None:
            self._put(cell, self._worksheet.add_link, row, column, target, text, tip)
        else:
            self._put(cell, self._worksheet.write_url, row, column, target, self._formats.of(style), text, tip)

    def _refuse_no_number(self, cell: At, value: float) -> None:
        if isinstance(value, bool) or not math.isfinite(value):
            raise self._refused(Reason.NOT_A_NUMBER, cell, value=value)

    def _refuse_new_text(self, cell: At, text: str) -> None:
        """Refuse a text that no cell can hold; one that another cell holds was looked at there."""
        if text not in self._worksheet.str_table.string_table:
            self._refuse_cell_text(cell, text)

    def _refuse_cell_text(self, cell: At, text: str) -> None:
        if len(text) <= limits.CELL_LINE_FEEDS and text.isascii():
            return
        refuse_length(self.name, cell, "セルの文章", text, limits.CELL_TEXT)
        feeds = text.count("\n")
        if feeds > limits.CELL_LINE_FEEDS:
            raise self._refused(Reason.TOO_MANY_LINE_FEEDS, cell, length=feeds, limit=limits.CELL_LINE_FEEDS)

    def _checked(self, cell: At, formula: str, limit: int) -> str:
        try:
            return checked(formula, limit)
        except Refused as refused:
            raise self._refused(refused.reason, cell, **refused.facts) from refused

    def _zero_based(self, cell: At) -> tuple[int, int]:
        if not isinstance(cell, str):
            return cell[0] - 1, cell[1] - 1
        try:
            row, column = cell_position(cell)
        except Refused as refused:
            raise self._refused(refused.reason, cell, **refused.facts) from refused
        return row - 1, column - 1

    def _area(self, cells: str) -> tuple[int, int, int, int]:
        try:
            return area_position(cells)
        except Refused as refused:
            raise self._refused(refused.reason, cells, **refused.facts) from refused


def kept_as_text(value: str, style: Style) -> Style:
    """The look in which a text stays one, by the quote prefix, although it looks like a formula."""
    if value[:1] in LIKE_A_FORMULA and style.num_format != TEXT_FORMAT:
        return style.but(quote_prefix=True)
    return style


@lru_cache(maxsize=256)
def _font_in(run: Style, cell: Style) -> Style:
    return _in_the_font_of(_inheriting(run, cell), _PLAIN)


def _inheriting(run: Style, cell: Style) -> Style:
    return run.but(font=run.font or cell.font, size=run.size or cell.size, colour=run.colour or cell.colour)


def _in_the_font_of(font: Style, style: Style) -> Style:
    names = ("font", "size", "bold", "italic", "underline", "strike", "colour")
    return style.but(**{name: getattr(font, name) for name in names})
