"""What lies in the inbox is listed under names of its own, opened only where it is a file, and kept once as it came."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from dxkpi_xl.cli import main
from dxkpi_xl.one_line import json_lines, one_line
from dxkpi_xl.returns.model import Verdict
from dxkpi_xl.returns.opening import NotOpened, arrivals, open_arrival
from dxkpi_xl.returns.originals import Originals
from dxkpi_xl.workspace import Workspace

from .conftest import tree


@pytest.mark.skipif(os.name == "nt", reason="Windows writes these names otherwise")
def test_names_that_would_be_shown_alike_are_told_apart(tmp_path: Path) -> None:
    composed = "がんばり.xlsx"
    for name in (composed, unicodedata.normalize("NFD", composed), "a\x1bb", "a\x07b"):
        (tmp_path / name).write_bytes(name.encode())
    assert [each.name for each in arrivals(tmp_path)] == [
        "a\ufffdb", "a\ufffdb #2", "がんばり.xlsx", "がんばり.xlsx #2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("調査票　総務部.xlsx", "調査票　総務部.xlsx"),
        ("表\u202excod.xlsx", "表\ufffdxcod.xlsx"),
        ("👨‍👩‍👧.xlsx", "👨‍👩‍👧.xlsx"),
        ("a\u2028b\u0085c\u200bd", "a\ufffdb\ufffdc\ufffdd"),
        ("\x1b[2J\x9b31m", "\ufffd[2J\ufffd31m"),
    ],
)
def test_a_text_on_one_line_steers_no_terminal_and_keeps_what_people_write(name: str, shown: str) -> None:
    assert one_line(name) == shown


def test_json_for_a_terminal_is_the_same_data(tmp_path: Path) -> None:
    import json

    data = {"a\x9b": "b\u2028c\u202e\U000e0001\n", "表": ["〃", 1]}
    text = json_lines(data)
    assert json.loads(text) == data
    assert one_line(text.replace("\n", "")) == text.replace("\n", "")


def test_an_empty_marker_is_no_arrival_but_one_that_holds_something_is(tmp_path: Path) -> None:
    marker = tmp_path / ".gitkeep"
    marker.touch()
    assert arrivals(tmp_path) == ()
    marker.write_bytes(b"x")
    assert [each.name for each in arrivals(tmp_path)] == [".gitkeep"]


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_without_a_writer_does_not_hold_up_the_run(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.xlsx")
    opened = open_arrival(tmp_path / "管.xlsx")
    assert isinstance(opened, NotOpened)
    assert opened.verdict is Verdict.NOT_A_FILE


def test_an_inbox_that_cannot_be_read_is_no_empty_inbox(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(workspace.outbox)
    really = os.scandir

    def refused(path: object) -> object:
        if Path(str(path)).name == "inbox":
            raise PermissionError(13, "Permission denied", str(path))
        return really(path)  # type: ignore[call-overload]  # passed on as it came

    monkeypatch.setattr(os, "scandir", refused)
    assert main(["collect", "--workspace", str(workspace.root)]) == 2
    assert "「inbox」" in capsys.readouterr().err
    assert tree(workspace.outbox) == before


def test_the_same_bytes_are_kept_once_whatever_they_are_called(tmp_path: Path) -> None:
    originals = Originals(folder=tmp_path)
    first, path = originals.keep(b"one", "回答.xlsx")
    assert originals.keep(b"one", "回答.bin") == (first, path)
    assert [each.name for each in tmp_path.rglob("*") if each.is_file()] == [f"{first}.xlsx"]


def test_many_originals_are_kept_as_one_by_one(tmp_path: Path) -> None:
    files = [(b"%d" % (n // 2), f"{n}.{'xlsx' if n % 2 else 'pdf'}") for n in range(300)]  # each content twice
    with Originals(folder=tmp_path / "together").keeping() as keep:
        together = [keep(*file) for file in files]
    one_by_one = [Originals(folder=tmp_path / "one by one").keep(*file) for file in files]
    assert [sha256 for sha256, _ in together] == [sha256 for sha256, _ in one_by_one]
    assert [path.name for _, path in together] == [path.name for _, path in one_by_one]
    assert [path.read_bytes() for _, path in together] == [data for data, _ in files]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 300


def test_an_original_that_somebody_changed_is_put_back_as_it_came(tmp_path: Path) -> None:
    originals = Originals(folder=tmp_path)
    _, path = originals.keep(b"one", "回答.xlsx")
    path.write_bytes(b"changed by hand")
    originals.keep(b"one", "回答.xlsx")
    assert path.read_bytes() == b"one"


@pytest.mark.parametrize("seconds", [-(2**33), 2**40, 253_402_300_799, 0])
def test_a_time_that_no_calendar_has_is_no_reason_to_fail(
    workspace: Workspace, returned: dict[str, bytes], seconds: int
) -> None:
    from dxkpi_xl.returns.inbox import _moment

    path = workspace.inbox / "土木部.xlsx"
    path.write_bytes(returned["土木部"])
    try:
        os.utime(path, (seconds, seconds))
    except OSError:
        pytest.skip("this file system does not have the time either")
    assert _moment(float(seconds)).year in range(1970, 10_000)
    assert main(["collect", "--workspace", str(workspace.root)]) == 1


def test_a_file_by_hand_that_is_not_there_is_said_so(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--workspace", str(workspace.root), "ない.xlsx"]) == 2
    assert capsys.readouterr().err == "「ない.xlsx」がありません。ファイルの場所と名前を確かめてください。\n"
