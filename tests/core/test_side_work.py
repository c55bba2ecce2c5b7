"""Work beside gives what it gives here, raises what it raises here, and ends with whoever wanted it."""

import os
import time
from functools import partial

import pytest

from dxkpi_xl.cycle.kpi_value import plain
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.side_work import side_work
from dxkpi_xl.workspace import safe_name


@pytest.mark.parametrize("here", [True, False])
def test_results_come_in_any_order(here: bool) -> None:
    with side_work((partial(safe_name, "a/b"), partial(plain, "48.2%")), here=here) as result:
        assert (result(1), result(0)) == ("48.2%", "a_b")


def test_work_beside_is_done_in_another_process() -> None:
    with side_work((os.getpid,), here=False) as result:
        assert result(0) != os.getpid()


@pytest.mark.parametrize("here", [True, False])
def test_what_cannot_be_done_says_why(here: bool) -> None:
    works = (partial(int, "3"), partial(int, "three"))
    with side_work(works, here=here) as result:
        assert result(0) == 3
        with pytest.raises(ValueError, match="three"):
            result(1)


def test_work_that_nobody_waits_for_is_stopped() -> None:
    begun = time.monotonic()
    with pytest.raises(CannotProceed), side_work((partial(time.sleep, 60),), here=False):
        raise CannotProceed("中断しました。", "")
    assert time.monotonic() - begun < 30
