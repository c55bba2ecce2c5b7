"""Where this year stands and what to do next, from the files that are there; light enough to answer at once."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxkpi_xl.reports.state import State
from dxkpi_xl.workspace import LEDGER, Workspace


@dataclass(frozen=True, kw_only=True)
class Glance:
    """Where a year stands: a step's name for programs, lines for people, the next command."""

    step: str
    lines: tuple[str, ...]
    next_command: str
    counts: dict[str, int]
    needs_people: bool


def glance(workspace: Workspace) -> Glance:
    """Look at a workspace's files and say where the year stands; nothing is read that was not written by us."""
    if not workspace.ledger.is_file():
        return _empty()
    if not workspace.issued_record.is_file():
        return _step(
            "ledger",
            f"{LEDGER} があります。調査票はまだ配布していません。",
            "調査台帳の「設定」の期限と問合せ先を確かめてから、調査票を作成してください。",
            command="dxkpi distribute",
        )
    record = _record(workspace.status_record)
    if record is None:
        return _step(
            "issued",
            "調査票を作成済みです(outbox/配布)。回答の集計はまだです。",
            f"返ってきたファイルを inbox に入れてから、取りまとめてください(今あるファイル: {_waiting(workspace)}件)。",
            command="dxkpi run",
        )
    return _collected(workspace, record)


def _empty() -> Glance:
    return _step(
        "empty",
        f"このフォルダーには、まだ {LEDGER} がありません。",
        "試してみるときは「dxkpi demo」を実行してください(令和6年度の実例で、一年分の流れを確かめられます)。",
        "始めるときは「dxkpi init --from 昨年度の調査台帳.xlsx --year R7」を実行してください。",
        command="dxkpi demo",
    )


def _step(step: str, *lines: str, command: str) -> Glance:
    return Glance(step=step, lines=lines, next_command=command, counts={}, needs_people=False)


def _collected(workspace: Workspace, record: dict[str, Any]) -> Glance:
    counts = Counter(str(each["state"]) for each in record["addressees"])
    lines = [str(record["title"])]
    deadline = record.get("deadline")
    if deadline:
        lines.append(f"事務局への提出期限: {deadline}")
    lines.append("、".join(f"{state} {count}" for state, count in counts.items()))
    lines.extend(
        f"  {each['addressee']}: {_words(each)}" for each in record["addressees"] if each["state"] != State.DONE
    )
    done = set(counts) == {State.DONE}
    published = workspace.register.is_file()
    if done and published:
        lines.append("資料は outbox にあります。印刷前に御確認ください。")
        command = "dxkpi publish"
    else:
        lines.append("詳しくは outbox/回収状況.xlsx を御覧ください。")
        lines.append("新しい回答を inbox に入れたら、もう一度取りまとめてください。")
        command = "dxkpi run"
    return Glance(
        step="collected", lines=tuple(lines), next_command=command, counts=dict(counts), needs_people=not done
    )


def _words(each: dict[str, Any]) -> str:
    found = "・".join(f"{name}{each[key]}件" for key, name in (("wrong", "誤り"), ("ask", "確認")) if each[key])
    return f"{each['state']}({found})" if found else str(each["state"])


def _record(path: Path) -> dict[str, Any] | None:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return document if isinstance(document, dict) else None


def _waiting(workspace: Workspace) -> int:
    if not workspace.inbox.is_dir():
        return 0
    return sum(path.is_file() and path.name != ".gitkeep" for path in workspace.inbox.rglob("*"))
