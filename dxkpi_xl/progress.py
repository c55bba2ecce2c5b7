"""The progress of long steps on a terminal: how many of how many, how many a second, time left; silent elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

_STEPS_WITHOUT_SPEED = 1  # a step that is done at one go has no speed


class Progress:
    """The progress of long steps on a terminal; silent elsewhere."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __enter__(self) -> Callable[[str, int, int], None]:
        if not sys.stderr.isatty():
            return _silent
        from rich.console import Console
        from rich.progress import Progress

        self._bar = Progress(*columns(), console=Console(stderr=True), transient=True)
        self._bar.start()
        return self._tell

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def _tell(self, step: str, done: int, total: int) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._bar.add_task(step, total=total)
        self._bar.update(self._tasks[step], completed=done, total=total)


def columns() -> tuple[ProgressColumn, ...]:
    """Give what a line of progress shows: the step, a bar, 120/1000, 45件/秒, the time left."""
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Speed(ProgressColumn):
        """How many are done in a second."""

        def render(self, task: Task) -> Text:
            if task.speed is None or (task.total or 0) <= _STEPS_WITHOUT_SPEED:
                return Text("")
            return Text(f"{task.speed:,.0f}件/秒")

    return (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Speed(),
        TextColumn("残り"),
        TimeRemainingColumn(),
    )


def _silent(step: str, done: int, total: int) -> None:
    """Say nothing where nobody watches."""
