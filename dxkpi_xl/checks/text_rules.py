"""Rules within one cell about its characters and words; what is no character or word to print is data (text_policy)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from dxkpi_xl.checks.row import CheckedRow, quoted
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import Column, folded

_LINE_ENDS_AND_TABS = frozenset("\r\n\t")
_MOST_CHARACTERS = 5
# Texts of which an example left behind is certain: names of indicators are common property of the field (the form's
# example of one is the real annex's KPI 10), so that writing the same name says nothing.
_OWN_TEXTS = (fields.PROJECT, fields.OUTLINE, fields.TARGET)


def _asked(answers: tuple[tuple[Column, str], ...]) -> Iterator[tuple[Column, str]]:
    """Give what is filled in and was asked for: 備考 may say 「なし」 or 「同上」."""
    return ((c, value) for c, value in answers if value and c.required_in and c.kind in ("text", "kpi_value"))


@rule("C011", scope=Scope.CELL, spoils=True)
def same_as_above(row: CheckedRow) -> Iterator[Finding]:
    """A cell only says "as above" (〃, 同上); what stands above is proposed."""
    for column, value in _asked(row.answered):
        if row.policy.is_ditto(value):
            above = row.above.value(column.key) if row.above else ""
            known = above and not row.policy.is_ditto(above)
            proposal = f"上の行と同じであれば「{quoted(above)}」" if known else "省略せずに、その行の内容"
            yield row.finding("C011", column.key, value=quoted(value), proposal=proposal)


@rule("C013", scope=Scope.CELL, spoils=True)
def no_answer_yet(row: CheckedRow) -> Iterator[Finding]:
    """A text cell only says that there is no answer yet; of a KPI cell C004 speaks."""
    for column, value in _asked(row.answered):
        if column.kind == "text" and _says_nothing(row, value):
            yield row.finding("C013", column.key, value=quoted(value))


def _says_nothing(row: CheckedRow, text: str) -> bool:
    return kpi_value.is_not_set(text) or row.policy.is_undecided(text)


@rule("C012", scope=Scope.CELL, spoils=True)
def example_left_behind(row: CheckedRow) -> Iterator[Finding]:
    """The form's example, or a mark such as ○○, was left in; a text that stood there when issued is not asked about."""
    for column, value in _asked(row.changed):
        if column.kind != "text":
            continue
        is_example = column.key in _OWN_TEXTS and folded(value) in map(folded, _example_texts(row))
        mark = next((mark for mark in row.policy.placeholders if mark in value), "")
        if is_example or mark:
            yield row.finding("C012", column.key, value=mark or quoted(value))


def _example_texts(row: CheckedRow) -> Iterator[str]:
    for key in _OWN_TEXTS:
        texts = (row.column[key].example, *(each.values.get(key, "") for each in row.form.examples))
        yield from filter(None, texts)


@rule("C014", scope=Scope.CELL)
def characters_to_replace(row: CheckedRow) -> Iterator[Finding]:
    """A printed cell holds characters outside the allowed set; replacements are proposed."""
    for column, value in row.answered:
        if column.annex is None:
            continue
        strange = row.policy.not_allowed(value)[:_MOST_CHARACTERS]
        if strange:
            said = "、".join(f"「{c}」({_instead(row, c)})" for c in strange)
            yield row.finding("C014", column.key, characters=said)


def _instead(row: CheckedRow, character: str) -> str:
    replacement = row.policy.replacement(character)
    return f"「{replacement}」への置き換え" if replacement else "削除又は別の言葉への言い換え"


@rule("C016", scope=Scope.CELL)
def struck_through(row: CheckedRow) -> Iterator[Finding]:
    """The text, or a part of it, is struck through."""
    for column, answer in row.peculiar():
        if answer.struck and answer.value:
            yield row.finding("C016", column.key, value=quoted(answer.value))


@rule("C015", scope=Scope.CELL)
def invisible_characters(row: CheckedRow) -> Iterator[Finding]:
    """Invisible control characters were left out when the cell was read."""
    for column, answer in row.peculiar():
        if answer.written == answer.value:
            continue
        dropped = {c for c in set(answer.written) - set(answer.value) - _LINE_ENDS_AND_TABS if _is_invisible(c)}
        if dropped:
            codes = "、".join(f"U+{ord(c):04X}" for c in sorted(dropped)[:_MOST_CHARACTERS])
            yield row.finding("C015", column.key, characters=codes)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf")
