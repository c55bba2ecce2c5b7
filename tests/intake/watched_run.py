"""Runs `dxkpi run` and stops, or copies the workspace, before every step that changes a disk; a script for tests.

    watched_run.py WORKSPACE copy FOLDER    a copy of the workspace as it stood before each step: FOLDER/001, 002, …
    watched_run.py WORKSPACE kill N         ends without any clean-up before step N, as a power cut does

Steps are told by Python's audit events (PEP 578), so that none is missed, whichever function the program calls; a
sync to the disk has no event and is watched by itself.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

_CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.truncate", "os.link"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main() -> int:
    """Run under watch; the exit code is that of the command."""
    root, mode, argument = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    step = 0
    busy = False
    one_at_a_time = threading.RLock()  # several threads sync

    def before_a_step() -> None:
        with one_at_a_time:
            take_a_step()

    def take_a_step() -> None:
        nonlocal step, busy
        if busy:
            return
        busy = True
        step += 1
        if mode == "kill" and step == int(argument):
            os._exit(99)
        if mode == "copy":
            shutil.copytree(root, Path(argument) / f"{step:03d}")
        busy = False

    from dxkpi_xl.cli import main as dxkpi

    written = _watch(str(root), before_a_step)
    code = dxkpi(["run", "--workspace", str(root)])
    sys.stderr.write(json.dumps({"steps": step, "written": sorted(written)}))
    return code


def _watch(root: str, before_a_step: Callable[[], None]) -> set[str]:
    """Call before every step; gives the names of all files that are opened to be written to, as they come."""
    written: set[str] = set()

    def on_event(event: str, arguments: tuple[object, ...]) -> None:
        within = str(arguments[0]).startswith(root) if arguments else False
        opened = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & _WRITES)
        if within and opened:
            written.add(Path(str(arguments[0])).name)
        if within and (event in _CHANGES or opened):
            before_a_step()

    really_sync = os.fsync

    def sync(handle: int) -> None:
        before_a_step()
        really_sync(handle)

    os.fsync = sync
    sys.addaudithook(on_event)
    return written


if __name__ == "__main__":
    sys.exit(main())
