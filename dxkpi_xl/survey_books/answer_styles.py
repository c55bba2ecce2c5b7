"""How the cells of the survey workbook look: what is open is yellow, what is the office's is grey, and words say so."""

from __future__ import annotations

from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid.styles import TEXT_FORMAT, Colour, Line, Mark, Style

TYPED_SIZE = 11.0  # points; smaller type is tiring to fill in
SMALL = 9.0

_BOX = Style(border=Line.THIN, border_colour=Colour.FAINT_LINE, wrap=True, valign="top")
OFFICE = _BOX.but(fill=Colour.OFFICE_FILL, size=10.0)
ANSWER = _BOX.but(fill=Colour.ANSWER_FILL, size=TYPED_SIZE, locked=False, num_format=TEXT_FORMAT)
STATE = _BOX.but(size=SMALL)
HEADING = _BOX.but(fill=Colour.HEADING_FILL, bold=True, size=SMALL, align="center", valign="top")
GROUP = HEADING.but(bold=False, valign="vcenter")
MARKS = GROUP.but(size=8.0, fill=Colour.TITLE_TEXT)
TITLE = Style(bold=True, size=14.0, colour=Colour.TITLE_TEXT, fill=Colour.TITLE_FILL)
LEGEND = Style(size=SMALL, colour=Colour.TITLE_TEXT, fill=Colour.TITLE_FILL, wrap=True)
TOTAL = Style(bold=True, size=13.0, align="center", wrap=True, border=Line.THIN)
LINK = Style(size=10.0, colour=Colour.LINK_TEXT, underline=True, align="center", border=Line.THIN)
HEAD_STATE = Style(size=SMALL, wrap=True, border=Line.THIN, border_colour=Colour.FAINT_LINE)
LABEL = GROUP
HEAD_OFFICE = OFFICE.but(valign="vcenter", indent=1)
HEAD_ANSWER = ANSWER.but(valign="vcenter", align="left", indent=1)

MISSING_MARK = Mark(fill=Colour.MISSING_FILL)
ASK_MARK = Mark(fill=Colour.WARNING_FILL, colour=Colour.WARNING_TEXT)
CHANGED_MARK = Mark(fill=Colour.CHANGED_FILL, colour=Colour.CHANGED_TEXT)
NOT_NEEDED_MARK = Mark(fill=Colour.OFFICE_FILL)
DONE_MARK = Mark(fill=Colour.DONE_FILL, colour=Colour.DONE_TEXT)


def cell_style(column: Column, is_open: bool) -> Style:
    """Give the style of a column's cell, open or the office's."""
    style = ANSWER if is_open else OFFICE
    return style if is_prose(column) else style.but(align="center")


def remarked(style: Style) -> Style:
    """Give a cell's style with a thick frame, which is seen without colours too: a remark stands on it."""
    return style.but(border=Line.THICK, border_colour=Colour.WARNING_TEXT)


def is_prose(column: Column) -> bool:
    """Whether a column holds sentences or names, which read better from the left."""
    return column.kind in ("text", "area", "item")
