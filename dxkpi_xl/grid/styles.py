"""How a cell looks, as a value; and the palette that all workbooks share.

A colour never speaks alone: whoever uses a warning colour writes the warning in words as well.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Literal

from dxkpi_xl.grid.fonts import font_properties
from dxkpi_xl.grid.refusals import Reason, Refused

TEXT_FORMAT = "@"  # a text cell: what is typed stays as typed, 48.2% included
DATE_FORMAT = "yyyy/mm/dd"
INTEGER_FORMAT = "#,##0"


class Colour(StrEnum):
    """The shared palette; every text colour is readable (contrast at least 4.5) on white and on its own fill."""

    ANSWER_FILL = "#FFF9D6"  # a cell to be answered
    OFFICE_FILL = "#ECEFF3"  # the office's own cell, locked
    HEADING_FILL = "#D9E2EF"
    TITLE_FILL = "#1F3A5F"
    TITLE_TEXT = "#FFFFFF"
    MISSING_FILL = "#FFDCC2"  # still to be filled
    WARNING_FILL = "#FFE3E3"  # not acceptable as it is
    WARNING_TEXT = "#9C0006"
    CHANGED_FILL = "#DDEBFA"  # differs from what was issued
    CHANGED_TEXT = "#0B3D75"
    DONE_FILL = "#E3F1DF"
    DONE_TEXT = "#1E5C22"
    EXAMPLE_FILL = "#F6F0E4"
    MUTED_TEXT = "#595959"
    LINK_TEXT = "#0B4FB3"
    TEXT = "#000000"
    LINE = "#808080"
    FAINT_LINE = "#C4C9D0"
    TAB_ANSWER = "#F2B800"
    TAB_GUIDE = "#4472A8"


class Line(StrEnum):
    """A cell's border line."""

    NONE = "none"
    THIN = "thin"
    MEDIUM = "medium"
    DASHED = "dashed"
    DOTTED = "dotted"
    THICK = "thick"
    DOUBLE = "double"
    HAIR = "hair"


#: XlsxWriter's numbers of the lines (OOXML's order).
_LINE_NUMBER = {line: number for number, line in enumerate(Line)}

#: Formats that have a number of their own in every Excel; written by code, a text cell would be a custom format.
_BUILT_IN_FORMATS = {"0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, TEXT_FORMAT: 49}

Align = Literal["general", "left", "center", "right", "justify", "distributed", "center_across"]
Vertical = Literal["top", "vcenter", "bottom", "vjustify", "vdistributed"]


@dataclass(frozen=True, kw_only=True)
class Style:
    """A cell's look; ``font`` "" and ``size`` 0 mean the workbook's Normal font.

    ``border`` draws all four sides; ``top`` … ``right`` override one side.  Colours are ``#RRGGBB``, "" is none.
    """

    font: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    colour: str = ""
    fill: str = ""
    border: Line = Line.NONE
    top: Line | None = None
    bottom: Line | None = None
    left: Line | None = None
    right: Line | None = None
    border_colour: str = Colour.LINE
    align: Align = "general"
    valign: Vertical = "vcenter"
    wrap: bool = False
    shrink: bool = False
    indent: int = 0
    locked: bool = True
    hidden_formula: bool = False
    num_format: str = ""
    quote_prefix: bool = False
    rotation: int = 0

    def __post_init__(self) -> None:
        for colour in (self.colour, self.fill, self.border_colour):
            _refuse_bad_colour(colour)
        if self.shrink and self.wrap:
            raise Refused(Reason.BAD_STYLE, "", "", {"value": "shrink", "why": "wrap wins in Excel"})
        if not 0 <= self.indent <= 15 or not (-90 <= self.rotation <= 90 or self.rotation == 270):
            raise Refused(Reason.BAD_STYLE, "", "", {"value": f"{self.indent}, {self.rotation}", "why": "range"})

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.__dataclass_fields__))

    def __hash__(self) -> int:
        """As dataclass makes it, but computed once: every cell looks its format up by its style."""
        return self._hash

    def but(self, **changes: object) -> "Style":
        """The same style with some fields changed."""
        return _changed(self, tuple(changes.items()))


@lru_cache(maxsize=4096)
def _changed(style: Style, changes: tuple[tuple[str, object], ...]) -> Style:
    return replace(style, **dict(changes))  # type: ignore[arg-type]  # dataclass checks the names


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What a conditional format may change: Excel ignores font and size there."""

    bold: bool = False
    strike: bool = False
    colour: str = ""
    fill: str = ""
    border: Line = Line.NONE
    border_colour: str = Colour.LINE

    def __post_init__(self) -> None:
        for colour in (self.colour, self.fill, self.border_colour):
            _refuse_bad_colour(colour)


def _refuse_bad_colour(colour: str) -> None:
    if colour and not (len(colour) == 7 and colour[0] == "#" and set(colour[1:].upper()) <= set("0123456789ABCDEF")):
        raise Refused(Reason.BAD_STYLE, "", "", {"value": colour, "why": "#RRGGBB"})


def style_properties(style: Style) -> dict[str, object]:
    """XlsxWriter's format properties of a style."""
    properties: dict[str, object] = font_properties(style.font) if style.font else {}
    if style.size:
        properties["font_size"] = int(style.size) if style.size == int(style.size) else style.size
    for name in ("bold", "italic"):
        if getattr(style, name):
            properties[name] = True
    if style.underline:
        properties["underline"] = 1
    if style.strike:
        properties["font_strikeout"] = True
    properties |= _colours(style.colour, style.fill) | _borders(style)
    properties |= {"align": style.align} if style.align != "general" else {}
    properties |= {"valign": style.valign, "locked": style.locked}
    properties |= {"text_wrap": True} if style.wrap else {}
    for name in ("shrink", "indent", "rotation", "quote_prefix"):
        if getattr(style, name):
            properties[name] = getattr(style, name)
    if style.num_format:
        properties["num_format"] = _BUILT_IN_FORMATS.get(style.num_format, style.num_format)
    if style.hidden_formula:
        properties["hidden"] = True
    return properties


def mark_properties(mark: Mark) -> dict[str, object]:
    """XlsxWriter's format properties of a conditional format."""
    properties = _colours(mark.colour, mark.fill)
    if mark.bold:
        properties["bold"] = True
    if mark.strike:
        properties["font_strikeout"] = True
    if mark.border is not Line.NONE:
        properties |= {"border": _LINE_NUMBER[mark.border], "border_color": mark.border_colour}
    return properties


def _colours(colour: str, fill: str) -> dict[str, object]:
    properties: dict[str, object] = {}
    if colour:
        properties["font_color"] = str(colour)
    if fill:
        properties["bg_color"] = str(fill)
    return properties


def _borders(style: Style) -> dict[str, object]:
    properties: dict[str, object] = {}
    for side in ("top", "bottom", "left", "right"):
        line = getattr(style, side)
        line = style.border if line is None else line
        if line is not Line.NONE:
            properties |= {side: _LINE_NUMBER[line], f"{side}_color": str(style.border_colour)}
    return properties
