"""New rows: a new project, or an existing one relisted, placed at the end of its item in bureau order."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.lookup import find_area, find_item
from dxkpi_xl.cycle.model import Listing, Owner, Project
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.findings import Finding
from dxkpi_xl.merge.apply import Draft, kpi_answers_of
from dxkpi_xl.merge.three_way import FieldOutcome, FieldState, Side
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return, ReturnedRow


def add_new_rows(draft: Draft, issued: Issued, returns: tuple[Return, ...]) -> Iterator[FieldOutcome | Finding]:
    """Add every new row to the draft, bureaus in the organisation's order; its outcomes, or why it cannot be placed."""
    by_survey: dict[str, list[Return]] = {}
    for answer in sorted(returns, key=lambda each: each.file):
        by_survey.setdefault(answer.survey_id, []).append(answer)
    for survey_id, survey in issued.surveys.items():
        for answer in by_survey.get(survey_id, ()):
            for row in answer.new_rows:
                yield from _add(draft, survey, row, answer.sha256)


def _add(draft: Draft, survey: Survey, row: ReturnedRow, sha256: str) -> Iterator[FieldOutcome | Finding]:
    area = find_area(draft.origin.plan, row.value(fields.AREA_NAME))
    item = find_item(area, row.value(fields.ITEM_NAME)) if area else None
    project_id = _project(draft, survey, row) if item else None
    if area is None or item is None or project_id is None:
        yield _cannot_place(survey, row)
        return
    listing = Listing(id=next(draft.listing_ids), project_id=project_id, area_no=area.no, item_no=item.no)
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


def _project(draft: Draft, survey: Survey, row: ReturnedRow) -> str | None:
    """Give the id of the row's project: the relisted one's, or that of a new project; None without a name."""
    relisted = draft.origin.listing_by_id.get(row.value(fields.RELIST_OF))
    if relisted is not None:
        return relisted.project_id
    name = row.value(fields.PROJECT)
    section = survey.section.name if survey.section else row.value(fields.SECTION)
    if not name:
        return None
    owner = Owner(bureau=survey.bureau.name, section=section)
    project = Project(id=next(draft.project_ids), name=name, owners=(owner,))
    draft.projects[project.id] = project
    return project.id


def _cannot_place(survey: Survey, row: ReturnedRow) -> Finding:
    name = row.value(fields.PROJECT) or row.value(fields.RELIST_OF) or "(事業名なし)"
    return Finding(
        code="K010",
        place=row.place,
        facts={"id": row.listing_id, "name": " ".join(name.split())},
        bureau=survey.bureau.name,
        listing_id=row.listing_id,
    )
