"""Several at once: two runs, many checks, and files that are still being copied while a run looks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from dxkpi_xl.cli import main
from dxkpi_xl.returns.model import Verdict
from dxkpi_xl.workspace import Workspace

from .conftest import tree

_BUSY = "ほかの人(又は別の画面)が、この作業フォルダーで実行中です。終わるのを待って、もう一度実行してください。\n"


def started(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dxkpi_xl", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_of_runs_at_once_each_works_or_says_that_another_does(
    workspace: Workspace, returned: dict[str, bytes], tmp_path: Path
) -> None:
    for bureau, data in returned.items():
        (workspace.inbox / f"{bureau}.xlsx").write_bytes(data)
    alone = tmp_path / "一人"
    shutil.copytree(workspace.root, alone)
    assert main(["run", "--workspace", str(alone)]) == 1
    runs = [started("run", "--workspace", str(workspace.root)) for _ in range(4)]
    ended = [(*run.communicate(timeout=120), run.returncode) for run in runs]
    codes = sorted(code for *_, code in ended)
    assert codes[0] == 1
    assert codes[-1] == 2
    for out, err, code in ended:
        if code == 2:
            assert (out, err) == ("", _BUSY)
    assert tree(workspace.outbox) == tree(alone / "outbox")


def test_many_checks_at_once_beside_a_run_are_fine_and_leave_nothing(
    workspace: Workspace, returned: dict[str, bytes], tmp_path: Path
) -> None:
    for bureau, data in returned.items():
        (workspace.inbox / f"{bureau}.xlsx").write_bytes(data)
    own = tmp_path / "手元.xlsx"
    own.write_bytes(returned["土木部"])
    before = tree(workspace.outbox)
    checks = [started("check", "--workspace", str(workspace.root), str(own)) for _ in range(3)]
    ended = [(*check.communicate(timeout=120), check.returncode) for check in checks]
    assert {(code, err) for _, err, code in ended} == {(0, "")}
    assert {out.splitlines()[-1] for out, *_ in ended} == {"このまま提出できます。"}
    assert tree(workspace.outbox) == before


def verdicts(capsys: pytest.CaptureFixture[str], workspace: Workspace) -> dict[str, str]:
    capsys.readouterr()
    main(["collect", "--workspace", str(workspace.root)])
    capsys.readouterr()
    lines = workspace.receipts_history.read_text(encoding="utf-8").splitlines()
    return {entry["file"]: entry["verdict"] for entry in map(json.loads, lines)}


def test_a_file_that_is_being_copied_is_left_and_taken_by_the_next_run(
    workspace: Workspace, returned: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    data = returned["土木部"]
    path = workspace.inbox / "土木部.xlsx"
    (workspace.inbox / "出納局.xlsx").write_bytes(returned["出納局"])
    stop = threading.Event()

    def copy_slowly() -> None:
        while not stop.is_set():
            with path.open("wb") as stream:
                for start in range(0, len(data), 2_000):
                    stream.write(data[start : start + 2_000])
                    stream.flush()
                    if stop.wait(0.004):
                        return

    copying = threading.Thread(target=copy_slowly)
    copying.start()
    try:
        during = verdicts(capsys, workspace)
    finally:
        stop.set()
        copying.join()
    assert during == {"土木部.xlsx": Verdict.BEING_WRITTEN.value, "出納局.xlsx": Verdict.ACCEPTED.value}
    path.write_bytes(data)
    os.utime(path, (1_716_000_000, 1_716_000_000))
    assert verdicts(capsys, workspace) == {"土木部.xlsx": "F001", "出納局.xlsx": "F001"}


def test_a_file_that_is_taken_away_while_it_is_looked_at_costs_no_other(
    workspace: Workspace,
    returned: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (workspace.inbox / "土木部.xlsx").write_bytes(returned["土木部"])
    (workspace.inbox / "出納局.xlsx").write_bytes(returned["出納局"])
    really = os.open

    def gone(path: object, *arguments: object, **options: object) -> int:
        if str(path).endswith("土木部.xlsx"):
            Path(str(path)).unlink(missing_ok=True)
        return really(path, *arguments, **options)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(os, "open", gone)
    assert verdicts(capsys, workspace) == {"土木部.xlsx": Verdict.BEING_WRITTEN.value, "出納局.xlsx": "F001"}
