"""A long step tells how many of how many, how many a second, and how long it will still take."""

from io import StringIO

from rich.console import Console
from rich.progress import Progress

from dxkpi_xl.progress import columns


def test_a_line_shows_count_speed_and_time_left() -> None:
    now = [0.0]
    bar = Progress(*columns(), get_time=lambda: now[0], console=Console(file=StringIO(), width=200))
    task = bar.add_task("回答を読み取り", total=1000)
    for done in (100, 200, 300):
        now[0] += 2.0
        bar.update(task, completed=done)
    shown = [column(bar.tasks[0]) for column in columns()]
    texts = [str(text) for text in shown if not hasattr(text, "pulse")]
    assert texts == ["回答を読み取り", " 300/1000", "50件/秒", "残り", "0:00:14"]


def test_a_step_done_at_one_go_has_no_speed() -> None:
    now = [0.0]
    bar = Progress(*columns(), get_time=lambda: now[0], console=Console(file=StringIO(), width=200))
    task = bar.add_task("資料を作成", total=1)
    now[0] = 3.0
    bar.update(task, completed=1)
    assert str(columns()[3](bar.tasks[0])) == ""
