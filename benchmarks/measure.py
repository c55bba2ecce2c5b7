"""One command measured from outside, process start included: seconds, and the memory that the system accounts for."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_KIB = 1024
# Runs a module as `python -m` would, and leaves the peak of its own and of its children's memory in a file.
_WRAPPER = """
import json, resource, runpy, sys
left, sys.argv = sys.argv[1], sys.argv[2:]
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
finally:
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    open(left, "w").write(json.dumps(peaks))
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
        left = Path(folder) / "peaks.json"
        command = [sys.executable, "-c", _WRAPPER, str(left), module, *map(str, arguments)]
        begun = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
        seconds = time.perf_counter() - begun
        # A baseline tells how long it only prepared its work: that is not counted.
        spared = float(done.stdout) if module.startswith("benchmarks.") and done.stdout else 0.0
        # A crash and "people must look" both end with 1: only the crash says so on the standard error.
        if done.returncode not in allowed or done.stderr:
            raise RuntimeError(f"{module} {arguments}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        parent, child = json.loads(left.read_text())
    unit = _KIB * _KIB if sys.platform == "darwin" else _KIB
    return Cost(seconds=seconds - spared, parent=parent / unit, child=child / unit)


def typical(costs: Sequence[Cost]) -> Cost:
    """Give the median of the seconds, and the highest peaks."""
    return Cost(
        seconds=median(each.seconds for each in costs),
        parent=max(each.parent for each in costs),
        child=max(each.child for each in costs),
    )
