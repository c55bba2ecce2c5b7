"""Several returns that are parts of one answer: of each row only those parts are judged that answer it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return
from dxkpi_xl.returns.spoken_rows import changed_rows


def rows_to_judge(issued: Issued, returns: tuple[Return, ...]) -> tuple[Return, ...]:
    """Give the returns in the organisation's order, parts in the order of their files, each with its rows to judge.

    A row that one part changed stands in the other as it was issued: what is blank there was answered elsewhere.
    """
    by_survey: dict[str, list[Return]] = {}
    for answer in returns:
        by_survey.setdefault(answer.survey_id, []).append(answer)
    ordered = (by_survey[survey_id] for survey_id in issued.surveys if survey_id in by_survey)
    return tuple(each for parts in ordered for each in (parts if len(parts) == 1 else _parts(issued, parts)))


def _parts(issued: Issued, parts: list[Return]) -> Iterator[Return]:
    survey = issued.surveys[parts[0].survey_id]
    changed = {part.file: changed_rows(part, survey) for part in parts}
    for part in sorted(parts, key=lambda each: each.file):
        others = frozenset[str]().union(*(rows for file, rows in changed.items() if file != part.file))
        left = others - changed[part.file]
        rows = tuple(row for row in part.rows if row.listing_id not in left)
        yield part if len(rows) == len(part.rows) else replace(part, rows=rows, own=None)
