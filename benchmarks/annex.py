"""The annex of 2,000 rows, each writer a command of its own: ``python -m benchmarks.annex NAME``.

``ours``: laid out and written from the register. ``xlsxwriter``: the same cells by plain XlsxWriter calls, as somebody
would write them who knew every cell already: the same texts, numbers and rich strings, as many distinct formats, the
same merges, heights of rows and widths of columns; each format made once, each cell written once, no print set-up,
nothing laid out, measured or checked, and none of our modules' start. ``openpyxl``: the same cells without formats.
``proof``: the annex as PDF, proved on paper; ``conversion``: the two conversions by LibreOffice that the proof needs.

A command prints the seconds that it spent on preparing what it is given, which are not its own; what it has to import
for its work is.
"""

# Each command imports only what it needs: the start of a process is measured as well.

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from benchmarks.annex_cells import KnownAnnex
    from benchmarks.books import PlainCell
    from dxkpi_xl.cycle.model import Register
    from dxkpi_xl.form.columns import Form

_BUREAUS, _ROWS = 80, 25
T = TypeVar("T")


def _ours() -> float:
    from dxkpi_xl.annex.workbook import annex_workbook

    (form, register), spent = _prepared(_register)
    annex_workbook(form, register)
    return spent


def _xlsxwriter() -> float:
    from xlsxwriter import Workbook

    known, spent = _prepared(_known_annex)
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
    return spent


def _openpyxl() -> float:
    from openpyxl import Workbook

    cells, spent = _prepared(_plain_cells)
    book = Workbook()
    sheet = book.create_sheet()
    for row, column, _, value, _ in cells:
        if value is not None:
            sheet.cell(row + 1, column + 1, value)
    book.save(io.BytesIO())
    return spent


def _proof() -> float:
    from dxkpi_xl.annex.layout import annex_layout
    from dxkpi_xl.annex.paper import annex_paper
    from dxkpi_xl.annex.pdf_proof import annex_pdf
    from dxkpi_xl.annex.workbook import layout_workbook

    (form, register), spent = _prepared(_register)
    layout, more = _prepared(lambda: annex_layout(form, register, annex_paper(register.cycle)))
    workbook, most = _prepared(lambda: layout_workbook(layout))
    annex_pdf(workbook, layout)
    return spent + more + most


def _conversion() -> float:
    from dxkpi_xl.annex.line_breaking import with_strict_line_breaks
    from dxkpi_xl.grid.libreoffice import convert

    workbook, spent = _prepared(_annex)
    convert(with_strict_line_breaks(convert(workbook, "ods")), "pdf", suffix=".ods")
    return spent


def _prepared(prepare: Callable[[], T]) -> tuple[T, float]:
    """Give what is prepared, and the seconds that it took."""
    begun = perf_counter()
    made = prepare()
    return made, perf_counter() - begun


def _register() -> tuple[Form, Register]:
    from benchmarks.registers import made_up_register
    from dxkpi_xl.sources import load_templates

    return load_templates()[0], made_up_register(_BUREAUS, _ROWS)


def _annex() -> bytes:
    from dxkpi_xl.annex.workbook import annex_workbook

    return annex_workbook(*_register())


def _known_annex() -> KnownAnnex:
    from benchmarks.annex_cells import known_annex

    return known_annex(_annex())


def _plain_cells() -> list[PlainCell]:
    from benchmarks.books import cells_of

    return cells_of(_annex())[0]


COMMANDS: dict[str, Callable[[], float]] = {
    "ours": _ours,
    "xlsxwriter": _xlsxwriter,
    "openpyxl": _openpyxl,
    "proof": _proof,
    "conversion": _conversion,
}

if __name__ == "__main__":
    sys.stdout.write(f"{COMMANDS[sys.argv[1]]()}")
