"""Reads templates/<form>/form.toml into a Form, refusing nonsense with the file, the entry and the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.findings import Severity
from dxkpi_xl.form.columns import (
    AnnexColumn,
    ChoiceList,
    ChoiceValue,
    Clause,
    Column,
    Condition,
    Form,
    Group,
    HeadField,
    Role,
)
from dxkpi_xl.form.kinds import KINDS
from dxkpi_xl.form.load_guidance import read_examples, read_steps

FORM_FILE = "form.toml"
_PARTS = {"form", "sheets", "choices", "groups", "head", "columns", "steps", "examples"}
OWNERS_OF_VALUES = ("row", "plan", "project", "listing", "kpi")
SHEETS = ("guide", "answers", "examples", "lists", "issued")


def load_form(folder: Path) -> Form:
    """Read the form of a template folder; TemplateBroken where it says what cannot be."""
    try:
        document = tomllib.loads((folder / FORM_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateBroken(FORM_FILE, "全体", f"読み取れません({error})。") from error
    return _FormReader(document).form()


class _FormReader:
    """Turns the parsed document into a Form, one entry at a time, so that each refusal can name its entry."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def form(self) -> Form:
        """Give the whole form."""
        self._known("[全体]", self._document, _PARTS)
        head = self._table("form", {"id", "version", "name", "ended_when"})
        sheets = self._table("sheets", set(SHEETS))
        choices = tuple(self._choices(entry) for entry in self._entries("choices"))
        groups = tuple(Group(key=entry["key"], label=entry["label"]) for entry in self._entries("groups"))
        lists = {each.key: each for each in choices}
        columns = tuple(self._column(entry, lists, groups) for entry in self._entries("columns"))
        self._check_conditions(columns, head["ended_when"])
        if len(head["ended_when"]) != 1:
            raise TemplateBroken(FORM_FILE, "[form] ended_when", "条件の列は一つだけにしてください。")
        return Form(
            id=head["id"],
            version=head["version"],
            name=head["name"],
            sheets=dict(sheets),
            head=tuple(self._head(entry) for entry in self._entries("head")),
            columns=columns,
            choices=choices,
            groups=groups,
            ended=_condition(head["ended_when"]),
            steps=read_steps(FORM_FILE, self._entries("steps")),
            examples=read_examples(FORM_FILE, self._entries("examples"), columns),
        )

    def _table(self, name: str, keys: set[str]) -> Mapping[str, Any]:
        table = self._document.get(name)
        if not isinstance(table, dict) or set(table) != keys:
            raise TemplateBroken(FORM_FILE, f"[{name}]", f"{'、'.join(sorted(keys))} を過不足なく書いてください。")
        return table

    def _entries(self, name: str) -> Sequence[Mapping[str, Any]]:
        entries = self._document.get(name)
        if not isinstance(entries, list) or not entries:
            raise TemplateBroken(FORM_FILE, f"[[{name}]]", "一つ以上書いてください。")
        seen: set[str] = set()
        for position, entry in enumerate(entries, start=1):
            key = entry.get("key")
            if not isinstance(key, str) or not key.isidentifier():
                raise TemplateBroken(FORM_FILE, f"[[{name}]] の{position}番目", "key がないか、英数字ではありません。")
            if key in seen:
                raise TemplateBroken(FORM_FILE, f"[[{name}]] key={key}", "同じ key が二度あります。")
            seen.add(key)
        return entries

    def _known(self, where: str, entry: Mapping[str, Any], known: set[str]) -> None:
        unknown = sorted(set(entry) - known)
        if unknown:
            raise TemplateBroken(FORM_FILE, where, f"「{unknown[0]}」という項目はありません。")

    def _choices(self, entry: Mapping[str, Any]) -> ChoiceList:
        where = f"[[choices]] key={entry['key']}"
        self._known(where, entry, {"key", "label", "values"})
        try:
            values = tuple(
                ChoiceValue(
                    value=v["value"],
                    meaning=v["meaning"],
                    aliases=tuple(v.get("aliases", ())),
                    roles=tuple(Role(role) for role in v.get("roles", tuple(Role))),
                )
                for v in entry["values"]
            )
        except (KeyError, TypeError, ValueError) as error:
            raise TemplateBroken(FORM_FILE, where, "values の各値に value と meaning を書いてください。") from error
        if len({v.value for v in values}) != len(values) or not values:
            raise TemplateBroken(FORM_FILE, where, "値がないか、同じ値が二度あります。")
        return ChoiceList(key=entry["key"], label=entry["label"], values=values)

    def _head(self, entry: Mapping[str, Any]) -> HeadField:
        where = f"[[head]] key={entry['key']}"
        self._known(where, entry, {field.name for field in fields(HeadField)})
        try:
            return HeadField(**entry)
        except (TypeError, ValueError) as error:
            raise TemplateBroken(FORM_FILE, where, f"{error}") from error

    def _column(self, entry: Mapping[str, Any], lists: Mapping[str, ChoiceList], groups: Sequence[Group]) -> Column:
        where = f"[[columns]] key={entry['key']}"
        self._known(where, entry, {field.name for field in fields(Column)} - {"year"})
        if entry.get("kind") not in KINDS:
            raise TemplateBroken(FORM_FILE, where, f"kind「{entry.get('kind')}」は {'、'.join(KINDS)} のどれかです。")
        if entry.get("belongs_to") not in OWNERS_OF_VALUES:
            raise TemplateBroken(FORM_FILE, where, f"belongs_to は {'、'.join(OWNERS_OF_VALUES)} のどれかです。")
        if "choices" in entry and entry["choices"] not in lists:
            raise TemplateBroken(FORM_FILE, where, f"choices「{entry['choices']}」という一覧はありません。")
        rest = {k: v for k, v in entry.items() if k not in _CONVERTED}
        try:
            return Column(
                **rest,
                open_in=tuple(Role(role) for role in entry.get("open_in", ())),
                required_in=tuple(Role(role) for role in entry.get("required_in", ())),
                required_when=_condition(entry.get("required_when", {})),
                when_blank=Severity(entry.get("when_blank", Severity.WRONG)),
                choices=lists[entry["choices"]] if "choices" in entry else None,
                annex=self._annex(where, entry.get("annex"), groups),
            )
        except (TypeError, ValueError) as error:
            raise TemplateBroken(FORM_FILE, where, f"{error}") from error

    def _annex(self, where: str, entry: Mapping[str, Any] | None, groups: Sequence[Group]) -> AnnexColumn | None:
        if entry is None:
            return None
        annex = AnnexColumn(**entry)
        if annex.group and annex.group not in {group.key for group in groups}:
            raise TemplateBroken(FORM_FILE, f"{where} annex", f"group「{annex.group}」という見出しはありません。")
        return annex

    def _check_conditions(self, columns: Sequence[Column], ended: Mapping[str, Any]) -> None:
        by_key = {column.key: column for column in columns}
        places = [(f"[[columns]] key={column.key} required_when", column.required_when) for column in columns]
        for where, condition in (*places, ("[form] ended_when", _condition(ended))):
            for clause in condition.clauses:
                column = by_key.get(clause.column)
                allowed = ("", *(column.choices.labels if column and column.choices else ()))  # "" is a blank cell
                strange = [value for value in clause.values if value not in allowed]
                if column is None or strange:
                    said = strange[0] if column else clause.column
                    raise TemplateBroken(FORM_FILE, where, f"「{said}」という列又は選択肢はありません。")


_CONVERTED = {"open_in", "required_in", "required_when", "when_blank", "choices", "annex"}


def _condition(entry: Mapping[str, Sequence[str]]) -> Condition:
    return Condition(clauses=tuple(Clause(column=key, values=tuple(values)) for key, values in entry.items()))
