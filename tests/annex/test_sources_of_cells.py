"""Every printed cell of the played year is traced to a file and cell that really holds its value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from dxkpi_xl.cli import main


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traced") / "demo"
    assert main(["demo", str(folder)]) == 0
    return folder


def holds(workbook: Workbook, sheet: str, cell: str, printed: str) -> bool:
    value = str(workbook[sheet][cell].value)
    flat, shown = "".join(value.split()), "".join(printed.split()).replace(",", "")
    return flat.replace(",", "") in shown or shown in flat


def test_every_printed_cell_stands_in_the_file_and_cell_that_is_named(played: Path) -> None:
    books: dict[str, Workbook] = {}
    sources = load_workbook(played / "outbox" / "資料2-4_R6.xlsx")["出典"]
    origins: dict[str, int] = {}
    for row in sources.iter_rows(min_row=2):
        _, _, heading, printed, origin, file, sheet, cell, *_ = (each.value for each in row)
        origins[str(origin)] = origins.get(str(origin), 0) + 1
        if origin == "計算":
            assert heading in {"事業番号", "KPI番号"}
            continue
        path = played / ("inbox" if origin == "回答" else "") / str(file)
        book = books.setdefault(str(path), load_workbook(path))
        if heading not in {"担当 部", "担当 課"}:  # the ledger names the first owner's cell
            assert holds(book, str(sheet), str(cell), str(printed)), (heading, printed, file, sheet, cell)
        if origin == "回答":
            link = row[11].hyperlink.target.replace("\\", "/")  # as Excel on Windows writes it
            assert (played / "outbox" / link).read_bytes() == path.read_bytes()
    assert set(origins) == {"計算", "回答", "調査台帳"}
    assert origins["回答"] > 300


@pytest.mark.parametrize(
    ("asked", "cell", "file", "place"),
    [
        ("17.R6", "27,714", "調査票_R6_企画調整部_R6-02-Y.xlsx", "R6目標値"),
        ("KPI5.R7", "70,000", "調査票_R6_総務部_R6-01-0.xlsx", "R7目標値"),
        ("L0012.事業名", "建設業法施行管理事業", "調査票_R6_土木部_R6-03-W.xlsx", "事業名又は取組名"),
    ],
)
def test_a_printed_number_is_traced_from_the_terminal(
    played: Path, capsys: pytest.CaptureFixture[str], asked: str, cell: str, file: str, place: str
) -> None:
    assert main(["trace", asked, "--json", "--workspace", str(played)]) == 0
    (found,) = json.loads(capsys.readouterr().out)["cells"]
    assert found["printed"].startswith(cell)
    assert found["place"]["file"] == file
    sheet = load_workbook(played / "inbox" / file)[found["place"]["sheet"]]
    column = sheet[found["place"]["cell"]].column
    assert place in {str(sheet.cell(row, column).value) for row in range(1, 12)}


def test_what_is_not_printed_is_said_in_one_line(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "99.R6", "--workspace", str(played)]) == 2
    assert "「99.R6」に当たる印刷された欄がありません。" in capsys.readouterr().err


def test_the_councils_copy_has_no_sources_and_no_names(played: Path) -> None:
    assert main(["publish", "--public", "--workspace", str(played)]) == 1
    book = load_workbook(played / "outbox" / "資料2-4_R6_公開用.xlsx")
    assert book.sheetnames == ["資料2-4", "集計", "KPI", "データ"]
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.hyperlink or c.comment]
    assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")
