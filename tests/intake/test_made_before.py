"""What would be the same is not made again, and whatever lies in the folders, all that is made is as from nothing."""

from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxkpi_xl import made_before, pipeline
from dxkpi_xl.cli import main
from dxkpi_xl.collected import Collected
from dxkpi_xl.disk import seal
from dxkpi_xl.made_before import Files, MadeBefore
from dxkpi_xl.sources import Year
from dxkpi_xl.taken_in import Progress
from dxkpi_xl.workspace import Workspace

from .conftest import tree

_ARRIVED = 1_716_000_000
ANNEX, BESIDE, BOARD, PAGE, RECEIPTS = "資料", "資料に添えるもの", "回収状況", "回収状況のページ", "受付簿"
OF_ALL = {ANNEX, BESIDE, BOARD, PAGE}


def put(workspace: Workspace, name: str, data: bytes) -> None:
    path = workspace.inbox / name
    path.write_bytes(data)
    os.utime(path, (_ARRIVED, _ARRIVED))


def run(workspace: Workspace, *more: str, command: str = "run") -> None:
    assert main([command, "--workspace", str(workspace.root), *more]) in (0, 1)


def from_nothing(workspace: Workspace, folder: Path, *more: str) -> dict[str, str]:
    """What a run gives where nothing says what was made: the outputs of a copy without the record."""
    other = Workspace(root=folder)
    shutil.copytree(workspace.root, other.root)
    other.made.unlink()
    run(other, *more)
    return tree(other.outbox)


@pytest.fixture
def begun(workspace: Workspace, returned: dict[str, bytes]) -> Workspace:
    """A year of which three bureaus have answered, and which was run once; something goes back to two of them."""
    for name in ("総務部", "企画調整部", "土木部"):
        put(workspace, f"{name}.xlsx", returned[name])
    run(workspace)
    assert [each.split("_")[3] for each in sorted(send_backs(workspace))] == ["企画調整部", "総務部"]
    return workspace


def without_writer(data: bytes) -> bytes:
    """A return that does not say who filled it in."""
    book = load_workbook(io.BytesIO(data))
    sheet = book["事業・KPI"]
    label = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "記入者")
    sheet.cell(label.row, label.column + 1).value = None
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def send_backs(workspace: Workspace) -> set[str]:
    return {path.stem for path in workspace.send_backs.glob("*.xlsx")}


@pytest.fixture
def made_now(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The outputs that could not be taken from where they lie."""
    names: set[str] = set()
    again = MadeBefore.again

    def watched(self: MadeBefore, output: str, made_of: str) -> Files | None:
        files = again(self, output, made_of)
        if files is None:
            names.add(output)
        return files

    monkeypatch.setattr(MadeBefore, "again", watched)
    return names


def test_a_run_with_nothing_new_makes_nothing_and_says_and_leaves_the_same(
    begun: Workspace, made_now: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    begun.made.unlink()
    capsys.readouterr()
    run(begun, "--json")
    said, left = capsys.readouterr().out, tree(begun.outbox)
    assert made_now == OF_ALL | {RECEIPTS} | send_backs(begun)
    made_now.clear()
    run(begun, "--json")
    assert (capsys.readouterr().out, tree(begun.outbox)) == (said, left)
    assert made_now == set()


def test_collect_and_publish_know_of_each_other(begun: Workspace, made_now: set[str]) -> None:
    left = tree(begun.outbox)
    run(begun, command="collect")
    run(begun, command="publish")
    assert made_now == set()
    assert tree(begun.outbox) == left


def test_with_one_new_file_what_went_back_before_is_left_and_all_is_as_from_nothing(
    begun: Workspace, returned: dict[str, bytes], made_now: set[str], tmp_path: Path
) -> None:
    went_before = send_backs(begun)
    put(begun, "出納局.xlsx", without_writer(returned["出納局"]))
    expected = from_nothing(begun, tmp_path / "別")
    made_now.clear()
    run(begun)
    (new,) = send_backs(begun) - went_before
    assert "出納局" in new
    assert made_now == OF_ALL | {RECEIPTS, new}
    assert tree(begun.outbox) == expected


def test_whatever_was_done_to_an_output_it_comes_back(begun: Workspace, made_now: set[str]) -> None:
    left = tree(begun.outbox)
    letter = min(begun.send_backs.glob("*.txt"))
    back = sorted(begun.send_backs.glob("*.xlsx"))
    outputs = {
        begun.annex("資料2-4", "R6"): ANNEX,
        begun.open_data / "listings.csv": BESIDE,
        begun.status_page: PAGE,
        begun.receipts_book: RECEIPTS,
        letter: letter.stem.removesuffix("_メール文"),
        back[1]: back[1].stem,
    }
    spoil: tuple[Callable[[Path], object], ...] = (
        Path.unlink,
        lambda path: path.write_bytes(path.read_bytes() + b"\n"),
        lambda path: path.write_bytes(bytes(path.stat().st_size)),
        lambda path: path.write_bytes(begun.changes.read_bytes()),
        lambda path: path.write_bytes(b""),
    )
    for damage in spoil:
        made_now.clear()
        for path in outputs:
            damage(path)
        run(begun)
        assert made_now == set(outputs.values())
        assert tree(begun.outbox) == left


def test_a_board_that_was_saved_or_deleted_is_made_anew(begun: Workspace, made_now: set[str]) -> None:
    left = tree(begun.outbox)
    load_workbook(begun.board).save(begun.board)
    run(begun)
    begun.board.unlink()
    run(begun)
    assert made_now == {BOARD}
    assert tree(begun.outbox) == left


def accept_a_finding(workspace: Workspace) -> str:
    """Accept the first finding that goes back, on the board; give the bureau that it is about."""
    book = load_workbook(workspace.board)
    table = book["指摘一覧"]
    headings = {str(cell.value): cell.column for cell in table[3]}
    row = next(n for n in range(4, table.max_row + 1) if table.cell(n, headings["重さ"]).value in ("誤り", "確認"))
    for heading, text in (("対応", "受け取る"), ("理由", "確認済み"), ("決定者", "甲")):
        table.cell(row, headings[heading]).value = text
    book.save(workspace.board)
    return str(table.cell(row, headings["部局"]).value)


def test_a_decision_makes_anew_what_depends_on_it(begun: Workspace, made_now: set[str], tmp_path: Path) -> None:
    bureau = accept_a_finding(begun)
    expected = from_nothing(begun, tmp_path / "別")
    made_now.clear()
    run(begun)
    backs = {output for output in made_now if output.startswith("差し戻し_")}
    assert made_now - backs == OF_ALL
    assert backs <= {each for each in send_backs(begun) if bureau in each}
    assert tree(begun.outbox) == expected


def test_a_row_of_the_ledger_makes_anew_what_is_made_of_it(
    begun: Workspace, made_now: set[str], tmp_path: Path
) -> None:
    book = load_workbook(begun.ledger)
    book["掲載行"]["N3"] = "別の概要"
    book.save(begun.ledger)
    expected = from_nothing(begun, tmp_path / "別")
    made_now.clear()
    run(begun)
    assert made_now == OF_ALL
    assert tree(begun.outbox) == expected


def test_an_original_under_another_name_makes_anew_what_links_to_it(
    begun: Workspace, made_now: set[str], tmp_path: Path
) -> None:
    original = min(begun.originals.rglob("*.xlsx"))
    original.rename(original.with_suffix(".bin"))
    expected = from_nothing(begun, tmp_path / "別")
    made_now.clear()
    run(begun)
    assert made_now == OF_ALL
    assert tree(begun.outbox) == expected


def test_a_ledger_that_is_saved_while_it_is_worked_on_is_not_taken_for_the_one_that_was_read(
    begun: Workspace, made_now: set[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book = load_workbook(begun.ledger)
    book["掲載行"]["N3"] = "別の概要"
    book.save(tmp_path / "保存中.xlsx")
    gather = pipeline.gather

    def saved_meanwhile(workspace: Workspace, passwords: tuple[str, ...], progress: Progress) -> Collected:
        found = gather(workspace, passwords, progress)
        shutil.copy(tmp_path / "保存中.xlsx", workspace.ledger)
        return found

    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "gather", saved_meanwhile)
        run(begun)
    assert made_now == set()
    run(begun)
    assert made_now == OF_ALL
    register = json.loads(begun.register.read_text(encoding="utf-8"))
    assert "別の概要" in [each["outline"] for each in register["listings"]]


def test_another_program_makes_all_anew(begun: Workspace, made_now: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    left = tree(begun.outbox)
    with monkeypatch.context() as patched:
        patched.setattr(made_before, "maker_fingerprint", lambda: "another")
        run(begun)
    assert made_now == OF_ALL | {RECEIPTS} | send_backs(begun)
    after = tree(begun.outbox)
    record = begun.made.relative_to(begun.outbox).as_posix()
    assert {name for name in left if left[name] != after[name]} == {record, f"{record}.sha256"}


def test_the_public_annex_is_another_output(begun: Workspace, made_now: set[str]) -> None:
    run(begun, "--public")
    assert made_now == {"資料(公開用)"}
    made_now.clear()
    left = tree(begun.outbox)
    begun.annex("資料2-4", "R6").unlink()
    run(begun, "--public")
    assert made_now == set()
    run(begun)
    assert made_now == {ANNEX}
    assert tree(begun.outbox) == left


def test_with_a_password_nothing_is_taken_and_nothing_is_noted(begun: Workspace, made_now: set[str]) -> None:
    begun.receipts_book.unlink()
    record = begun.made.read_bytes()
    run(begun, "--password", "hirake-goma")
    assert made_now == OF_ALL | {RECEIPTS} | send_backs(begun)
    assert begun.made.read_bytes() == record


_NOT_OURS: dict[str, Callable[[bytes], bytes]] = {
    "blank": lambda data: b"",
    "half": lambda data: data[: len(data) // 2],
    "no object": lambda data: b"[1]",
    "another shape": lambda data: data.replace(b'"files"', b'"fils"'),
    "no files": lambda data: json.dumps(
        {each: {"of": said["of"], "files": {}} for each, said in json.loads(data).items()}
    ).encode(),
    "sizes that are none": lambda data: data.replace(b'": [', b'": ["x",'),
    "a place elsewhere": lambda data: data.replace('"資料2-4_R6.xlsx"'.encode(), b'"../inbox/x.xlsx"'),
    "a place of the system": lambda data: data.replace('"資料2-4_R6.xlsx"'.encode(), b'"/etc/hostname"'),
    "deep": lambda data: b"[" * 50_000,
    "no letters": lambda data: b'"\xff\xfe"',
}


@pytest.mark.parametrize("spoil", _NOT_OURS.values(), ids=_NOT_OURS)
def test_a_record_that_is_not_ours_counts_for_nothing_though_it_is_sealed(
    begun: Workspace, made_now: set[str], spoil: Callable[[bytes], bytes]
) -> None:
    left = tree(begun.outbox)
    data = spoil(begun.made.read_bytes())
    begun.made.write_bytes(data)
    seal(begun.made, data)
    run(begun)
    assert made_now == OF_ALL | {RECEIPTS} | send_backs(begun)
    assert tree(begun.outbox) == left


def test_a_record_that_somebody_changed_counts_for_nothing(begun: Workspace, made_now: set[str]) -> None:
    left = tree(begun.outbox)
    begun.made.write_bytes(begun.made.read_bytes().replace(b"\n", b"\r\n"))
    run(begun)
    assert made_now == OF_ALL | {RECEIPTS} | send_backs(begun)
    assert tree(begun.outbox) == left


def test_what_no_longer_goes_back_is_forgotten(begun: Workspace) -> None:
    gone = min(send_backs(begun))
    assert gone in json.loads(begun.made.read_text(encoding="utf-8"))
    name = gone.split("_")[3]
    (begun.inbox / f"{name}.xlsx").unlink()
    run(begun)
    assert gone not in send_backs(begun)
    assert gone not in json.loads(begun.made.read_text(encoding="utf-8"))


def test_all_that_is_collected_is_told_or_follows_from_what_is() -> None:
    """Who adds a value to what is collected, or to a year, must say here why an output that shows it is made anew."""
    told = {"year", "intake", "settled", "merged", "decisions", "pending"}
    follows_from_the_record_and_the_findings = {"issued", "catalogue", "statuses"}
    assert {each.name for each in fields(Collected)} == told | follows_from_the_record_and_the_findings
    follows_from_the_ledger_as_it_was_read = {"form", "catalogue", "register", "places", "findings", "office"}
    assert {each.name for each in fields(Year)} == {"read_from"} | follows_from_the_ledger_as_it_was_read
