"""The judgement of one file by its content alone: what it was taken for, and the return it holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dxkpi_xl.cells.archive import members
from dxkpi_xl.cells.read import read_workbook
from dxkpi_xl.cells.sniff import FileKind, is_archive
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.returns.answer_sheets import read_answers
from dxkpi_xl.returns.identify import NotIdentified, identify
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.locate import answer_tables
from dxkpi_xl.returns.mended import mended_numbers
from dxkpi_xl.returns.model import Return, Verdict
from dxkpi_xl.returns.reader import ReturnedFile

_VERDICT_OF = {
    UnreadableCode.EMPTY: Verdict.DAMAGED,
    UnreadableCode.DAMAGED: Verdict.DAMAGED,
    UnreadableCode.NO_SHEET: Verdict.DAMAGED,
    UnreadableCode.UNSAFE: Verdict.DAMAGED,
    UnreadableCode.PASSWORD: Verdict.PASSWORD,
    UnreadableCode.WRONG_KIND: Verdict.WRONG_KIND,
    UnreadableCode.TOO_LARGE: Verdict.TOO_LARGE,
}
# What officials call the kinds of file that arrive instead of a workbook.
_KIND_NAMES = {
    FileKind.XLSB: "Excel バイナリ ブック(.xlsb)",
    FileKind.XLS: "Excel 97-2003 ブック(.xls)",
    FileKind.ODS: "OpenDocument 表計算(.ods)",
    FileKind.CSV: "CSV",
    FileKind.TEXT: "テキスト",
    FileKind.HTML: "ウェブページ(HTML)",
    FileKind.XML: "XML",
    FileKind.ZIP: "zip(圧縮ファイル)",
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word 文書",
    FileKind.DOC: "Word 文書",
    FileKind.PPTX: "PowerPoint",
    FileKind.LOCK_FILE: "Excelが開いている間だけ置く一時ファイル",
    FileKind.SYSTEM_FILE: "パソコンが自動で作るファイル",
    FileKind.UNKNOWN: "不明な形式",
}
# What the limits of cells.limits are called; those that are not here are said as "中身の量".
_LIMIT_NAMES = {
    "file_bytes": "ファイルの大きさ",
    "part_bytes": "展開した大きさ",
    "total_bytes": "展開した大きさの合計",
    "entries": "圧縮ファイルの中のファイルの数",
    "zips within zips": "圧縮ファイルの入れ子",
    "cells": "記入されたセルの数",
    "characters": "文字の数",
    "sheets": "シートの数",
}


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What a file was taken for: verdict and facts; with the return and its findings where it is one."""

    verdict: Verdict
    sha256: str
    facts: Mapping[str, str] = field(default_factory=dict)
    answer: Return | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class JudgedFile:
    """One file, or one member of a zip (``回答.zip/総務部.xlsx``): its name as shown, its size, its judgement."""

    name: str
    size: int
    judged: Judged


def judge_file(issued: Issued, passwords: tuple[str, ...], item: tuple[Path, str]) -> tuple[JudgedFile, ...]:
    """Judge a kept original by its path and shown name; of a zip, each file in it. Runs in a child process."""
    path, name = item
    data = path.read_bytes()
    if not is_archive(data):
        return (JudgedFile(name=name, size=len(data), judged=judge(data, name, issued, passwords)),)
    try:
        inside = tuple(_members(data, name, issued, passwords))
    except Unreadable as unreadable:
        return (JudgedFile(name=name, size=len(data), judged=_unreadable(unreadable, data)),)
    empty = Judged(verdict=Verdict.WRONG_KIND, sha256=_sha256(data), facts={"kind": "空の圧縮ファイル(zip)"})
    return inside or (JudgedFile(name=name, size=len(data), judged=empty),)


def _members(data: bytes, name: str, issued: Issued, passwords: tuple[str, ...]) -> Iterator[JudgedFile]:
    for member in members(data, passwords=passwords):
        shown = f"{name}/{member.name}"
        if isinstance(member.content, Unreadable):
            yield JudgedFile(name=shown, size=0, judged=_unreadable(member.content, b""))
        else:
            judged = judge(member.content, shown, issued, passwords)
            yield JudgedFile(name=shown, size=len(member.content), judged=judged)


def judge(data: bytes, name: str, issued: Issued, passwords: tuple[str, ...] = ()) -> Judged:
    """Judge one file's bytes; ``name`` only says where findings point. Raises nothing for whatever the bytes are."""
    try:
        workbook = read_workbook(data, passwords=passwords)
    except Unreadable as unreadable:
        return _unreadable(unreadable, data)
    sha256 = _sha256(data)
    labels = {each.key: each.label for each in issued.form.head}
    identity = identify(workbook, answer_tables(workbook, issued.columns, labels), issued.surveys)
    if isinstance(identity, NotIdentified):
        return Judged(verdict=identity.verdict, sha256=sha256, facts=identity.facts)
    file = ReturnedFile(name=name, sha256=sha256, saved_at=workbook.modified)
    answer, findings = read_answers(issued, identity, file)
    if not workbook.styles_read:
        unsure = Finding(code="I032", place=Place(file=name), facts={}, bureau=identity.survey.bureau.name)
        findings = (unsure, *findings)
    answer = replace(answer, mends=mended_numbers(workbook))
    return Judged(verdict=Verdict.ACCEPTED, sha256=sha256, answer=answer, findings=findings)


def _unreadable(unreadable: Unreadable, data: bytes) -> Judged:
    sha256 = _sha256(data) if data else ""
    return Judged(verdict=_VERDICT_OF[unreadable.code], sha256=sha256, facts=_facts(unreadable))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _facts(unreadable: Unreadable) -> dict[str, str]:
    facts = {name: str(fact) for name, fact in unreadable.facts.items()}
    if unreadable.code is UnreadableCode.WRONG_KIND:
        return {"kind": _KIND_NAMES.get(FileKind(facts.get("kind", FileKind.UNKNOWN)), "不明な形式")}
    if unreadable.code is UnreadableCode.TOO_LARGE:
        return {"limit": _LIMIT_NAMES.get(facts["limit"], "中身の量"), "allowed": f"{int(facts['allowed']):,}"}
    return {}
