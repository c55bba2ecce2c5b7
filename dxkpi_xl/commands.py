"""The commands: each does its work through the pipeline and gives its answer, in words and as data.

Heavy modules are imported by the command that needs them, so that `dxkpi` starts at once.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.progress import Progress
from dxkpi_xl.workspace import Workspace, one_run

if TYPE_CHECKING:
    from dxkpi_xl.collected import Collected
    from dxkpi_xl.findings import Catalogue, Finding

ALL_WELL, LOOK, NOT_DONE = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a command says: lines for people, data for programs (``--json``), the exit code."""

    lines: tuple[str, ...]
    data: dict[str, Any]
    exit_code: int = ALL_WELL


def status(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl.reports.glance import glance

    seen = glance(Workspace(root=arguments.workspace))
    data = {"step": seen.step, "lines": list(seen.lines), "next": seen.next_command, "counts": seen.counts}
    return Answer(
        lines=(*seen.lines, f"次の命令: {seen.next_command}"),
        data=data,
        exit_code=LOOK if seen.needs_people else ALL_WELL,
    )


def init(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import pipeline
    from dxkpi_xl.dates import read_fiscal_year

    year = read_fiscal_year(arguments.year) if arguments.year is not None else None
    if arguments.year is not None and year is None:
        raise CannotProceed(
            f"年度「{arguments.year}」を読み取れません。", "R7 又は 令和7年度 のように指定してください。"
        )
    workspace = Workspace(root=arguments.workspace)
    begun = pipeline.init(workspace, arguments.source, year)
    published = "この年度に公表した内容(outbox/register.json)から始めました。"
    left = "元の台帳の「受け取るファイルのパスワード」と「受付の判断」は、新しい台帳に引き継いでいません。"
    lines = (
        f"{begun.ledger} と inbox、outbox を作りました。",
        *((published,) if begun.from_published else ()),
        *((left,) if begun.left_office_part else ()),
        "調査台帳の「設定」の期限と問合せ先を確かめて保存し、「dxkpi distribute」を実行してください。",
    )
    return Answer(lines=lines, data={"ledger": begun.ledger, "left_office_part": begun.left_office_part})


def distribute(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import pipeline

    workspace = Workspace(root=arguments.workspace)
    with one_run(workspace), Progress() as progress:
        made = pipeline.distribute(workspace, arguments.bureau, progress)
    lines = (
        f"調査票を{len(made.files)}件作りました({made.folder})。",
        *(f"  {addressee}: {name}" for addressee, name in made.files),
        *(f"{each.severity.value} {each.finding.place}: {each.message}{each.remedy}" for each in made.notes),
        "各部局へお送りください。返ってきたファイルは inbox に入れ、「dxkpi run」を実行してください。",
    )
    data = {
        "folder": made.folder,
        "files": [{"addressee": who, "file": name} for who, name in made.files],
        "notes": [{"code": each.finding.code, "message": each.message, "remedy": each.remedy} for each in made.notes],
    }
    return Answer(lines=lines, data=data, exit_code=LOOK if made.needs_people else ALL_WELL)


def collect(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import pipeline

    workspace = Workspace(root=arguments.workspace)
    with one_run(workspace), Progress() as progress:
        collected = pipeline.collect(workspace, progress, tuple(arguments.passwords))
    return _collected_answer(collected, (), {})


def publish(arguments: argparse.Namespace) -> Answer:
    if arguments.dry_run:
        return _dry_run(arguments)
    return _published(arguments, collect_first=False)


def _dry_run(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import pipeline

    with Progress() as progress:
        found = pipeline.dry_run(Workspace(root=arguments.workspace), progress, tuple(arguments.passwords))
    return Answer(lines=found.lines, data=found.data)


def run(arguments: argparse.Namespace) -> Answer:
    return _published(arguments, collect_first=True)


def _published(arguments: argparse.Namespace, *, collect_first: bool) -> Answer:
    from dxkpi_xl import pipeline
    from dxkpi_xl.published import Wishes

    workspace = Workspace(root=arguments.workspace)
    wishes = Wishes(public=arguments.public, pdf=arguments.pdf, passwords=tuple(arguments.passwords))
    with one_run(workspace), Progress() as progress:
        published = (pipeline.run if collect_first else pipeline.publish)(workspace, progress, wishes)
    rows = len(published.collected.merged.register.listings)
    paper = [published.collected.catalogue.word(finding) for finding in published.paper_findings]
    lines = (
        *(f"{each.finding.place}: {each.message}{each.remedy}" for each in paper),
        f"資料({rows}行)を作りました: {published.annex}",
        *(f"  {name}" for name in published.files[1:]),
    )
    data = {
        "annex": published.annex,
        "files": list(published.files),
        "rows": rows,
        "paper": [_finding_data(published.collected.catalogue, finding) for finding in published.paper_findings],
    }
    answer = _collected_answer(published.collected, lines, data)
    return Answer(lines=answer.lines, data=answer.data, exit_code=LOOK if published.needs_people else ALL_WELL)


def _collected_answer(collected: Collected, more: tuple[str, ...], data: dict[str, Any]) -> Answer:
    lines = [f"{s.addressee}: {s.state.value}(誤り{s.wrong}・確認{s.ask}) {s.file}" for s in collected.statuses]
    strangers = [r for r in collected.intake.receipts if not r.survey_id]
    for receipt in strangers:
        worded = collected.catalogue.word(receipt.finding())
        lines.append(f"{worded.message}{worded.remedy}")
    lines.extend(_what_to_look_at(collected))
    answer = {
        "statuses": [{**vars(s), "state": s.state.value} for s in collected.statuses],
        "findings": [_finding_data(collected.catalogue, finding) for finding in collected.all_findings],
        **data,
    }
    return Answer(lines=(*lines, *more), data=answer, exit_code=LOOK if collected.needs_people else ALL_WELL)


def _what_to_look_at(collected: Collected) -> Iterator[str]:
    """Say what waits for the office, each with the sheet or folder where it stands."""
    from dxkpi_xl.reports.state import State

    missing = sum(s.state is State.NOT_RETURNED for s in collected.statuses)
    if missing:
        yield f"まだ{missing}件の回答が届いていません。"
    if any(s.wrong or s.ask for s in collected.statuses):
        yield "指摘があります。outbox/回収状況.xlsx の「指摘一覧」と outbox/差し戻し を御覧ください。"
    if any(s.conflicts for s in collected.statuses):
        yield "回答の食い違いがあります。outbox/回収状況.xlsx の「競合・判断」で案を選び、もう一度実行してください。"


def _finding_data(catalogue: Catalogue, finding: Finding) -> dict[str, Any]:
    worded = catalogue.word(finding)
    return {
        "code": finding.code,
        "severity": worded.severity.value,
        "bureau": finding.bureau,
        "listing_id": finding.listing_id,
        "column": finding.column,
        "place": asdict(finding.place),
        "title": worded.title,
        "message": worded.message,
        "remedy": worded.remedy,
    }


def check(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import asked

    with Progress() as progress:
        workspace, passwords = Workspace(root=arguments.workspace), tuple(arguments.passwords)
        checked = asked.check(workspace, arguments.files, progress, passwords)
    worded = [checked.catalogue.word(receipt.finding()) for receipt in checked.receipts]
    lines = [
        f"「{each.file}」は、この調査の回答として読み取れます。" if each.survey_id else f"{w.message}{w.remedy}"
        for each, w in zip(checked.receipts, worded, strict=True)
    ]
    for finding in checked.findings:
        each = checked.catalogue.word(finding)
        lines.append(f"  {each.severity.value} {finding.place.sheet}!{finding.place.cell} {each.message}{each.remedy}")
    if not checked.needs_people:
        lines.append("このまま提出できます。")
    data = {
        "files": [
            {"file": r.file, "verdict": r.verdict.name.lower(), "code": r.verdict.value} for r in checked.receipts
        ],
        "findings": [_finding_data(checked.catalogue, finding) for finding in checked.findings],
    }
    return Answer(lines=tuple(lines), data=data, exit_code=LOOK if checked.needs_people else ALL_WELL)


def trace(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import asked

    workspace = Workspace(root=arguments.workspace)
    with Progress() as progress:
        found = asked.trace(workspace, arguments.asked, progress, tuple(arguments.passwords))
    return Answer(lines=found.lines, data=found.data)


def demo(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl.demo.year import demo

    with Progress() as progress:
        result = demo(Workspace(root=arguments.folder), progress)
    return Answer(lines=result.lines, data=result.data, exit_code=ALL_WELL if result.is_equal else LOOK)
