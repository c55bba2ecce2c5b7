"""A ledger that did not change is not read twice; whatever else lies where its reading is kept is not believed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxkpi_xl import sources
from dxkpi_xl.cli import main
from dxkpi_xl.disk import seal
from dxkpi_xl.ledger import memory
from dxkpi_xl.ledger.memory import reading_key, recall_reading
from dxkpi_xl.ledger.read import read_ledger
from dxkpi_xl.sources import Year, issued_record, this_year
from dxkpi_xl.workspace import Workspace, templates_folder

R6 = str(templates_folder() / "r6" / "register.json")
PASSWORD = "hirake-goma"  # noqa: S105  # of a file that nobody has


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace whose ledger was read once."""
    assert main(["init", "--from", R6, "--workspace", str(tmp_path)]) == 0
    workspace = Workspace(root=tmp_path)
    this_year(workspace, remember=True)
    return workspace


class ReadAnew(Exception):
    """Raised where the ledger is read from its cells."""


@pytest.fixture
def unread(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, reading the ledger's cells is told."""

    def read_anew(*_: object, **__: object) -> None:
        raise ReadAnew

    monkeypatch.setattr(sources, "read_ledger", read_anew)


def type_into(ledger: Path, sheet: str, cell: str, value: str) -> None:
    book = load_workbook(ledger)
    book[sheet][cell] = value
    book.save(ledger)


def is_read(workspace: Workspace) -> bool:
    try:
        this_year(workspace)
    except ReadAnew:
        return True
    return False


def assert_same(ours: Year, theirs: Year) -> None:
    assert (ours.form, ours.register, ours.findings, ours.office) == (
        theirs.form,
        theirs.register,
        theirs.findings,
        theirs.office,
    )
    assert ours.places("L0017", "outline") == theirs.places("L0017", "outline")


def test_it_is_not_read_again_and_gives_the_same(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = this_year(workspace)
    workspace.ledger_reading.unlink()
    read = this_year(workspace)
    assert_same(kept, read)
    this_year(workspace, remember=True)
    monkeypatch.setattr(sources, "read_ledger", None)  # not called
    assert_same(this_year(workspace), read)


@pytest.mark.usefixtures("unread")
def test_passwords_of_the_command_line_are_known_beside(workspace: Workspace) -> None:
    assert this_year(workspace, (PASSWORD,)).office.passwords == (PASSWORD,)


@pytest.mark.usefixtures("unread")
def test_a_ledger_that_changed_is_read(workspace: Workspace) -> None:
    assert not is_read(workspace)
    type_into(workspace.ledger, "掲載行", "N3", "別の概要")
    assert is_read(workspace)


@pytest.mark.usefixtures("unread")
def test_a_reading_that_somebody_changed_is_not_believed(workspace: Workspace) -> None:
    path = workspace.ledger_reading
    data = path.read_bytes()
    path.write_bytes(data.replace("職員研修".encode(), "職員旅行".encode(), 1))
    assert is_read(workspace)
    path.write_bytes(data)
    assert not is_read(workspace)
    path.with_name(f"{path.name}.sha256").unlink()
    assert is_read(workspace)


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("data", [b"", b"{}", b"\x80\x04N.", b"[" * 50_000])
def test_what_is_no_reading_is_not_believed_though_it_is_sealed(workspace: Workspace, data: bytes) -> None:
    workspace.ledger_reading.write_bytes(data)
    seal(workspace.ledger_reading, data)
    assert is_read(workspace)


@pytest.mark.usefixtures("unread")
def test_a_reading_of_another_year_is_not_believed(workspace: Workspace, tmp_path: Path) -> None:
    other = Workspace(root=tmp_path / "other")
    assert main(["init", "--from", R6, "--year", "R7", "--workspace", str(other.root)]) == 0
    for name in (workspace.ledger_reading, workspace.ledger_reading.with_name("台帳の読取り.json.sha256")):
        target = other.ledger_reading.with_name(name.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(name, target)
    assert is_read(other)


@pytest.mark.usefixtures("unread")
def test_a_reading_too_large_to_be_ours_is_not_loaded(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_MOST_BYTES", workspace.ledger_reading.stat().st_size)
    assert not is_read(workspace)
    monkeypatch.setattr(memory, "_MOST_BYTES", workspace.ledger_reading.stat().st_size - 1)
    assert is_read(workspace)


def test_a_reading_depends_on_ledger_program_and_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = reading_key(b"ledger")
    assert reading_key(b"ledger") == key
    assert reading_key(b"Ledger") != key
    with monkeypatch.context() as patched:
        patched.setattr(memory, "program_fingerprint", lambda: "another")
        assert reading_key(b"ledger") != key
    templates = tmp_path / "templates"
    shutil.copytree(templates_folder(), templates)
    monkeypatch.setattr(memory.ws, "templates_folder", lambda: templates)
    assert reading_key(b"ledger") == key
    with (templates / sources.DEFAULT_FORM / "form.toml").open("a", encoding="utf-8") as form:
        form.write("\n")
    assert reading_key(b"ledger") != key


def test_a_ledger_with_a_password_is_not_remembered(workspace: Workspace) -> None:
    rows = load_workbook(workspace.ledger)["設定"].iter_rows(min_col=1, max_col=1)
    row = next(cell.row for (cell,) in rows if cell.value == "受け取るファイルのパスワード")
    type_into(workspace.ledger, "設定", f"B{row}", PASSWORD)
    before = workspace.ledger_reading.read_bytes()
    assert this_year(workspace, remember=True).office.passwords == (PASSWORD,)
    assert workspace.ledger_reading.read_bytes() == before
    assert recall_reading(workspace, reading_key(workspace.ledger.read_bytes())) is None


def test_a_ledger_that_was_given_ids_is_remembered_as_it_then_stands(workspace: Workspace) -> None:
    type_into(workspace.ledger, "掲載行", "A3", "")
    year = this_year(workspace, remember=True)
    assert [finding.code for finding in year.findings if finding.code == "T048"] == ["T048"]
    assert recall_reading(workspace, reading_key(workspace.ledger.read_bytes())) is None
    again = this_year(workspace, remember=True)
    assert again.findings == ()
    recalled = recall_reading(workspace, reading_key(workspace.ledger.read_bytes()))
    assert recalled is not None
    assert recalled.register == again.register == year.register


def test_who_asks_without_remembering_leaves_nothing(tmp_path: Path) -> None:
    assert main(["init", "--from", R6, "--workspace", str(tmp_path)]) == 0
    workspace = Workspace(root=tmp_path)
    this_year(workspace)
    assert not workspace.ledger_reading.exists()


def test_a_register_that_was_issued_just_so_is_not_kept_once_more(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["distribute", "--workspace", str(workspace.root)]) == 0
    issued = issued_record(workspace)[0].register
    whole = workspace.ledger_reading.read_bytes()
    workspace.ledger_reading.unlink()
    read = this_year(workspace, remember=True, issued=issued)
    assert read.register is issued
    assert len(workspace.ledger_reading.read_bytes()) * 3 < len(whole)
    with monkeypatch.context() as without_reading:
        without_reading.setattr(sources, "read_ledger", None)  # not called
        known = this_year(workspace, issued=issued)
    assert known.register is issued
    assert_same(known, read)


@pytest.mark.usefixtures("unread")
def test_a_reading_that_points_at_another_record_is_not_believed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["distribute", "--workspace", str(workspace.root)]) == 0
    issued = issued_record(workspace)[0].register
    workspace.ledger_reading.unlink()
    with monkeypatch.context() as reading:
        reading.setattr(sources, "read_ledger", read_ledger)
        this_year(workspace, remember=True, issued=issued)
    assert is_read(workspace)  # nobody says what was issued
    record = workspace.issued_record.read_bytes()
    workspace.issued_record.write_bytes(record + b"\n")
    with pytest.raises(ReadAnew):
        this_year(workspace, issued=issued)
    workspace.issued_record.write_bytes(record)
    assert this_year(workspace, issued=issued).register is issued
