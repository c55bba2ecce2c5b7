"""The rows that were issued, merged field by field over all returns that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.cycle.model import AS_ISSUED, Owner, Register
from dxkpi_xl.cycle.numbering import number
from dxkpi_xl.cycle.survey import Survey, SurveyRow
from dxkpi_xl.findings import Place
from dxkpi_xl.form.columns import Column, Condition
from dxkpi_xl.merge.three_way import OFFICE, FieldOutcome, FieldState, Side, merge_field
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
        keys = [column for column in issued.columns if column.key in survey_row.open_columns]
        policy = current.cycle.conflict_policy
        outcomes = tuple(_field(survey_row, key, returned, now, policy) for key in keys)
        found[survey_row.listing_id] = _ended_while_edited(issued.form.ended, outcomes)
    return found


def _ended_while_edited(ended: Condition, outcomes: tuple[FieldOutcome, ...]) -> tuple[FieldOutcome, ...]:
    """Make it a conflict when one owner ends a row that another one edits; undecided, the row goes on."""
    kind = next((outcome for outcome in outcomes if outcome.column == fields.CHANGE_KIND), None)
    if kind is None or kind.state is not FieldState.TAKEN or not ended.holds({kind.column: kind.value}):
        return outcomes
    ending = {side.who for side in kind.sides if side.value == kind.value}
    changes = [(o.column, side.who) for o in outcomes for side in o.sides if side.value != o.base]
    editing = {who for column, who in changes if column != kind.column} - ending
    if not editing:
        return outcomes
    undecided = replace(kind, value=kind.base, state=FieldState.CONFLICT)
    return tuple(undecided if outcome is kind else outcome for outcome in outcomes)


def _issued_rows(surveys: Iterable[Survey]) -> Iterator[SurveyRow]:
    seen: set[str] = set()
    for survey in surveys:
        for row in survey.rows:
            if row.listing_id not in seen:
                seen.add(row.listing_id)
                yield row


def _returned_rows(issued: Issued, returns: tuple[Return, ...]) -> dict[str, tuple[_Returned, ...]]:
    """Give the returned rows by listing id, the lead owner's first, then by addressee and file."""
    found: dict[str, list[_Returned]] = {}
    files = Counter(answer.survey_id for answer in returns)
    leads = {row.listing_id: row.owners[0] for row in _issued_rows(issued.surveys.values())}
    for answer in sorted(returns, key=lambda each: (issued.surveys[each.survey_id].addressee, each.file)):
        addressee = issued.surveys[answer.survey_id].addressee
        # Parts of one answer are told apart by their files.
        who = f"{addressee}({answer.file})" if files[answer.survey_id] > 1 else addressee
        for row in answer.rows:
            leads_it = _answers_for(issued.surveys[answer.survey_id], leads[row.listing_id])
            found.setdefault(row.listing_id, []).append(
                _Returned(who=who, leads=leads_it, sha256=answer.sha256, row=row)
            )
    return {key: tuple(sorted(rows, key=lambda each: not each.leads)) for key, rows in found.items()}


@dataclass(frozen=True, kw_only=True)
class _Returned:
    """A returned row: who returned it, whether they lead it, in which file."""

    who: str
    leads: bool
    sha256: str
    row: ReturnedRow


def _answers_for(survey: Survey, owner: Owner) -> bool:
    return survey.bureau.name == owner.bureau and (survey.section is None or survey.section.name == owner.section)


def _in_one_writing(base: str, sides: Sequence[Side]) -> list[Side]:
    """Let KPI values that differ only in width or spaces (４８．２％, 48.2%) be one value: the first writing stands."""
    first: dict[str, str] = {kpi_value.plain(base): base}
    return [replace(side, value=first.setdefault(kpi_value.plain(side.value), side.value)) for side in sides]


def _field(
    survey_row: SurveyRow, column: Column, returned: tuple[_Returned, ...], now: Mapping[str, str], policy: str
) -> FieldOutcome:
    key = column.key
    base = survey_row.values.get(key, "")
    sides = [
        Side(who=each.who, value=answer.value, place=answer.place, sha256=each.sha256, leads=each.leads)
        for each in returned
        if (answer := each.row.answers.get(key)) is not None
    ]
    if now.get(key, base) != base:
        sides.append(Side(who=OFFICE, value=now[key], place=LEDGER_PLACE))
    if column.kind == "kpi_value":
        sides = _in_one_writing(base, sides)
    # Whether a row ends is not the lead's alone: a row that ended could not be printed as undecided.
    shown = AS_ISSUED if key == fields.CHANGE_KIND else policy
    return merge_field(survey_row.listing_id, key, base, tuple(sides), shown)
