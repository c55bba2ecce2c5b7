"""The example cycle is the real annex, and the numbers computed from it are those that were printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.consistency import register_findings
from dxkpi_xl.cycle.from_transcript import register_from_transcript
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.numbering import number
from dxkpi_xl.cycle.register_json import from_json, places_in_json, to_json
from dxkpi_xl.cycle.survey import surveys
from dxkpi_xl.form.columns import Form, Role


def test_the_committed_register_is_what_the_transcript_says(r6_folder: Path) -> None:
    document, cycle = (json.loads((r6_folder / n).read_text(encoding="utf-8")) for n in ("annex.json", "cycle.json"))
    made = to_json(register_from_transcript(document, cycle))
    assert made == (r6_folder / "register.json").read_text(encoding="utf-8")


def test_the_register_has_64_rows_51_projects_and_21_kpis_and_no_contradiction(r6: Register) -> None:
    assert (len(r6.listings), len(r6.projects), len(r6.kpis)) == (64, 51, 21)
    assert register_findings(r6, places_in_json(to_json(r6), "register.json")) == ()


def test_the_computed_numbers_are_those_that_were_printed(r6: Register, r6_folder: Path) -> None:
    rows = json.loads((r6_folder / "annex.json").read_text(encoding="utf-8"))["rows"]
    numbering = number(r6)
    for row, listing in zip(rows, r6.listings, strict=True):
        values = fields.listing_values(r6, numbering, listing)
        assert values[fields.NUMBER] == row["number"]
        assert values[fields.KPI_NO] == row["kpi_no"]
        note = f"※再掲:No{row['relisted_from']}" if row["relisted_from"] else ""
        assert numbering.relisted_from(listing) == note


def test_six_bureaus_get_the_rows_they_own_and_co_owned_rows_go_to_both(r6: Register, form: Form) -> None:
    found = {survey.addressee: survey for survey in surveys(form, r6)}
    sizes = {name: len(survey.rows) for name, survey in found.items()}
    expected = {"総務部": 24, "企画調整部": 34, "土木部": 1, "出納局": 2, "議会事務局": 1, "警察本部": 5}
    assert sizes == expected
    both = [row.listing_id for row in found["総務部"].rows if row.is_co_owned]
    assert both == ["L0008", "L0026", "L0045"]
    assert set(both) <= set(found["企画調整部"].row_by_listing)


def test_a_relisted_kpi_is_filled_in_only_where_it_is_defined(r6: Register, form: Form) -> None:
    rows = {row.listing_id: row for survey in surveys(form, r6) for row in survey.rows}
    assert "targets.R6" in rows["L0008"].open_columns
    assert "targets.R6" not in rows["L0010"].open_columns
    assert (rows["L0010"].role, rows["L0010"].kpi_number) == (Role.ORIGINAL, "3")
    assert (rows["L0029"].role, rows["L0029"].relisted_number) == (Role.RELISTED, "4")
    assert "targets.R6" in rows["L0029"].open_columns
    assert "project" not in rows["L0029"].open_columns
    assert rows["L0062"].shares_block


@pytest.mark.parametrize(
    ("mistake", "code", "cell"),
    [
        (lambda r: replace(r, projects=(*r.projects, r.projects[0])), "T010", "projects/51/id"),
        (
            lambda r: replace(r, projects=(replace(r.projects[0], owners=()), *r.projects[1:])),
            "T011",
            "projects/0/owners",
        ),
        (lambda r: replace(r, bureaus=r.bureaus[:5]), "T012", "projects/30/owners/0/bureau"),
        (lambda r: replace(r, listings=r.listings[1:]), "T013", "projects/0/id"),
        (lambda r: replace(r, plan=r.plan[1:]), "T014", "listings/0/item_no"),
        (lambda r: replace(r, projects=r.projects[1:]), "T015", "listings/0/project_id"),
        (lambda r: replace(r, kpis=r.kpis[1:]), "T015", "listings/5/kpi_id"),
        (
            lambda r: replace(r, listings=(replace(r.listings[0], name_layout="別の名前"), *r.listings[1:])),
            "T016",
            "listings/0/name_layout",
        ),
        (
            lambda r: replace(r, kpis=(replace(r.kpis[0], defined_by="L0001"), *r.kpis[1:])),
            "T017",
            "kpis/0/defined_by",
        ),
    ],
)
def test_a_contradiction_is_found_at_its_place(
    r6: Register, mistake: Callable[[Register], Register], code: str, cell: str
) -> None:
    spoilt = mistake(r6)
    first = register_findings(spoilt, places_in_json(to_json(spoilt), "register.json"))[0]
    assert (first.code, first.place.cell) == (code, cell)


@pytest.mark.parametrize(
    ("path", "value", "cell"),
    [
        (("cycle", "year"), "2024", "cycle/year"),
        (("cycle", "office_deadline"), "2024-13-01", "cycle/office_deadline"),
        (("cycle", "spare_rows"), -1, "cycle/spare_rows"),
        (("kpis", 0, "targets"), {"R6": 8}, "kpis/0/targets/R6"),
        (("listings", 0, "colour"), "red", "listings/0"),
    ],
)
def test_json_of_another_shape_is_refused_at_its_path(
    r6: Register, path: tuple[str | int, ...], value: object, cell: str
) -> None:
    document = json.loads(to_json(r6))
    inner = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    register, findings = from_json(json.dumps(document), "register.json")
    assert register is None
    assert [(finding.code, finding.place.cell) for finding in findings] == [("T002", cell)]


def test_text_that_is_no_json_is_refused_with_its_line() -> None:
    register, findings = from_json('{\n "cycle": \n}', "register.json")
    assert register is None
    assert [(finding.code, finding.place.cell) for finding in findings] == [("T001", "3行")]
