"""The office's commands: what they say, what they leave behind, and that they can be run again."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from dxkpi_xl.cli import main
from dxkpi_xl.workspace import templates_folder

R6 = str(templates_folder() / "r6" / "register.json")


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    assert main(["init", "--from", R6, "--workspace", str(tmp_path)]) == 0
    return tmp_path


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_in_an_empty_folder_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "調査台帳.xlsx がありません" in out
    assert "次の命令: dxkpi demo" in out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["distribute"], "調査台帳.xlsx がありません"),
        (["run"], "調査台帳.xlsx がありません"),
        (["init", "--from", "ない.xlsx"], "「ない.xlsx」を開けません"),
        (["init", "--from", R6, "--year", "来年"], "年度「来年」を読み取れません"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], words: str
) -> None:
    assert main([*command, "--workspace", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert words in err
    assert len(err.splitlines()) == 1


def test_init_does_not_write_over_a_ledger(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = hashes(begun)
    assert main(["init", "--from", R6, "--workspace", str(begun)]) == 2
    assert "既にあります" in capsys.readouterr().err
    assert hashes(begun) == before


def test_collecting_before_distributing_says_so(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["collect", "--workspace", str(begun)]) == 2
    assert "先に「dxkpi distribute」" in capsys.readouterr().err


def test_each_step_says_the_next_one(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = []
    for command in ([], ["distribute"], [], ["run"], []):
        main([*command, "--json", "--workspace", str(begun)])
        answer = json.loads(capsys.readouterr().out)
        steps.append(answer.get("next", "-"))
    assert steps == ["dxkpi distribute", "-", "dxkpi run", "-", "dxkpi run"]


def test_the_same_input_gives_the_same_bytes_however_often_it_is_run(begun: Path, tmp_path: Path) -> None:
    workspace = ["--workspace", str(begun)]
    assert main(["distribute", *workspace]) == 0
    assert main(["run", *workspace]) == 1
    before = hashes(begun)
    assert main(["distribute", *workspace]) == 0
    assert main(["run", *workspace]) == 1
    assert main(["collect", *workspace]) == 1
    assert main(["publish", *workspace]) == 1
    assert hashes(begun) == before


def test_one_bureaus_workbook_alone_can_be_made(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distribute", "--bureau", "土木部", "--json", "--workspace", str(begun)]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert [each["addressee"] for each in files] == ["土木部"]
    assert [path.name for path in (begun / "outbox" / "配布").glob("*.xlsx") if path.name.startswith("調査票")] == [
        files[0]["file"]
    ]


def test_an_unknown_bureau_is_refused_with_the_known_ones(begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distribute", "--bureau", "宇宙部", "--workspace", str(begun)]) == 2
    assert "「宇宙部」という部局はありません。次のどれかを指定してください: 総務部、" in capsys.readouterr().err


def test_next_year_starts_from_this_years_register(begun: Path, tmp_path: Path) -> None:
    following = tmp_path / "R7"
    ledger = begun / "調査台帳.xlsx"
    assert main(["init", "--from", str(ledger), "--year", "R7", "--workspace", str(following)]) == 0
    assert main(["distribute", "--workspace", str(following)]) == 0
    names = sorted(path.name for path in (following / "outbox" / "配布").glob("調査票_*.xlsx"))
    assert len(names) == 6
    assert all(name.startswith("調査票_R7_") for name in names)


def test_help_is_instant_because_nothing_heavy_is_imported() -> None:
    code = "import sys, dxkpi_xl.cli as c; c._parser().format_help(); print([m for m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(out.replace("'", "").strip("[]\n").split(", "))
    assert not loaded & {"openpyxl", "pandas", "jsonschema", "xlsxwriter", "rich", "numpy"}


def test_a_command_that_cannot_be_read_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["init"])
    assert stopped.value.code == 2
    assert "使い方は「dxkpi init --help」で御覧ください。" in capsys.readouterr().err


def test_ids_given_to_rows_that_the_office_added_are_written_into_the_ledger(begun: Path) -> None:
    from openpyxl import load_workbook

    ledger = begun / "調査台帳.xlsx"
    book = load_workbook(ledger)
    sheet = book["掲載行"]
    headings = {str(cell.value): cell.column for cell in next(r for r in sheet.iter_rows() if r[0].value == "管理番号")}
    last = max(row for row in range(1, sheet.max_row + 1) if str(sheet.cell(row, 1).value).startswith("L0064"))
    for column in range(1, sheet.max_column + 1):
        sheet.cell(last + 1, column).value = sheet.cell(last, column).value
    for heading in ("管理番号", "事業ID", "掲載順"):
        sheet.cell(last + 1, headings[heading]).value = None
    name = next(n for heading, n in headings.items() if heading.startswith("事業名"))
    sheet.cell(last + 1, name).value = "事務局が加えた事業"
    book.save(ledger)
    assert main(["distribute", "--workspace", str(begun)]) == 0
    written = load_workbook(ledger)["掲載行"]
    assert written.cell(last + 1, headings["管理番号"]).value == "L0065"
    assert written.cell(last + 1, headings["事業ID"]).value == "P0052"
    before = ledger.read_bytes()
    assert main(["distribute", "--workspace", str(begun)]) == 0
    assert ledger.read_bytes() == before


@pytest.mark.parametrize(
    "order", [["--workspace", "{}", "status", "--json"], ["status", "--json", "--workspace", "{}"]]
)
def test_the_common_options_may_stand_before_or_after_the_command(
    begun: Path, capsys: pytest.CaptureFixture[str], order: list[str]
) -> None:
    capsys.readouterr()
    assert main([each.replace("{}", str(begun)) for each in order]) == 0
    assert json.loads(capsys.readouterr().out)["step"] == "ledger"


def test_next_year_starts_from_what_was_published_not_from_what_was_issued(begun: Path, tmp_path: Path) -> None:
    workspace = ["--workspace", str(begun)]
    assert main(["distribute", *workspace]) == 0
    assert main(["run", *workspace]) == 1
    path = begun / "outbox" / "register.json"
    register = json.loads(path.read_text(encoding="utf-8"))
    register["listings"][0]["target"] = "公表した文"
    path.write_text(json.dumps(register, ensure_ascii=False), encoding="utf-8")
    following = tmp_path / "R7"
    ledger = begun / "調査台帳.xlsx"
    assert main(["init", "--from", str(ledger), "--year", "令和7年度", "--workspace", str(following)]) == 0
    record = json.loads((following / "outbox" / "記録" / "開始時の台帳.json").read_text(encoding="utf-8"))
    assert record["listings"][0]["target"] == "公表した文"


def test_a_year_that_is_not_later_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--from", R6, "--year", "R5", "--workspace", str(tmp_path)]) == 2
    assert "R5は、元の年度(R6)より後ではありません。" in capsys.readouterr().err


def test_workbooks_of_another_division_do_not_stay_beside_those_to_be_sent(begun: Path) -> None:
    folder = begun / "outbox" / "配布"
    folder.mkdir(parents=True)
    (folder / "調査票_R6_旧部_R6-99-X.xlsx").write_bytes(b"old")
    (folder / "事務局のメモ.txt").write_bytes(b"memo")
    assert main(["distribute", "--workspace", str(begun)]) == 0
    assert not (folder / "調査票_R6_旧部_R6-99-X.xlsx").exists()
    assert (folder / "事務局のメモ.txt").read_bytes() == b"memo"
