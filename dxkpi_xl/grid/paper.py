"""How a sheet stands on paper: size, margins, one page wide, repeated rows, header and footer, page breaks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.refusals import Reason
from dxkpi_xl.grid.sheet_layout import SheetLayout

_PAPER_NUMBER = {"A3": 8, "A4": 9, "B4": 12, "B5": 13}  # OOXML ST_PaperSize
_PAPER_MM = {"A3": (297, 420), "A4": (210, 297), "B4": (257, 364), "B5": (182, 257)}  # B: JIS
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72
_CHANGES_MEANING = tuple("0123456789+-")

PaperSize = Literal["A3", "A4", "B4", "B5"]


class Field(StrEnum):
    """What the printer fills in."""

    PAGE = "&P"
    PAGES = "&N"
    DATE = "&D"
    SHEET = "&A"


@dataclass(frozen=True, kw_only=True)
class Band:
    """A header or a footer: texts (always literal, ``&`` included) and fields, in three places."""

    left: tuple[str | Field, ...] = ()
    centre: tuple[str | Field, ...] = ()
    right: tuple[str | Field, ...] = ()
    font: str = ""
    size: int = 9

    def codes(self) -> str:
        """Excel's code for it; a font code stands between a code and a digit or sign that would change its meaning."""
        places = (("&L", self.left), ("&C", self.centre), ("&R", self.right))
        return "".join(code + self._place(parts) for code, parts in places if parts)

    def _place(self, parts: Sequence[str | Field]) -> str:
        font = f'&"{self.font or "-"},Regular"'
        written = f"&{self.size}{font}"
        for position, part in enumerate(parts):
            if isinstance(part, Field):
                written += part.value
            elif position and isinstance(parts[position - 1], Field) and part.startswith(_CHANGES_MEANING):
                written += font + part.replace("&", "&&")
            else:
                written += part.replace("&", "&&")
        return written


@dataclass(frozen=True, kw_only=True)
class Margins:
    """Millimetres from the paper's edge; header and footer stand inside top and bottom."""

    left: float = 12
    right: float = 12
    top: float = 15
    bottom: float = 15
    header: float = 7
    footer: float = 7


@dataclass(frozen=True, kw_only=True)
class PrintSetup:
    """``area`` such as ``A1:Q70`` ("" all); ``repeat_rows`` first and last; ``fit_width`` in pages, 0 is 100 %."""

    paper: PaperSize = "A3"
    landscape: bool = True
    fit_width: int = 1
    repeat_rows: tuple[int, int] | None = None
    area: str = ""
    margins: Margins = field(default_factory=Margins)
    header: Band = field(default_factory=Band)
    footer: Band = field(default_factory=Band)
    centre: bool = True
    black_and_white: bool = False

    def printable_points(self) -> tuple[float, float]:
        """Width and height in points between the margins."""
        short, long = _PAPER_MM[self.paper]
        width, height = (long, short) if self.landscape else (short, long)
        margins = self.margins
        points = _POINTS_PER_INCH / _MM_PER_INCH
        return (width - margins.left - margins.right) * points, (height - margins.top - margins.bottom) * points


class SheetPaper(SheetLayout):
    """The methods about printing."""

    def print_setup(self, setup: PrintSetup) -> None:
        """Paper, margins, scale, repeated rows, header and footer."""
        sheet = self._worksheet
        self._must("", sheet.set_paper, _PAPER_NUMBER[setup.paper])
        (sheet.set_landscape if setup.landscape else sheet.set_portrait)()
        if setup.fit_width:
            self._must("", sheet.fit_to_pages, setup.fit_width, 0)
        if setup.repeat_rows is not None:
            first, last = setup.repeat_rows
            self._must("", sheet.repeat_rows, first - 1, last - 1)
        if setup.area:
            top, left, bottom, right = self._area(setup.area)
            self._must(setup.area, sheet.print_area, top - 1, left - 1, bottom - 1, right - 1)
        if setup.centre:
            sheet.center_horizontally()
        if setup.black_and_white:
            sheet.print_black_and_white()
        self._margins_and_bands(setup)

    def page_breaks(self, after_rows: Sequence[int]) -> None:
        """A new page after each of these rows, at most 1,023."""
        if len(after_rows) > limits.PAGE_BREAKS:
            facts = {"what": "改ページ", "length": len(after_rows), "limit": limits.PAGE_BREAKS}
            raise self._refused(Reason.TOO_MANY, "", **facts)
        self._must("", self._worksheet.set_h_pagebreaks, sorted(after_rows))

    def _margins_and_bands(self, setup: PrintSetup) -> None:
        margins = setup.margins
        edges = (margins.left, margins.right, margins.top, margins.bottom)
        self._must("", self._worksheet.set_margins, *(edge / _MM_PER_INCH for edge in edges))
        for band, place, action, margin in (
            (setup.header, "ヘッダー", self._worksheet.set_header, margins.header),
            (setup.footer, "フッター", self._worksheet.set_footer, margins.footer),
        ):
            codes = band.codes()
            self._refuse_if_long("", place, codes, limits.HEADER_OR_FOOTER)
            if codes:
                self._must("", action, codes, {"margin": margin / _MM_PER_INCH})
