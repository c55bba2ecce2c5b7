"""Outputs appear whole or not at all; names are safe; one run at a time."""

from __future__ import annotations

import errno
import multiprocessing
import os
import threading
from pathlib import Path

import pytest

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.errors import CannotProceed


def test_a_file_is_written_whole_and_nothing_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "outbox" / "資料.xlsx"
    assert disk.write_whole(path, b"one")
    assert path.read_bytes() == b"one"
    assert [each.name for each in path.parent.iterdir()] == ["資料.xlsx"]


def test_the_same_bytes_are_not_written_twice(tmp_path: Path) -> None:
    path = tmp_path / "a"
    disk.write_whole(path, b"one")
    before = path.stat().st_mtime_ns
    assert not disk.write_whole(path, b"one")
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ディスクの空きが足りません"),
        (OSError(errno.EROFS, "Read-only file system"), "書き込みのできない場所"),
        (PermissionError(errno.EACCES, "Permission denied"), "Excelなどで開いているときは閉じて"),
    ],
)
def test_when_writing_fails_the_old_file_stands_and_one_line_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, words: str
) -> None:
    path = tmp_path / "a.xlsx"
    disk.write_whole(path, b"old")

    def fail(_: int) -> None:
        raise error

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(CannotProceed, match=words):
        disk.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


def test_files_written_together_are_all_on_the_disk_before_one_takes_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named_at_sync: list[list[str]] = []
    really = os.fsync

    def sync(handle: int) -> None:
        if not os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112  # the handle's, not a path
            named_at_sync.append(sorted(path.name for path in tmp_path.rglob("?")))
        really(handle)

    monkeypatch.setattr("os.fsync", sync)
    (tmp_path / "c").write_bytes(b"3")
    disk.write_together({tmp_path / "a": b"1", tmp_path / "b" / "b": b"2", tmp_path / "c": b"3"})
    assert named_at_sync == [["b", "c"], ["b", "c"]]  # the folder b; c is what it was
    assert [(tmp_path / name).read_bytes() for name in ("a", "b/b", "c")] == [b"1", b"2", b"3"]
    assert list(tmp_path.rglob(".dxkpi-*")) == []


def test_of_files_written_together_none_changes_where_one_cannot_be_synced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    lock, calls = threading.Lock(), iter(range(100))
    really = os.fsync

    def fail_once(handle: int) -> None:
        with lock:
            n = next(calls)
        if n == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        really(handle)

    monkeypatch.setattr("os.fsync", fail_once)
    with pytest.raises(CannotProceed, match="ディスクの空きが足りません"):
        disk.write_together({tmp_path / name: b"new" for name in "abcdefgh"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_file_that_another_program_holds_is_tried_again_before_it_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    replace, refusals = Path.replace, [PermissionError(), PermissionError()]

    def busy(self: Path, target: Path) -> Path:
        if refusals:
            raise refusals.pop()
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    assert disk.write_whole(tmp_path / "a", b"one")
    assert (waited, (tmp_path / "a").read_bytes()) == ([0.1, 0.2], b"one")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("総務部", "総務部"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a:b*c?", "a_b_c_"),
        ("CON", "_CON"),
        ("nul.xlsx", "_nul.xlsx"),
        ("", "_"),
        (" . ", "_"),
        ("か\u3099", "が"),
        ("a\u202eslx.exe", "a_slx.exe"),
        ("長" * 200, "長" * 80),
    ],
)
def test_a_text_becomes_a_name_that_every_system_accepts(text: str, name: str) -> None:
    assert ws.safe_name(text) == name


def _hold(root: Path, held: object, done: object) -> None:
    with ws.one_run(ws.Workspace(root=root)):
        held.set()  # type: ignore[attr-defined]  # an event of another process
        done.wait(20)  # type: ignore[attr-defined]  # likewise


def test_of_two_runs_at_once_one_works_and_the_other_says_so(tmp_path: Path) -> None:
    (tmp_path / ws.LEDGER).write_bytes(b"")
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(tmp_path, held, done))
    other.start()
    try:
        assert held.wait(20)
        with pytest.raises(CannotProceed, match="実行中です"), ws.one_run(ws.Workspace(root=tmp_path)):
            pytest.fail("two runs at once")
    finally:
        done.set()
        other.join(20)
    with ws.one_run(ws.Workspace(root=tmp_path)):
        assert other.exitcode == 0


def test_the_annex_is_named_from_the_cycle(tmp_path: Path) -> None:
    workspace = ws.Workspace(root=tmp_path)
    assert workspace.relative(workspace.annex("【資料2-4】", "R6")) == "outbox/資料2-4_R6.xlsx"
