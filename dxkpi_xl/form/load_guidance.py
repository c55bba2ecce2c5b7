"""Reads what the form says to people: the guide's steps and the example rows."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from typing import Any

from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.form.columns import Column, Example, Role, Step

# The facts that a step may quote as {name}.
STEP_FACTS = frozenset(
    {
        "year_label",
        "addressee",
        "lead_section",
        "section_deadline",
        "office_deadline",
        "send_to",
        "answers",
        "head_fields",
    }
)


def read_steps(file: str, entries: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Give the guide's steps in order; TemplateBroken for an entry that is not key, title and text."""
    return tuple(_step(file, entry) for entry in entries)


def _step(file: str, entry: Mapping[str, Any]) -> Step:
    where = f"[[steps]] key={entry['key']}"
    try:
        step = Step(**entry)
        names = {name for _, name, _, _ in string.Formatter().parse(step.text) if name is not None}
    except (TypeError, ValueError) as error:
        raise TemplateBroken(file, where, f"key, title, text を正しく書いてください({error})。") from error
    strange = sorted(names - STEP_FACTS)
    if strange:
        raise TemplateBroken(file, where, f"{{{strange[0]}}} は使えません。使える名前: {'、'.join(sorted(STEP_FACTS))}")
    return step


def read_examples(file: str, entries: Sequence[Mapping[str, Any]], columns: Sequence[Column]) -> tuple[Example, ...]:
    """Give the example rows in order; TemplateBroken for an unknown column, role or choice."""
    return tuple(_example(file, entry, {column.key: column for column in columns}) for entry in entries)


def _example(file: str, entry: Mapping[str, Any], columns: Mapping[str, Column]) -> Example:
    where = f"[[examples]] key={entry['key']}"
    if set(entry) != {"key", "title", "role", "values"}:
        raise TemplateBroken(file, where, "key、title、role、values を過不足なく書いてください。")
    if entry["role"] not in set(Role):
        raise TemplateBroken(file, where, f"role「{entry['role']}」は {'、'.join(Role)} のどれかです。")
    said = {key: _values(file, where, columns.get(key), key, value) for key, value in entry["values"].items()}
    return Example(
        key=entry["key"],
        title=entry["title"],
        role=Role(entry["role"]),
        values={key: values[0] for key, values in said.items() if not columns[key].per_year},
        yearly={key: values for key, values in said.items() if columns[key].per_year},
    )


def _values(file: str, where: str, column: Column | None, key: str, said: object) -> tuple[str, ...]:
    if column is None:
        raise TemplateBroken(file, where, f"values の「{key}」という列はありません。")
    values = tuple(said) if isinstance(said, list) else (said,)
    if not all(isinstance(value, str) for value in values) or column.per_year != isinstance(said, list):
        raise TemplateBroken(file, where, f"values の「{key}」は、年度ごとの列では文字列の並び、ほかは文字列です。")
    if column.choices and not set(values) <= set(column.choices.labels):
        raise TemplateBroken(file, where, f"values の「{key}」に選択肢にない「{values[0]}」があります。")
    return tuple(str(value) for value in values)
