"""The form is read whole, and nonsense in it is refused with the entry and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.findings import Severity, load_catalogue
from dxkpi_xl.form.columns import Clause, Condition, Form, Role
from dxkpi_xl.form.load import load_form
from dxkpi_xl.workspace import templates_folder

YEARS = ("R4", "R5", "R6", "R7")


def test_the_annex_has_the_17_columns_of_the_original_in_its_order(form: Form) -> None:
    headings = [(c.annex.parent, c.annex.heading) for c in form.columns_for(YEARS) if c.annex]
    assert headings == [
        ("", "事業番号"),
        ("分野", "No"),
        ("分野", "名称"),
        ("項目", "No"),
        ("項目", "名称"),
        ("担当", "部"),
        ("担当", "課"),
        ("", "事業名又は取組名"),
        ("", "事業概要又は取組内容"),
        ("", "指標(KPI)又は目標"),
        ("", "KPI番号"),
        ("", "指標名"),
        ("目標値", "基準値"),
        ("目標値", "R4"),
        ("目標値", "R5"),
        ("目標値", "R6"),
        ("目標値", "R7"),
    ]


def test_a_year_column_speaks_of_its_year(form: Form) -> None:
    column = form.column("targets.R6")
    assert (column.label, column.year) == ("R6目標値", "R6")
    assert column.help.startswith("令和6年度の目標値です。")


def test_a_requirement_holds_only_for_its_role_its_condition_and_a_row_that_goes_on(form: Form) -> None:
    kpi_name = form.column("kpi_name")
    requirement = form.requirement(kpi_name, Role.ORIGINAL)
    assert requirement == Condition(
        clauses=(
            Clause(column="target_kind", values=("指標(KPI)",)),
            Clause(column="change_kind", values=("廃止", "統合"), negated=True),
        )
    )
    assert requirement.holds({"target_kind": "指標(KPI)", "change_kind": "継続"})
    assert not requirement.holds({"target_kind": "指標(KPI)", "change_kind": "廃止"})
    assert not requirement.holds({"target_kind": "目標", "change_kind": "継続"})
    assert form.requirement(form.column("outline"), Role.RELISTED) is None


def test_what_depends_on_an_ending_is_asked_of_a_row_that_ends(form: Form) -> None:
    requirement = form.requirement(form.column("end_reason"), Role.ORIGINAL)
    assert requirement == Condition(clauses=(Clause(column="change_kind", values=("廃止", "統合")),))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("指標(KPI)", "指標(KPI)"),
        ("指標（ＫＰＩ）", "指標(KPI)"),
        ("kpi", "指標(KPI)"),
        ("【目標】", "目標"),
        ("数値", None),
    ],
)
def test_a_choice_is_known_in_any_width_case_and_spelling(form: Form, written: str, meant: str | None) -> None:
    assert form.choice_list("target_kind").canonical(written) == meant


BREAKS = [
    ('kind = "kpi_value"', 'kind = "kpi"', "[[columns]] key=baseline", "kind「kpi」"),
    ('key = "outline"', 'key = "project"', "[[columns]] key=project", "二度"),
    ('choices = "target_kind"', 'choices = "target"', "[[columns]] key=target_kind", "という一覧はありません"),
    (
        'required_when = { change_kind = ["統合"] }',
        'required_when = { change_kind = ["合併"] }',
        "[[columns]] key=merge_into required_when",
        "「合併」",
    ),
    (
        'required_when = { target_kind = ["指標(KPI)"] }',
        'required_when = { kind_of_target = ["指標(KPI)"] }',
        "[[columns]] key=kpi_name required_when",
        "「kind_of_target」",
    ),
    ("max_length = 1000", "max_len = 1000", "[[columns]] key=outline", "「max_len」"),
    ('required_in = ["new"]', 'required_in = ["relisted"]', "[[columns]] key=area_name", "required_in"),
    ('when_blank = "確認"', 'when_blank = "警告"', "[[columns]] key=target", "警告"),
    ('belongs_to = "row"', 'belongs_to = "line"', "[[columns]] key=listing_id", "belongs_to"),
    ('annex = { group = "plan", parent', 'annex = { group = "plans", parent', "[[columns]] key=area_no annex", "plans"),
    ('version = "1.0"', 'ver = "1.0"', "[form]", "version"),
    ('key = "guide"', "key = ", "全体", "読み取れません"),
]


@pytest.mark.parametrize(("good", "bad", "entry", "reason"), BREAKS[:-1])
def test_nonsense_in_the_form_is_refused_with_its_entry_and_reason(
    tmp_path: Path, good: str, bad: str, entry: str, reason: str
) -> None:
    text = (templates_folder() / "shiryo-2-4" / "form.toml").read_text(encoding="utf-8")
    assert good in text
    (tmp_path / "form.toml").write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(TemplateBroken) as refused:
        load_form(tmp_path)
    assert (refused.value.file, refused.value.entry) == ("form.toml", entry)
    assert reason in refused.value.reason


def test_a_form_that_is_no_toml_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "form.toml").write_text("[[columns", encoding="utf-8")
    with pytest.raises(TemplateBroken, match=r"form\.toml の 全体: 読み取れません"):
        load_form(tmp_path)


GOOD_ENTRY = (
    '[C001]\nseverity = "誤り"\ntitle = "題"\nmessage = "「{label}」が空欄です。"\nremedy = "御記入ください。"\n'
)


def test_a_catalogue_entry_knows_the_facts_it_quotes(tmp_path: Path) -> None:
    path = tmp_path / "findings.toml"
    path.write_text(GOOD_ENTRY, encoding="utf-8")
    entry = load_catalogue(path).entry("C001")
    assert (entry.severity, entry.facts) == (Severity.WRONG, frozenset({"label"}))


@pytest.mark.parametrize(
    ("good", "bad", "entry", "reason"),
    [
        ('severity = "誤り"', 'severity = "重大"', "[C001] severity", "「重大」"),
        ('title = "題"', 'title = " "', "[C001]", "空の項目"),
        ('title = "題"\n', "", "[C001]", "四つ"),
        ("{label}", "{label!r}", "[C001]", "{名前} の形だけ"),
        ("{label}", "{label.__class__}", "[C001]", "{名前} の形だけ"),
        ("{label}", "{label", "[C001]", "括弧"),
    ],
)
def test_nonsense_in_the_catalogue_is_refused(tmp_path: Path, good: str, bad: str, entry: str, reason: str) -> None:
    path = tmp_path / "findings.toml"
    path.write_text(GOOD_ENTRY.replace(good, bad), encoding="utf-8")
    with pytest.raises(TemplateBroken) as refused:
        load_catalogue(path)
    assert refused.value.entry == entry
    assert reason in refused.value.reason
