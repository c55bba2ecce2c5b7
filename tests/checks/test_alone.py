"""What a child says of one return is what is said of it among all, but for what only all returns can tell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dxkpi_xl.checks import alone
from dxkpi_xl.checks.alone import check_alone
from dxkpi_xl.checks.example_returns import example_returns
from dxkpi_xl.checks.examples import Answers
from dxkpi_xl.checks.run import check_all
from dxkpi_xl.checks.subject import kpi_of_another
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return

TYPED = ("", "同上", "未定", "48.2%", "だいたい", "変更", "廃止", "統合", "目標", "L0004", "推進する。", "①\u200b")


def _judged_apart(issued: Issued, returns: tuple[Return, ...]) -> tuple[Return, ...]:
    return tuple(replace(answer, own=check_alone(issued, answer)) for answer in returns)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_said_where_it_was_read_or_later_it_is_the_same(issued: Issued, data: st.DataObject) -> None:
    plain = example_returns(issued, Answers())
    open_cells = sorted({(row.listing_id, key) for answer in plain for row in answer.rows for key in row.answers})
    typed = data.draw(st.dictionaries(st.sampled_from(open_cells), st.sampled_from(TYPED), max_size=6))
    returns = example_returns(issued, Answers(cells=typed))
    chosen = tuple(data.draw(st.lists(st.sampled_from(returns), unique_by=lambda each: each.survey_id)))
    assert check_all(issued, _judged_apart(issued, chosen)) == check_all(issued, chosen)


def test_a_return_that_was_judged_is_not_judged_again(issued: Issued, monkeypatch: pytest.MonkeyPatch) -> None:
    returns = _judged_apart(issued, example_returns(issued, Answers()))
    expected = check_all(issued, returns)
    monkeypatch.setattr(alone, "RETURN_RULES", ())
    monkeypatch.setattr("dxkpi_xl.checks.run.check_alone", None)
    assert expected != ()
    assert check_all(issued, returns) == expected


def test_of_a_row_with_another_rows_kpi_nothing_is_said_before_all_returns_are_there(issued: Issued) -> None:
    relists = [each.id for each in issued.register.listings if kpi_of_another(issued, each.id) is not None]
    assert relists != []
    for answer in example_returns(issued, Answers(cells={(row, "target"): "" for row in relists})):
        own = check_alone(issued, answer)
        assert {finding.listing_id for finding in own.rows}.isdisjoint(relists)
    found = check_all(issued, example_returns(issued, Answers(cells={(row, "target"): "" for row in relists})))
    assert set(relists) <= {finding.listing_id for finding in found}
