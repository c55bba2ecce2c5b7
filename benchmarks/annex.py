"""The annex of 2,000 rows, each writer a command of its own: ``python -m benchmarks.annex NAME``.

``ours``: laid out and written from the register. ``xlsxwriter``: the same cells by plain XlsxWriter calls, as somebody
would write them who knew every cell already: the same texts, numbers and rich strings, as many distinct formats,
merges, heights of rows and widths of columns; each format made once, each cell written once, no print set-up, nothing
laid out, measured or checked. ``openpyxl``: the same cells without formats. ``proof``: the annex as PDF, proved on
paper; ``conversion``: the two conversions by LibreOffice that the proof needs, and nothing else.

A command prints the seconds that it spent on preparing its work, which are not its own.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from time import perf_counter

from benchmarks.annex_cells import KnownAnnex, known_annex
from benchmarks.books import PlainCell, cells_of
from benchmarks.registers import made_up_register
from dxkpi_xl.annex.layout import annex_layout
from dxkpi_xl.annex.line_breaking import with_strict_line_breaks
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.pdf_proof import annex_pdf
from dxkpi_xl.annex.workbook import annex_workbook, layout_workbook
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.sources import load_templates

_BUREAUS, _ROWS = 80, 25
# What is timed, once everything that it needs is there.
Work = Callable[[], object]


def _ours() -> Work:
    form, _ = load_templates()
    register = made_up_register(_BUREAUS, _ROWS)
    return lambda: annex_workbook(form, register)


def _xlsxwriter() -> Work:
    known = known_annex(_annex())
    return lambda: _plain_xlsxwriter(known)


def _openpyxl() -> Work:
    cells = cells_of(_annex())[0]
    return lambda: _plain_openpyxl(cells)


def _proof() -> Work:
    form, _ = load_templates()
    register = made_up_register(_BUREAUS, _ROWS)
    layout = annex_layout(form, register, annex_paper(register.cycle))
    workbook = layout_workbook(layout)
    return lambda: annex_pdf(workbook, layout)


def _conversion() -> Work:
    workbook = _annex()
    return lambda: convert(with_strict_line_breaks(convert(workbook, "ods")), "pdf", suffix=".ods")


def _annex() -> bytes:
    form, _ = load_templates()
    return annex_workbook(form, made_up_register(_BUREAUS, _ROWS))


def _plain_xlsxwriter(known: KnownAnnex) -> None:
    from xlsxwriter import Workbook

    book = Workbook(io.BytesIO(), {"in_memory": True})
    sheet = book.add_worksheet()
    formats = [book.add_format(properties) for properties in known.formats]
    for column, width in known.widths:
        sheet.set_column(column, column, width)
    for row, height in known.heights:
        sheet.set_row(row, height)
    for top, left, bottom, right, text, style in known.merges:
        sheet.merge_range(top, left, bottom, right, text, formats[style])
    for row, column, value, style in known.cells:
        if value is None:
            sheet.write_blank(row, column, None, formats[style])
        elif isinstance(value, str):
            sheet.write_string(row, column, value, formats[style])
        elif isinstance(value, tuple):
            pieces = [part for number, text in value for part in (formats[number], text)]
            sheet.write_rich_string(row, column, *pieces, formats[style])
        else:
            sheet.write_number(row, column, value, formats[style])
    book.close()


def _plain_openpyxl(cells: list[PlainCell]) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.create_sheet()
    for row, column, _, value, _ in cells:
        if value is not None:
            sheet.cell(row + 1, column + 1, value)
    book.save(io.BytesIO())


COMMANDS: dict[str, Callable[[], Work]] = {
    "ours": _ours,
    "xlsxwriter": _xlsxwriter,
    "openpyxl": _openpyxl,
    "proof": _proof,
    "conversion": _conversion,
}

if __name__ == "__main__":
    begun = perf_counter()
    work = COMMANDS[sys.argv[1]]()
    spent = perf_counter() - begun
    work()
    sys.stdout.write(f"{spent}")
