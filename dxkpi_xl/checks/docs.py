"""Writes what docs/ says of the rules: rules.md and return.schema.json; ``python -m dxkpi_xl.checks.docs docs``.

Both are made from the form, the catalogue, the list of rules and the examples; a test keeps them fresh.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl.checks import ALL_RULES
from dxkpi_xl.checks.example_returns import AS_ISSUED_IN, example_returns
from dxkpi_xl.checks.examples import Answers, RuleExample, load_examples
from dxkpi_xl.checks.rule import THIS_YEARS_TARGET, Scope
from dxkpi_xl.checks.run import check_all
from dxkpi_xl.cycle.register_json import from_json
from dxkpi_xl.disk import write_whole
from dxkpi_xl.findings import Catalogue, CatalogueEntry, load_catalogue
from dxkpi_xl.form.load import load_form
from dxkpi_xl.form.schema import SCHEMA_ID, return_schema
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.workspace import templates_folder

FORM, EXAMPLE_CYCLE = "shiryo-2-4", "r6"
RULES_FILE = "rules.md"

_HEAD = """# 点検の一覧

回答が届くたびに、次の順で点検します。一つの欄には、最も重い指摘を一つだけ付けます(同じ重さなら、先のもの)。
空欄や読み取れない欄を前提とする点検は、その欄については行いません。**確認**は、備考に理由をいただければ**参考**
(C020)になります。重さは `templates/shiryo-2-4/findings.toml` の一語で変えられます(新しい点検は「参考」から始めます)。
文字と言葉の決まりは `templates/shiryo-2-4/text_policy.toml`、例は `templates/r6/rule_examples.toml` にあります。

このファイルは `python -m dxkpi_xl.checks.docs docs` が作ります。手で直さないでください。

| 重さ | 意味 |
|---|---|
| 誤り | 差し戻して、直していただく |
| 確認 | 理由を伺って受け取る |
| 参考 | お知らせ。対応は不要 |
"""


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """One code of the list: what it looks at, what it needs and points at (labels), its example."""

    entry: CatalogueEntry
    scope: Scope
    needs: tuple[str, ...]
    points_at: tuple[str, ...]
    example: RuleExample


def documents() -> dict[str, str]:
    """Give the generated files of docs/ by name."""
    folder = templates_folder()
    form = load_form(folder / FORM)
    register_file = folder / EXAMPLE_CYCLE / "register.json"
    register, _ = from_json(register_file.read_text(encoding="utf-8"), register_file.name)
    if register is None:
        raise ValueError(f"the example register cannot be read: {register_file.name}")
    issued = Issued(form=form, register=register)
    catalogue = load_catalogue(folder / FORM / "findings.toml")
    schema = json.dumps(return_schema(form, register.cycle.years), ensure_ascii=False, indent=2)
    return {RULES_FILE: rules_document(issued, catalogue), SCHEMA_ID: schema + "\n"}


def rules_document(issued: Issued, catalogue: Catalogue) -> str:
    """Give rules.md: the rules in their order, with examples run for real, and the codes that reading gives."""
    lines = list(_rule_lines(issued, catalogue))
    parts = [_HEAD]
    for scope in Scope:
        parts.append(f"## {scope.value}\n")
        parts += [_section(issued, catalogue, line) for line in lines if line.scope is scope]
    parts.append(_reading(catalogue, {line.entry.code for line in lines}))
    return "\n".join(parts)


def _rule_lines(issued: Issued, catalogue: Catalogue) -> Iterator[RuleLine]:
    examples = {each.code: each for each in load_examples(templates_folder() / EXAMPLE_CYCLE)}
    labels = {column.key: column.label for column in issued.columns}
    labels |= {column.key: column.label.replace("{year}", "各年度の") for column in issued.form.columns}
    labels[THIS_YEARS_TARGET] = "今年度の目標値"
    for rule in ALL_RULES:
        for code in rule.codes:
            yield RuleLine(
                entry=catalogue.entry(code),
                scope=rule.scope,
                needs=tuple(labels[key] for key in rule.needs),
                points_at=tuple(labels[key] for key in rule.points_at),
                example=examples[code],
            )


def _section(issued: Issued, catalogue: Catalogue, line: RuleLine) -> str:
    code = line.entry.code
    found = check_all(issued, example_returns(issued, line.example.breaks))
    finding = next(each for each in found if each.code == code and each.listing_id == _listing(line.example))
    worded = catalogue.word(finding)
    rows = [
        f"### {code} {line.entry.title}({line.entry.severity})\n",
        f"{line.example.about}\n",
        f"- 前提とする欄: {'、'.join(line.needs)}" if line.needs else "",
        f"- 指摘が付く欄: {'、'.join(line.points_at)}" if line.points_at else "",
        f"- 指摘が出る例: {_said(issued, line.example.breaks)}",
        f"- 指摘が出ない例: {_said(issued, line.example.holds)}",
        f"- 文: {_text(worded.message)} {_text(worded.remedy)}",
    ]
    return "\n".join(row for row in rows if row) + "\n"


def _listing(example: RuleExample) -> str:
    return "" if example.at[0] == "head" else example.at[0]


def _said(issued: Issued, answers: Answers) -> str:
    labels = {column.key: column.label for column in issued.columns}
    labels |= {each.key: each.label for each in issued.form.head}
    said = [f"{row} の「{labels[key]}」{_value(value)}" for (row, key), value in answers.cells.items()]
    said += [f"{row} の「{labels[key]}」に取消し線" for row, key in sorted(answers.struck)]
    said += [f"頭の「{labels[key]}」{_value(value)}" for key, value in answers.head.items()]
    for addressee, row in answers.new:
        cells = "、".join(f"{labels[key]}{_value(value)}" for key, value in row.items() if value)
        said.append(f"{addressee}の空き行({cells or '例のとおり'})")
    said += [f"書かれていた文字は {written!a}" for written in answers.written.values()]
    if not said:
        said.append("シートの保護を残す" if answers.protected else "シートの保護を外す")
    return "、".join(said)


def _value(value: str) -> str:
    if value.startswith(AS_ISSUED_IN):
        return f" = {value.removeprefix(AS_ISSUED_IN)} の内容"
    return f" = `{value}`" if value else " = 空欄"


def _text(words: str) -> str:
    return words.replace("|", "\\|").replace("*", "\\*").replace("_", "\\_")


def _reading(catalogue: Catalogue, known: set[str]) -> str:
    rows = ["## 読み取るときに分かること\n", "| 符号 | 重さ | 見出し | 直し方 |", "|---|---|---|---|"]
    for entry in catalogue:
        if entry.code[0] in "CIRXY" and entry.code not in known:
            rows.append(f"| {entry.code} | {entry.severity} | {entry.title} | {_text(entry.remedy)} |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    for _name, _content in documents().items():
        write_whole(Path(sys.argv[1]) / _name, _content.encode("utf-8"))
