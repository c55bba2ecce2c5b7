"""What one item does to its process costs no other item."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from dxkpi_xl.cells.isolated import isolated, run_isolated
from dxkpi_xl.cells.isolated_process import Bounds, Died

FUNCTIONS = """
import os, time

def behave(item):
    kind, value = item
    if kind == "double":
        return value * 2
    if kind == "hang":
        while True:
            pass
    if kind == "sleep":
        time.sleep(value)
        return value
    if kind == "eat":
        return len(bytearray(value))
    if kind == "eat slowly":
        eaten = []
        while True:
            eaten.append(bytes(1_000_000))
    if kind == "abort":
        os.abort()
    if kind == "exit":
        os._exit(value)
    if kind == "raise":
        raise ValueError(value)
    if kind == "print":
        print(value)
        os.write(1, b"noise")
        return value
    if kind == "read":
        return os.read(0, 10)
    if kind == "unpicklable":
        return lambda: value
    if kind == "pid":
        return os.getpid()
    if kind == "note":
        path, line, ends = value
        with path.open("a") as file:
            file.write(line + "\\n")
        if ends:
            os._exit(1)
        return line
    if kind == "write pid":
        value.write_text(str(os.getpid()))
        time.sleep(60)

def scaled(factor, number):
    return factor * number
"""
SHORT = Bounds(seconds=1.0, memory_bytes=300_000_000)
POSIX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")


@pytest.fixture
def functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """A module that a child can import by its name, as it does the program's own."""
    (tmp_path / "functions_of_a_child.py").write_text(FUNCTIONS)
    monkeypatch.syspath_prepend(tmp_path)
    import functions_of_a_child  # type: ignore[import-not-found]  # the test wrote it just now

    yield functions_of_a_child
    del sys.modules["functions_of_a_child"]


def children() -> set[int]:
    """The processes started from here that still live or were not waited for (Linux)."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(state[1]) == os.getpid():
            found.add(int(folder.name))
    return found


@pytest.mark.parametrize("workers", [1, 2, 5, None])
def test_results_come_in_the_order_of_the_items(functions: ModuleType, workers: int | None) -> None:
    items = [("sleep", 0.05 if n % 7 == 0 else 0.0) if n % 2 else ("double", n) for n in range(60)]
    expected = [value if kind == "sleep" else value * 2 for kind, value in items]
    assert list(run_isolated(functions.behave, items, workers=workers)) == expected


def test_no_item_starts_no_process(functions: ModuleType) -> None:
    assert list(run_isolated(functions.behave, [])) == []


def test_a_function_with_its_first_arguments_bound_can_be_run(functions: ModuleType) -> None:
    assert list(run_isolated(partial(functions.scaled, 3), [1, 2])) == [3, 6]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (("hang", 0), Died(reason="time")),
        (("sleep", 60), Died(reason="time")),
        (("raise", "no such row"), Died(reason="crash", detail="ValueError: no such row")),
        (("exit", 0), Died(reason="crash")),
        (("exit", 3), Died(reason="crash")),
        pytest.param(("eat", 10**9), Died(reason="memory"), marks=POSIX),
        pytest.param(("eat slowly", 0), Died(reason="memory"), marks=POSIX),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_death_is_the_outcome_of_its_item_alone(
    functions: ModuleType, item: tuple[str, object], expected: Died, workers: int
) -> None:
    items = [("double", 1), item, ("double", 2), item, ("double", 3)]
    results = list(run_isolated(functions.behave, items, bounds=SHORT, workers=workers))
    assert results == [2, expected, 4, expected, 6]


@pytest.mark.parametrize("kind", ["abort", "unpicklable"])
def test_an_abort_or_a_result_that_cannot_be_sent_is_a_crash(functions: ModuleType, kind: str) -> None:
    died, sound = run_isolated(functions.behave, [(kind, 0), ("double", 1)], workers=1)
    assert isinstance(died, Died)
    assert (died.reason, sound) == ("crash", 2)


@POSIX
def test_a_child_killed_by_the_system_was_short_of_memory(functions: ModuleType, tmp_path: Path) -> None:
    told = tmp_path / "pid"
    results = run_isolated(functions.behave, [("write pid", told), ("double", 1)], workers=1)
    killer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, pathlib, sys, time\n"
            "told = pathlib.Path(sys.argv[1])\n"
            "while not (told.exists() and told.read_text()): time.sleep(0.01)\n"
            "os.kill(int(told.read_text()), 9)",
            str(told),
        ]
    )
    assert list(results) == [Died(reason="memory"), 2]
    assert killer.wait(5) == 0


def test_what_a_function_prints_and_reads_disturbs_nothing(functions: ModuleType) -> None:
    items = [("print", "hello"), ("read", 0), ("double", 2)]
    assert list(run_isolated(functions.behave, items, workers=1)) == ["hello", b"", 4]


def test_a_child_serves_many_items_and_is_replaced_when_it_dies(functions: ModuleType) -> None:
    items = [("pid", 0), ("pid", 0), ("exit", 1), ("pid", 0)]
    first, second, _, third = run_isolated(functions.behave, items, workers=1)
    assert first == second != third
    assert first != os.getpid()


@pytest.mark.parametrize("workers", [1, 3])
def test_of_items_that_travel_together_a_death_costs_only_its_own(
    functions: ModuleType, tmp_path: Path, workers: int
) -> None:
    deadly = {3, 4, 40, 99, 150}
    items = [("note", (tmp_path / "done", str(n), n in deadly)) for n in range(200)]
    results = list(run_isolated(functions.behave, items, workers=workers))
    assert results == [Died(reason="crash") if n in deadly else str(n) for n in range(200)]
    assert sorted(map(int, (tmp_path / "done").read_text().split())) == list(range(200))  # each was begun once


def test_the_time_of_an_item_is_its_own_though_others_travel_with_it(functions: ModuleType) -> None:
    items = [*[("sleep", 0.15)] * 12, ("hang", 0), *[("double", 1)] * 51]
    results = list(run_isolated(functions.behave, items, bounds=SHORT, workers=1))
    assert results == [*[0.15] * 12, Died(reason="time"), *[2] * 51]


def test_items_and_results_larger_than_any_pipe_pass(functions: ModuleType) -> None:
    items = [("double", bytes(size)) for size in (10, 300_000, 10, 1_000_000, 70_000) * 20]
    assert list(run_isolated(functions.behave, items, workers=2)) == [item[1] * 2 for item in items]


class Broken(list[tuple[str, int]]):
    """Items of which one cannot be made."""

    def __getitem__(self, index: object) -> tuple[str, int]:  # type: ignore[override]  # no slices are asked for
        if index == 20:
            raise LookupError("the twentieth")
        return ("double", 1)


@POSIX
def test_an_item_that_cannot_be_made_is_a_mistake_of_the_program(functions: ModuleType) -> None:
    before = children()
    with pytest.raises(LookupError, match="the twentieth"):
        list(run_isolated(functions.behave, Broken([("double", 1)] * 60), workers=2))
    assert children() == before


def test_progress_ends_with_all_items_done(functions: ModuleType) -> None:
    told: list[tuple[int, int]] = []
    items = [("double", n) for n in range(50)] + [("exit", 1)]
    list(run_isolated(functions.behave, items, workers=2, progress=lambda *step: told.append(step)))
    assert told[-1] == (51, 51)
    assert told == sorted(told)


def test_a_function_that_no_child_can_import_is_a_mistake_of_the_program(functions: ModuleType) -> None:
    Path(str(functions.__file__)).unlink()
    with pytest.raises(RuntimeError, match=r"could not start.*No module named 'functions_of_a_child'"):
        list(run_isolated(functions.behave, [("double", 1)]))


@POSIX
def test_an_iterator_closed_early_leaves_no_process(functions: ModuleType) -> None:
    before = children()
    results = run_isolated(functions.behave, [("double", 1), *[("sleep", 60)] * 10], workers=2)
    assert next(results) == 2
    assert children() > before
    started = time.monotonic()
    results.close()  # type: ignore[attr-defined]  # the iterator is a generator
    assert time.monotonic() - started < 2
    assert children() == before


RUN = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # work in the background of a shell begins with it ignored
sys.path[:0] = sys.argv[1:3]
import functions_of_a_child
from dxkpi_xl.cells.isolated import isolated, run_isolated
from dxkpi_xl.cells.isolated_process import Bounds
try:
    items = [("pid", 0), ("pid", 0), *[(sys.argv[3], 60)] * 4]
    for result in run_isolated(functions_of_a_child.behave, items, workers=2, bounds=Bounds(seconds=1.0)):
        print(result, flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def started(tmp_path: Path, kind: str) -> tuple["subprocess.Popen[str]", set[int]]:
    """A run in a session of its own, as from a terminal, and the children that it told of."""
    (tmp_path / "functions_of_a_child.py").write_text(FUNCTIONS)
    root = Path(__file__).parents[2]
    run = subprocess.Popen(
        [sys.executable, "-c", RUN, str(root), str(tmp_path), kind],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stdout is not None
    return run, {int(run.stdout.readline()) for _ in range(2)}


@POSIX
def test_ctrl_c_stops_all_and_leaves_no_orphan(tmp_path: Path) -> None:
    run, told = started(tmp_path, "sleep")
    os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the parent and to its children
    assert run.communicate(timeout=5)[0].splitlines()[-1] == "stopped"
    assert run.returncode == 0
    assert not any(alive(pid) for pid in told)


@POSIX
def test_children_of_a_parent_that_was_killed_end_by_themselves(tmp_path: Path) -> None:
    run, told = started(tmp_path, "hang")
    run.kill()
    run.communicate(timeout=5)
    deadline = time.monotonic() + 10  # a second for the item, and five more
    while any(alive(pid) for pid in told) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(alive(pid) for pid in told)


def test_more_items_can_be_given_while_others_are_done(functions: ModuleType, tmp_path: Path) -> None:
    done = tmp_path / "done"
    with isolated(functions.behave, expected=100, workers=2) as children:
        children.give([("note", (done, "first", False))])
        while not done.exists():  # the first is begun before there is another
            time.sleep(0.01)
        children.give([("double", n) for n in range(50)])
        children.give([("exit", 1), ("double", 50)])
        results = list(children.outcomes(lambda *_: None))
    assert results == ["first", *(2 * n for n in range(50)), Died(reason="crash"), 100]


@POSIX
def test_where_nothing_is_given_no_process_is_started(functions: ModuleType) -> None:
    before = children()
    with isolated(functions.behave, expected=100) as waiting:
        assert children() == before
        assert list(waiting.outcomes(lambda *_: None)) == []
    assert children() == before
