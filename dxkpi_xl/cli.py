"""The command line: reads what was asked, prints the answer, gives the exit code; the only file that does."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from dxkpi_xl import __version__, commands
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.heap import give_back_what_is_free
from dxkpi_xl.one_line import json_lines, one_line
from dxkpi_xl.workers import MOST_WORKERS, workers_wished

_PASSWORD = "--password"  # noqa: S105  # an option's name
# Objects between two collections, and collections of the young between those of the old: a year is many values that
# live to the end and point at nothing that points back, and looking through them again and again took a tenth of a run.
_COLLECT_RARELY = (100_000, 50, 1000)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0 all well, 1 done but people must look, 2 could not be done."""
    arguments = _parser().parse_args(argv)
    gc.set_threshold(*_COLLECT_RARELY)
    give_back_what_is_free()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows ? instead of failing
    try:
        with workers_wished(arguments.workers):
            answer: commands.Answer = arguments.command(arguments)
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


def _say(answer: commands.Answer, *, as_json: bool) -> None:
    text = json_lines(answer.data) if as_json else "\n".join(map(_shown, answer.lines))
    sys.stdout.write(f"{text}\n")


def _say_problem(problem: CannotProceed, *, as_json: bool) -> int:
    if as_json:
        data = {"error": problem.what, "remedy": problem.remedy, "details": list(problem.details)}
        sys.stdout.write(f"{json_lines(data)}\n")
    else:
        lines = (f"{problem.what}{problem.remedy}", *(f"  {detail}" for detail in problem.details))
        sys.stderr.write("\n".join(map(_shown, lines)) + "\n")
    return commands.NOT_DONE


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
        self.exit(commands.NOT_DONE, f"「{written}」を読み取れません。使い方は「{self.prog} --help」で御覧ください。\n")


def _common() -> _Parser:
    """Give the options that stand before or after a command.

    Made anew for each parser: actions shared with another would overwrite what was said before the command.
    """
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
    return common


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="dxkpi",
        description="DX関連事業・KPI調査の一年を取りまとめます。命令なしで、今の状況と次にすることを示します。",
        parents=[_common()],
    )
    parser.set_defaults(command=commands.status, workspace=Path(), json=False, workers=None)
    parser.add_argument("--version", action="version", version=f"dxkpi {__version__}", help="版を示す")
    subcommands = parser.add_subparsers(title="命令", metavar="(命令)", prog="dxkpi", parser_class=_Parser)
    for name, command, words in _COMMANDS:
        sub = subcommands.add_parser(name, help=words, description=words, parents=[_common()])
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


def _workers_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers",
        type=int,
        choices=range(1, MOST_WORKERS + 1),
        metavar="N",
        help=f"同時に動かすプロセスの数(1~{MOST_WORKERS}。指定がなければパソコンに合わせる。結果は同じ)",
    )


def _distribute_arguments(parser: argparse.ArgumentParser) -> None:
    _workers_argument(parser)
    parser.add_argument("--bureau", metavar="総務部", help="この部局の調査票だけを作る")


def _intake_arguments(parser: argparse.ArgumentParser) -> None:
    _workers_argument(parser)
    parser.add_argument(
        _PASSWORD,
        dest="passwords",
        action="append",
        default=[],
        metavar="TEXT",
        help="パスワードの掛かったファイルを開くために試す(いくつでも。どこにも書き残さない)",
    )


def _paper_arguments(parser: argparse.ArgumentParser) -> None:
    _intake_arguments(parser)
    parser.add_argument("--pdf", action="store_true", help="PDFも作り、全ての文字が紙の上にあることを確かめる")
    parser.add_argument("--public", action="store_true", help="出典や氏名を除いた公開用を作る")


def _publish_arguments(parser: argparse.ArgumentParser) -> None:
    _paper_arguments(parser)
    parser.add_argument("--dry-run", action="store_true", help="書き込まずに、前回の公表から何が変わるかを行ごとに示す")


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    _intake_arguments(parser)
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE", help="確認する調査票(いくつでも)")


def _trace_arguments(parser: argparse.ArgumentParser) -> None:
    _intake_arguments(parser)
    parser.add_argument(
        "asked", metavar="17.R6", help="事業番号(17、17.R6)、KPI番号(KPI5.R7)、管理番号、資料のセル(J14)"
    )


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path("demo"), metavar="DIR", help="試す場所(指定がなければ demo)"
    )


_COMMANDS: tuple[tuple[str, Callable[[argparse.Namespace], commands.Answer], str], ...] = (
    ("status", commands.status, "今の状況と、次にすることを示します"),
    ("init", commands.init, "新しい年度の作業フォルダーを作ります"),
    ("distribute", commands.distribute, "部局ごとの調査票を outbox/配布 に作ります"),
    ("collect", commands.collect, "inbox の回答を読み取り、回収状況をまとめます"),
    ("publish", commands.publish, "回答を取りまとめ、印刷用の資料を outbox に作ります"),
    ("run", commands.run, "collect と publish を続けて行います"),
    ("check", commands.check, "提出する前の調査票を確認します(何も書き込みません)"),
    ("trace", commands.trace, "印刷した値が、どのファイルのどのセルから来たかを示します"),
    ("demo", commands.demo, "令和6年度の実例で、一年分の流れを試します"),
)
_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "init": _init_arguments,
    "distribute": _distribute_arguments,
    "collect": _intake_arguments,
    "publish": _publish_arguments,
    "run": _paper_arguments,
    "check": _check_arguments,
    "trace": _trace_arguments,
    "demo": _demo_arguments,
}
