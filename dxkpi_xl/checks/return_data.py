"""One return as data, in the form of ``docs/return.schema.json``, and the schema's own verdict on it.

The verdict stands in the shadow of the rules: no message is made of it. A test holds that it refuses a return exactly
when a rule (or the reader) speaks of a blank, an unlisted value, a shape, a length, a formula or an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dxkpi_xl.cycle.kpi_value import plain
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.form.columns import Role
from dxkpi_xl.form.schema import return_schema
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return, ReturnedRow

# The findings that the schema knows as well.
SCHEMA_CODES = frozenset({"C001", "C002", "C003", "C004", "C005", "C006", "C007"})


def as_data(issued: Issued, answer: Return) -> dict[str, Any]:
    """Give a return as plain data: survey, head, and each row's open columns; None for a cell that was not taken.

    A KPI value stands in the width in which it is parsed, so that the schema's pattern need not know every width.
    """
    survey = issued.surveys[answer.survey_id]
    return {
        "survey_id": answer.survey_id,
        "form_version": survey.form_version,
        "head": {each.key: answer.head_value(each.key) for each in issued.form.head if each.answered},
        "rows": list(_rows(survey, answer, frozenset(c.key for c in issued.columns if c.kind == "kpi_value"))),
    }


def _rows(survey: Survey, answer: Return, kpi_values: frozenset[str]) -> Iterator[dict[str, Any]]:
    issued_rows = survey.row_by_listing
    for row in (*answer.rows, *answer.new_rows):
        issued = issued_rows.get(row.listing_id)
        role = issued.role if issued else Role.NEW
        yield {"listing_id": row.listing_id, "role": role.value, "answers": _answers(row, kpi_values)}


def _answers(row: ReturnedRow, kpi_values: frozenset[str]) -> dict[str, str | None]:
    values = {key: plain(value) if key in kpi_values else value for key, value in row.values().items()}
    return {**values, **dict.fromkeys(sorted(row.unread))}


def schema_judge(issued: Issued) -> Callable[[Return], bool]:
    """Give a judge that says whether a return is valid by the schema made from the form."""
    from jsonschema import Draft202012Validator

    validator = Draft202012Validator(return_schema(issued.form, issued.register.cycle.years))

    def is_valid(answer: Return) -> bool:
        return bool(validator.is_valid(as_data(issued, answer)))

    return is_valid
