"""The merge is a pure function of what was issued and what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dxkpi_xl.cycle.model import BY_LEAD, ORIGINAL_CONTENT, Register
from dxkpi_xl.cycle.numbering import number
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.findings import Place
from dxkpi_xl.form.columns import Form
from dxkpi_xl.merge.accounting import Account, accounts
from dxkpi_xl.merge.decision import FieldDecision
from dxkpi_xl.merge.decisions import decided_sides
from dxkpi_xl.merge.given_ids import NONE_GIVEN, given_from_json, given_to_json
from dxkpi_xl.merge.merge import merge
from dxkpi_xl.merge.provenance import Origin, Sources
from dxkpi_xl.merge.three_way import FieldState, Side, merge_field
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Answer, Return, ReturnedRow

Changes = Mapping[tuple[str, str], str]


@pytest.fixture(scope="module")
def issued(form: Form, r6: Register) -> Issued:
    return Issued(form=form, register=r6)


def answer_of(survey: Survey, changes: Changes = {}, new: tuple[Mapping[str, str], ...] = ()) -> Return:  # noqa: B006
    """A return of a survey as it was issued, with changes by (管理番号, column key) and new rows."""

    def cell(value: str, where: str) -> Answer:
        return Answer(value=value, written=value, place=Place(file=f"{survey.addressee}.xlsx", sheet="s", cell=where))

    rows = []
    for n, row in enumerate(survey.rows, start=1):
        answers = {
            key: cell(changes.get((row.listing_id, key), row.values.get(key, "")), f"{key}{n}")
            for key in sorted(row.open_columns)
        }
        rows.append(ReturnedRow(listing_id=row.listing_id, place=Place(), answers=answers))
    new_rows = [
        ReturnedRow(
            listing_id=f"新{n:02}", place=Place(cell=f"A{n}"), answers={k: cell(v, f"{k}9{n}") for k, v in each.items()}
        )
        for n, each in enumerate(new, start=1)
    ]
    return Return(
        survey_id=survey.id,
        file=f"{survey.addressee}.xlsx",
        sha256=survey.id,
        head={},
        written_on=None,
        rows=tuple(rows),
        new_rows=tuple(new_rows),
    )


def by_name(issued: Issued) -> dict[str, Survey]:
    return {survey.addressee: survey for survey in issued.surveys.values()}


def test_returns_equal_to_what_was_issued_change_nothing(issued: Issued, r6: Register) -> None:
    merged = merge(issued, r6, tuple(answer_of(survey) for survey in issued.surveys.values()))
    assert merged.register == r6
    assert merged.findings == ()
    assert {outcome.state for outcome in merged.outcomes} == {FieldState.UNCHANGED}


def test_without_returns_the_register_stands_and_every_field_is_unanswered(issued: Issued, r6: Register) -> None:
    merged = merge(issued, r6, ())
    assert merged.register == r6
    assert {outcome.state for outcome in merged.outcomes} == {FieldState.UNANSWERED}


def test_what_one_owner_changed_is_taken_and_can_be_traced(issued: Issued, r6: Register) -> None:
    survey = by_name(issued)["企画調整部"]
    merged = merge(issued, r6, (answer_of(survey, {("L0017", "targets.R6"): "28000"}),))
    assert merged.register.kpi_by_id["K0007"].targets["R6"] == "28000"
    outcome = merged.outcome_of["L0017", "targets.R6"]
    assert (outcome.base, outcome.value, outcome.state) == ("27714", "28000", FieldState.TAKEN)
    assert outcome.source is not None
    assert outcome.source.place.file == "企画調整部.xlsx"


@pytest.mark.parametrize(
    ("first", "second", "value", "state"),
    [
        ("", "", "生成AIの活用について検討を進める。", FieldState.UNCHANGED),
        ("甲", "", "甲", FieldState.TAKEN),
        ("", "乙", "乙", FieldState.TAKEN),
        ("甲", "甲", "甲", FieldState.AGREED),
        ("甲", "乙", "生成AIの活用について検討を進める。", FieldState.CONFLICT),
    ],
)
def test_a_co_owned_row_is_merged_field_by_field(
    issued: Issued, r6: Register, first: str, second: str, value: str, state: FieldState
) -> None:
    surveys = by_name(issued)
    returns = tuple(
        answer_of(surveys[name], {("L0026", "target"): text} if text else {})
        for name, text in (("総務部", first), ("企画調整部", second))
    )
    merged = merge(issued, r6, returns)
    assert merged.register.listing_by_id["L0026"].target == value
    assert merged.outcome_of["L0026", "target"].state is state
    expected = [("K001", "L0026", "target")] if state is FieldState.CONFLICT else []
    assert [(f.code, f.listing_id, f.column) for f in merged.findings] == expected
    assert merge(issued, r6, returns[::-1]) == merged


def test_what_the_office_changed_in_the_ledger_since_the_issue_is_a_side_too(issued: Issued, r6: Register) -> None:
    edited = replace(
        r6, listings=tuple(replace(each, target="県が定めた文") if each.id == "L0026" else each for each in r6.listings)
    )
    merged = merge(issued, edited, (answer_of(by_name(issued)["総務部"]),))
    assert merged.register.listing_by_id["L0026"].target == "県が定めた文"
    clash = merge(issued, edited, (answer_of(by_name(issued)["総務部"], {("L0026", "target"): "部の文"}),))
    assert [finding.code for finding in clash.findings] == ["K001"]


ISSUED_TEXT = "生成AIの活用について検討を進める。"


def by_lead(r6: Register) -> Register:
    return replace(r6, cycle=replace(r6.cycle, conflict_policy=BY_LEAD))


@pytest.mark.parametrize(
    ("first", "second", "office", "value"),
    [
        ("甲", "乙", "", "甲"),
        ("", "乙", "丙", ISSUED_TEXT),
        ("甲", "", "丙", "甲"),
        ("甲", "乙", "丙", "甲"),
    ],
)
def test_by_policy_an_undecided_conflict_shows_what_the_lead_owner_answered(
    issued: Issued, r6: Register, first: str, second: str, office: str, value: str
) -> None:
    surveys, current = by_name(issued), by_lead(r6)
    if office:
        listings = tuple(replace(each, target=office) if each.id == "L0026" else each for each in current.listings)
        current = replace(current, listings=listings)
    assert str(r6.project_of(r6.listing_by_id["L0026"]).lead).startswith("総務部")
    returns = tuple(
        answer_of(surveys[name], {("L0026", "target"): text} if text else {})
        for name, text in (("総務部", first), ("企画調整部", second))
    )
    merged = merge(issued, current, returns)
    outcome = merged.outcome_of["L0026", "target"]
    assert (outcome.state, outcome.value) == (FieldState.CONFLICT, value)
    assert merged.register.listing_by_id["L0026"].target == value
    (finding,) = merged.findings
    shown = "発行時の" if value == ISSUED_TEXT else "主担当の"
    assert (finding.code, finding.facts["shown"], finding.facts["value"]) == ("K001", shown, value)
    assert merge(issued, current, returns[::-1]) == merged


def test_the_lead_owners_answer_in_a_conflict_is_traced_to_its_cell_as_undecided(issued: Issued, r6: Register) -> None:
    surveys = by_name(issued)
    returns = tuple(
        answer_of(surveys[name], {("L0026", "target"): text}) for name, text in (("総務部", "甲"), ("企画調整部", "乙"))
    )
    for current, file in ((by_lead(r6), "総務部.xlsx"), (r6, "台帳")):
        merged = merge(issued, current, returns)
        sources = Sources(merged.register, merged.outcome_of, lambda thing, field: Place(file="台帳"))
        source = sources.of(merged.register.listing_by_id["L0026"], "target")
        assert (source.origin, source.place.file) == (Origin.UNDECIDED, file)


def test_only_a_field_that_some_side_changed_is_not_as_issued(issued: Issued, r6: Register) -> None:
    returns = (answer_of(by_name(issued)["総務部"], {("L0026", "target"): "甲"}),)
    merged = merge(issued, r6, returns)
    sources = Sources(merged.register, merged.outcome_of, lambda thing, field: Place(file="台帳"))
    listing = merged.register.listing_by_id["L0026"]
    asked = ("number", "project", "outline", "target", "kpi_name", "area_name")
    assert [key for key in asked if not sources.is_as_issued(listing, key)] == ["target"]


def test_a_lead_owner_whose_parts_differ_leaves_the_field_as_issued() -> None:
    sides = tuple(Side(who=who, value=who, place=Place(), leads=who != "乙") for who in ("甲", "乙", "丙"))
    assert merge_field("L", "c", "元", sides, BY_LEAD).value == "元"
    assert merge_field("L", "c", "元", sides[:2], BY_LEAD).value == "甲"


def test_whether_a_row_ends_is_not_the_lead_owners_alone(issued: Issued, r6: Register) -> None:
    surveys = by_name(issued)
    kinds = (("総務部", "廃止"), ("企画調整部", "変更"))
    returns = tuple(answer_of(surveys[name], {("L0026", "change_kind"): kind}) for name, kind in kinds)
    merged = merge(issued, by_lead(r6), returns)
    assert merged.ended == ()
    assert [finding.code for finding in merged.findings] == ["K002"]


def test_words_of_a_relisted_row_that_are_not_printed_are_told(issued: Issued, r6: Register) -> None:
    always = replace(r6, cycle=replace(r6.cycle, relisting_policy=ORIGINAL_CONTENT))
    told = [(finding.code, finding.listing_id) for finding in merge(issued, always, ()).findings]
    # The others say the same as their originals, nothing, or (L0029, L0059) define a KPI and keep their words.
    assert told == [("K013", "L0039"), ("K013", "L0053"), ("K013", "L0056")]
    assert merge(issued, r6, ()).findings == ()


@pytest.mark.parametrize(
    ("second", "codes", "listed"),
    [
        ({}, [], False),
        ({("L0026", "outline"): "乙の概要"}, [("K002", "L0026")], True),
        ({("L0026", "change_kind"): "変更"}, [("K002", "L0026")], True),
        ({("L0026", "change_kind"): "廃止"}, [], False),
    ],
)
def test_a_row_ended_by_one_owner_and_edited_by_the_other_is_a_conflict(
    issued: Issued, r6: Register, second: Changes, codes: list[tuple[str, str]], listed: bool
) -> None:
    surveys = by_name(issued)
    first = answer_of(surveys["総務部"], {("L0026", "change_kind"): "廃止"})
    merged = merge(issued, r6, (first, answer_of(surveys["企画調整部"], second)))
    assert [(f.code, f.listing_id) for f in merged.findings] == codes
    assert ("L0026" in merged.register.listing_by_id) is listed
    assert merge(issued, r6, (answer_of(surveys["企画調整部"], second), first)) == merged


@pytest.mark.parametrize(
    ("first", "second", "value", "state"),
    [
        ("４８．２％", "48.2%", "48.2%", FieldState.UNCHANGED),
        ("４９％", "49%", "４９％", FieldState.AGREED),
        ("49%", "50%", "48.2%", FieldState.CONFLICT),
    ],
)
def test_values_that_differ_only_in_width_are_one_value_in_its_first_writing(
    issued: Issued, r6: Register, first: str, second: str, value: str, state: FieldState
) -> None:
    surveys = by_name(issued)
    typed = {"総務部": first, "企画調整部": second}
    returns = tuple(answer_of(surveys[name], {("L0008", "baseline"): text}) for name, text in typed.items())
    merged = merge(issued, r6, returns)
    assert (merged.register.kpi_by_id["K0003"].baseline, merged.outcome_of["L0008", "baseline"].state) == (value, state)


NEW_PROJECT = {
    "change_kind": "新規",
    "area_name": "I-3 公務能率の向上に向けた取組",
    "item_name": "(5) RPAの導入",
    "section": "税務課",
    "project": "RPA拡大事業",
    "outline": "RPAを広げる。",
    "target_kind": "指標(KPI)",
    "target": "年間500時間の削減を目指す。",
    "kpi_name": "削減時間",
    "baseline": "-",
    "targets.R6": "500時間",
}


def test_a_new_project_stands_at_the_end_of_its_item_with_the_next_ids(issued: Issued, r6: Register) -> None:
    merged = merge(issued, r6, (answer_of(by_name(issued)["総務部"], new=(NEW_PROJECT,)),))
    ids = [listing.id for listing in merged.register.listings]
    assert ids[ids.index("L0023") : ids.index("L0024") + 1] == ["L0023", "L0065", "L0024"]
    project, kpi = merged.register.project_by_id["P0052"], merged.register.kpi_by_id["K0022"]
    assert (project.name, str(project.lead)) == ("RPA拡大事業", "総務部 税務課")
    assert (kpi.name, kpi.is_new, kpi.defined_by, kpi.targets) == ("削減時間", True, "L0065", {"R6": "500時間"})
    numbering = number(merged.register)
    assert (numbering.projects["P0052"], numbering.kpis["K0022"], merged.added) == (24, 11, ("L0065",))


def test_ids_stay_whoever_else_answers_later_and_are_never_given_again(issued: Issued, r6: Register) -> None:
    surveys = by_name(issued)
    police = {**NEW_PROJECT, "project": "警察の新事業", "section": "警務課"}
    late = answer_of(surveys["警察本部"], new=(police,))
    first = merge(issued, r6, (late,))
    assert first.register.listing_by_id["L0065"].project_id == "P0052"
    early = answer_of(surveys["総務部"], new=(NEW_PROJECT,))
    both = merge(issued, r6, (early, late), given=first.given)
    names = {each.id: both.register.project_of(each).name for each in both.register.listings if each.id > "L0064"}
    assert names == {"L0065": "警察の新事業", "L0066": "RPA拡大事業"}
    assert {kpi.id: kpi.defined_by for kpi in both.register.kpis if kpi.id > "K0021"} == {
        "K0022": "L0065",
        "K0023": "L0066",
    }
    gone = merge(issued, r6, (early,), given=both.given)
    assert [each.id for each in gone.register.listings if each.id > "L0064"] == ["L0066"]
    other = merge(
        issued, r6, (answer_of(surveys["土木部"], new=({**police, "project": "土木の新事業"},)),), given=gone.given
    )
    assert [each.id for each in other.register.listings if each.id > "L0064"] == ["L0067"]


def test_a_renamed_new_row_keeps_its_ids(issued: Issued, r6: Register) -> None:
    survey = by_name(issued)["総務部"]
    first = merge(issued, r6, (answer_of(survey, new=(NEW_PROJECT, {**NEW_PROJECT, "project": "二つ目"})),))
    renamed = ({**NEW_PROJECT, "project": "RPA大拡大事業"}, {**NEW_PROJECT, "project": "二つ目"})
    again = merge(issued, r6, (answer_of(survey, new=renamed),), given=first.given)
    names = {each.id: again.register.project_of(each).name for each in again.register.listings if each.id > "L0064"}
    assert names == {"L0065": "RPA大拡大事業", "L0066": "二つ目"}
    moved = merge(issued, r6, (answer_of(survey, new=renamed[::-1]),), given=again.given)
    assert {each.id for each in moved.register.listings} == {each.id for each in again.register.listings}
    assert moved.register.project_by_id["P0053"].name == "二つ目"


def test_the_record_of_given_ids_is_read_as_it_was_written(issued: Issued, r6: Register) -> None:
    given = merge(issued, r6, (answer_of(by_name(issued)["総務部"], new=(NEW_PROJECT,)),)).given
    assert given_from_json(given_to_json(given), "付番.json", frozenset()) == given
    with pytest.raises(CannotProceed, match=r"付番\.json"):
        given_from_json("[]", "付番.json", frozenset())


def test_an_existing_project_can_be_relisted_under_another_item(issued: Issued, r6: Register) -> None:
    new = {"relist_of": "L0004", "area_name": "II-1 市町村支援・連携", "item_name": "(7) テレワークの推進"}
    merged = merge(issued, r6, (answer_of(by_name(issued)["総務部"], new=(new,)),))
    listing = merged.register.listing_by_id["L0065"]
    assert listing.project_id == "P0004"
    assert number(merged.register).relisted_from(listing) == "※再掲:No4"
    assert len(merged.register.projects) == 51


def test_a_new_row_without_its_place_is_not_listed_but_said(issued: Issued, r6: Register) -> None:
    merged = merge(issued, r6, (answer_of(by_name(issued)["総務部"], new=({"project": "名前だけ"},)),))
    assert [(f.code, f.place.cell, f.facts["name"]) for f in merged.findings] == [("K010", "A1", "名前だけ")]
    assert merged.register == r6


def test_the_end_of_a_project_carries_to_its_relistings_and_numbers_close_up(issued: Issued, r6: Register) -> None:
    merged = merge(issued, r6, (answer_of(by_name(issued)["総務部"], {("L0004", "change_kind"): "廃止"}),))
    assert merged.ended == ("L0004", "L0029", "L0039")
    assert [(f.code, f.listing_id) for f in merged.findings] == [("K011", "L0029"), ("K011", "L0039")]
    assert len(merged.register.projects) == 50
    assert "K0014" not in merged.register.kpi_by_id
    assert sorted(number(merged.register).projects.values()) == list(range(1, 51))


def test_a_relisted_kpi_whose_definition_ended_is_dropped_with_a_finding(issued: Issued, r6: Register) -> None:
    changes = {("L0008", "change_kind"): "廃止"}
    returns = tuple(answer_of(by_name(issued)[name], changes) for name in ("総務部", "企画調整部"))
    merged = merge(issued, r6, returns)
    assert [(f.code, f.listing_id) for f in merged.findings] == [
        ("K012", "L0010"),
        ("K012", "L0050"),
        ("K012", "L0060"),
    ]
    assert merged.register.listing_by_id["L0010"].kpi_id == ""


def test_a_renamed_project_is_renamed_on_its_relistings(issued: Issued, r6: Register) -> None:
    merged = merge(issued, r6, (answer_of(by_name(issued)["企画調整部"], {("L0010", "project"): "新しい名前"}),))
    names = {
        each.id: each.name_layout or merged.register.project_of(each).name
        for each in merged.register.listings
        if each.project_id == "P0010"
    }
    assert names == {"L0010": "新しい名前", "L0050": "新しい名前", "L0060": "新しい名前"}


def test_the_accounts_say_what_became_of_every_answer(issued: Issued, r6: Register) -> None:
    surveys = by_name(issued)
    returns = (
        answer_of(
            surveys["総務部"], {("L0026", "target"): "甲", ("L0001", "note"): "備考"}, ({"project": "名前だけ"},)
        ),
        answer_of(surveys["企画調整部"], {("L0026", "target"): "乙", ("L0045", "outline"): "改めた"}),
    )
    counted = accounts(returns, merge(issued, r6, returns).outcome_of)
    assert counted[Account.IN_CONFLICT] == 2
    assert counted[Account.TAKEN] == 2
    assert counted[Account.OTHER_TAKEN] == 1
    assert counted[Account.NOT_PLACED] == 1
    assert counted[Account.EQUAL] == sum(len(r.answers) for each in returns for r in each.rows) - 5


values = st.sampled_from(["", "甲", "乙", "75,600件"])


@given(base=values, sides=st.lists(values, max_size=4))
def test_a_field_never_depends_on_the_order_of_its_sides(base: str, sides: list[str]) -> None:
    made = tuple(Side(who=str(n), value=value, place=Place()) for n, value in enumerate(sides))
    one, other = merge_field("L", "c", base, made), merge_field("L", "c", base, made[::-1])
    assert (one.value, one.state) == (other.value, other.state)
    assert merge_field("L", "c", base, made + made[:1]).value == one.value
    assert one.value in {base, *sides}


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_no_field_of_any_return_is_unaccounted_for(issued: Issued, r6: Register, data: st.DataObject) -> None:
    surveys = data.draw(st.lists(st.sampled_from(list(issued.surveys.values())), unique_by=lambda s: s.id))
    returns = []
    for survey in surveys:
        fields = [(row.listing_id, key) for row in survey.rows for key in ("outline", "target", "note")]
        changed = data.draw(st.dictionaries(st.sampled_from(fields), values, max_size=4))
        returns.append(answer_of(survey, changed))
    merged = merge(issued, r6, tuple(returns))
    assert merge(issued, r6, tuple(returns[::-1])) == merged
    counted = accounts(returns, merged.outcome_of)
    assert sum(counted.values()) == sum(len(row.answers) for answer in returns for row in answer.rows)
    assert counted[Account.NOT_PLACED] == 0
    accounted = {(o.listing_id, o.column, side.who, side.value) for o in merged.outcomes for side in o.sides}
    for answer in returns:
        who = issued.surveys[answer.survey_id].addressee
        for row in answer.rows:
            for key, each in row.answers.items():
                assert (row.listing_id, key, who, each.value) in accounted


def conflicting(issued: Issued) -> tuple[Return, ...]:
    """Two returns: a conflict, a changed field, and a field that one of them does not have."""
    surveys = by_name(issued)
    first = answer_of(surveys["総務部"], {("L0026", "target"): "甲", ("L0001", "note"): "備考"}, ({"project": "名前"},))
    second = answer_of(surveys["企画調整部"], {("L0026", "target"): "乙"})
    lacking = replace(first.rows[0], answers={k: v for k, v in first.rows[0].answers.items() if k != "outline"})
    return replace(first, rows=(lacking, *first.rows[1:])), second


def test_every_field_has_the_outcome_that_its_sides_make_whether_it_is_kept_or_not(
    issued: Issued, r6: Register
) -> None:
    returns = conflicting(issued)
    outcomes = merge(issued, r6, returns).outcome_of
    said: dict[tuple[str, str], list[Side]] = {}
    for answer in returns:
        who = issued.surveys.addressees[answer.survey_id]
        for row in answer.rows:
            for key, each in row.answers.items():
                side = Side(who=who, value=each.value, place=each.place, sha256=answer.sha256)
                said.setdefault((row.listing_id, key), []).append(side)
    asked = {
        (row.listing_id, key): row.values.get(key, "")
        for survey in issued.surveys.values()
        for row in survey.rows
        for key in row.open_columns
    }
    assert set(outcomes) == set(asked)
    assert len(outcomes) == len(asked)
    for (listing_id, key), base in asked.items():
        made = outcomes[listing_id, key]
        wanted = merge_field(listing_id, key, base, tuple(said.get((listing_id, key), ())))
        assert {replace(side, leads=False) for side in made.sides} == set(wanted.sides)
        assert replace(made, sides=()) == replace(wanted, sides=())
    assert [(o.listing_id, o.column) for o in outcomes.happened] == [("L0001", "note"), ("L0026", "target")]
    assert outcomes.get(("L0001", "outline")) == outcomes["L0001", "outline"]
    assert outcomes["L0001", "outline"].state is FieldState.UNANSWERED
    assert outcomes.get(("L0001", "no such column")) is None
    assert outcomes.get(("L9999", "outline")) is None


def test_fields_are_found_in_the_order_of_all(issued: Issued, r6: Register) -> None:
    new = {"area_name": "Ⅰ-3 公務能率の向上に向けた取組", "item_name": "(5) RPAの導入", "project": "新しい事業"}
    returns = (answer_of(by_name(issued)["総務部"], {("L0004", "note"): "備考"}, (new,)),)
    merged = merge(issued, r6, returns)
    (added,) = merged.added
    keys = {(added, "project"), ("L0004", "note"), ("L0001", "outline"), ("L0001", "note")}
    found = [(o.listing_id, o.column) for o in merged.outcome_of.among(keys)]
    assert found == [key for key in merged.outcome_of if key in keys]
    assert len(found) == 4
    assert dict(merged.outcome_of.values_in(("project", "note"))) == {
        key: outcome.value for key, outcome in merged.outcome_of.items() if key[1] in ("project", "note")
    }


def test_a_merge_with_decisions_may_start_from_the_same_one_without(issued: Issued, r6: Register) -> None:
    returns = conflicting(issued)
    undecided = merge(issued, r6, returns)
    conflict = undecided.outcome_of["L0026", "target"]
    decision = FieldDecision(
        listing_id="L0026",
        column="target",
        base=conflict.base,
        sides=decided_sides(conflict),
        choice="B案",
        value="乙",
        reason="理由",
        decided_by="佐藤",
    )
    anew = merge(issued, r6, returns, (decision,))
    assert merge(issued, r6, returns, (decision,), NONE_GIVEN, undecided.outcome_of.rows) == anew
    assert anew.outcome_of["L0026", "target"].state is FieldState.DECIDED
    assert anew.register.listing_by_id["L0026"].target == "乙"
    assert undecided.outcome_of["L0026", "target"].state is FieldState.CONFLICT
