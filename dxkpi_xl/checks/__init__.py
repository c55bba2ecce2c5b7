"""Judged: the rules, in the order in which they speak; of findings equal in weight at one cell the first is heard."""

from __future__ import annotations

from typing import Any

from dxkpi_xl.checks import (
    cell_rules,
    cross_rules,
    issued_rules,
    kpi_rules,
    label_rules,
    last_year_rules,
    new_row_rules,
    old_year_rules,
    text_rules,
)
from dxkpi_xl.checks.row import CheckedRow
from dxkpi_xl.checks.rule import Rule
from dxkpi_xl.checks.subject import CheckedReturn
from dxkpi_xl.checks.year import CheckedYear

# Each looks at one row. Those that spoil a cell come before those that need it.
ROW_RULES: tuple[Rule[CheckedRow], ...] = (
    cell_rules.required_blank,
    text_rules.same_as_above,
    text_rules.no_answer_yet,
    text_rules.example_left_behind,
    cell_rules.not_a_kpi_value,
    cell_rules.too_long,
    text_rules.characters_to_replace,
    text_rules.struck_through,
    label_rules.choice_of_another_row,
    last_year_rules.unit_changed,
    last_year_rules.magnitude_changed,
    last_year_rules.target_withdrawn,
    last_year_rules.target_lowered,
    kpi_rules.kpi_without_its_label,
    kpi_rules.unit_differs_between_years,
    kpi_rules.runs_against_its_direction,
    kpi_rules.not_set_or_zero_this_year,
    kpi_rules.sentence_without_this_years_target,
    label_rules.label_inside_the_sentence,
    old_year_rules.due_before_this_year,
    label_rules.ending_without_an_end,
    label_rules.merged_into_itself,
    label_rules.change_and_its_claim,
    text_rules.invisible_characters,
)

# Each looks at one return.
RETURN_RULES: tuple[Rule[CheckedReturn], ...] = (
    issued_rules.old_form_version,
    issued_rules.protection_removed,
    issued_rules.block_shifted,
)

# Each looks at all returns together.
YEAR_RULES: tuple[Rule[CheckedYear], ...] = (
    cross_rules.merged_into_what_ends,
    cross_rules.relisting_of_what_ends,
    new_row_rules.twice_under_one_item,
    new_row_rules.project_known_already,
    new_row_rules.kpi_defined_twice,
    cross_rules.relisted_text_drifts,
)

ALL_RULES: tuple[Rule[Any], ...] = (*ROW_RULES, *RETURN_RULES, *YEAR_RULES)
