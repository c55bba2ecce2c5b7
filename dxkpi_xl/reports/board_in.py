"""Reads back what the office wrote on the board, and the history of its decisions, before the board is made anew."""

from __future__ import annotations

from collections.abc import Sequence

from dxkpi_xl.cells.unreadable import Unreadable
from dxkpi_xl.cells.xlsx import read_xlsx
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import Column
from dxkpi_xl.merge.decision import Decision
from dxkpi_xl.merge.journal import read_journal
from dxkpi_xl.merge.outcomes import Outcomes
from dxkpi_xl.reports.decision_sheet import DecisionsRead
from dxkpi_xl.reports.decision_sheet_in import read_decision_sheet
from dxkpi_xl.reports.finding_sheet import read_finding_sheet
from dxkpi_xl.workspace import Workspace


def read_board(workspace: Workspace, columns: Sequence[Column], outcomes: Outcomes) -> DecisionsRead:
    """Read the decisions on the board; nothing where there is no board, CannotProceed where it cannot be read.

    A board that cannot be read is never replaced: what the office wrote on it would be lost.
    """
    if not workspace.board.is_file():
        return DecisionsRead(decisions=(), findings=())
    name = workspace.relative(workspace.board)
    try:
        workbook = read_xlsx(workspace.board.read_bytes())
    except Unreadable as unreadable:
        raise CannotProceed(
            f"「{name}」が壊れていて読み取れません。",
            "Excelで開いて保存し直すか、不要であれば削除してから、もう一度実行してください。",
        ) from unreadable
    fields = read_decision_sheet(workbook, name, columns, outcomes)
    findings = read_finding_sheet(workbook, name, columns)
    return DecisionsRead(
        decisions=(*fields.decisions, *findings.decisions),
        findings=(*fields.findings, *findings.findings),
        pending={**fields.pending, **findings.pending},
    )


def read_history(workspace: Workspace) -> tuple[Decision, ...]:
    """Read the history of decisions; none where there is none yet."""
    if not workspace.journal.is_file():
        return ()
    return read_journal(workspace.journal.read_text(encoding="utf-8"), workspace.relative(workspace.journal))
