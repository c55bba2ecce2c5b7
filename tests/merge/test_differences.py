"""Two registers are compared by the ids for life: what came, went, moved, and each field once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dxkpi_xl.cycle.model import Kpi, Listing, Owner, Project, Register, in_plan_order
from dxkpi_xl.cycle.roll_on import roll_on
from dxkpi_xl.findings import Place
from dxkpi_xl.merge.change import Change, ChangeKind, Differences, Thing
from dxkpi_xl.merge.differences import compare
from dxkpi_xl.merge.fates import FATE_COLUMNS, Fate, fates, projects_named
from dxkpi_xl.merge.outcomes import Outcomes
from dxkpi_xl.merge.three_way import FieldOutcome, FieldState, Side


def edited(register: Register, ids: Mapping[str, Mapping[str, Any] | None], *new: Listing | Project | Kpi) -> Register:
    """The register with things changed by id (None takes a thing out) and new things added, in the plan's order."""

    def kept(things: tuple[Any, ...], kind: type) -> tuple[Any, ...]:
        changed = [replace(each, **(ids.get(each.id) or {})) for each in things if ids.get(each.id, {}) is not None]
        return (*changed, *(each for each in new if isinstance(each, kind)))

    return replace(
        register,
        projects=kept(register.projects, Project),
        kpis=kept(register.kpis, Kpi),
        listings=in_plan_order(register.plan, kept(register.listings, Listing)),
    )


def fields_of(differences: Differences) -> list[tuple[str, tuple[str, ...], str, str]]:
    return [(each.listing_id, each.columns, each.before, each.after) for each in differences.fields]


def kinds_of(differences: Differences) -> list[tuple[ChangeKind, Thing, str]]:
    return [(each.kind, each.thing, each.id) for each in differences.changes]


def test_equal_registers_differ_in_nothing(r6: Register) -> None:
    assert not compare(r6, r6)
    assert compare(r6, r6).row_order == tuple(listing.id for listing in r6.listings)


def test_a_year_rolled_on_differs_in_its_settings_only(r6: Register) -> None:
    differences = compare(r6, roll_on(r6, "R7"))
    assert [(each.id, each.before, each.after) for each in differences.fields] == [
        ("year", "R6", "R7"),
        ("title", "行政のDX等に係る令和6年度関連事業・KPI一覧", "行政のDX等に係る令和7年度関連事業・KPI一覧"),
        ("years", "R4、R5、R6、R7", "R5、R6、R7、R8"),
    ]
    assert differences.changes == differences.numbers == ()


def test_a_field_is_said_once_at_the_row_where_it_belongs(r6: Register) -> None:
    after = edited(
        r6,
        {
            "L0029": {"outline": "別の概要"},  # a relisted row's own text
            "P0004": {"name": "新しい名前"},  # three rows show it
            "K0007": {"targets": {**r6.kpi_by_id["K0007"].targets, "R6": "28000"}, "unit": "件"},
        },
    )
    outline = r6.listing_by_id["L0029"].outline
    assert fields_of(compare(r6, after)) == [
        ("L0004", ("project",), r6.project_by_id["P0004"].name, "新しい名前"),
        ("L0017", ("targets.R6",), "27714", "28000"),
        ("L0017", ("unit",), "", "件"),
        ("L0029", ("outline",), outline, "別の概要"),
    ]
    assert kinds_of(compare(r6, after)) == [(ChangeKind.RENAMED, Thing.PROJECT, "P0004")]


def test_new_things_are_new_and_numbers_behind_them_move_up(r6: Register) -> None:
    after = edited(
        r6,
        {},
        Project(id="P0052", name="新事業", owners=(Owner(bureau="総務部", section="人事課"),)),
        Listing(id="L0065", project_id="P0052", area_no="II-2", item_no="(1)", kpi_id="K0022"),
        Kpi(id="K0022", defined_by="L0065", name="新指標"),
    )
    differences = compare(r6, after)
    assert kinds_of(differences) == [
        (ChangeKind.NEW, Thing.PROJECT, "P0052"),
        (ChangeKind.NEW, Thing.LISTING, "L0065"),
        (ChangeKind.NEW, Thing.KPI, "K0022"),
    ]
    assert (differences.fields, differences.numbers) == ((), ())
    back = compare(after, r6)
    assert [kind for kind, _, _ in kinds_of(back)] == [ChangeKind.ENDED] * 3
    first = edited(r6, {"L0001": None, "P0001": None})
    moved_up = [(each.thing, each.id, each.before, each.after) for each in compare(r6, first).numbers]
    assert moved_up == [(Thing.PROJECT, f"P{n:04}", n, n - 1) for n in range(2, 52)]


def test_a_merged_project_names_what_it_went_into_and_takes_its_relistings_along(r6: Register) -> None:
    after = edited(r6, dict.fromkeys(("P0004", "L0004", "L0029", "L0039", "K0014")))
    said = {
        "L0004": Fate(listing_id="L0004", change_kind="統合", merge_into="L0001 研修", end_reason="一本化", note="備考")
    }
    changes = {change.id: change for change in compare(r6, after, said).changes}
    project = changes["P0004"]
    assert (project.kind, project.into, project.said) == (ChangeKind.MERGED, "P0001", "一本化\n備考")
    assert project.after == r6.project_by_id["P0001"].name
    assert [(changes[id_].kind, changes[id_].into) for id_ in ("L0004", "L0029", "L0039")] == [
        (ChangeKind.MERGED, "L0001")
    ] * 3
    assert (changes["K0014"].kind, changes["K0014"].listing_id) == (ChangeKind.ENDED, "L0029")
    assert changes["L0029"].before == "I-3 公務能率の向上に向けた取組\n(9) テレワークの推進"


def test_what_is_gone_stands_where_it_stood(r6: Register) -> None:
    after = edited(r6, dict.fromkeys(("P0001", "L0001", "L0002", "P0002", "P0030", "L0031")))
    order = compare(r6, after).row_order
    assert order == tuple(listing.id for listing in r6.listings)


def new_project(note: str, r6: Register) -> Mapping[str, Change]:
    project = Project(id="P0060", name="新事業", owners=(Owner(bureau="総務部", section="人事課"),))
    listing = Listing(id="L0070", project_id="P0060", area_no="I-3", item_no="(5)")
    after = edited(r6, dict.fromkeys(("P0024", "L0024", "K0011")), project, listing)
    return {c.id: c for c in compare(r6, after, {"L0070": Fate(listing_id="L0070", note=note)}).changes}


def test_a_remark_tells_a_project_that_was_split_off_or_made_of_others(r6: Register) -> None:
    split = new_project("No23 から分割", r6)
    assert (split["P0060"].kind, split["P0060"].sources) == (ChangeKind.SPLIT, ("P0023",))
    assert split["P0024"].kind is ChangeKind.ENDED
    joined = new_project("Ｌ００２４とP0025を統合したもの", r6)
    assert (joined["P0060"].kind, joined["P0060"].sources) == (ChangeKind.MERGED, ("P0024", "P0025"))
    assert (joined["P0024"].kind, joined["P0024"].into) == (ChangeKind.MERGED, "P0060")
    assert new_project("分割も検討", r6)["P0060"].kind is ChangeKind.NEW


def test_a_project_is_named_by_row_id_or_printed_number(r6: Register) -> None:
    assert projects_named("事業番号 5、L0029、p0001", r6) == ("P0001", "P0004", "P0005")
    assert projects_named("No99 L9999 ABC", r6) == ()


def test_a_row_under_another_item_moved_and_another_owner_is_a_transfer(r6: Register) -> None:
    after = edited(
        r6,
        {
            "L0002": {"area_no": "I-3", "item_no": "(5)"},
            "P0005": {"owners": (Owner(bureau="企画調整部", section="デジタル変革課"),)},
        },
    )
    differences = compare(r6, after)
    assert kinds_of(differences) == [
        (ChangeKind.TRANSFERRED, Thing.PROJECT, "P0005"),
        (ChangeKind.MOVED, Thing.LISTING, "L0002"),
    ]
    assert fields_of(differences) == [
        ("L0005", ("bureau", "section"), "総務部 行政経営課", "企画調整部 デジタル変革課"),
        (
            "L0002",
            ("area_name", "item_name"),
            "I-1 まず始めに実施すべき取組\n(1) 職員の意識改革と行動変容",
            "I-3 公務能率の向上に向けた取組\n(5) RPAの導入",
        ),
    ]


def test_a_renamed_bureau_and_a_renumbered_heading_move_no_project(r6: Register) -> None:
    bureaus = tuple(replace(b, name="総務局") if b.name == "総務部" else b for b in r6.bureaus)
    owners = {
        p.id: {"owners": tuple(replace(o, bureau="総務局") if o.bureau == "総務部" else o for o in p.owners)}
        for p in r6.projects
    }
    plan = tuple(replace(area, no="I-9") if area.no == "I-3" else area for area in r6.plan)
    rows = {row.id: {"area_no": "I-9"} for row in r6.listings if row.area_no == "I-3"}
    after = edited(replace(r6, bureaus=bureaus, plan=plan), {**owners, **rows})
    differences = compare(r6, after)
    assert {(kind, thing) for kind, thing, _ in kinds_of(differences)} == {
        (ChangeKind.RENAMED, Thing.HEADING),
        (ChangeKind.RENAMED, Thing.ORGANISATION),
    }
    offices = [(c.before, c.after) for c in differences.changes if c.thing is Thing.ORGANISATION]
    assert offices == [("総務部", "総務局")]
    assert differences.fields == ()


def test_rows_that_change_places_within_an_item_are_told(r6: Register) -> None:
    rows = list(r6.listings)
    rows[2:4] = rows[3], rows[2]  # L0003, L0004 of I-1 (1)
    differences = compare(r6, replace(r6, listings=tuple(rows)))
    assert fields_of(differences) in ([("L0004", ("order",), "4", "3")], [("L0003", ("order",), "3", "4")])
    assert [(n.id, n.before, n.after) for n in differences.numbers] == [("P0004", 4, 3), ("P0003", 3, 4)]


def test_a_row_that_gives_up_its_kpi_shows_every_value_it_had(r6: Register) -> None:
    after = edited(r6, {"K0007": None, "L0017": {"kpi_id": ""}})
    kpi = r6.kpi_by_id["K0007"]
    found = fields_of(compare(r6, after))
    assert found[0] == ("L0017", ("kpi_no",), f"No7 {kpi.name}", "")
    assert {columns[0]: before for _, columns, before, _ in found[1:]} == {
        "kpi_name": kpi.name,
        "direction": "増やす",
        **({"baseline": kpi.baseline} if kpi.baseline else {}),
        **{f"targets.{year}": value for year, value in kpi.targets.items()},
    }


def test_fates_are_read_from_the_outcomes_of_the_merge() -> None:
    def outcome(column: str, value: str) -> FieldOutcome:
        side = Side(who="総務部", value=value, place=Place())
        return FieldOutcome(
            listing_id="L0004", column=column, base="", value=value, state=FieldState.TAKEN, sides=(side,)
        )

    made = Outcomes({}, [outcome("change_kind", "統合"), outcome("merge_into", "L0001"), outcome("outline", "x")])
    said = fates(made.values_in(FATE_COLUMNS))
    assert said == {"L0004": Fate(listing_id="L0004", change_kind="統合", merge_into="L0001")}


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_register_that_differs_in_a_printed_text_is_never_called_equal(r6: Register, data: st.DataObject) -> None:
    listing = data.draw(st.sampled_from(r6.listings))
    key = data.draw(st.sampled_from(["outline", "target", "name_layout"]))
    value = data.draw(st.sampled_from(["甲", "乙\n丙", "=1+1"]))
    after = edited(r6, {listing.id: {key: value}})
    assert [(each.listing_id, each.after) for each in compare(r6, after).fields] == [(listing.id, value)]
    assert [(each.listing_id, each.before) for each in compare(after, r6).fields] == [(listing.id, value)]
