"""The JSON Schema (Draft 2020-12) of one return as data, made from the form: nothing of it is said a second time.

A return as data::

    {"survey_id": "R6-01-E", "form_version": "shiryo-2-4 1.0 (R6)", "head": {<key of the head>: "…", …},
     "rows": [{"listing_id": "L0001", "role": "original", "answers": {<key of a column>: "…", …}}, …]}

``answers`` has the columns that the row was asked to fill in. A blank cell is ``""``; a cell that holds something which
cannot be taken (a formula, an error, a value that its list has not) is ``null``, which no column allows.
"""

from __future__ import annotations

from typing import Any

from dxkpi_xl.form.columns import Clause, Column, Condition, Form, Role
from dxkpi_xl.form.kinds import KINDS

SCHEMA_ID = "return.schema.json"
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_BLANK: dict[str, Any] = {"const": ""}
_FILLED: dict[str, Any] = {"minLength": 1}
_TEXT: dict[str, Any] = {"type": "string"}

Schema = dict[str, Any]


def return_schema(form: Form, year_keys: tuple[str, ...]) -> Schema:
    """Give the schema of a return to a survey with these year columns."""
    columns = tuple(column for column in form.columns_for(year_keys) if column.is_answered)
    head = {each.key: {**_TEXT, "title": each.label} for each in form.head if each.answered}
    properties = {
        "survey_id": _TEXT,
        "form_version": _TEXT,
        "head": {"type": "object", "properties": head, "additionalProperties": False},
        "rows": {"type": "array", "items": {"$ref": "#/$defs/row"}},
    }
    return {
        "$schema": DRAFT,
        "$id": SCHEMA_ID,
        "title": f"{form.name} {form.version} 回答 (return)",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": {"row": _row(form, columns)},
    }


def _row(form: Form, columns: tuple[Column, ...]) -> Schema:
    answers = {
        "type": "object",
        "properties": {column.key: _column(column) for column in columns},
        "additionalProperties": False,
    }
    properties = {
        "listing_id": {**_TEXT, **_FILLED},
        "role": {"enum": [role.value for role in Role]},
        "answers": answers,
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "allOf": [_role(form, role, columns) for role in Role],
    }


def _column(column: Column) -> Schema:
    value: Schema = dict(KINDS[column.kind].json)
    if column.choices is not None:
        value["enum"] = ["", *column.choices.labels]
    if "pattern" in value:
        value = {**_TEXT, "anyOf": [_BLANK, {"pattern": value["pattern"]}]}
    if column.max_length is not None:
        value["maxLength"] = column.max_length
    return {"title": column.label, "description": column.help, **value}


def _role(form: Form, role: Role, columns: tuple[Column, ...]) -> Schema:
    """Give what holds of rows of a role: which columns they may answer, and which must be filled in when."""
    asked: Schema = {"propertyNames": {"enum": [column.key for column in columns if role in column.open_in]}}
    requirements = [
        _requirement(column, condition)
        for column in columns
        if (condition := form.requirement(column, role)) is not None
    ]
    if requirements:
        asked["allOf"] = requirements
    return {
        "if": {"properties": {"role": {"const": role.value}}},
        "then": {"properties": {"answers": asked}},
    }


def _requirement(column: Column, condition: Condition) -> Schema:
    # Not "required": a row is not asked for what another row answers (a KPI that it only relists).
    filled: Schema = {"properties": {column.key: _FILLED}}
    if not condition.clauses:
        return filled
    return {"if": {"allOf": [_clause(clause) for clause in condition.clauses]}, "then": filled}


def _clause(clause: Clause) -> Schema:
    """Say in JSON Schema what ``Clause.holds`` says: a missing column is blank."""
    has: Schema = {"properties": {clause.column: {"enum": list(clause.values)}}}
    if "" not in clause.values:
        has["required"] = [clause.column]
    return {"not": has} if clause.negated else has
