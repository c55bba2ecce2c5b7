"""A return with far more in it than any bureau writes costs little time, and the findings on it can still be read."""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import load_workbook

from dxkpi_xl.findings import Catalogue
from dxkpi_xl.returns.judge import Judged
from dxkpi_xl.returns.model import Verdict

from .strange_files import saved

_SECONDS = 10.0


@pytest.fixture
def someone(returned: dict[str, bytes]) -> Any:
    return load_workbook(io.BytesIO(returned["土木部"]))


def column_of(sheet: Any, heading: str) -> int:
    return next(int(cell.column) for row in sheet.iter_rows() for cell in row if cell.value == heading)


def test_a_note_in_the_last_cell_of_the_sheet_costs_nothing(someone: Any, judged: Callable[[bytes], Judged]) -> None:
    sheet = someone["事業・KPI"]
    sheet["XFD1048576"] = "済"
    sheet.cell(1_048_576, column_of(sheet, "備考")).value = " "
    data = saved(someone)
    begun = time.monotonic()
    result = judged(data)
    assert time.monotonic() - begun < _SECONDS / 10
    assert [(finding.code, finding.place.cell) for finding in result.findings] == [("I007", "XFD1048576")]


def test_thousands_of_rows_of_something_else_are_bounded(
    someone: Any, judged: Callable[[bytes], Judged], catalogue: Catalogue
) -> None:
    sheet = someone["事業・KPI"]
    key, note, kind = (column_of(sheet, heading) for heading in ("管理番号", "備考", "区分"))
    for row in range(100, 3_100):
        sheet.cell(row, note).value = f"別の表 {row}"
        if row % 2:
            sheet.cell(row, key).value = f"X{row}"
            sheet.cell(row, kind).value = "どれでもない"
    data = saved(someone)
    begun = time.monotonic()
    result = judged(data)
    assert time.monotonic() - begun < _SECONDS
    assert result.verdict is Verdict.ACCEPTED
    assert result.answer is not None
    assert len(result.answer.new_rows) == 300
    found = Counter(finding.code for finding in result.findings)
    assert len(result.findings) == 1_001
    assert (found["I003"], result.findings[-1].code) == (1_000, "I028")
    assert "1,801件" in catalogue.word(result.findings[-1]).message


def test_a_typed_number_on_a_spare_row_names_no_other_row(someone: Any, judged: Callable[[bytes], Judged]) -> None:
    sheet = someone["事業・KPI"]
    rows = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("新")}
    project = column_of(sheet, "事業名又は取組名")
    first, second, third = rows["新01"], rows["新02"], rows["新03"]
    for n, cell in enumerate((first, second, third), start=1):
        sheet.cell(cell.row, project).value = f"事業{n}"
    second.value, third.value = "新01", "新規"
    result = judged(saved(someone))
    assert result.answer is not None
    ids = [(row.listing_id, row.value("project")) for row in result.answer.new_rows]
    assert ids == [("新01", "事業1"), (f"新@{second.row}", "事業2"), (f"新@{third.row}", "事業3")]
    assert [(finding.code, finding.place.cell) for finding in result.findings] == [("I006", third.coordinate)]
