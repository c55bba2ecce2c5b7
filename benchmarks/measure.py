"""One command measured from outside, process start included: seconds, and the memory that the system accounts for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_KIB = 1024
_LOOK_EVERY = 0.02  # seconds
# As where it is installed: what was compiled in the first round is not compiled again.
_COMPILED_ONCE = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
# Runs a module as `python -m` would, and leaves its peak of memory in KiB in a file. Linux hands the peak of
# `getrusage` down from a process to what it starts, so that a small process would show the memory of this benchmark:
# VmHWM is a process's own.
_WRAPPER = """
import runpy, sys
left, sys.argv = sys.argv[1], sys.argv[2:]
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
finally:
    try:
        peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    except OSError:
        import resource
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    open(left, "w").write(str(peak))
"""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one run took: seconds, and peak MiB of the process itself and of the largest of its children."""

    seconds: float
    parent: float = 0.0
    child: float = 0.0


def run(module: str, *arguments: str | Path, allowed: Sequence[int] = (0, 1)) -> Cost:
    """Run a module with arguments; RuntimeError with what it said where its exit code is not allowed."""
    with tempfile.TemporaryDirectory() as folder:
        left = Path(folder) / "peak"
        command = [sys.executable, "-c", _WRAPPER, str(left), module, *map(str, arguments)]
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=_COMPILED_ONCE
        )
        with _watched(process.pid) as peaks:
            said, wrong = process.communicate()
            seconds = time.perf_counter() - begun
        # A baseline tells how long it only prepared its work: that is not counted.
        spared = float(json.loads(said)) if module.startswith("benchmarks.") and said else 0.0
        # A crash and "people must look" both end with 1: only the crash says so on the standard error.
        if process.returncode not in allowed or wrong:
            raise RuntimeError(f"{module} {arguments}: {process.returncode}\n{said[-2000:]}\n{wrong[-2000:]}")
        parent = int(left.read_text())
    return Cost(seconds=seconds - spared, parent=parent / _KIB, child=max(peaks, default=0) / _KIB)


@contextmanager
def _watched(pid: int) -> Iterator[list[int]]:
    """Give the peaks in KiB of the children of a process, in the end; none where the system has no /proc."""
    found: dict[int, int] = {}
    over = threading.Event()

    def look() -> None:
        while not over.wait(_LOOK_EVERY):
            found.update({child: peak for child in _children(pid) if (peak := _peak(child))})

    watcher = threading.Thread(target=look)
    watcher.start()
    peaks: list[int] = []
    try:
        yield peaks
    finally:
        over.set()
        watcher.join()
        peaks.extend(found.values())


def _children(pid: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(child) for each in threads for child in (each / "children").read_text().split()]
    except OSError:
        return []  # it has ended, or the system has no /proc


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def typical(costs: Sequence[Cost]) -> Cost:
    """Give the median of the seconds, and the highest peaks."""
    return Cost(
        seconds=median(each.seconds for each in costs),
        parent=max(each.parent for each in costs),
        child=max(each.child for each in costs),
    )
