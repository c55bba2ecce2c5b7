"""A full disk, no rights, a file open in Excel, a broken line: one line says it, and the old outputs stand."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dxkpi_xl.cli import main
from dxkpi_xl.workspace import Workspace

from .conftest import tree

_ERRORS = {
    errno.ENOSPC: "空きが足りません",
    errno.EROFS: "書き込みのできない場所",
    errno.EIO: "障害です",
    errno.EACCES: "Excelなどで開いているときは閉じてから",
}

# At the end a run notes what it made, with a seal: where it cannot, nobody need be told.
_NOTED_LAST = 2


@pytest.fixture(scope="module")
def answered_year(tmp_path_factory: pytest.TempPathFactory, distributed: Path, returned: dict[str, bytes]) -> Path:
    """A year in which one bureau had answered and was published, and then another answered."""
    root = tmp_path_factory.mktemp("answered") / "年度"
    shutil.copytree(distributed, root)
    (root / "inbox" / "土木部.xlsx").write_bytes(returned["土木部"])
    assert main(["run", "--workspace", str(root)]) == 1
    (root / "inbox" / "出納局.xlsx").write_bytes(returned["出納局"])
    for path in (root / "inbox").iterdir():
        os.utime(path, (1_716_000_000, 1_716_000_000))
    return root


@pytest.fixture
def year(answered_year: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(answered_year, tmp_path / "年度")
    return Workspace(root=tmp_path / "年度")


def whole(workspace: Workspace) -> dict[str, str]:
    return {name: digest for name, digest in tree(workspace.outbox).items() if not name.endswith(".lock")}


class Trouble:
    """Lets the n-th call of one step fail, and all after it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, step: str, code: int, first: int) -> None:
        self.calls = 0
        self._failing = first
        self._code = code
        owner: Any = {"mkstemp": tempfile, "fsync": os, "replace": Path, "mkdir": Path, "write": os}[step]
        name = "fdopen" if step == "write" else step
        really = getattr(owner, name)
        monkeypatch.setattr(owner, name, self._full_stream(really) if step == "write" else self._fails(really))
        monkeypatch.setattr("time.sleep", lambda _: None)

    def _error(self) -> OSError:
        return OSError(self._code, os.strerror(self._code))

    def _fails(self, really: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls >= self._failing:
                raise self._error()
            return really(*arguments, **options)

        return call

    def _full_stream(self, really: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            stream = really(*arguments, **options)
            if "w" in arguments[1:2] or "wb" in arguments[1:2]:
                self.calls += 1
                if self.calls >= self._failing:
                    os.write(stream.fileno(), b"half")
                    stream.close()
                    raise self._error()
            return stream

        return call


def steps_of_a_run(workspace: Workspace, step: str) -> int:
    """How often an undisturbed run comes to a step."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        counted = Trouble(monkeypatch, step, errno.EIO, 10_000)
        assert main(["run", "--workspace", str(workspace.root)]) == 1
    return counted.calls


@pytest.mark.parametrize("code", list(_ERRORS))
@pytest.mark.parametrize("step", ["mkstemp", "write", "fsync", "replace"])
def test_when_a_write_fails_one_line_says_why_and_the_old_outputs_stand(
    year: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    step: str,
    code: int,
) -> None:
    before, inbox = whole(year), tree(year.inbox)
    trouble = Trouble(monkeypatch, step, code, 1)
    assert main(["run", "--workspace", str(year.root)]) == 2
    said = capfd.readouterr()
    assert trouble.calls >= 1
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert said.err.startswith("「")
    assert _ERRORS[code] in said.err
    assert (whole(year), tree(year.inbox)) == (before, inbox)
    assert list(year.root.rglob(".dxkpi-*")) == []


@pytest.mark.parametrize("part", [0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 1.0])
def test_wherever_in_a_run_the_disk_fills_up_the_file_is_named_and_nothing_is_half_written(
    year: Workspace, answered_year: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], part: float
) -> None:
    shutil.copytree(answered_year, tmp_path / "もう一つ")
    undisturbed = Workspace(root=tmp_path / "もう一つ")
    first = max(1, round((steps_of_a_run(undisturbed, "mkstemp") - _NOTED_LAST) * part))
    before, after = whole(year), whole(undisturbed)
    capfd.readouterr()
    with pytest.MonkeyPatch.context() as monkeypatch:
        Trouble(monkeypatch, "mkstemp", errno.ENOSPC, first)
        assert main(["run", "--workspace", str(year.root)]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    named = line.partition("「")[2].partition("」")[0]
    now = whole(year)
    assert named in {Path(name).name for name in after}
    assert {name for name, digest in now.items() if digest not in (before.get(name), after.get(name))} == set()
    assert main(["run", "--workspace", str(year.root)]) == 1
    assert whole(year) == after


@pytest.mark.parametrize("name", ["回収状況.xlsx", "受付/受付簿.xlsx", "資料2-4_R6.xlsx"])
def test_a_workbook_that_is_open_in_excel_is_named_and_stays_as_it_is(
    year: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    path = year.outbox / name
    before = path.read_bytes()
    really = Path.replace
    monkeypatch.setattr("time.sleep", lambda _: None)

    def refused(self: Path, target: Path) -> Path:
        if target == path:
            raise PermissionError(errno.EACCES, "in use", str(target))
        return really(self, target)

    monkeypatch.setattr(Path, "replace", refused)
    assert main(["run", "--workspace", str(year.root)]) == 2
    expected = f"「{path.name}」に書き込めません。Excelなどで開いているときは閉じてから、もう一度実行してください"
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(expected)
    assert path.read_bytes() == before


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_folder_in_which_nothing_may_be_written_is_said_at_the_start(
    year: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], code: int
) -> None:
    before = whole(year)
    really = os.open

    def refused(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR) and str(path).startswith(str(year.outbox)):
            raise OSError(code, os.strerror(code), str(path))
        return really(path, flags, *arguments, **options)

    monkeypatch.setattr(os, "open", refused)
    assert main(["run", "--workspace", str(year.root)]) == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert "書き込" in line
    assert whole(year) == before


def test_a_network_drive_that_can_sync_no_folder_and_set_no_rights_is_good_enough(
    year: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = os.fsync

    def no_folders(handle: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112  # the handle's, not a path
            raise OSError(errno.EINVAL, "Invalid argument")
        really(handle)

    def no_rights(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "fsync", no_folders)
    monkeypatch.setattr(Path, "chmod", no_rights)
    assert main(["run", "--workspace", str(year.root)]) == 1
    assert "出納局" in year.receipts_history.read_text(encoding="utf-8")


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES])
def test_a_return_that_cannot_be_read_costs_no_other(
    year: Workspace, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], code: int
) -> None:
    really = os.open

    def refused(path: Any, flags: int, *arguments: Any, **options: Any) -> int:
        if str(path).endswith("出納局.xlsx"):
            raise OSError(code, os.strerror(code), str(path))
        return really(path, flags, *arguments, **options)

    monkeypatch.setattr(os, "open", refused)
    assert main(["run", "--workspace", str(year.root)]) == 1
    assert "「出納局.xlsx」は、ほかのプログラムが使っているため読み取れません。" in capfd.readouterr().out
    assert "土木部.xlsx" in year.receipts_history.read_text(encoding="utf-8")
