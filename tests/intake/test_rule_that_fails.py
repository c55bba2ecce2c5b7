"""A rule that fails is the program's mistake: no file is called damaged for it, and nothing of it is remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxkpi_xl.checks.alone import check_alone
from dxkpi_xl.returns.in_child import judge_in_child
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judged_json import judged_from_json
from dxkpi_xl.returns.model import OwnFindings, Return, Verdict


def failing(_issued: Issued, _answer: Return) -> OwnFindings:
    raise ZeroDivisionError


def out_of_memory(_issued: Issued, _answer: Return) -> OwnFindings:
    raise MemoryError


@pytest.fixture
def kept(returned: dict[str, bytes], tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "原本.xlsx"
    path.write_bytes(returned["土木部"])
    return path, "土木部.xlsx"


def test_a_return_is_told_without_what_a_failing_rule_would_say(issued: Issued, kept: tuple[Path, str]) -> None:
    told = judge_in_child(issued, (), failing, kept)
    assert not told.lasting
    (file,) = judged_from_json(told.judged, issued)
    assert file.judged.verdict is Verdict.ACCEPTED
    assert file.judged.answer is not None
    assert file.judged.answer.own is None
    well = judge_in_child(issued, (), check_alone, kept)
    assert well.lasting
    assert judged_from_json(well.judged, issued)[0].judged.answer is not None


def test_a_rule_that_needs_too_much_memory_ends_its_child(issued: Issued, kept: tuple[Path, str]) -> None:
    with pytest.raises(MemoryError):
        judge_in_child(issued, (), out_of_memory, kept)
