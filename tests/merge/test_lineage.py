"""Lineage rolls over the years and can be followed back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from dxkpi_xl.cycle.model import Kpi, Listing, Owner, Project, Register, in_plan_order
from dxkpi_xl.cycle.roll_on import roll_on
from dxkpi_xl.merge.fates import Fate
from dxkpi_xl.merge.lineage import CONTINUED, Event, History, ancestors, story, year_of_events
from dxkpi_xl.merge.lineage_json import history_from_json, history_to_json


def without(register: Register, *listing_ids: str) -> Register:
    """The register without some rows, and what only they showed."""
    listings = tuple(row for row in register.listings if row.id not in listing_ids)
    shown = {row.project_id for row in listings} | {row.kpi_id for row in listings}
    return replace(
        register,
        listings=listings,
        projects=tuple(each for each in register.projects if each.id in shown),
        kpis=tuple(each for each in register.kpis if each.id in shown),
    )


def with_project(register: Register, project_id: str, listing_id: str, name: str) -> Register:
    project = Project(id=project_id, name=name, owners=(Owner(bureau="総務部", section="人事課"),))
    listing = Listing(id=listing_id, project_id=project_id, area_no="I-3", item_no="(5)")
    return replace(
        register,
        projects=(*register.projects, project),
        listings=in_plan_order(register.plan, (*register.listings, listing)),
    )


@pytest.fixture(scope="module")
def years(r6: Register) -> tuple[Register, Register, Register]:
    """R6; R7: P0024 and P0025 merged into P0023; R8: P0060 made of P0022 and P0023, P0061 split off P0060's kin."""
    r7 = without(roll_on(r6, "R7"), "L0024", "L0025")
    r8 = with_project(without(roll_on(r7, "R8"), "L0022", "L0023"), "P0060", "L0070", "業務改革統合事業")
    return r6, r7, with_project(r8, "P0061", "L0071", "分かれた事業")


@pytest.fixture(scope="module")
def history(years: tuple[Register, Register, Register]) -> History:
    r6, r7, r8 = years
    merged = {id_: Fate(listing_id=id_, change_kind="統合", merge_into="L0023") for id_ in ("L0024", "L0025")}
    remarks = {
        "L0070": Fate(listing_id="L0070", change_kind="新規", note="L0022、L0023を統合"),
        "L0071": Fate(listing_id="L0071", change_kind="新規", note="P0019から分割"),
    }
    first = History().with_year(year_of_events(roll_on(r6, "R7"), r7, merged))
    return first.with_year(year_of_events(roll_on(r7, "R8"), r8, remarks))


def kinds(events: Iterable[Event], id_: str) -> list[str]:
    return [event.kind for event in events if event.id == id_]


def test_every_thing_has_an_event_in_every_year(history: History, years: tuple[Register, Register, Register]) -> None:
    for year, before, after in zip(history.years, years, years[1:], strict=False):
        ids = {event.id for event in year.events}
        for register in (before, after):
            things: tuple[Project | Kpi | Listing, ...] = (*register.projects, *register.kpis, *register.listings)
            assert {each.id for each in things} <= ids
    assert kinds(history.years[0].events, "P0001") == [CONTINUED]
    assert kinds(history.years[0].events, "P0024") == ["統合"]
    assert {"P0024", "L0025", "K0011"} <= history.ids


def test_several_into_one_is_told_on_both_sides(history: History) -> None:
    events = {(event.id, event.kind): event for event in history.years[0].events}
    assert events["P0024", "統合"].into == events["P0025", "統合"].into == "P0023"
    assert events["P0023", "統合"].sources == ("P0024", "P0025")
    assert events["L0023", "統合"].sources == ("L0024", "L0025")


def test_a_project_is_followed_back_over_the_years(history: History) -> None:
    assert ancestors(history, "P0060") == ("P0022", "P0023", "P0024", "P0025")
    assert ancestors(history, "P0061") == ("P0019",)
    assert ancestors(history, "P0023") == ("P0024", "P0025")
    assert ancestors(history, "P0001") == ancestors(history, "P9999") == ()
    assert [(year, event.id, event.kind) for year, event in story(history, "P0060")] == [
        ("R7", "P0023", "統合"),
        ("R7", "P0024", "統合"),
        ("R7", "P0025", "統合"),
        ("R8", "P0022", "統合"),
        ("R8", "P0023", "統合"),
        ("R8", "P0060", "統合"),
    ]


def test_what_a_parent_took_in_after_its_child_had_left_is_no_ancestor(r6: Register) -> None:
    r7 = with_project(roll_on(r6, "R7"), "P0060", "L0070", "分かれた事業")
    r8 = without(roll_on(r7, "R8"), "L0024")
    split = {"L0070": Fate(listing_id="L0070", note="P0023から分割")}
    merged = {"L0024": Fate(listing_id="L0024", change_kind="統合", merge_into="L0023")}
    history = History().with_year(year_of_events(roll_on(r6, "R7"), r7, split))
    history = history.with_year(year_of_events(roll_on(r7, "R8"), r8, merged))
    assert ancestors(history, "P0060") == ("P0023",)


def test_a_year_recorded_again_takes_the_place_of_the_first_record(history: History) -> None:
    assert history.with_year(history.years[0]) == history
    assert [year.year for year in History().with_year(history.years[1]).with_year(history.years[0]).years] == [
        "R7",
        "R8",
    ]


def test_a_history_is_read_as_it_was_written(history: History) -> None:
    text = history_to_json(history)
    assert history_from_json(text, "系譜.json") == (history, ())
    assert history_from_json(history_to_json(History()), "系譜.json") == (History(), ())
    first_only = history_to_json(History(years=history.years[:1]))
    assert text.startswith(first_only.removesuffix("\n]}\n"))  # a year is added by lines, none before it changes
    events = json.loads(text)["years"][1]["events"]
    assert next(event for event in events if event["id"] == "P0061") == {
        "id": "P0061",
        "thing": "事業",
        "kind": "分割",
        "name": "分かれた事業",
        "before": "人事・給与・行政組織等管理事業(県庁のDX・業務改革推進事業)",
        "after": "分かれた事業",
        "sources": ["P0019"],
        "said": "P0019から分割",
    }


@pytest.mark.parametrize(
    ("text", "code", "cell"),
    [
        ("{", "T001", "1行"),
        ('{"years": [{"year": "2024", "events": []}]}', "T002", "years/0/year"),
        ('{"years": [{"year": "R7", "events": [{"id": "P1", "thing": "事業"}]}]}', "T002", "years/0/events/0"),
    ],
)
def test_a_damaged_history_is_said_at_its_place(text: str, code: str, cell: str) -> None:
    history, findings = history_from_json(text, "系譜.json")
    assert history is None
    assert [(finding.code, finding.place.file, finding.place.cell) for finding in findings] == [
        (code, "系譜.json", cell)
    ]
