"""New rows: a new project, or an existing one relisted, placed at the end of its item in bureau order."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.lookup import find_area, find_item
from dxkpi_xl.cycle.model import Listing, Owner, Project
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import folded
from dxkpi_xl.merge.apply import Draft, kpi_answers_of
from dxkpi_xl.merge.given_ids import GivenRow
from dxkpi_xl.merge.three_way import FieldOutcome, FieldState, Side
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return, ReturnedRow


def add_new_rows(draft: Draft, issued: Issued, returns: tuple[Return, ...]) -> Iterator[FieldOutcome | Finding]:
    """Add every new row to the draft, bureaus in the organisation's order; its outcomes, or why it cannot be placed."""
    by_survey: dict[str, list[Return]] = {}
    for answer in sorted(returns, key=lambda each: each.file):
        by_survey.setdefault(answer.survey_id, []).append(answer)
    for survey_id in issued.surveys:
        answers = [each for each in by_survey.get(survey_id, ()) if each.new_rows]
        if not answers:
            continue
        survey = issued.surveys[survey_id]
        names = frozenset(_name(row) for answer in answers for row in answer.new_rows)
        for answer in answers:
            for row in answer.new_rows:
                yield from _add(draft, survey, row, names, answer.sha256)


def _name(row: ReturnedRow) -> str:
    """Give what a new row is known by: its project's name, or what it relists and where."""
    relisted = row.value(fields.RELIST_OF)
    return f"{relisted} {row.value(fields.ITEM_NAME)}" if relisted else row.value(fields.PROJECT)


def _add(
    draft: Draft, survey: Survey, row: ReturnedRow, names: frozenset[str], sha256: str
) -> Iterator[FieldOutcome | Finding]:
    area = find_area(draft.origin.plan, row.value(fields.AREA_NAME))
    item = find_item(area, row.value(fields.ITEM_NAME)) if area else None
    relisted = draft.origin.listing_by_id.get(row.value(fields.RELIST_OF))
    if area is None or item is None or not (relisted or row.value(fields.PROJECT)):
        yield _cannot_place(survey, row)
        return
    ids = _ids(draft, survey, row, names, relisted)
    if relisted is None:
        draft.projects[ids.project_id] = _project(ids.project_id, survey, row)
    listing = Listing(id=ids.listing_id, project_id=ids.project_id, area_no=area.no, item_no=item.no)
    listing = fields.with_listing_answers(listing, row.values())
    answers = kpi_answers_of(row.values(), draft.years)
    if any(answers.values()):
        listing = draft.add_kpi(listing, answers)
    draft.listings[listing.id] = listing
    for key, answer in row.answers.items():
        side = Side(who=survey.addressee, value=answer.value, place=answer.place, sha256=sha256)
        yield FieldOutcome(
            listing_id=listing.id, column=key, base="", value=answer.value, state=FieldState.TAKEN, sides=(side,)
        )


def _ids(draft: Draft, survey: Survey, row: ReturnedRow, names: frozenset[str], relisted: Listing | None) -> GivenRow:
    """Give the row's ids: those that it was given in an earlier run, else the next ones that were never used."""
    before = draft.before.row_of(survey.id, row.listing_id, _name(row), names)
    known = before if before and before.listing_id not in draft.listings else None
    project_id = relisted.project_id if relisted else known.project_id if known else next(draft.project_ids)
    ids = GivenRow(
        survey_id=survey.id,
        row=row.listing_id,
        name=folded(_name(row)),
        listing_id=known.listing_id if known else next(draft.listing_ids),
        project_id=project_id,
    )
    draft.new_rows.append(ids)
    return ids


def _project(project_id: str, survey: Survey, row: ReturnedRow) -> Project:
    section = survey.section.name if survey.section else row.value(fields.SECTION)
    owner = Owner(bureau=survey.bureau.name, section=section)
    return Project(id=project_id, name=row.value(fields.PROJECT), owners=(owner,))


def _cannot_place(survey: Survey, row: ReturnedRow) -> Finding:
    name = row.value(fields.PROJECT) or row.value(fields.RELIST_OF) or "(事業名なし)"
    return Finding(
        code="K010",
        place=row.place,
        facts={"id": row.listing_id, "name": " ".join(name.split())},
        bureau=survey.bureau.name,
        listing_id=row.listing_id,
    )
