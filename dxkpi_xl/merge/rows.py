"""The rows that were issued, merged field by field over all returns that hold them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dxkpi_xl.cycle import fields, kpi_value
from dxkpi_xl.cycle.model import AS_ISSUED, Bureau, Owner, Register, Section
from dxkpi_xl.cycle.survey import Survey, SurveyRow
from dxkpi_xl.findings import Place
from dxkpi_xl.form.columns import Column, Condition
from dxkpi_xl.merge.outcomes import NOTHING_HAPPENED, Returned, RowOutcomes
from dxkpi_xl.merge.three_way import OFFICE, FieldOutcome, FieldState, Side, merge_field
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return

LEDGER_PLACE = Place(file="調査台帳.xlsx")


def merged_rows(issued: Issued, current: Register, returns: tuple[Return, ...]) -> Mapping[str, RowOutcomes]:
    """Give each issued row's outcomes by listing id.

    ``current`` is the ledger as it stands now: what the office changed in it since the issue is one more side.
    """
    returned = _returned_rows(issued, returns)
    policy = current.cycle.conflict_policy
    as_issued = _is_as_issued(current, issued.register)
    asked: dict[frozenset[str], _Asked] = {}
    found: dict[str, RowOutcomes] = {}
    for survey_row in _issued_rows(issued.surveys.values()):
        listing = current.listing_by_id.get(survey_row.listing_id)
        if listing is None:
            continue  # the office took the row out of the ledger after the issue
        if survey_row.open_columns not in asked:
            asked[survey_row.open_columns] = _asked(issued, survey_row.open_columns)
        now = None if as_issued else fields.listing_values(current, current.numbering, listing)
        merged = _Fields(row=survey_row, returned=returned.get(listing.id, ()), now=now, policy=policy)
        found[listing.id] = _ended_while_edited(issued.form.ended, merged.of(asked[survey_row.open_columns]))
    return found


def _is_as_issued(current: Register, issued: Register) -> bool:
    """Whether the ledger shows in every row what it showed when it was issued."""
    parts = ("plan", "projects", "kpis", "listings")
    same = all(getattr(current, part) == getattr(issued, part) for part in parts)
    return same and current.cycle.years == issued.cycle.years


def _ended_while_edited(ended: Condition, row: RowOutcomes) -> RowOutcomes:
    """Make it a conflict when one owner ends a row that another one edits; undecided, the row goes on."""
    kind = row.happened.get(fields.CHANGE_KIND)
    if kind is None or kind.state is not FieldState.TAKEN or not ended.holds({kind.column: kind.value}):
        return row
    ending = {side.who for side in kind.sides if side.value == kind.value}
    changes = [(o.column, side.who) for o in row.happened.values() for side in o.sides if side.value != o.base]
    editing = {who for column, who in changes if column != kind.column} - ending
    if not editing:
        return row
    return row.but({kind.column: replace(kind, value=kind.base, state=FieldState.CONFLICT)})


def _issued_rows(surveys: Iterable[Survey]) -> Iterator[SurveyRow]:
    seen: set[str] = set()
    for survey in surveys:
        for row in survey.rows:
            if row.listing_id not in seen:
                seen.add(row.listing_id)
                yield row


def _returned_rows(issued: Issued, returns: tuple[Return, ...]) -> dict[str, tuple[Returned, ...]]:
    """Give the returned rows by listing id, the lead owner's first, then by addressee and file."""
    found: dict[str, list[Returned]] = {}
    files = Counter(answer.survey_id for answer in returns)
    register, addressees = issued.register, issued.surveys.addressees
    for answer in sorted(returns, key=lambda each: (addressees[each.survey_id], each.file)):
        addressee, whom = addressees[answer.survey_id], issued.surveys.whom(answer.survey_id)
        # Parts of one answer are told apart by their files.
        who = f"{addressee}({answer.file})" if files[answer.survey_id] > 1 else addressee
        for row in answer.rows:
            leads_it = _answers_for(whom, register.project_of(register.listing_by_id[row.listing_id]).lead)
            found.setdefault(row.listing_id, []).append(
                Returned(who=who, leads=leads_it, sha256=answer.sha256, row=row)
            )
    return {key: tuple(sorted(rows, key=lambda each: not each.leads)) for key, rows in found.items()}


def _answers_for(whom: tuple[Bureau, Section | None], owner: Owner) -> bool:
    bureau, section = whom
    return bureau.name == owner.bureau and (section is None or section.name == owner.section)


def _in_one_writing(base: str, sides: Sequence[Side]) -> list[Side]:
    """Let KPI values that differ only in width or spaces (４８．２％, 48.2%) be one value: the first writing stands."""
    first: dict[str, str] = {kpi_value.plain(base): base}
    return [replace(side, value=first.setdefault(kpi_value.plain(side.value), side.value)) for side in sides]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The open columns of rows of one kind, in the form's order, and the place of each key among them."""

    columns: tuple[Column, ...]
    places: Mapping[str, int]


def _asked(issued: Issued, open_columns: frozenset[str]) -> _Asked:
    columns = tuple(column for column in issued.columns if column.key in open_columns)
    return _Asked(columns=columns, places={column.key: n for n, column in enumerate(columns)})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """Merges the fields of one row: what was issued, what was returned, what stands in the ledger now.

    ``now`` is None where that is what was issued.
    """

    row: SurveyRow
    returned: tuple[Returned, ...]
    now: Mapping[str, str] | None
    policy: str

    def of(self, asked: _Asked) -> RowOutcomes:
        """Give the outcomes of the row's open columns."""
        bases = {key: self.row.values.get(key, "") for key in asked.places}
        said: list[Mapping[str, str]] = [each.row.values() for each in self.returned]
        if self.now is not None:
            said.append(self.now)
        changed = {key for values in said for key, value in values.items() if value != bases.get(key, value)}
        return RowOutcomes(
            listing_id=self.row.listing_id,
            columns=asked.places,
            bases=tuple(bases.values()),
            returned=self.returned,
            happened={c.key: self._merged(c, bases[c.key]) for c in asked.columns if c.key in changed}
            if changed
            else NOTHING_HAPPENED,
        )

    def _merged(self, column: Column, base: str) -> FieldOutcome:
        key = column.key
        sides = [side for each in self.returned if (side := each.side(key)) is not None]
        if self.now is not None and self.now.get(key, base) != base:
            sides.append(Side(who=OFFICE, value=self.now[key], place=LEDGER_PLACE))
        if column.kind == "kpi_value":
            sides = _in_one_writing(base, sides)
        # Whether a row ends is not the lead's alone: a row that ended could not be printed as undecided.
        shown = AS_ISSUED if key == fields.CHANGE_KIND else self.policy
        return merge_field(self.row.listing_id, key, base, tuple(sides), shown)
