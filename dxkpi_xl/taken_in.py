"""What was taken in: the year as its ledger says it, and every file of inbox/ judged; the one while the other."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dxkpi_xl import workspace as ws
from dxkpi_xl.checks.alone import check_alone
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.returns.inbox import IntakeTerms, JudgedFiles, judged_inbox, judging_inbox
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Verdict
from dxkpi_xl.returns.originals import Originals
from dxkpi_xl.returns.remembered import Memory, fingerprint_of
from dxkpi_xl.side_work import meanwhile
from dxkpi_xl.sources import Year, issued_record, this_year

# What a long step says of itself: its name, how many are done, of how many.
Progress = Callable[[str, int, int], None]
_READING = "回答を読み取り"


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """The year, what was issued in it, and what each file was taken for."""

    year: Year
    issued: Issued
    judged: JudgedFiles


def take_in(workspace: ws.Workspace, passwords: tuple[str, ...], progress: Progress, *, leave: bool) -> TakenIn:
    """Read the ledger while child processes judge what lies in inbox/; CannotProceed where the ledger is not usable.

    ``passwords`` are tried beside those of the ledger. Unless it may ``leave`` them, no originals and nothing to
    remember are left behind.
    """
    issued = _issued(workspace, passwords)
    with nullcontext(workspace.originals) if leave else tempfile.TemporaryDirectory() as folder:
        terms = _terms(workspace, issued, Path(folder), passwords)
        tell = partial(progress, _READING)
        # First the originals, or else two threads of one process would wait for each other at every file.
        with judging_inbox(workspace.inbox, terms) as judge, meanwhile(judge, tell) as result:
            year = this_year(workspace, passwords, remember=leave, issued=issued.register)
            judged = result()
        if year.form != issued.form or _needs(judged, year.office.passwords, passwords):
            # Seldom: the judgements of all other files were remembered just now.
            issued = replace(issued, form=year.form)
            again = _terms(workspace, issued, Path(folder), year.office.passwords)
            judged = judged_inbox(workspace.inbox, again, tell)
    return TakenIn(year=year, issued=issued, judged=judged)


def _issued(workspace: ws.Workspace, passwords: tuple[str, ...]) -> Issued:
    try:
        return issued_record(workspace)[0]
    except CannotProceed:
        this_year(workspace, passwords)  # what is wrong with the ledger goes first
        raise


def _needs(judged: JudgedFiles, known: tuple[str, ...], tried: tuple[str, ...]) -> bool:
    """Whether a file asks for a password and the ledger knows one that was not tried."""
    return bool(set(known) - set(tried)) and any(each.verdict is Verdict.PASSWORD for _, each in judged)


def _terms(workspace: ws.Workspace, issued: Issued, originals: Path, passwords: tuple[str, ...]) -> IntakeTerms:
    fingerprint = fingerprint_of(issued.form.id, workspace.issued_record.read_bytes())
    may_write = originals == workspace.originals
    return IntakeTerms(
        issued=issued,
        originals=Originals(folder=originals),
        check=check_alone,
        memory=Memory(path=workspace.judgements, fingerprint=fingerprint, may_write=may_write),
        passwords=passwords,
    )
