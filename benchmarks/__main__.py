"""``python -m benchmarks --returns 100 1000``: measures made-up years and prints a Markdown table."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Cost, typical
from benchmarks.year import MadeUpYear

_COLUMNS = ("N", "step", "median s", "stage ÷ it", "ms a return", "peak MiB", "peak MiB of a child")


def main() -> None:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--returns", type=int, nargs="+", default=[100], metavar="N")
    parser.add_argument("--rounds", type=int, default=3, help="times that everything is run, interleaved")
    parser.add_argument("--rows", type=int, help="rows of each return, instead of 12 to 40")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    wanted = parser.parse_args()
    sys.stdout.write(f"{_machine()}\n\n| {' | '.join(_COLUMNS)} |\n{'|---' * len(_COLUMNS)}|\n")
    for addressees in wanted.returns:
        with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
            year = MadeUpYear(root=Path(folder), addressees=addressees, rows=wanted.rows)
            year.prepare()
            for _ in range(wanted.rounds):
                year.measure()
        for line in table(addressees, {name: typical(costs) for name, costs in year.costs.items()}):
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def table(addressees: int, costs: dict[str, Cost]) -> Iterator[str]:
    """Give a line for each measured step; a baseline is told as a multiple: how often it fits into its stage."""
    for name, cost in costs.items():
        stage, _, baseline = name.partition(": ")
        times = f"{costs[stage].seconds / cost.seconds:.2f}" if baseline else ""
        figures: Sequence[str] = (
            str(addressees),
            name,
            f"{cost.seconds:.2f}",
            times,
            f"{cost.seconds / addressees * 1000:.1f}",
            f"{cost.parent:.0f}",
            f"{cost.child:.0f}" if cost.child else "",
        )
        yield f"| {' | '.join(figures)} |"


def _machine() -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    today = datetime.date.today().isoformat()
    return f"{today}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}{load}"


if __name__ == "__main__":
    main()
