"""The schema stands in the shadow of the rules: it refuses a return exactly when a rule or the reader speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dxkpi_xl.cells.model import Cell
from dxkpi_xl.checks.example_returns import example_returns
from dxkpi_xl.checks.examples import Answers
from dxkpi_xl.checks.reasons import accept_reasons
from dxkpi_xl.checks.return_data import SCHEMA_CODES, as_data, schema_judge
from dxkpi_xl.checks.run import check_all, check_return, one_a_cell
from dxkpi_xl.findings import Catalogue, Finding
from dxkpi_xl.form.columns import Column
from dxkpi_xl.returns.answers import Refused, RowContext, read_value
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Answer, Return, ReturnedRow

# What people type, and what they do not.
TYPED = st.one_of(
    st.sampled_from(
        [
            *("", "-", "－", "〃", "同上", "未定", "0", "48.2%", "４８．２％", "75,600件", "40万枚", "4以上"),
            *("変更", "廃止", "統合", "継続", "だいたい完了", "目標", "指標", "L0004", "L9999", "【目標】文", "5①"),
            *("ほぼ100%", "100㎡", "=1+1", "行政経営課", "I-3", "(5) RPAの導入", "令和5年度末までに48.2%"),
            *("😀", "\u200b", "1\n2", "%", "1" + "%" * 9),
            *("あ" * 21, "あ" * 1001, "𠮷" * 600, "1" * 25, "9" * 40),
        ]
    ),
    st.text(max_size=30),
    st.text(alphabet="0123456789,.%万億約ほぼ以上件枚-+()累計 　", max_size=24),
)  # fmt: skip
KINDS = st.sampled_from(["text", "text", "text", "text", "number", "error", "formula"])


def cell(text: str, kind: str) -> Cell:
    formula = "A1" if kind == "formula" else None
    shown = "error" if kind == "error" else "number" if kind == "number" else "text"
    return Cell(1, 1, text, shown, formula, "@", text, False)  # type: ignore[arg-type]  # the kind is a parameter


def read_into(
    issued: Issued, answer: Return, typed: Mapping[tuple[str, str], tuple[str, str]]
) -> tuple[Return, list[Finding]]:
    """Put cells into a return's rows as the reader does; the reader's findings beside it."""
    columns = {column.key: column for column in issued.columns}
    found: list[Finding] = []

    def row_with(row: ReturnedRow) -> ReturnedRow:
        answers: dict[str, Answer] = dict(row.answers)
        unread = set()
        for (listing_id, key), (text, kind) in typed.items():
            if listing_id != row.listing_id or key not in row.answers:
                continue
            read, findings = _read(issued, answer, columns[key], row, text, kind)
            found.extend(findings)
            if read is None:
                del answers[key]
                unread.add(key)
            else:
                answers[key] = read
        return replace(row, answers=answers, unread=frozenset(unread))

    rows, new_rows = (tuple(map(row_with, each)) for each in (answer.rows, answer.new_rows))
    return replace(answer, rows=rows, new_rows=new_rows), found


def _read(
    issued: Issued, answer: Return, column: Column, row: ReturnedRow, text: str, kind: str
) -> tuple[Answer | None, tuple[Finding, ...]]:
    bureau = issued.surveys[answer.survey_id].bureau
    context = RowContext(
        register=issued.register, bureau=bureau, listing_id=row.listing_id, area=issued.register.plan[0]
    )
    place, read = row.answers[column.key].place, cell(text, kind)
    value = read_value(column, read, context)
    if isinstance(value, Refused):
        return None, (Finding(code=value.code, place=place, facts=value.facts, column=column.key),)
    return Answer(value=value, written=read.text, place=place, struck=read.struck), ()


@pytest.fixture(scope="module")
def filled(issued: Issued) -> tuple[Return, ...]:
    """The annex returned with its nine blank target sentences filled in, and a complete new row in each survey."""
    blanks = {(f"L{n:04}", "target"): "推進する。" for n in range(17, 26)}
    new = tuple(
        (survey.addressee, {"area_name": issued.register.plan[0].label, "section": survey.bureau.sections[0].name,
                            "item_name": issued.register.plan[0].items[0].label, "change_kind": "新規",
                            "project": f"新事業{n}", "outline": "行う。", "target_kind": "目標", "target": "行う。"})
        for n, survey in enumerate(issued.surveys.values())
    )  # fmt: skip
    return example_returns(issued, Answers(cells=blanks, new=new))


def test_the_annex_with_all_its_sentences_is_valid_data(issued: Issued, filled: tuple[Return, ...]) -> None:
    is_valid = schema_judge(issued)
    assert [is_valid(answer) for answer in filled] == [True] * 6


def test_the_annex_as_it_stands_is_refused_where_its_sentences_are_blank(issued: Issued) -> None:
    is_valid = schema_judge(issued)
    found = {answer.file: is_valid(answer) for answer in example_returns(issued, Answers())}
    assert {file for file, valid in found.items() if not valid} == {"総務部.xlsx", "企画調整部.xlsx"}


def test_a_return_as_data_has_each_rows_open_columns_and_null_for_what_could_not_be_taken(
    issued: Issued, filled: tuple[Return, ...]
) -> None:
    spoilt, found = read_into(issued, filled[0], {("L0001", "outline"): ("A1", "formula")})
    data = as_data(issued, spoilt)
    assert [each.code for each in found] == ["C006"]
    assert (data["survey_id"], data["rows"][0]["listing_id"], data["rows"][0]["role"]) == (
        filled[0].survey_id, "L0001", "original")  # fmt: skip
    assert data["rows"][0]["answers"]["outline"] is None
    assert data["rows"][-1]["role"] == "new"
    assert (
        "kpi_name"
        not in next(each for each in as_data(issued, filled[1])["rows"] if each["listing_id"] == "L0010")["answers"]
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_schema_refuses_a_return_exactly_when_a_rule_speaks(
    issued: Issued, filled: tuple[Return, ...], data: st.DataObject
) -> None:
    answer = data.draw(st.sampled_from(filled))
    rows = data.draw(st.sampled_from((*answer.rows, *answer.new_rows)))
    keys = st.sampled_from(sorted(rows.answers))
    typed = data.draw(st.dictionaries(keys, st.tuples(TYPED, KINDS), max_size=6))
    spoilt, read = read_into(issued, answer, {(rows.listing_id, key): each for key, each in typed.items()})
    spoken = {each.code for each in (*read, *check_return(issued, spoilt))} & SCHEMA_CODES
    assert schema_judge(issued)(spoilt) == (not spoken), (spoken, typed)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_typed_is_judged_and_worded(
    issued: Issued, filled: tuple[Return, ...], catalogue: Catalogue, data: st.DataObject
) -> None:
    returns = []
    for answer in filled:
        keys = [(row.listing_id, key) for row in (*answer.rows, *answer.new_rows) for key in sorted(row.answers)]
        typed = data.draw(st.dictionaries(st.sampled_from(keys), st.tuples(TYPED, KINDS), max_size=8))
        returns.append(read_into(issued, answer, typed)[0])
    found = check_all(issued, tuple(returns))
    assert check_all(issued, tuple(reversed(returns))) == found
    kept = accept_reasons(one_a_cell(found, catalogue), returns, catalogue)
    places = [each.place for each in kept if each.place.cell]
    assert len(set(places)) == len(places)
    for each in kept:
        assert catalogue.word(each).message
