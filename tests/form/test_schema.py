"""The schema of a return is made from the form alone, and says what the form says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dxkpi_xl.form.columns import Form
from dxkpi_xl.form.schema import DRAFT, return_schema

YEARS = ("R5", "R6")


def is_valid(form: Form, role: str, **answers: str | None) -> bool:
    named = {key.replace("targets_", "targets."): value for key, value in answers.items()}
    data = {
        "survey_id": "R6-01-E",
        "form_version": "1",
        "head": {},
        "rows": [{"listing_id": "L0001", "role": role, "answers": named}],
    }
    return bool(Draft202012Validator(return_schema(form, YEARS)).is_valid(data))


def test_it_is_a_schema_of_draft_2020_12_with_the_years_of_the_cycle(form: Form) -> None:
    schema = return_schema(form, YEARS)
    Draft202012Validator.check_schema(schema)
    answers = schema["$defs"]["row"]["properties"]["answers"]["properties"]
    assert schema["$schema"] == DRAFT
    assert [key for key in answers if key.startswith("targets")] == ["targets.R5", "targets.R6"]
    assert answers["targets.R6"]["title"] == "R6目標値"
    assert answers["change_kind"]["enum"] == ["", "継続", "変更", "新規", "廃止", "統合"]
    assert answers["outline"]["maxLength"] == 1000


@pytest.mark.parametrize(
    ("role", "answers", "valid"),
    [
        ("original", {"change_kind": "継続"}, True),
        ("original", {"change_kind": ""}, False),
        ("original", {"change_kind": "続ける"}, False),
        ("original", {"change_kind": None}, False),
        ("original", {"area_name": "I-3"}, False),  # the office's column in such a row
        ("new", {"area_name": "I-3"}, True),
        ("original", {"outline": "あ" * 1000}, True),
        ("original", {"outline": "𠮷" * 1000}, True),
        ("original", {"outline": "あ" * 1001}, False),
        ("original", {"baseline": "48.2%"}, True),
        ("original", {"baseline": "-", "target_kind": "指標(KPI)"}, True),
        ("original", {"baseline": "", "target_kind": "目標"}, True),
        ("original", {"baseline": "", "target_kind": "指標(KPI)"}, False),
        ("original", {"baseline": "", "target_kind": "指標(KPI)", "change_kind": "廃止"}, True),
        ("original", {"baseline": "約半分"}, False),
        ("original", {"targets_R6": "4以上"}, True),
        ("original", {"targets_R7": "4以上"}, False),  # no year of this cycle
        ("original", {"end_reason": "", "change_kind": "廃止"}, False),
        ("original", {"end_reason": "", "change_kind": "継続"}, True),
        ("original", {"merge_into": "", "change_kind": "統合", "end_reason": "まとめる"}, False),
        ("new", {"project": ""}, False),
        ("new", {"project": "", "relist_of": "L0004"}, True),
        ("relisted", {"outline": ""}, True),
        ("unknown", {}, False),
    ],
)
def test_a_row_is_valid_or_not_as_the_form_says(form: Form, role: str, answers: dict[str, Any], valid: bool) -> None:
    assert is_valid(form, role, **answers) is valid


def test_what_the_form_says_anew_the_schema_says_at_once(form: Form) -> None:
    columns = tuple(replace(c, max_length=5) if c.key == "outline" else c for c in form.columns)
    changed = replace(form, columns=columns)
    assert is_valid(form, "original", outline="六文字ですよ")
    assert not is_valid(changed, "original", outline="六文字ですよ")
