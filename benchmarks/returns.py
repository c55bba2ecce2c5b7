"""Returned workbooks: the issued ones with varied answers; 3 in 100 with a mistake, 1 in 100 with a conflict."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.books import answered
from benchmarks.registers import conflicting
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.survey import Survey, surveys
from dxkpi_xl.form.columns import Form
from dxkpi_xl.survey_books.distribution import file_stem
from dxkpi_xl.survey_books.layout import AnswerLayout, LaidRow, lay_out

_ANSWER_SHEET = 2
_CHANGED, _NEW_PROJECT = 0.2, 0.1
_MISTAKE_EVERY = 33
_HEAD = {
    fields.RESPONDENT: "第1課 主査",
    fields.EXTENSION: "2345",
    fields.MAIL: "dx@pref.example.jp",
    fields.CHECKER: "第1課長",
    fields.WRITTEN_ON: "2024/5/20",
}
_WORDS = (
    "防災",
    "観光",
    "税務",
    "福祉",
    "農林",
    "港湾",
    "道路",
    "学校",
    "図書",
    "窓口",
    "庁舎",
    "統計",
    "広報",
    "契約",
)
_DEEDS = ("電子化", "自動化", "可視化", "標準化", "共通化", "省力化", "遠隔化", "一元化")


@dataclass(frozen=True, kw_only=True)
class _Task:
    """One workbook to be answered: where it lies, where it goes, what is typed."""

    source: Path
    target: Path
    answers: Mapping[str, str]


def return_all(form: Form, register: Register, issued: Path, inbox: Path) -> None:
    """Answer every issued workbook into the inbox; the same answers each time."""
    inbox.mkdir(parents=True, exist_ok=True)
    shared = frozenset(conflicting(register))
    with ProcessPoolExecutor() as workers:
        for _ in workers.map(_answer, _tasks(form, register, issued, inbox, shared), chunksize=20):
            pass


def _tasks(form: Form, register: Register, issued: Path, inbox: Path, shared: frozenset[str]) -> Iterator[_Task]:
    for n, survey in enumerate(surveys(form, register)):
        file = f"{file_stem(survey)}.xlsx"
        typed = _answers(lay_out(form, survey), survey, n, shared)
        yield _Task(source=issued / file, target=inbox / file, answers=typed)


def _answer(task: _Task) -> None:
    task.target.write_bytes(answered(task.source.read_bytes(), _ANSWER_SHEET, task.answers))


def _answers(layout: AnswerLayout, survey: Survey, n: int, shared: frozenset[str]) -> dict[str, str]:
    chance = random.Random(n)  # noqa: S311 - the same varied answers each time
    head = {each.value_cell: _HEAD[each.field.key] for each in layout.head if each.field.key in _HEAD}
    found = dict(head)
    for row in layout.rows:
        found |= {layout.cell(row, key): text for key, text in _row(row, survey, chance, shared).items()}
    if n % _MISTAKE_EVERY == _MISTAKE_EVERY // 2:
        found[layout.cell(layout.rows[0], fields.CHANGE_KIND)] = "たぶん継続"
        found[layout.cell(layout.rows[0], fields.OUTLINE)] = ""
    return found


def _row(row: LaidRow, survey: Survey, chance: random.Random, shared: frozenset[str]) -> dict[str, str]:
    if row.listing_id in shared:
        proposal = f"{row.values[fields.OUTLINE]}({survey.bureau.name}の案)"
        return {fields.CHANGE_KIND: fields.CHANGED, fields.OUTLINE: proposal}
    if row.is_spare:
        wanted = row.listing_id.endswith("01") and chance.random() < _NEW_PROJECT
        return _new_project(survey, chance) if wanted else {}
    if chance.random() > _CHANGED:
        return {}
    changed = {fields.CHANGE_KIND: fields.CHANGED, fields.NOTE: "事業の進み具合に合わせて改めました。"}
    if fields.OUTLINE in row.open_columns:
        changed[fields.OUTLINE] = f"{row.values[fields.OUTLINE]}{chance.choice(_WORDS)}の分野にも広げる。"
    return changed


def _new_project(survey: Survey, chance: random.Random) -> dict[str, str]:
    name = "・".join(chance.sample(_WORDS, 3)) + f"{chance.choice(_DEEDS)}事業"
    return {
        fields.AREA_NAME: "I-3 公務能率の向上に向けた取組",
        fields.ITEM_NAME: "(5) RPAの導入",
        fields.SECTION: survey.bureau.sections[0].name,
        fields.PROJECT: name,
        fields.OUTLINE: f"{name}により、職員の作業時間を減らし、県民の利便性を高める。",
        fields.TARGET_KIND: fields.WITHOUT_KPI,
        fields.TARGET: f"令和6年度内に{name}の設計を終える。",
    }
