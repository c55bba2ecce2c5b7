"""Where each printed cell stands: sheet rows, heights, merges, pages; all decided before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from dxkpi_xl.annex.blocks import PrintedRow, printed_blocks
from dxkpi_xl.annex.headings import HEADING_ROWS, Heading, headings
from dxkpi_xl.annex.measure import Measure
from dxkpi_xl.annex.page_breaks import Piece, page_ends
from dxkpi_xl.annex.paper import AnnexPaper, column_widths
from dxkpi_xl.annex.row_cells import AnnexRow, AnnexRows
from dxkpi_xl.annex.rows import Undecided, annex_rows
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Column, Form

DOCUMENT_ROW, TITLE_ROW = 1, 2
FIRST_HEADING_ROW = 3
FIRST_ROW = FIRST_HEADING_ROW + HEADING_ROWS
_BLANK_ROW = 3.0  # points: the document's row where its number stands in the page's header


@dataclass(frozen=True, kw_only=True)
class Area:
    """A rectangle of the sheet; rows and columns are counted from 1, ends within."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, kw_only=True)
class AnnexLayout:
    """An annex ready to be written: everything that stands on the sheet, and where pages end.

    ``widths`` are in digits of the paper's Normal font, heights in points; ``head_heights`` are those of the rows
    above ``FIRST_ROW``, ``last_rows`` the sheet's last row of each page.
    """

    paper: AnnexPaper
    sheet_name: str
    organisation: str
    document: str
    title: str
    columns: tuple[Column, ...]
    headings: tuple[Heading, ...]
    widths: tuple[float, ...]
    head_heights: tuple[float, ...]
    rows: tuple[PrintedRow, ...]
    merges: tuple[Area, ...]
    last_rows: tuple[int, ...]

    @property
    def pages(self) -> tuple[range, ...]:
        """The sheet's rows on each page; an annex without rows has one page of headings."""
        ends = self.last_rows or (FIRST_ROW - 1,)
        return tuple(range(before + 1, end + 1) for before, end in pairwise((FIRST_ROW - 1, *ends)))

    @property
    def printed_cells(self) -> int:
        """How many cells below the headings print something."""
        return sum(1 for row in self.rows for cell in row.cells if cell.text)

    @property
    def last_row(self) -> int:
        """The sheet's last row."""
        return FIRST_ROW + len(self.rows) - 1


def annex_layout(form: Form, register: Register, paper: AnnexPaper, undecided: Undecided = frozenset()) -> AnnexLayout:
    """Lay an annex out on paper; CannotProceed where its type would become too small to read."""
    cycle = register.cycle
    annex = annex_rows(form, register, undecided)
    widths = column_widths(annex.columns, paper)
    measure = Measure(widths, paper)
    heads = headings(form, cycle, annex.columns)
    head_heights = _head_heights(heads, measure, paper)
    page_height = paper.printable()[1] - sum(head_heights)
    blocks = printed_blocks(_with_fitting_numbers(annex, measure), measure, page_height)
    rows = tuple(row for block in blocks for row in block)
    return AnnexLayout(
        paper=paper,
        sheet_name=cycle.document.strip("【】"),
        organisation=cycle.prefecture,
        document=cycle.full_document,
        title=cycle.full_title,
        columns=annex.columns,
        headings=heads,
        widths=widths,
        head_heights=head_heights,
        rows=rows,
        merges=(*_merged_down(annex, rows), *_merged_across(rows)),
        last_rows=_last_rows(blocks, page_height),
    )


def _with_fitting_numbers(annex: AnnexRows, measure: Measure) -> AnnexRows:
    """Print a number that is too wide for its column as a text, which breaks where ``###`` would stand."""

    may_be_numbers = [n for n, column in enumerate(annex.columns) if column.kind == "kpi_value"]

    def fitting(row: AnnexRow) -> AnnexRow:
        cells = row.cells
        wide = [n for n in may_be_numbers if cells[n].number is not None and not measure.number_fits(cells[n], n)]
        if not wide:
            return row
        return replace(row, cells=tuple(replace(c, number=None) if n in wide else c for n, c in enumerate(cells)))

    return replace(annex, rows=tuple(fitting(row) for row in annex.rows))


def _head_heights(heads: Sequence[Heading], measure: Measure, paper: AnnexPaper) -> tuple[float, ...]:
    first = _BLANK_ROW if paper.document else measure.line(paper.body)
    lines = [first, measure.line(paper.title)]
    heights = [measure.line(paper.heading)] * HEADING_ROWS
    for head in sorted(heads, key=lambda head: -head.top):
        needed = measure.heading(head.text, head.left - 1, head.right - head.left + 1)
        there = sum(heights[head.top - 1 : head.bottom])
        heights[head.bottom - 1] += max(0.0, needed - there)
    return (*lines, *heights)


def _last_rows(blocks: Sequence[Sequence[PrintedRow]], page_height: float) -> tuple[int, ...]:
    pieces, item = [], None
    for block in blocks:
        height = sum(row.height for row in block)
        pieces.append(Piece(rows=len(block), height=height, begins_item=block[0].item_key != item))
        item = block[-1].item_key
    last = list(accumulate((piece.rows for piece in pieces), initial=FIRST_ROW - 1))
    return tuple(last[end] for end in page_ends(pieces, page_height))


def _merged_down(annex: AnnexRows, rows: Sequence[PrintedRow]) -> Iterator[Area]:
    columns = [n for n, column in enumerate(annex.columns, start=1) if column.key in annex.shared_keys]
    top = FIRST_ROW
    for number, row in enumerate([*rows[1:], None], start=FIRST_ROW + 1):
        if row is not None and row.joined:
            continue
        if number - top > 1:
            yield from (Area(top=top, left=column, bottom=number - 1, right=column) for column in columns)
        top = number


def _merged_across(rows: Sequence[PrintedRow]) -> Iterator[Area]:
    for number, row in enumerate(rows, start=FIRST_ROW):
        for column, cell in enumerate(row.cells, start=1):
            if cell.across > 1:
                yield Area(top=number, left=column, bottom=number, right=column + cell.across - 1)
