"""A sheet of a workbook being written."""

from dxkpi_xl.grid.paper import SheetPaper


class Sheet(SheetPaper):
    """Everything that can be done to a sheet; got from ``Book.sheet``.

    Cells: ``sheet_cells``, whole rows of them: ``sheet_rows``; dropdowns, marks and protection: ``sheet_rules``;
    widths, heights, view: ``sheet_layout``; printing: ``paper``.  Addresses are ``J14`` and ``A1:C3``, rows and columns
    count from 1.
    """
