"""A column is said once: its key and its label stand in the form, and what a key means in one module."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

import dxkpi_xl
from dxkpi_xl.cycle.model import Kpi, Listing, Project
from dxkpi_xl.form.columns import Form
from dxkpi_xl.merge.three_way import FieldOutcome

PACKAGE = Path(dxkpi_xl.__file__).parent

# Modules that read or write another vocabulary in which some words are the same: the transcript's, the register's JSON.
OWN_VOCABULARY = {
    "cycle/fields.py": "the one place that binds keys to what they mean",
    "cycle/from_transcript.py": "reads the keys of a transcribed annex",
    "annex/compare.py": "reads the keys of a transcribed annex",
    "demo/bureaus.py": "reads the keys of a transcribed annex",
}


def literals(path: Path) -> Iterator[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


# A key of one word may be an ordinary word; one that is also a field of the model (area_no, target_kind) may be said of
# the model. All other keys can only mean the column.
@pytest.fixture
def telling_keys(form: Form) -> set[str]:
    of_model = {each.name for thing in (Listing, Kpi, Project, FieldOutcome) for each in dataclasses.fields(thing)}
    return {column.key for column in form.columns if "_" in column.key} - of_model


def test_a_columns_key_stands_only_where_its_meaning_is_bound(telling_keys: set[str]) -> None:
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line} {text}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() not in OWN_VOCABULARY
        for line, text in literals(path)
        if text in telling_keys
    ]
    assert found == []


def test_a_columns_label_stands_only_in_the_form(form: Form) -> None:
    # 管理番号, 事業番号 and KPI番号 are the domain's own words, headings of the office's lists as well.
    own_words = {"管理番号", "事業番号", "KPI番号"}
    labels = {c.label for c in form.columns_for(("R4", "R5", "R6", "R7")) if len(c.label) > 3} - own_words
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line} {text}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, text in literals(path)
        if text in labels
    ]
    assert found == []


def test_no_year_is_written_in_the_code() -> None:
    found = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line} {text}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for line, text in literals(path)
        if text in {"R4", "R5", "R6", "令和6年度", "令和5年度"}
    ]
    assert found == []
