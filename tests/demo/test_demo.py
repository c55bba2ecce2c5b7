"""The demo is the proof: the whole year on the real annex, and an honest answer when it differs."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas
import pytest
from openpyxl import load_workbook

from dxkpi_xl.cli import main


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year") / "demo"
    assert main(["demo", str(folder)]) == 0
    return folder


def test_the_demo_ends_with_all_rows_and_cells_equal(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(played)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "64/64 行, 1,088/1,088 セルが原本と一致しました"


def test_the_same_as_data(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", str(played), "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["equal_rows"], data["rows"], data["equal_cells"], data["cells"]) == (64, 64, 1088, 1088)
    assert data["findings"] == {"誤り": 0, "確認": 10, "参考": 5}


def test_the_nine_lost_sentences_stay_blank_and_are_asked_after(
    played: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["collect", "--json", "--workspace", str(played)]) == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    asked = sorted((f["listing_id"], f["code"], f["column"]) for f in findings if f["severity"] == "確認")
    old_year = ("L0049", "R009", "target")  # 「令和5年度末までに」 in the survey of 令和6年度
    assert asked == [*((f"L00{row}", "C002", "target") for row in range(17, 26)), old_year]
    assert [f for f in findings if f["severity"] == "誤り"] == []


def test_another_reader_finds_the_transcript_in_the_annex(played: Path, r6_folder: Path) -> None:
    rows = json.loads((r6_folder / "annex.json").read_text(encoding="utf-8"))["rows"]
    annex = played / "outbox" / "資料2-4_R6.xlsx"
    frame = pandas.read_excel(annex, header=None, dtype=str, keep_default_na=False, engine="calamine")
    start = frame.index[frame[0] == "1"][0]
    table = frame.iloc[start : start + 64].reset_index(drop=True)
    assert list(table[0]) == [row["number"] for row in rows]
    assert list(table[10]) == [row["kpi_no"] for row in rows]
    for n, year in enumerate(("R4", "R5", "R6", "R7"), start=13):
        assert list(table[n]) == [row["targets"][year] for row in rows]
    assert list(table[12]) == [row["baseline"] for row in rows]


def test_the_played_bureaus_typed_into_open_cells_only(played: Path) -> None:
    for issued in sorted((played / "outbox" / "配布").glob("調査票_*.xlsx")):
        one = load_workbook(io.BytesIO(issued.read_bytes()))["事業・KPI"]
        other = load_workbook(played / "inbox" / issued.name)["事業・KPI"]
        changed = [
            cell.coordinate
            for row in other.iter_rows()
            for cell in row
            if cell.value != one[cell.coordinate].value and one[cell.coordinate].protection.locked
        ]
        assert changed == []


def test_it_never_touches_an_inbox_that_holds_anything_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "inbox").mkdir()
    stranger = tmp_path / "inbox" / "本物の回答.xlsx"
    stranger.write_bytes(b"real")
    assert main(["demo", str(tmp_path)]) == 2
    assert "ほかのファイルがあります" in capsys.readouterr().err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [stranger]


def test_a_stranger_in_the_demos_own_inbox_stops_it(played: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stranger = played / "inbox" / "本物の回答.xlsx"
    stranger.write_bytes(b"real")
    try:
        assert main(["demo", str(played)]) == 2
        assert "本物の回答.xlsx" in capsys.readouterr().err
        assert stranger.read_bytes() == b"real"
    finally:
        stranger.unlink()


def test_a_wrong_cell_is_named_and_the_exit_code_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from dxkpi_xl.demo import year
    from dxkpi_xl.demo.bureaus import transcribed_answers

    def mistyped(document: dict[str, object]) -> list[tuple[int, dict[str, str]]]:
        answers = dict(transcribed_answers(document))
        answers[6] = answers[6] | {"targets.R6": "9"}
        return list(answers.items())

    monkeypatch.setattr(year, "transcribed_answers", mistyped)
    assert main(["demo", str(tmp_path / "demo")]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-2] == "  違い 6行「目標値 R6」: 原本「8」 作成「9」"
    assert lines[-1] == "63/64 行, 1,087/1,088 セルが原本と一致しました"
