"""Work beside gives what it gives here, raises what it raises here, and ends with whoever wanted it."""

import os
import time
from collections.abc import Callable
from functools import partial

import pytest

from dxkpi_xl.cycle.kpi_value import plain
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.side_work import meanwhile, side_work
from dxkpi_xl.workers import wished_workers, workers_wished
from dxkpi_xl.workspace import safe_name


@pytest.mark.parametrize("here", [True, False])
def test_results_come_in_any_order(here: bool) -> None:
    with side_work((partial(safe_name, "a/b"), partial(plain, "48.2%")), here=here) as result:
        assert (result(1), result(0)) == ("48.2%", "a_b")


def test_work_beside_is_done_in_another_process() -> None:
    with side_work((os.getpid,), here=False) as result:
        assert result(0) != os.getpid()


def test_who_waits_does_what_no_child_has_begun() -> None:
    works = [partial(time.sleep, 2), *[os.getpid] * 3]
    with workers_wished(2), side_work(works, here=False) as result:
        assert result(0) is None
        assert [result(n) == os.getpid() for n in (1, 2, 3)] == [True, True, True]


def test_what_fails_while_another_result_is_waited_for_fails_where_it_is_asked_for() -> None:
    works = (partial(time.sleep, 2), partial(int, "three"))
    with workers_wished(2), side_work(works, here=False) as result:
        assert result(0) is None
        with pytest.raises(ValueError, match="three"):
            result(1)


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


def counted(told: Callable[[int, int], None]) -> int:
    for n in range(3):
        told(n, 3)
    return 3


def endless(told: Callable[[int, int], None]) -> None:
    while True:
        told(0, 1)
        time.sleep(0.01)


def failing(_told: Callable[[int, int], None]) -> None:
    raise CannotProceed("読めません。", "")


def test_work_in_the_meantime_tells_its_progress_and_gives_its_result() -> None:
    steps: list[tuple[int, int]] = []
    with meanwhile(counted, lambda *step: steps.append(step)) as result:
        assert result() == 3
    assert steps == [(0, 3), (1, 3), (2, 3)]


def test_work_in_the_meantime_is_stopped_when_nobody_waits_for_it() -> None:
    with pytest.raises(KeyboardInterrupt), meanwhile(endless, lambda *_: None):
        raise KeyboardInterrupt


def test_what_work_in_the_meantime_raises_is_raised_where_it_is_waited_for() -> None:
    with meanwhile(failing, lambda *_: None) as result, pytest.raises(CannotProceed, match="読めません"):
        result()


def test_work_in_the_meantime_knows_how_many_processes_were_wished() -> None:
    with workers_wished(3), meanwhile(lambda _: wished_workers(), lambda *_: None) as result:
        assert result() == 3
