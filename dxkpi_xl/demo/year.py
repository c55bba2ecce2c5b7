"""The demo on one screen: an empty register, workbooks out, answers typed, collected, published, compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxkpi_xl import disk, pipeline
from dxkpi_xl import workspace as ws
from dxkpi_xl.annex.compare import Comparison, compare_with_transcript
from dxkpi_xl.annex.read_back import read_annex
from dxkpi_xl.annex.rows import annex_columns
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.demo.bureaus import answered, transcribed_answers
from dxkpi_xl.demo.emptied import emptied
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.findings import Severity
from dxkpi_xl.form.columns import Form
from dxkpi_xl.ledger.workbook import ledger_workbook
from dxkpi_xl.published import Published
from dxkpi_xl.sources import read_register
from dxkpi_xl.taken_in import Progress

EXAMPLE = "r6"
MARK = "demo.json"
_MOST_DIFFERENCES = 20


@dataclass(frozen=True, kw_only=True)
class DemoResult:
    """How the played year compares with the original: lines for people, data for programs."""

    lines: tuple[str, ...]
    data: dict[str, Any]
    is_equal: bool


def demo(workspace: ws.Workspace, progress: Progress) -> DemoResult:
    """Play the year in a folder of its own; CannotProceed where the folder holds anything that is not the demo's."""
    example = ws.templates_folder() / EXAMPLE
    original = read_register(example / "register.json")
    transcript = json.loads((example / "annex.json").read_text(encoding="utf-8"))
    _take_folder(workspace)
    disk.write_whole(workspace.ledger, ledger_workbook(original.form, emptied(original.register)))
    with ws.one_run(workspace):
        made = pipeline.distribute(workspace, None, progress)
        returned = _play(workspace, original.form, original.register, transcript, made.files, progress)
        published = pipeline.run(workspace, progress)
    annex = workspace.root / published.annex
    columns = annex_columns(original.form, original.register.cycle.years)
    rows = [row.texts for row in read_annex(annex.read_bytes(), columns, annex.name)]
    comparison = compare_with_transcript(rows, transcript)
    return _result(published, returned, comparison, annex)


def _take_folder(workspace: ws.Workspace) -> None:
    """Make the folder the demo's own; whatever holds anything else is left untouched."""
    root = workspace.root
    mark = workspace.outbox / ws.RECORDS / MARK
    if root.exists() and not mark.is_file() and any(_holdings(root)):
        raise CannotProceed(
            f"「{root.name}」には、ほかのファイルがあります。", "空のフォルダーか、まだない名前を指定してください。"
        )
    ours = set(json.loads(mark.read_text(encoding="utf-8"))) if mark.is_file() else set()
    strangers = sorted(path.name for path in _holdings(workspace.inbox) if path.name not in ours)
    if strangers:
        raise CannotProceed(
            f"「{workspace.inbox}」に、demo のものでない「{strangers[0]}」があります。",
            "取り除くか、別のフォルダーを指定してください。",
        )
    workspace.inbox.mkdir(parents=True, exist_ok=True)
    if not mark.is_file():
        disk.write_whole(mark, b"[]\n")


def _holdings(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() or path.is_symlink()] if folder.is_dir() else []


def _play(
    workspace: ws.Workspace,
    form: Form,
    register: Register,
    transcript: dict[str, Any],
    files: tuple[tuple[str, str], ...],
    progress: Progress,
) -> list[str]:
    """Type each bureau's answers and put the files into the inbox, their names marked as the demo's first."""
    by_row = dict(transcribed_answers(transcript))
    listings = zip(register.listings, sorted(by_row), strict=True)
    answers = {listing.id: by_row[row] for listing, row in listings}
    names = sorted(name for _, name in files)
    mark = workspace.outbox / ws.RECORDS / MARK
    disk.write_whole(mark, (json.dumps(names, ensure_ascii=False, indent=2) + "\n").encode("utf-8"))
    for n, name in enumerate(names):
        progress("各部局が記入", n, len(names))
        issued = (workspace.distribution / name).read_bytes()
        disk.write_whole(workspace.inbox / name, answered(issued, form, register.cycle.years, answers))
    progress("各部局が記入", len(names), len(names))
    return names


def _result(published: Published, returned: list[str], comparison: Comparison, annex: Path) -> DemoResult:
    collected = published.collected
    weights = [collected.catalogue.severity(finding) for finding in collected.findings]
    counts = {severity.value: weights.count(severity) for severity in Severity}
    lines = [
        f"調査票{len(returned)}件を配布し、{len(collected.intake.returns)}件の回答を取りまとめました。",
        "指摘: " + "・".join(f"{name}{count}件" for name, count in counts.items()),
        f"資料: {annex.as_posix()}",
    ]
    for each in comparison.differences[:_MOST_DIFFERENCES]:
        lines.append(f"  違い {each.row}行「{each.heading}」: 原本「{each.expected}」 作成「{each.found}」")
    lines.append(
        f"{comparison.equal_rows}/{comparison.rows} 行, "
        f"{comparison.equal_cells:,}/{comparison.cells:,} セルが原本と一致しました"
    )
    data = {
        "annex": published.annex,
        "rows": comparison.rows,
        "equal_rows": comparison.equal_rows,
        "cells": comparison.cells,
        "equal_cells": comparison.equal_cells,
        "findings": counts,
        "differences": [vars(each) for each in comparison.differences],
    }
    return DemoResult(lines=tuple(lines), data=data, is_equal=not comparison.differences)
