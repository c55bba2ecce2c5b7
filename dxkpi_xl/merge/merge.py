"""The merge, on one screen: issued rows field by field, endings, new rows, order; a pure function."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Listing, Register, in_plan_order
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.merge.apply import Draft, apply_row
from dxkpi_xl.merge.decision import Decision
from dxkpi_xl.merge.decisions import decided, on_fields
from dxkpi_xl.merge.endings import ended_rows, with_relistings, without_lost_kpis
from dxkpi_xl.merge.given_ids import NONE_GIVEN, Given
from dxkpi_xl.merge.merged import Merged
from dxkpi_xl.merge.new_rows import add_new_rows
from dxkpi_xl.merge.outcomes import Outcomes, RowOutcomes
from dxkpi_xl.merge.relistings import unprinted_words
from dxkpi_xl.merge.rows import merged_rows
from dxkpi_xl.merge.three_way import FieldOutcome, FieldState
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return

# What of an undecided conflict is printed, in words.
_AS_ISSUED, _AS_LEAD = "発行時の", "主担当の"


# Two answers to one field, and one side ending a row that another goes on with: the office's to decide.
FIELD_CONFLICT, ROW_CONFLICT = "K001", "K002"
CONFLICTS = frozenset({FIELD_CONFLICT, ROW_CONFLICT})


def merge(
    issued: Issued,
    current: Register,
    returns: tuple[Return, ...],
    decisions: tuple[Decision, ...] = (),
    given: Given = NONE_GIVEN,
    rows: Mapping[str, RowOutcomes] | None = None,
) -> Merged:
    """Merge returns into the register: ``issued`` is what was sent out, ``current`` the ledger as it stands now.

    The order of the returns does not matter; a return equal to what was issued changes nothing. ``decisions`` is the
    history of what the office decided, oldest first; ``given`` are the ids that new rows were given in earlier runs.
    ``rows`` are those of the same merge without decisions, where it was done before.
    """
    undecided = merged_rows(issued, current, returns) if rows is None else rows
    settled, unfit = decided(undecided, on_fields(decisions))
    draft = Draft.of(current, given)
    for row in settled.values():
        apply_row(draft, row)
    ended, carried = with_relistings(draft, ended_rows(issued.form.ended, settled))
    added = list(add_new_rows(draft, issued, returns))
    outcomes = Outcomes(settled, [each for each in added if isinstance(each, FieldOutcome)])
    kept = in_plan_order(current.plan, tuple(each for each in draft.listings.values() if each.id not in ended))
    shown = list(without_lost_kpis(draft, kept))
    register = draft.register(each for each in shown if isinstance(each, Listing))
    return Merged(
        register=register,
        outcome_of=outcomes,
        added=tuple(dict.fromkeys(outcome.listing_id for outcome in outcomes.of_new_rows)),
        ended=tuple(sorted(ended)),
        given=draft.given,
        findings=(
            *_conflicts(issued, outcomes),
            *unfit,
            *carried,
            *(each for each in (*added, *shown) if isinstance(each, Finding)),
            *unprinted_words(register),
        ),
    )


def _conflicts(issued: Issued, outcomes: Outcomes) -> Iterator[Finding]:
    columns = {column.key: column for column in issued.columns}
    for outcome in outcomes.happened:
        if outcome.state is not FieldState.CONFLICT:
            continue
        is_row = outcome.column == fields.CHANGE_KIND
        sides = [side for side in outcome.sides if is_row or side.value != outcome.base]
        listing = issued.register.listing_by_id[outcome.listing_id]
        facts = {
            "id": outcome.listing_id,
            "name": " ".join(issued.register.project_of(listing).name.split()),
            "label": columns[outcome.column].label,
            "sides": " / ".join(f"{side.who}「{_short(side.value)}」" for side in sides),
            "shown": _AS_ISSUED if outcome.value == outcome.base else _AS_LEAD,
            "value": _short(outcome.value),
        }
        place = sides[0].place if sides else Place()
        yield Finding(
            code=ROW_CONFLICT if is_row else FIELD_CONFLICT,
            place=place,
            facts=facts,
            listing_id=outcome.listing_id,
            column=outcome.column,
        )


def _short(text: str) -> str:
    flat = " ".join(text.split()) or "(空欄)"
    return flat if len(flat) <= 40 else f"{flat[:40]}…"
