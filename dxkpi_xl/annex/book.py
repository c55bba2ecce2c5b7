"""The annex workbook with the sheets beside it: what the council may have, and what is the office's alone."""

from __future__ import annotations

from dxkpi_xl.annex.data_sheet import add_data_sheet
from dxkpi_xl.annex.kpi_sheet import add_kpi_sheet
from dxkpi_xl.annex.layout import AnnexLayout
from dxkpi_xl.annex.source_sheet import OfficeSheets, add_source_sheet
from dxkpi_xl.annex.summary_sheet import add_summary_sheet
from dxkpi_xl.annex.workbook import begin_book
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form


def annex_book(
    form: Form, register: Register, layout: AnnexLayout, previous: Register, office: OfficeSheets | None
) -> bytes:
    """Give the workbook: the annex, 集計, KPI, データ; and 出典 (hidden) in the office's copy.

    ``previous`` is the register as it was issued, against which new and ended rows are counted.
    """
    book = begin_book(layout)
    add_summary_sheet(book, form, register, previous)
    add_kpi_sheet(book, form, register)
    add_data_sheet(book, form, register)
    if office is not None:
        add_source_sheet(book, layout.sheet_name, office)
    return book.to_bytes()
