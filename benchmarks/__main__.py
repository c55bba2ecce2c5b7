"""``python -m benchmarks --returns 100 1000``: measures made-up years and prints a Markdown table."""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from benchmarks.measure import Cost, typical
from benchmarks.year import MadeUpYear

_COLUMNS = ("N", "step", "median s", "stage ÷ it", "ms a return", "peak MiB", "peak MiB of a child")
_GROWTH_COLUMNS = ("step", "N", "times as long", "KiB a further return")
Costs = dict[str, Cost]


def main() -> None:
    """Measure each size in turn."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--returns", type=int, nargs="+", default=[100], metavar="N")
    parser.add_argument("--rounds", type=int, default=3, help="times that everything is run, interleaved")
    parser.add_argument("--rows", type=int, help="rows of each return, instead of those of R6's sections")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    wanted = parser.parse_args()
    sys.stdout.write(f"{_machine()}, {wanted.rounds} rounds\n\n{_heading(_COLUMNS)}")
    measured: dict[int, Costs] = {}
    for addressees in wanted.returns:
        with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
            year = MadeUpYear(root=Path(folder), addressees=addressees, rows=wanted.rows)
            year.prepare()
            for _ in range(wanted.rounds):
                year.measure()
        measured[addressees] = {name: typical(costs) for name, costs in year.costs.items()}
        sys.stdout.writelines(f"{line}\n" for line in table(addressees, measured[addressees]))
        sys.stdout.flush()
    if len(measured) > 1:
        sys.stdout.write(f"\n{_heading(_GROWTH_COLUMNS)}")
        sys.stdout.writelines(f"{line}\n" for line in growth(measured))


def _heading(columns: Sequence[str]) -> str:
    return f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|\n"


def growth(measured: dict[int, Costs]) -> Iterator[str]:
    """Give a line for each step and pair of sizes: how its time and its memory grow with N."""
    for (few, before), (many, after) in pairwise(sorted(measured.items())):
        for name in (each for each in after if each in before):
            times = after[name].seconds / before[name].seconds
            kib = (after[name].parent - before[name].parent) * 1024 / (many - few)
            yield f"| {name} | {few} → {many} | {times:.1f} | {kib:.0f} |"


def table(addressees: int, costs: Costs) -> Iterator[str]:
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
