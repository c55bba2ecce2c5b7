"""What a child process does with one file: judges it whole, the rules on one return included, and tells it as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import JudgedFile, judge_file
from dxkpi_xl.returns.judged_json import judged_to_json
from dxkpi_xl.returns.model import OwnFindings, Return, Verdict

# What says of a return all that can be said of it alone.
Check = Callable[[Issued, Return], OwnFindings | None]


class Told(NamedTuple):
    """A judgement as JSON; ``lasting`` where no password had a part in it."""

    judged: bytes
    lasting: bool


def unchecked(_issued: Issued, _answer: Return) -> None:
    """Leave what is to be said of a return to those who ask later."""


def judge_in_child(issued: Issued, passwords: tuple[str, ...], check: Check, item: tuple[Path, str]) -> Told:
    """Judge a kept original by its path and shown name, first without passwords: few files need any."""
    files = judge_file(issued, (), item)
    lasting = all(each.judged.verdict is not Verdict.PASSWORD for each in files)
    if passwords and not lasting:
        files = judge_file(issued, passwords, item)
    try:
        files = tuple(_checked(each, issued, check) for each in files)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a rule's own fault, not the file's: it comes to light where all are checked
        lasting = False
    return Told(judged=judged_to_json(files, issued), lasting=lasting)


def _checked(file: JudgedFile, issued: Issued, check: Check) -> JudgedFile:
    answer = file.judged.answer
    if answer is None:
        return file
    return replace(file, judged=replace(file.judged, answer=replace(answer, own=check(issued, answer))))
