"""A run that is killed at any moment loses nothing: each output is the old or the new one, and a new run ends it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from dxkpi_xl.cli import main
from dxkpi_xl.workspace import Workspace

from .conftest import tree

_SCRIPT = Path(__file__).with_name("watched_run.py")
_LOCK = "記録/.lock"
_KILLED = 99

Outputs = dict[str, str]


def outputs(root: Path) -> Outputs:
    """What the office sees in outbox/: names and hashes, without the lock and what is being written."""
    return {
        name: digest
        for name, digest in tree(root / "outbox").items()
        if name != _LOCK and not Path(name).name.startswith(".dxkpi-")
    }


def watched(root: Path, mode: str, argument: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(_SCRIPT), str(root), mode, argument]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=300)


def run_again(root: Path) -> tuple[int, Outputs, list[str]]:
    """Run to the end; gives the exit code, the outputs, and what else lies about."""
    code = main(["run", "--workspace", str(root)])
    return code, outputs(root), [path.name for path in root.rglob(".dxkpi-*")]


class Story:
    """One year in which two bureaus had answered, and then a third answered and the first corrected itself."""

    def __init__(self, folder: Path, distributed: Path, returned: dict[str, bytes]) -> None:
        self.before, self.done, self.copies = folder / "前", folder / "後", folder / "途中"
        shutil.copytree(distributed, self.before)
        for bureau in ("土木部", "議会事務局"):
            (self.before / "inbox" / f"{bureau}.xlsx").write_bytes(returned[bureau])
        assert main(["run", "--workspace", str(self.before)]) == 1
        (self.before / "inbox" / "出納局.xlsx").write_bytes(returned["出納局"])
        (self.before / "inbox" / "議会事務局.xlsx").unlink()
        for path in (self.before / "inbox").iterdir():
            os.utime(path, (1_716_000_000, 1_716_000_000))
        shutil.copytree(self.before, self.done)
        watched_root = folder / "見る"
        shutil.copytree(self.before, watched_root)
        told = watched(watched_root, "copy", str(self.copies))
        assert told.returncode == 1, told.stderr
        report = json.loads(told.stderr)
        self.steps, self.written = int(report["steps"]), set(report["written"])
        assert main(["run", "--workspace", str(self.done)]) == 1
        self.old, self.new = outputs(self.before), outputs(self.done)
        assert outputs(watched_root) == self.new


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, distributed: Path, returned: dict[str, bytes]) -> Story:
    return Story(tmp_path_factory.mktemp("story"), distributed, returned)


def test_at_every_step_each_output_is_the_old_one_or_the_new_one(story: Story) -> None:
    copies = sorted(story.copies.iterdir())
    assert len(copies) == story.steps > len(story.new)
    for copy in copies:
        now = outputs(copy)
        assert {
            name: digest for name, digest in now.items() if digest not in (story.old.get(name), story.new.get(name))
        } == {}
        assert set(story.old) - set(now) <= set(story.old) - set(story.new)


def test_nothing_but_unnamed_files_is_ever_opened_to_be_written_to(story: Story) -> None:
    named = {name for name in story.written if not name.startswith(".dxkpi-")}
    assert named == {Path(_LOCK).name}
    assert len(story.written - named) >= len(story.new) - len(story.old)


def test_from_every_step_a_new_run_gives_the_bytes_of_an_undisturbed_one(story: Story) -> None:
    distinct: dict[tuple[tuple[str, str], ...], Path] = {}
    for copy in sorted(story.copies.iterdir()):
        distinct[tuple(sorted(outputs(copy).items()))] = copy  # the last of those alike: with the most left about
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        results = list(processes.map(run_again, distinct.values()))
    for copy, (code, after, litter) in zip(distinct.values(), results, strict=True):
        assert (copy.name, code, after, litter) == (copy.name, 1, story.new, [])


@pytest.mark.parametrize("part", [0.05, 0.5, 0.95])
def test_a_process_that_ends_without_clean_up_leaves_what_the_copies_show(
    story: Story, tmp_path: Path, part: float
) -> None:
    step = max(1, round(story.steps * part))
    root = tmp_path / "年度"
    shutil.copytree(story.before, root)
    assert watched(root, "kill", str(step)).returncode == _KILLED
    # The steps are not numbered alike in every process; what stands on the disk is one of the states seen above.
    assert outputs(root) in [outputs(copy) for copy in sorted(story.copies.iterdir())]
    code, after, litter = run_again(root)
    assert (code, after, litter) == (1, story.new, [])
    assert Workspace(root=root).lock_file.exists()
