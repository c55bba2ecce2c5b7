"""The rule about years that have passed: a target or a plan that is due before the survey's year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dxkpi_xl import years
from dxkpi_xl.checks.row import CheckedRow
from dxkpi_xl.checks.rule import Scope, rule
from dxkpi_xl.cycle import fields
from dxkpi_xl.findings import Finding

_ERAS = {spelling: first for letter, name, first in years.ERAS for spelling in (letter, name)}
_YEAR = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?P<era>{'|'.join(_ERAS)})(?P<number>元|[0-9]{{1,2}})(?:\([0-9]{{4}}\))?"
    r"|(?P<western>(?:19|20)[0-9]{2})(?:\([^)]{1,8}\))?)"
    r"(?:(?P<fiscal>年度)|年(?:(?P<month>[0-9]{1,2})月)?)"
)
_MARK_OF_A_YEAR = "年"  # stands in whatever _YEAR finds
_FIRST_MONTH = 4


@rule("R009", scope=Scope.ROW, points_at=(fields.TARGET, fields.OUTLINE))
def due_before_this_year(row: CheckedRow) -> Iterator[Finding]:
    """A plan is due before the survey's year; a target may name a passed fiscal year only to tell history."""
    for key in (fields.TARGET, fields.OUTLINE):
        if row.is_answered(key) and not row.ends:
            found = _old_year(row, row.value(key), is_target=key == fields.TARGET)
            if found:
                yield row.finding("R009", key, value=found, year=row.survey.cycle.year_label)


def _old_year(row: CheckedRow, text: str, *, is_target: bool) -> str:
    flat = unicodedata.normalize("NFKC", text)
    if _MARK_OF_A_YEAR not in flat:
        return ""
    survey_year = years.western(row.year)
    for found in _YEAR.finditer(flat):
        if _fiscal_year(found) >= survey_year:
            continue
        rest = flat[found.end() :]
        deadline = next((word for word in row.policy.deadlines if rest.startswith(word)), "")
        told = rest.startswith(row.policy.history)
        if deadline or (is_target and found["fiscal"] and not told):
            return found[0] + deadline
    return ""


def _fiscal_year(found: re.Match[str]) -> int:
    if found["western"]:
        year = int(found["western"])
    else:
        year = _ERAS[found["era"]] + (1 if found["number"] == "元" else int(found["number"])) - 1
    before_april = found["month"] is not None and int(found["month"]) < _FIRST_MONTH
    return year - 1 if before_april else year
