"""What others take for a part of the same work, each a command of its own: ``python -m benchmarks.baselines NAME …``.

``calamine``: python-calamine merely reads every sheet. ``office``: the script that an office would write, which checks
nothing. ``xlsxwriter`` and ``openpyxl``: the same cells written without any logic of ours.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.books import PlainCell

_ANSWERS, _HEADING_ROW = "事業・KPI", "管理番号"


def calamine(inbox: Path, _: Path) -> None:
    """Read every cell of every sheet of every file; keep nothing."""
    from python_calamine import CalamineWorkbook

    for path in sorted(inbox.glob("*.xlsx")):
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def office(inbox: Path, target: Path) -> None:
    """Read each answer sheet, put all rows together, save them."""
    import pandas

    frames = []
    for path in sorted(inbox.glob("*.xlsx")):
        sheet = pandas.read_excel(path, sheet_name=_ANSWERS, header=None, dtype=str, engine="openpyxl")
        heading = next(n for n, row in enumerate(sheet.itertuples(index=False)) if _HEADING_ROW in tuple(row))
        rows = sheet.iloc[heading + 1 :].copy()
        rows.columns = sheet.iloc[heading].tolist()
        frames.append(rows.loc[:, rows.columns.notna()].assign(file=path.name))
    pandas.concat(frames).to_excel(target / "office.xlsx", index=False)


def xlsxwriter(dump: Path, target: Path) -> None:
    """Write the cells again: texts, numbers, formulas with their values, blanks, as many formats as there were."""
    from xlsxwriter import Workbook

    for name, sheets in _dumped(dump):
        book = Workbook(target / name, {"in_memory": True})
        formats: dict[int, object] = {}
        for cells in sheets:
            sheet = book.add_worksheet()
            for row, column, style, value, formula in cells:
                if style not in formats:
                    formats[style] = book.add_format({"font_size": 10, "text_wrap": True, "border": style % 13 + 1})
                if formula:
                    sheet.write_formula(row, column, f"={formula}", formats[style], value)
                elif value is None:
                    sheet.write_blank(row, column, None, formats[style])
                elif isinstance(value, str):
                    sheet.write_string(row, column, value, formats[style])
                else:
                    sheet.write_number(row, column, value, formats[style])
        book.close()


def openpyxl(dump: Path, target: Path) -> None:
    """Write the cells again, without formats."""
    from openpyxl import Workbook

    for name, sheets in _dumped(dump):
        book = Workbook()
        for cells in sheets:
            sheet = book.create_sheet()
            for row, column, _, value, formula in cells:
                if formula or value is not None:
                    sheet.cell(row + 1, column + 1, f"={formula}" if formula else value)
        book.save(target / name)


def _dumped(dump: Path) -> Iterator[tuple[str, list[list[PlainCell]]]]:
    """Give the books of a dump; the time that reading it takes is told, so that it can be taken off."""
    spent = 0.0
    with dump.open("rb") as stream:
        while True:
            begun = perf_counter()
            try:
                book = pickle.load(stream)  # noqa: S301 - written by this benchmark
            except EOFError:
                break
            spent += perf_counter() - begun
            yield book
    sys.stdout.write(f"{spent}")


BASELINES: dict[str, Callable[[Path, Path], None]] = {
    each.__name__: each for each in (calamine, office, xlsxwriter, openpyxl)
}

if __name__ == "__main__":
    BASELINES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
