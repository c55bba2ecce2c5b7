"""The commands; the only file that prints or exits. Heavy modules are imported by the command that needs them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from dxkpi_xl import __version__
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.one_line import json_lines, one_line
from dxkpi_xl.workspace import Workspace, one_run

if TYPE_CHECKING:
    from dxkpi_xl.collected import Collected
    from dxkpi_xl.findings import Catalogue, Finding

ALL_WELL, LOOK, NOT_DONE = 0, 1, 2
_PASSWORD = "--password"  # noqa: S105  # an option's name


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a command says: lines for people, data for programs (``--json``), the exit code."""

    lines: tuple[str, ...]
    data: dict[str, Any]
    exit_code: int = ALL_WELL


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 all well, 1 done but people must look, 2 could not be done."""
    arguments = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows ? instead of failing
    try:
        answer: Answer = arguments.command(arguments)
    except CannotProceed as cannot:
        return _say_problem(cannot, as_json=arguments.json)
    except KeyboardInterrupt:
        stopped = CannotProceed("中断しました。", "もう一度実行すれば、初めから続けられます。")
        return _say_problem(stopped, as_json=arguments.json)
    except OSError as error:
        name = Path(error.filename).name if isinstance(error.filename, str) else ""
        failed = CannotProceed(f"「{name}」を読み書きできません({error.strerror})。", "場所と権限を確かめてください。")
        return _say_problem(failed, as_json=arguments.json)
    _say(answer, as_json=arguments.json)
    return answer.exit_code


def _say(answer: Answer, *, as_json: bool) -> None:
    text = json_lines(answer.data) if as_json else "\n".join(map(_shown, answer.lines))
    sys.stdout.write(f"{text}\n")


def _say_problem(problem: CannotProceed, *, as_json: bool) -> int:
    if as_json:
        data = {"error": problem.what, "remedy": problem.remedy, "details": list(problem.details)}
        sys.stdout.write(f"{json_lines(data)}\n")
    else:
        lines = (f"{problem.what}{problem.remedy}", *(f"  {detail}" for detail in problem.details))
        sys.stderr.write("\n".join(map(_shown, lines)) + "\n")
    return NOT_DONE


def _shown(line: str) -> str:
    # File names and answers are respondents' text: a terminal must not obey what stands in them.
    return one_line(line)


def _without_passwords(arguments: Sequence[str]) -> list[str]:
    # argparse takes an option by its first letters, too.
    is_option = [len(each) > len("--p") and _PASSWORD.startswith(each.partition("=")[0]) for each in arguments]
    shown = [
        f"{_PASSWORD}=…" if hides and "=" in each else each for each, hides in zip(arguments, is_option, strict=True)
    ]
    return ["…" if n and is_option[n - 1] and "=" not in shown[n - 1] else each for n, each in enumerate(shown)]


class _Parser(argparse.ArgumentParser):
    """argparse in Japanese."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:
        super().__init__(**options, add_help=False)
        self._positionals.title = "指定するもの"
        self._optionals.title = "指定できるもの"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="この使い方を示す")

    def format_help(self) -> str:
        """Give the help, its one English word in Japanese."""
        return super().format_help().replace("usage:", "使い方:", 1)

    def error(self, message: str) -> NoReturn:
        """Say in one line that the command cannot be read; argparse's own words are English."""
        written = _shown(" ".join(["dxkpi", *_without_passwords(sys.argv[1:])]))
        self.exit(NOT_DONE, f"「{written}」を読み取れません。使い方は「{self.prog} --help」で御覧ください。\n")


def _parser() -> argparse.ArgumentParser:
    common = _Parser(add_help=False)
    common.add_argument(
        "--workspace",
        type=Path,
        default=argparse.SUPPRESS,
        metavar="DIR",
        help="作業フォルダー(指定がなければ今の場所)",
    )
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="結果をプログラム向けのJSONで示す"
    )
    parser = _Parser(
        prog="dxkpi",
        description="DX関連事業・KPI調査の一年を取りまとめます。命令なしで、今の状況と次にすることを示します。",
        parents=[common],
    )
    parser.set_defaults(command=_status, workspace=Path(), json=False)
    parser.add_argument("--version", action="version", version=f"dxkpi {__version__}")
    commands = parser.add_subparsers(title="命令", metavar="命令", prog="dxkpi", parser_class=_Parser)
    for name, command, words in _COMMANDS:
        sub = commands.add_parser(name, help=words, description=words, parents=[common])
        sub.set_defaults(command=command)
        _ARGUMENTS.get(name, _no_arguments)(sub)
    return parser


def _no_arguments(parser: argparse.ArgumentParser) -> None:
    """Most commands take no more than the common options."""


def _init_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="source", type=Path, required=True, metavar="FILE", help="register.json 又は調査台帳.xlsx"
    )
    parser.add_argument("--year", metavar="R7", help="この年度に繰り越す(例: R7)")


def _distribute_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bureau", metavar="総務部", help="この部局の調査票だけを作る")


def _password_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        _PASSWORD,
        dest="passwords",
        action="append",
        default=[],
        metavar="TEXT",
        help="パスワードの掛かったファイルを開くために試す(いくつでも。どこにも書き残さない)",
    )


def _paper_arguments(parser: argparse.ArgumentParser) -> None:
    _password_arguments(parser)
    parser.add_argument("--pdf", action="store_true", help="PDFも作り、全ての文字が紙の上にあることを確かめる")
    parser.add_argument("--public", action="store_true", help="出典や氏名を除いた公開用を作る")


def _publish_arguments(parser: argparse.ArgumentParser) -> None:
    _paper_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="書き込まずに、前回の公表から何が変わるかを行ごとに示す")


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    _password_arguments(parser)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="確認する調査票(いくつでも)")


def _trace_arguments(parser: argparse.ArgumentParser) -> None:
    _password_arguments(parser)
    parser.add_argument(
        "asked", metavar="17.R6", help="事業番号(17、17.R6)、KPI番号(KPI5.R7)、管理番号、資料のセル(J14)"
    )


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path("demo"), metavar="DIR", help="試す場所(指定がなければ demo)"
    )


def _status(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl.reports.glance import glance

    seen = glance(Workspace(root=arguments.workspace))
    data = {"step": seen.step, "lines": list(seen.lines), "next": seen.next_command, "counts": seen.counts}
    return Answer(
        lines=(*seen.lines, f"次の命令: {seen.next_command}"),
        data=data,
        exit_code=LOOK if seen.needs_people else ALL_WELL,
    )


def _init(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import pipeline
    from dxkpi_xl.years import is_year

    if arguments.year is not None and not is_year(arguments.year):
        raise CannotProceed(f"年度「{arguments.year}」を読み取れません。", "R7 のように指定してください。")
    workspace = Workspace(root=arguments.workspace)
    begun = pipeline.init(workspace, arguments.source, arguments.year)
    left = "元の台帳の「受け取るファイルのパスワード」と「受付の判断」は、新しい台帳に引き継いでいません。"
    lines = (
        f"{begun.ledger} と inbox、outbox を作りました。",
        *((left,) if begun.left_office_part else ()),
        "調査台帳の「設定」の期限と問合せ先を確かめて保存し、「dxkpi distribute」を実行してください。",
    )
    return Answer(lines=lines, data={"ledger": begun.ledger, "left_office_part": begun.left_office_part})


def _distribute(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import pipeline

    workspace = Workspace(root=arguments.workspace)
    with one_run(workspace), _Progress() as progress:
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
    return Answer(lines=lines, data=data)


def _collect(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import pipeline

    workspace = Workspace(root=arguments.workspace)
    with one_run(workspace), _Progress() as progress:
        collected = pipeline.collect(workspace, progress, tuple(arguments.passwords))
    return _collected_answer(collected, (), {})


def _publish(arguments: argparse.Namespace) -> Answer:
    if arguments.dry_run:
        return _dry_run(arguments)
    return _published(arguments, collect_first=False)


def _dry_run(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import pipeline

    with _Progress() as progress:
        found = pipeline.dry_run(Workspace(root=arguments.workspace), progress, tuple(arguments.passwords))
    return Answer(lines=found.lines, data=found.data)


def _run(arguments: argparse.Namespace) -> Answer:
    return _published(arguments, collect_first=True)


def _published(arguments: argparse.Namespace, *, collect_first: bool) -> Answer:
    from dxkpi_xl import pipeline
    from dxkpi_xl.published import Wishes

    workspace = Workspace(root=arguments.workspace)
    wishes = Wishes(public=arguments.public, pdf=arguments.pdf, passwords=tuple(arguments.passwords))
    with one_run(workspace), _Progress() as progress:
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
    if collected.needs_people:
        lines.append("御確認いただくことがあります。outbox/回収状況.xlsx の「指摘一覧」を御覧ください。")
    answer = {
        "statuses": [{**vars(s), "state": s.state.value} for s in collected.statuses],
        "findings": [_finding_data(collected.catalogue, finding) for finding in collected.all_findings],
        **data,
    }
    return Answer(lines=(*lines, *more), data=answer, exit_code=LOOK if collected.needs_people else ALL_WELL)


def _finding_data(catalogue: Catalogue, finding: Finding) -> dict[str, Any]:
    worded = catalogue.word(finding)
    return {
        "code": finding.code,
        "severity": worded.severity.value,
        "bureau": finding.bureau,
        "listing_id": finding.listing_id,
        "column": finding.column,
        "place": vars(finding.place),
        "title": worded.title,
        "message": worded.message,
        "remedy": worded.remedy,
    }


def _check(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import asked

    with _Progress() as progress:
        workspace, passwords = Workspace(root=arguments.workspace), tuple(arguments.passwords)
        checked = asked.check(workspace, arguments.files, progress, passwords)
    worded = [checked.catalogue.word(receipt.finding()) for receipt in checked.receipts]
    lines = [f"{each.message}{each.remedy}" for each in worded]
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


def _trace(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl import asked

    workspace = Workspace(root=arguments.workspace)
    with _Progress() as progress:
        found = asked.trace(workspace, arguments.asked, progress, tuple(arguments.passwords))
    return Answer(lines=found.lines, data={"cells": found.data})


def _demo(arguments: argparse.Namespace) -> Answer:
    from dxkpi_xl.demo.year import demo

    with _Progress() as progress:
        result = demo(Workspace(root=arguments.folder), progress)
    return Answer(lines=result.lines, data=result.data, exit_code=ALL_WELL if result.is_equal else LOOK)


_COMMANDS: tuple[tuple[str, Callable[[argparse.Namespace], Answer], str], ...] = (
    ("status", _status, "今の状況と、次にすることを示します"),
    ("init", _init, "新しい年度の作業フォルダーを作ります"),
    ("distribute", _distribute, "部局ごとの調査票を outbox/配布 に作ります"),
    ("collect", _collect, "inbox の回答を読み取り、回収状況をまとめます"),
    ("publish", _publish, "回答を取りまとめ、印刷用の資料を outbox に作ります"),
    ("run", _run, "collect と publish を続けて行います"),
    ("check", _check, "提出する前の調査票を確認します(何も書き込みません)"),
    ("trace", _trace, "印刷した値が、どのファイルのどのセルから来たかを示します"),
    ("demo", _demo, "令和6年度の実例で、一年分の流れを試します"),
)
_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "init": _init_arguments,
    "distribute": _distribute_arguments,
    "collect": _password_arguments,
    "publish": _publish_arguments,
    "run": _paper_arguments,
    "check": _check_arguments,
    "trace": _trace_arguments,
    "demo": _demo_arguments,
}


class _Progress:
    """The progress of long steps on a terminal; silent elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        if not sys.stderr.isatty():
            return _silent
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _tell(self, step: str, done: int, total: int) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(step, total=total)
        self._bar.update(self._tasks[step], completed=done, total=total)


def _silent(step: str, done: int, total: int) -> None:
    """Say nothing where nobody watches."""
