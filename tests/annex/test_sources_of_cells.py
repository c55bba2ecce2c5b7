"""Every printed cell of the played year is traced to a file and cell that really holds its value."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from dxkpi_xl.annex.not_printed import Why, not_printed
from dxkpi_xl.cli import main
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.merge.merge import merge
from dxkpi_xl.returns.issued import Issued


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


def answer(book: Path, listing_id: str, answers: dict[str, str]) -> None:
    """Type answers into the row of a listing, each under its heading."""
    workbook = load_workbook(book)
    sheet = workbook["事業・KPI"]
    heading = next(row for row in sheet.iter_rows() if "管理番号" in {cell.value for cell in row})
    columns = {str(cell.value): cell.column for cell in heading}
    row = next(
        r for r in range(heading[0].row + 1, sheet.max_row) if sheet.cell(r, columns["管理番号"]).value == listing_id
    )
    for label, value in answers.items():
        sheet.cell(row, columns[label]).value = value
    workbook.save(book)


@pytest.fixture
def with_an_end(played: Path, tmp_path: Path) -> Path:
    """The played year in which 総務部 ended L0004, which has a relisting."""
    folder = tmp_path / "ended"
    shutil.copytree(played, folder)
    answers = {"区分": "廃止", "廃止・統合の理由": "目的を達したため"}
    answer(folder / "inbox" / "調査票_R6_総務部_R6-01-0.xlsx", "L0004", answers)
    return folder


def test_of_a_row_that_ended_it_is_said_why_it_is_not_printed(
    with_an_end: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", "L0004", "--workspace", str(with_an_end)]) == 0
    said = capsys.readouterr().out
    assert "は掲載されていません。区分が「廃止」のためです。" in said
    assert "  廃止・統合の理由「目的を達したため」" in said
    assert main(["trace", "L0004", "--json", "--workspace", str(with_an_end)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["cells"] == []
    row = found["not_printed"]
    assert (row["listing_id"], row["why"]) == ("L0004", "ended")
    assert [(each["heading"], each["value"]) for each in row["told"]] == [
        ("区分", "廃止"),
        ("廃止・統合の理由", "目的を達したため"),
    ]
    assert {side["place"]["file"] for each in row["told"] for side in each["sides"]} == {
        "調査票_R6_総務部_R6-01-0.xlsx"
    }


def test_a_row_that_repeats_an_ended_one_names_it(with_an_end: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "L0029", "--json", "--workspace", str(with_an_end)]) == 0
    row = json.loads(capsys.readouterr().out)["not_printed"]
    assert (row["why"], row["told"]) == ("with_original", [])
    assert "再掲元のL0004が" in row["reason"]


def test_a_row_that_the_office_left_out_of_the_ledger_is_said_to_be(form: Form, r6: Register) -> None:
    issued = Issued(form=form, register=r6)
    left = replace(r6, listings=tuple(each for each in r6.listings if each.id != "L0012"))
    row = not_printed("L0012", issued, merge(issued, left, ()))
    assert row is not None
    assert (row.why, row.told) == (Why.NOT_IN_LEDGER, ())
    assert row.name.startswith("建設業法施行管理事業")
    assert not_printed("L0013", issued, merge(issued, left, ())) is None
    assert not_printed("L9999", issued, merge(issued, left, ())) is None


def test_a_cell_that_is_printed_blank_is_traced_where_it_is_asked_for(
    played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", "L0004.R7", "--json", "--workspace", str(played)]) == 0
    (found,) = json.loads(capsys.readouterr().out)["cells"]
    assert (found["cell"], found["printed"], found["place"]["cell"]) == ("Q9", "", "U12")
    assert main(["trace", "L0004", "--json", "--workspace", str(played)]) == 0
    assert all(each["printed"] for each in json.loads(capsys.readouterr().out)["cells"])
    assert main(["trace", "q9", "--workspace", str(played)]) == 0
    assert capsys.readouterr().out.startswith("Q9「目標値 R7」(L0004) = (空欄)\n")
