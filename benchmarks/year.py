"""A year in a folder: the stages of the office, each run beside its baselines."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.books import cells_of
from benchmarks.measure import Cost, run
from benchmarks.registers import made_up_register
from benchmarks.returns import return_all
from dxkpi_xl.cycle.register_json import to_json
from dxkpi_xl.sources import load_templates
from dxkpi_xl.workspace import Workspace

_PROGRAM, _BASELINE, _ANNEX = "dxkpi_xl", "benchmarks.baselines", "benchmarks.annex"
_MOST_WRITTEN_AGAIN = 1000  # above this the writers are not run: their time is the same for each book
Step = Callable[[], Cost]


@dataclass(kw_only=True)
class MadeUpYear:
    """One made-up year of N addressees; everything lies below ``root``."""

    root: Path
    addressees: int
    rows: int | None = None
    costs: dict[str, list[Cost]] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        """The office's folder."""
        return Workspace(root=self.root / "year")

    @property
    def _writers_run(self) -> bool:
        return self.addressees <= _MOST_WRITTEN_AGAIN

    def prepare(self) -> None:
        """Make the ledger, issue the workbooks, answer them, and note their cells for the writers."""
        register = made_up_register(self.addressees, self.rows)
        source = self.root / "register.json"
        source.write_text(to_json(register), encoding="utf-8")
        self._cost("init", lambda: run(_PROGRAM, "init", "--from", source, "--workspace", self.workspace.root))
        self._cost("distribute", self._distribute)
        books = sorted(self.workspace.distribution.glob("調査票_*.xlsx"))
        if self._writers_run:
            self._dump("issued.pickle", books)
        form, _ = load_templates()
        return_all(form, register, self.workspace.distribution, self.root / "returned")

    def measure(self) -> None:
        """Run every stage and every baseline once, one after the other."""
        dump = self.root / "issued.pickle"
        if self._writers_run:
            self._cost("distribute", self._distribute)
            self._cost("distribute: xlsxwriter", lambda: self._baseline("xlsxwriter", dump))
            self._cost("distribute: openpyxl", lambda: self._baseline("openpyxl", dump))
        self._run_from_nothing()
        self._cost("run: calamine", lambda: self._baseline("calamine", self.workspace.inbox))
        self._cost("run: pandas script", lambda: self._baseline("office", self.workspace.inbox))
        self._cost("annex", lambda: run(_ANNEX, "ours"))
        self._cost("annex: xlsxwriter", lambda: run(_ANNEX, "xlsxwriter"))
        self._cost("annex: openpyxl", lambda: run(_ANNEX, "openpyxl"))
        self._cost("annex to a proved PDF", lambda: run(_ANNEX, "proof"))
        self._cost("annex to a proved PDF: LibreOffice's conversion", lambda: run(_ANNEX, "conversion"))
        self._cost("status", lambda: run(_PROGRAM, "--workspace", self.workspace.root))
        self._cost("help", lambda: run(_PROGRAM, "--help"))
        self._cost("help: python", lambda: run("benchmarks.nothing"))

    def _distribute(self) -> Cost:
        shutil.rmtree(self.workspace.distribution, ignore_errors=True)
        return run(_PROGRAM, "distribute", "--workspace", self.workspace.root)

    def _run_from_nothing(self) -> None:
        """All returns but the last are new; then nothing is; then the last one arrives."""
        self._as_issued()
        files = sorted((self.root / "returned").glob("*.xlsx"))
        for path in files[:-1]:
            shutil.copy2(path, self.workspace.inbox / path.name)
        self._cost("run", self._run)
        self._cost("run: nothing new", self._run)
        shutil.copy2(files[-1], self.workspace.inbox / files[-1].name)
        self._cost("run: one new file", self._run)

    def _as_issued(self) -> None:
        """Remove what a run leaves: all that collect and publish write."""
        kept = {self.workspace.distribution.name, self.workspace.issued_record.parent.name}
        for path in self.workspace.outbox.iterdir():
            if path.name not in kept:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        # The records of what was issued and started from, and the reading of the ledger, are distribute's and init's.
        theirs = (self.workspace.issued_record, self.workspace.started_record, self.workspace.ledger_reading)
        for path in self.workspace.issued_record.parent.iterdir():
            if not path.name.startswith(tuple(each.name for each in theirs)):  # each with its seal
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.rmtree(self.workspace.inbox)
        self.workspace.inbox.mkdir()

    def _run(self) -> Cost:
        return run(_PROGRAM, "run", "--workspace", self.workspace.root)

    def _baseline(self, name: str, source: Path) -> Cost:
        target = self.root / "baseline"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        return run(_BASELINE, name, source, target)

    def _dump(self, name: str, books: list[Path]) -> None:
        with (self.root / name).open("wb") as stream:
            for path in books:
                pickle.dump((path.name, cells_of(path.read_bytes())), stream)

    def _cost(self, name: str, step: Step) -> None:
        self.costs.setdefault(name, []).append(step())
