"""How the annex stands on paper: size, margins, type sizes, and the width of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from dxkpi_xl.annex.headings import annex_of
from dxkpi_xl.cycle.model import IN_HEADER, LEAST_BODY, AnnexMargins, Cycle
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.grid.paper import Band, Field, Margins, PaperSize, PrintSetup

# A council reads it at a table: no smaller type than this on paper, in points.
SMALLEST_BODY = float(LEAST_BODY)

# Share of the page that is filled: printers and screens round widths and heights differently.
_WIDTH_USED = 0.985
_HEIGHT_USED = 0.975

# Columns up to this width (in digits) hold numbers and short words, which must not be broken.
_NARROW = 10.0


@dataclass(frozen=True, kw_only=True)
class AnnexPaper:
    """Paper and type of one annex: sizes in points, margins in millimetres; always landscape.

    ``date`` is printed at the foot where it is not blank, ``document`` (its number) in the header; page n/N always is.
    """

    size: PaperSize = "A3"
    font: str
    body: float = 9
    heading: float = 9
    title: float = 14
    margins: Margins = field(default_factory=lambda: _margins(AnnexMargins()))
    date: str = ""
    document: str = ""

    @property
    def normal(self) -> NormalFont:
        """The workbook's Normal font, in whose digits column widths are measured."""
        return NormalFont(name=self.font, size=9)

    def setup(self, repeat_rows: tuple[int, int] | None, area: str) -> PrintSetup:
        """Give the print set-up: one page wide, headings repeated, page n/N at the foot."""
        header = Band(right=(self.document,), font=self.font) if self.document else Band()
        page = Band(centre=(Field.PAGE, " / ", Field.PAGES), right=(self.date,) if self.date else (), font=self.font)
        return PrintSetup(
            paper=self.size,
            landscape=True,
            repeat_rows=repeat_rows,
            area=area,
            margins=self.margins,
            header=header,
            footer=page,
        )

    def printable(self) -> tuple[float, float]:
        """Give the width and height in points that the table may fill."""
        width, height = self.setup(None, "").printable_points()
        return width * _WIDTH_USED, height * _HEIGHT_USED


def annex_paper(cycle: Cycle, **changes: Any) -> AnnexPaper:
    """Give the paper of a cycle's settings; ``changes`` are fields of ``AnnexPaper``. CannotProceed for other sizes."""
    if cycle.paper not in get_args(PaperSize):
        known = "、".join(get_args(PaperSize))
        raise CannotProceed(f"用紙「{cycle.paper}」は使えません。", f"{known} のどれかを設定してください。")
    settings: dict[str, Any] = {
        "size": cycle.paper,
        "font": cycle.annex_font,
        "body": cycle.annex_body,
        "heading": cycle.annex_body,
        "margins": _margins(cycle.margins),
        "date": cycle.annex_date,
        "document": cycle.full_document if cycle.document_place == IN_HEADER else "",
    }
    return AnnexPaper(**{**settings, **changes})


def _margins(margins: AnnexMargins) -> Margins:
    """Header and footer stand half-way between the paper's edge and the table."""
    edges = {"left": margins.left, "right": margins.right, "top": margins.top, "bottom": margins.bottom}
    return Margins(**edges, header=margins.top / 2, footer=margins.bottom / 2)


def column_widths(columns: Sequence[Column], paper: AnnexPaper) -> tuple[float, ...]:
    """Give each column's width in digits: wide columns are stretched or shrunk by one factor to fill the paper.

    Columns of numbers and short words keep the form's width, and none becomes narrower than they are.  Raises
    CannotProceed where the type would have to shrink below ``SMALLEST_BODY`` for the table to fit one page's width.
    """
    wanted = [annex_of(column).width for column in columns]
    goal = paper.printable()[0]
    least, most = 0.0, 5.0
    for _ in range(40):
        factor = (least + most) / 2
        fits = _points(_stretched(wanted, factor), paper) <= goal
        least, most = (factor, most) if fits else (least, factor)
    widths = _stretched(wanted, least)
    on_paper = paper.body * min(1.0, goal / _points(widths, paper))
    if on_paper < SMALLEST_BODY:
        raise CannotProceed(
            f"用紙{paper.size}の横に{len(columns)}列を収めると、文字が{on_paper:.1f}ptになります"
            f"(下限は{SMALLEST_BODY:g}pt)。",
            "用紙を大きくするか、余白又は様式の列の幅を小さくしてから、もう一度実行してください。",
        )
    return widths


def _stretched(wanted: Sequence[float], factor: float) -> tuple[float, ...]:
    return tuple(width if width <= _NARROW else max(_NARROW, int(width * factor * 100) / 100) for width in wanted)


def _points(widths: Sequence[float], paper: AnnexPaper) -> float:
    return sum(paper.normal.column_points(width) for width in widths)
