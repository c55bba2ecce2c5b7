"""What only the office knows: from its ledger and the command line to what a run does, and into nothing it writes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import load_workbook

from dxkpi_xl.cli import main
from dxkpi_xl.workspace import templates_folder

R6 = str(templates_folder() / "r6" / "register.json")
PASSWORD = "hirake-goma"  # noqa: S105  # of a file that this test makes


def locked(data: bytes, password: str) -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


def type_into(ledger: Path, values: Mapping[str, object]) -> None:
    book = load_workbook(ledger)
    for place, value in values.items():
        sheet, _, cell = place.partition("!")
        book[sheet][cell] = value
    book.save(ledger)


def set_to(ledger: Path, label: str, value: object) -> None:
    rows = load_workbook(ledger)["設定"].iter_rows(min_col=1, max_col=1)
    row = next(cell.row for (cell,) in rows if cell.value == label)
    type_into(ledger, {f"設定!B{row}": value})


@pytest.fixture
def issued(tmp_path: Path) -> Path:
    """A workspace after distribute, with one return that is locked."""
    assert main(["init", "--from", R6, "--workspace", str(tmp_path)]) == 0
    assert main(["distribute", "--workspace", str(tmp_path)]) == 0
    (survey,) = (tmp_path / "outbox" / "配布").glob("調査票*土木部*.xlsx")
    (tmp_path / "inbox" / "土木部.xlsx").write_bytes(locked(survey.read_bytes(), PASSWORD))
    return tmp_path


def codes(root: Path, capsys: pytest.CaptureFixture[str], *command: str) -> list[tuple[str, str]]:
    """What a run says of files and of decisions on files: codes and cells."""
    capsys.readouterr()
    main([*command, "--json", "--workspace", str(root)])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    kinds = [f for f in found if f["code"].startswith("F") or f["code"] in ("I020", "I021", "I022", "I023", "I024")]
    return sorted((each["code"], each["place"]["cell"]) for each in kinds)


def everything_written(root: Path) -> bytes:
    """All that a run wrote, the contents of workbooks included; but for the ledger and the originals."""
    found = []
    for path in sorted((root / "outbox").rglob("*")):
        if path.is_file() and "原本" not in path.as_posix():
            found.append(path.read_bytes())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    found += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(found)


@pytest.mark.parametrize("command", ["collect", "publish", "run"])
def test_a_password_on_the_command_line_opens_a_file_and_is_written_nowhere(
    issued: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert codes(issued, capsys, command) == [("F008", "")]
    assert codes(issued, capsys, command, "--password", "other", "--password", PASSWORD) == [("F001", "")]
    assert PASSWORD.encode() not in everything_written(issued)


def test_a_password_in_the_ledger_opens_a_file_and_is_written_nowhere_else(
    issued: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_to(issued / "調査台帳.xlsx", "受け取るファイルのパスワード", f"other\n{PASSWORD}")
    assert codes(issued, capsys, "run", "--password", "third") == [("F001", "")]
    assert main(["distribute", "--workspace", str(issued)]) == 0
    assert PASSWORD.encode() not in everything_written(issued)


def test_a_command_that_cannot_be_read_is_said_without_its_password(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for option in (["--password", PASSWORD], [f"--password={PASSWORD}"], ["--pass", PASSWORD], [f"--pa={PASSWORD}"]):
        command = ["collect", *option, "--nonsense"]
        monkeypatch.setattr("sys.argv", ["dxkpi", *command])
        with pytest.raises(SystemExit):
            main(command)
        said = capsys.readouterr().err
        assert "--nonsense" in said
        assert PASSWORD not in said


def test_a_decision_on_a_file_reaches_the_receipts_book(issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decision = {"受付の判断!A3": "土木部.xlsx", "受付の判断!C3": "使わない"}
    type_into(issued / "調査台帳.xlsx", decision)
    assert main(["collect", "--workspace", str(issued)]) == 2
    assert "受付の判断!D3" in capsys.readouterr().err
    type_into(issued / "調査台帳.xlsx", {"受付の判断!D3": "試しに送られたもの", "受付の判断!E3": "佐藤"})
    assert codes(issued, capsys, "collect", "--password", PASSWORD) == [("F014", "")]
    (book,) = (issued / "outbox").rglob("受付簿*.xlsx")
    cells = [str(cell.value) for row in load_workbook(book)["受付簿"].iter_rows() for cell in row]
    assert any("事務局の判断(佐藤。理由: 試しに送られたもの)" in cell for cell in cells)
    type_into(issued / "調査台帳.xlsx", {"受付の判断!A3": "土木部(最終).xlsx"})
    assert codes(issued, capsys, "collect", "--password", PASSWORD) == [("F001", ""), ("I021", "A3")]


def test_a_new_year_begins_without_them_and_says_so(issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = issued / "調査台帳.xlsx"
    capsys.readouterr()
    assert main(["init", "--from", str(ledger), "--year", "R7", "--workspace", str(issued / "R7")]) == 0
    assert "引き継いでいません" not in capsys.readouterr().out
    set_to(ledger, "受け取るファイルのパスワード", PASSWORD)
    assert main(["init", "--from", str(ledger), "--year", "R8", "--workspace", str(issued / "R8")]) == 0
    assert (
        "「受け取るファイルのパスワード」と「受付の判断」は、新しい台帳に引き継いでいません。"
        in capsys.readouterr().out
    )
    assert main(["init", "--from", str(ledger), "--year", "R9", "--workspace", str(issued / "R9")]) == 0
    new = load_workbook(issued / "R9" / "調査台帳.xlsx")
    assert PASSWORD not in [cell.value for sheet in new for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize(("setting", "begins"), [("付ける", b"\xef\xbb\xbf"), ("付けない", b'"')])
def test_open_data_has_a_byte_order_mark_by_setting(issued: Path, setting: str, begins: bytes) -> None:
    set_to(issued / "調査台帳.xlsx", "オープンデータのCSVのBOM", setting)
    assert main(["publish", "--workspace", str(issued)]) == 1
    files = sorted((issued / "outbox" / "オープンデータ").glob("*.csv"))
    assert len(files) >= 2
    assert all(file.read_bytes().startswith(begins) for file in files)
