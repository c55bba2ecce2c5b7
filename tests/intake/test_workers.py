"""However many processes share the work, every output is byte for byte the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from dxkpi_xl import published
from dxkpi_xl.cli import main
from dxkpi_xl.workspace import Workspace

_ARRIVED = 1_716_192_300  # 2024-05-20 17:05 in Japan


def outputs(workspace: Workspace) -> dict[str, bytes]:
    files = (path for path in workspace.outbox.rglob("*") if path.is_file() and path != workspace.lock_file)
    return {path.relative_to(workspace.outbox).as_posix(): path.read_bytes() for path in files}


def year_with(workers: str, distributed: Path, returned: Mapping[str, bytes], root: Path) -> dict[str, bytes]:
    shutil.copytree(distributed, root)
    workspace = Workspace(root=root)
    for bureau, data in returned.items():
        path = workspace.inbox / f"{bureau}.xlsx"
        path.write_bytes(data)
        os.utime(path, (_ARRIVED, _ARRIVED))
    (workspace.inbox / "壊れた.xlsx").write_bytes(returned["総務部"][:5000])
    os.utime(workspace.inbox / "壊れた.xlsx", (_ARRIVED, _ARRIVED))
    assert main(["distribute", "--workspace", str(root), "--workers", workers]) == 0
    assert main(["run", "--workspace", str(root), "--workers", workers]) == 1
    return outputs(workspace)


def test_the_number_of_processes_is_not_seen_in_any_output(
    distributed: Path, returned: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "_FEW_LISTINGS", 0)  # so that work is shared out although R6 is small
    made = {workers: year_with(workers, distributed, returned, tmp_path / workers) for workers in ("1", "2", "8")}
    assert made["1"].keys() == made["2"].keys() == made["8"].keys()
    assert len(made["1"]) > 30
    for workers in ("2", "8"):
        assert [name for name, data in made[workers].items() if data != made["1"][name]] == []
