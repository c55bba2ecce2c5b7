"""The annex of 2,000 rows: ``python -m benchmarks.annex ours``, ``xlsxwriter`` or ``openpyxl`` (the same cells)."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from time import perf_counter

from benchmarks.books import PlainCell, cells_of
from benchmarks.registers import made_up_register
from dxkpi_xl.annex.workbook import annex_workbook
from dxkpi_xl.sources import load_templates

_BUREAUS, _ROWS = 80, 25


def annex(writer: str) -> float:
    """Write the annex and give the seconds that were spent on preparing it alone."""
    begun = perf_counter()
    form, _ = load_templates()
    register = made_up_register(_BUREAUS, _ROWS)
    if writer == "ours":
        spent = perf_counter() - begun
        annex_workbook(form, register)
        return spent
    cells = cells_of(annex_workbook(form, register))[0]
    write = _WRITERS[writer]
    spent = perf_counter() - begun
    write(cells)
    return spent


def _xlsxwriter(cells: list[PlainCell]) -> None:
    from xlsxwriter import Workbook

    book = Workbook(io.BytesIO(), {"in_memory": True})
    sheet, style = book.add_worksheet(), book.add_format({"text_wrap": True, "border": 1})
    for row, column, _, value, _ in cells:
        if value is None:
            sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, style)
        else:
            sheet.write_number(row, column, value, style)
    book.close()


def _openpyxl(cells: list[PlainCell]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet()
    for row, column, _, value, _ in cells:
        if value is not None:
            sheet.cell(row + 1, column + 1, value)
    book.save(io.BytesIO())


_WRITERS: dict[str, Callable[[list[PlainCell]], None]] = {"xlsxwriter": _xlsxwriter, "openpyxl": _openpyxl}

if __name__ == "__main__":
    sys.stdout.write(f"{annex(sys.argv[1])}")
