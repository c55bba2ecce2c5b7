"""Writes the annex as a workbook: the layout, cell by cell."""

from __future__ import annotations

from dxkpi_xl.annex.blocks import PrintedRow
from dxkpi_xl.annex.headings import annex_of
from dxkpi_xl.annex.layout import DOCUMENT_ROW, FIRST_HEADING_ROW, FIRST_ROW, TITLE_ROW, AnnexLayout, annex_layout
from dxkpi_xl.annex.paper import AnnexPaper, annex_paper
from dxkpi_xl.annex.row_cells import AnnexCell
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.limits import PAGE_BREAKS
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rows import Cell
from dxkpi_xl.grid.styles import INTEGER_FORMAT, Align, Colour, Line, Style


def annex_workbook(form: Form, register: Register, paper: AnnexPaper | None = None) -> bytes:
    """Give the annex of a register as .xlsx, on the cycle's paper where none is given.

    Raises CannotProceed where the paper is too small to be read, or a text cannot stand in a cell (``grid.Refused``).
    """
    return layout_workbook(annex_layout(form, register, paper or annex_paper(register.cycle)))


def layout_workbook(layout: AnnexLayout) -> bytes:
    """Give an annex that is laid out as .xlsx."""
    return begin_book(layout).to_bytes()


def begin_book(layout: AnnexLayout) -> Book:
    """Give a book with the annex on its first sheet, to which other sheets may be added."""
    book = Book(Properties(title=layout.title, company=layout.organisation), layout.paper.normal)
    _SheetWriter(book.sheet(layout.sheet_name), layout).write()
    return book


class _SheetWriter:
    """Writes one layout to one sheet."""

    def __init__(self, sheet: Sheet, layout: AnnexLayout) -> None:
        self._sheet = sheet
        self._layout = layout
        paper = layout.paper
        self._body = Style(size=paper.body, border=Line.THIN, border_colour=Colour.TEXT, wrap=True)
        self._head = self._body.but(size=paper.heading, align="center", fill=Colour.HEADING_FILL)
        self._aligns: tuple[Align, ...] = tuple(_align(annex_of(column).align) for column in layout.columns)
        self._whole = [self._body.but(align=align) for align in self._aligns]
        self._in_parts = [style.but(valign="top") for style in self._whole]
        face = Style(font=paper.font, size=paper.body)
        self._faces = {bold: face.but(bold=bold) for bold in (True, False)}

    def write(self) -> None:
        """Write everything."""
        self._frame()
        self._head_rows()
        self._merges()
        for number, row in enumerate(self._layout.rows, start=FIRST_ROW):
            self._sheet.row(number, self._cells(row), row.height)

    def _frame(self) -> None:
        layout, sheet = self._layout, self._sheet
        for number, width in enumerate(layout.widths, start=1):
            sheet.column_width(number, number, width)
        everything = area(1, 1, layout.last_row, len(layout.columns))
        sheet.print_setup(layout.paper.setup((1, FIRST_ROW - 1), everything))
        sheet.page_breaks(layout.last_rows[:-1][:PAGE_BREAKS])  # pages beyond end where the paper does
        sheet.freeze(address(FIRST_ROW, 1))
        sheet.hide_gridlines()
        sheet.ignore_errors([everything])

    def _head_rows(self) -> None:
        layout, sheet = self._layout, self._sheet
        for number, height in enumerate(layout.head_heights, start=1):
            sheet.row_height(number, height)
        last = len(layout.columns)
        document = Style(size=layout.paper.body, align="right")
        title = Style(size=layout.paper.title, bold=True, align="center")
        above_table = "" if layout.paper.document else layout.document
        sheet.merge(area(DOCUMENT_ROW, 1, DOCUMENT_ROW, last), above_table, document)
        sheet.merge(area(TITLE_ROW, 1, TITLE_ROW, last), layout.title, title)
        for head in layout.headings:
            top, bottom = head.top + FIRST_HEADING_ROW - 1, head.bottom + FIRST_HEADING_ROW - 1
            if (top, head.left) == (bottom, head.right):
                sheet.text(address(top, head.left), head.text, self._head)
            else:
                sheet.merge(area(top, head.left, bottom, head.right), head.text, self._head)

    def _merges(self) -> None:
        for each in self._layout.merges:
            self._sheet.join(area(each.top, each.left, each.bottom, each.right))

    def _cells(self, row: PrintedRow) -> list[Cell]:
        """Give the cells of a row; one that spans others gives them its look."""
        styles = self._in_parts if row.parts > 1 else self._whole
        cells = [self._cell(cell, style) for cell, style in zip(row.cells, styles, strict=True)]
        for n, cell in enumerate(row.cells):
            if cell.across > 1:
                cells[n + 1 : n + cell.across] = [("", self._whole[n])] * (cell.across - 1)
        return cells

    def _cell(self, cell: AnnexCell, style: Style) -> Cell:
        if cell.number is not None:
            return cell.number, style.but(wrap=False, num_format=INTEGER_FORMAT)
        if cell.is_bold:
            return tuple((text, self._faces[bold]) for text, bold in cell.runs), style
        return cell.text, style


def _align(name: str) -> Align:
    return "center" if name == "center" else "right" if name == "right" else "left"
