"""The rows that were issued, merged field by field over all returns that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.numbering import number
from dxkpi_xl.cycle.survey import Survey, SurveyRow
from dxkpi_xl.findings import Place
from dxkpi_xl.merge.three_way import OFFICE, FieldOutcome, Side, merge_field
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return, ReturnedRow

LEDGER_PLACE = Place(file="調査台帳.xlsx")


def merged_rows(
    issued: Issued, current: Register, returns: tuple[Return, ...]
) -> Mapping[str, tuple[FieldOutcome, ...]]:
    """Give each issued row's outcomes by listing id, its open columns in the form's order.

    ``current`` is the ledger as it stands now: what the office changed in it since the issue is one more side.
    """
    sides = _returned_rows(issued, returns)
    numbering = number(current)
    found: dict[str, tuple[FieldOutcome, ...]] = {}
    for survey_row in _issued_rows(issued.surveys.values()):
        listing = current.listing_by_id.get(survey_row.listing_id)
        if listing is None:
            continue  # the office took the row out of the ledger after the issue
        now = fields.listing_values(current, numbering, listing)
        returned = sides.get(survey_row.listing_id, ())
        keys = [column.key for column in issued.columns if column.key in survey_row.open_columns]
        found[survey_row.listing_id] = tuple(_field(survey_row, key, returned, now) for key in keys)
    return found


def _issued_rows(surveys: Iterable[Survey]) -> Iterator[SurveyRow]:
    seen: set[str] = set()
    for survey in surveys:
        for row in survey.rows:
            if row.listing_id not in seen:
                seen.add(row.listing_id)
                yield row


def _returned_rows(issued: Issued, returns: tuple[Return, ...]) -> dict[str, tuple[tuple[str, str, ReturnedRow], ...]]:
    """Give the returned rows by listing id, each with who returned it and the file's SHA-256, the lead owner first."""
    found: dict[str, list[tuple[str, str, ReturnedRow]]] = {}
    for answer in returns:
        survey = issued.surveys[answer.survey_id]
        for row in answer.rows:
            found.setdefault(row.listing_id, []).append((survey.addressee, answer.sha256, row))
    leads = {row.listing_id: str(row.owners[0]) for row in _issued_rows(issued.surveys.values())}

    def lead_first(entry: tuple[str, str, ReturnedRow]) -> tuple[bool, str]:
        who, _, row = entry
        return (not leads[row.listing_id].startswith(who), who)

    return {listing_id: tuple(sorted(rows, key=lead_first)) for listing_id, rows in found.items()}


def _field(
    survey_row: SurveyRow, key: str, returned: tuple[tuple[str, str, ReturnedRow], ...], now: Mapping[str, str]
) -> FieldOutcome:
    base = survey_row.values.get(key, "")
    sides = [
        Side(who=who, value=answer.value, place=answer.place, sha256=sha256)
        for who, sha256, row in returned
        if (answer := row.answers.get(key)) is not None
    ]
    if now.get(key, base) != base:
        sides.append(Side(who=OFFICE, value=now[key], place=LEDGER_PLACE))
    return merge_field(survey_row.listing_id, key, base, tuple(sides))
