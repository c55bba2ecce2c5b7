"""What the office decides in Excel is read back, applied, kept with its history, and told when it no longer fits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dxkpi_xl.cli import main
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.workspace import templates_folder

Run = Callable[..., dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A distributed year in which two bureaus answer one field of a co-owned row differently."""
    source = str(templates_folder() / "r6" / "register.json")
    assert main(["init", "--from", source, "--workspace", str(tmp_path)]) == 0
    assert main(["distribute", "--workspace", str(tmp_path)]) == 0
    for bureau, text in (("総務部", "甲の文"), ("企画調整部", "乙の文")):
        answer(tmp_path, bureau, "L0026", "指標(KPI)又は目標", text)
    return tmp_path


def answer(folder: Path, bureau: str, listing_id: str, heading: str, text: str) -> None:
    issued = next((folder / "outbox" / "配布").glob(f"調査票_R6_{bureau}_*.xlsx"))
    returned = folder / "inbox" / issued.name
    book = load_workbook(returned if returned.exists() else issued)
    sheet = book["事業・KPI"]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    sheet.cell(cells[listing_id].row, cells[heading].column).value = text
    for label in ("記入者", "内線", "記入日"):
        sheet.cell(cells[label].row, cells[label].column + 1).value = "2024/5/20" if label == "記入日" else "1"
    book.save(returned)


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def give() -> dict[str, Any]:
        capsys.readouterr()
        main(["run", "--json", "--workspace", str(folder)])
        data: dict[str, Any] = json.loads(capsys.readouterr().out)
        return data

    return give


def target_of(folder: Path) -> str:
    register = json.loads((folder / "outbox" / "register.json").read_text(encoding="utf-8"))
    return next(str(each["target"]) for each in register["listings"] if each["id"] == "L0026")


def journal(folder: Path) -> list[dict[str, Any]]:
    path = folder / "outbox" / "記録" / "判断.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def codes(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f["code"], f["listing_id"]) for f in data["findings"] if f["code"].startswith("K")]


def write(folder: Path, sheet: str, key: dict[str, str], values: dict[str, str]) -> None:
    """Fill in the row of a sheet of the board in which the key's texts stand."""
    path = folder / "outbox" / "回収状況.xlsx"
    book = load_workbook(path)
    table = book[sheet]
    headings = {str(cell.value): cell.column for cell in table[3]}
    for row in range(4, table.max_row + 1):
        if all(str(table.cell(row, headings[name]).value) == text for name, text in key.items()):
            for name, text in values.items():
                table.cell(row, headings[name]).value = text or None
            book.save(path)
            return
    raise AssertionError(f"no row with {key}")


CONFLICT = {"管理番号": "L0026", "項目": "指標(KPI)又は目標"}
SIGNED = {"理由": "調整済み", "決定者": "佐藤", "決定日": "2024/5/27"}
ISSUED = "生成AIの活用について検討を進める。"


def test_a_conflict_shows_both_answers_with_their_cells_and_the_issued_value_is_printed(folder: Path, run: Run) -> None:
    assert codes(run()) == [("K001", "L0026")]
    assert target_of(folder) == ISSUED
    table = load_workbook(folder / "outbox" / "回収状況.xlsx")["競合・判断"]
    row = {str(table.cell(3, n).value): str(table.cell(4, n).value or "") for n in range(1, table.max_column + 1)}
    assert (row["A案の部局"], row["A案の回答"], row["B案の部局"], row["B案の回答"]) == (
        "総務部",
        "甲の文",
        "企画調整部",
        "乙の文",
    )
    assert (row["発行時の値"], row["状態"]) == (ISSUED, "未決")
    assert row["A案の場所"].startswith("調査票_R6_総務部_R6-01-0.xlsx 事業・KPI!")


@pytest.mark.parametrize(
    ("values", "printed"),
    [
        ({"判断": "A案"}, "甲の文"),
        ({"判断": "Ｂ案"}, "乙の文"),
        ({"判断": "前年度のまま"}, ISSUED),
        ({"判断": "手入力", "手入力の内容": "両部の文"}, "両部の文"),
    ],
)
def test_a_decision_is_applied_and_recorded_with_who_and_why(
    folder: Path, run: Run, values: dict[str, str], printed: str
) -> None:
    run()
    write(folder, "競合・判断", CONFLICT, {**values, **SIGNED})
    assert codes(run()) == []
    assert target_of(folder) == printed
    (entry,) = journal(folder)
    assert (entry["kind"], entry["value"], entry["reason"], entry["decided_by"]) == (
        "field",
        printed,
        "調整済み",
        "佐藤",
    )


def test_decisions_survive_ten_runs_and_a_deleted_board(folder: Path, run: Run) -> None:
    run()
    write(folder, "競合・判断", CONFLICT, {"判断": "A案", **SIGNED})
    for _ in range(10):
        assert codes(run()) == []
    (folder / "outbox" / "回収状況.xlsx").unlink()
    assert codes(run()) == []
    assert (target_of(folder), len(journal(folder))) == ("甲の文", 1)


@pytest.mark.libreoffice
def test_a_board_saved_by_another_program_keeps_its_decisions(folder: Path, run: Run) -> None:
    run()
    write(folder, "競合・判断", CONFLICT, {"判断": "B案", **SIGNED})
    board = folder / "outbox" / "回収状況.xlsx"
    board.write_bytes(convert(board.read_bytes(), "xlsx"))
    assert codes(run()) == []
    assert target_of(folder) == "乙の文"


def test_a_decision_without_reason_or_name_is_asked_for_at_its_cell(folder: Path, run: Run) -> None:
    run()
    write(folder, "競合・判断", CONFLICT, {"判断": "A案"})
    data = run()
    assert codes(data) == [("K001", "L0026"), ("K004", "L0026")]
    asked = next(f for f in data["findings"] if f["code"] == "K004")
    assert asked["place"]["sheet"] == "競合・判断"
    assert "「理由」と「決定者」" in asked["message"]
    assert target_of(folder) == ISSUED


@pytest.mark.parametrize(
    ("sheet", "key", "typed", "code"),
    [
        ("競合・判断", CONFLICT, {"判断": "手入力", "手入力の内容": "長い文", "理由": "長い理由"}, "K004"),
        ("競合・判断", CONFLICT, {"理由": "あとで決める"}, "K001"),
        ("指摘一覧", {"符号": "C002", "管理番号": "L0018"}, {"対応": "受け取る", "理由": "長い理由"}, "K004"),
        ("指摘一覧", {"符号": "C002", "管理番号": "L0018"}, {"対応": "了承", "理由": "r", "決定者": "佐藤"}, "K006"),
    ],
)
def test_what_was_typed_stays_on_the_board_until_it_is_a_whole_decision(
    folder: Path, run: Run, sheet: str, key: dict[str, str], typed: dict[str, str], code: str
) -> None:
    run()
    write(folder, sheet, key, typed)
    for _ in range(2):
        assert code in [found for found, _ in codes(run())]
        table = load_workbook(folder / "outbox" / "回収状況.xlsx")[sheet]
        headings = {str(cell.value): cell.column for cell in table[3]}
        row = next(
            n for n in range(4, 60) if all(str(table.cell(n, headings[h]).value) == text for h, text in key.items())
        )
        assert {heading: table.cell(row, headings[heading]).value for heading in typed} == typed
    assert journal(folder) == []


def test_a_decision_whose_sides_changed_since_is_reported_and_not_used(folder: Path, run: Run) -> None:
    run()
    write(folder, "競合・判断", CONFLICT, {"判断": "A案", **SIGNED})
    run()
    answer(folder, "総務部", "L0026", "指標(KPI)又は目標", "甲の新しい文")
    assert sorted(codes(run())) == [("K001", "L0026"), ("K003", "L0026")]
    assert target_of(folder) == ISSUED
    assert len(journal(folder)) == 1


def test_clearing_a_decision_takes_it_back_and_the_history_keeps_both(folder: Path, run: Run) -> None:
    run()
    write(folder, "競合・判断", CONFLICT, {"判断": "A案", **SIGNED})
    run()
    write(folder, "競合・判断", CONFLICT, {"判断": "", "理由": "", "決定者": "", "決定日": ""})
    assert codes(run()) == [("K001", "L0026")]
    assert [entry["choice"] for entry in journal(folder)] == ["A案", ""]


def test_an_answer_by_telephone_can_be_written_for_any_field(folder: Path, run: Run) -> None:
    run()
    path = folder / "outbox" / "回収状況.xlsx"
    book = load_workbook(path)
    table = book["競合・判断"]
    headings = {str(cell.value): cell.column for cell in table[3]}
    typed = {
        "管理番号": "L0012",
        "項目": "R6目標値",
        "判断": "手入力",
        "手入力の内容": "5%",
        "理由": "電話",
        "決定者": "佐藤",
    }
    for name, text in typed.items():
        table.cell(6, headings[name]).value = text
    book.save(path)
    run()
    register = json.loads((folder / "outbox" / "register.json").read_text(encoding="utf-8"))
    listing = next(each for each in register["listings"] if each["id"] == "L0012")
    kpi = next(each for each in register["kpis"] if each["id"] == listing["kpi_id"])
    assert kpi["targets"] == {"R6": "5%"}


@pytest.mark.parametrize(("choice", "code"), [("受け取る", "C021"), ("差し戻す", "C022")])
def test_a_finding_can_be_accepted_or_sent_back_with_a_reason(folder: Path, run: Run, choice: str, code: str) -> None:
    asked = [f for f in run()["findings"] if f["code"] == "C002" and f["listing_id"] == "L0018"]
    assert len(asked) == 1
    write(folder, "指摘一覧", {"符号": "C002", "管理番号": "L0018"}, {"対応": choice, **SIGNED})
    for _ in range(3):
        found = [f["code"] for f in run()["findings"] if f["listing_id"] == "L0018"]
        assert found == [code]
    write(
        folder, "指摘一覧", {"符号": "C002", "管理番号": "L0018"}, {"対応": "", "理由": "", "決定者": "", "決定日": ""}
    )
    assert [f["code"] for f in run()["findings"] if f["listing_id"] == "L0018"] == ["C002"]
    assert [entry["choice"] for entry in journal(folder)] == [choice, ""]


def test_a_spoilt_history_is_never_written_over(folder: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run()
    path = folder / "outbox" / "記録" / "判断.jsonl"
    path.write_text('{"kind": "field"\n', encoding="utf-8")
    assert main(["run", "--workspace", str(folder)]) == 2
    assert "判断.jsonl)の1行目を読み取れません" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == '{"kind": "field"\n'


def test_a_value_that_cannot_be_right_is_not_printed_without_a_mark(folder: Path, run: Run) -> None:
    answer(folder, "企画調整部", "L0017", "R6目標値", "未定")
    found = [
        (f["code"], f["column"]) for f in run()["findings"] if f["listing_id"] == "L0017" and f["severity"] == "誤り"
    ]
    assert ("C004", "targets.R6") in found
    annex = load_workbook(folder / "outbox" / "資料2-4_R6.xlsx").worksheets[0]
    marked = {str(cell.value) for row in annex.iter_rows() for cell in row if "※調整中" in str(cell.value)}
    assert "未定\n※調整中" in marked
    answer(folder, "企画調整部", "L0017", "R6目標値", "28000")
    run()
    annex = load_workbook(folder / "outbox" / "資料2-4_R6.xlsx").worksheets[0]
    texts = {str(cell.value) for row in annex.iter_rows() for cell in row}
    assert "28000" in texts
    assert not any("未定" in text for text in texts)
