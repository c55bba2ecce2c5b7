"""One child process that does items, within bounds of time and memory; it is replaced when one of them ends it."""

import io
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Generic, Literal, TypeVar, cast

from dxkpi_xl.cells.isolated_child import OUT_OF_MEMORY, Terms, read_frame, write_frame

Item = TypeVar("Item")
Result = TypeVar("Result")

_CHILD = Path(__file__).with_name("isolated_child.py")
_OWN_END = 5.0  # seconds after its time a child ends itself: it may have lost its parent
_MOST_DETAIL = 500  # characters


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What one item may cost: seconds, and bytes of address space of its process (not on Windows and macOS)."""

    seconds: float = 20.0
    memory_bytes: int = 1536 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Died:
    """The outcome of an item whose process ended; ``detail`` is the last line it wrote, for those who look for why."""

    reason: Literal["time", "memory", "crash"]
    detail: str = ""


class Child(Generic[Item, Result]):
    """One process at a time, started when first needed and again after each death; used by one thread at a time."""

    def __init__(self, function: Callable[[Item], Result], bounds: Bounds) -> None:
        self._bounds = bounds
        self._function = pickle.dumps(function)
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: BinaryIO = io.BytesIO()
        self._since: float | None = None  # when the item began that is being done
        self._closed = False
        self._starting = threading.Lock()

    def run(self, item: Item) -> Result | Died:
        """Do one item."""
        (answer,) = self.answers([pickle.dumps(item, pickle.HIGHEST_PROTOCOL)])
        return answer if isinstance(answer, Died) else cast(Result, pickle.loads(answer))  # noqa: S301 - from our child

    def answers(self, requests: Sequence[bytes]) -> Iterator[bytes | Died]:
        """Do items that were pickled, in one sending; each outcome comes when it is there, pickled.

        The outcome of an item that ends the process is the last: those after it were not begun.
        """
        if self._process is None:
            self._start()
        self._since = time.monotonic()
        try:
            self._send(pickle.dumps(requests, pickle.HIGHEST_PROTOCOL))
            for _ in requests:
                answer = self._receive()
                self._since = time.monotonic()
                yield answer
        except (OSError, EOFError):
            yield self._died(time.monotonic() - self._since)
        finally:
            self._since = None

    def kill_if_overdue(self) -> None:
        since, process = self._since, self._process
        if since is not None and process is not None and time.monotonic() - since >= self._bounds.seconds:
            process.kill()

    def close(self) -> None:
        """End the process at once, whatever it does, and start no other."""
        with self._starting:
            self._closed = True
            if self._process is not None:
                self._process.kill()

    def free(self) -> None:
        """Wait for the process to end, and give back all that was held for it."""
        self._bury()
        self._errors.close()

    def _bury(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        try:
            code = process.wait(_OWN_END)
        except subprocess.TimeoutExpired:  # it closed its pipe, and lives
            process.kill()
            code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close_quietly(pipe)
        return code

    def _send(self, request: bytes) -> None:
        if self._process is None or self._process.stdin is None:
            raise EOFError  # closed meanwhile
        write_frame(cast(BinaryIO, self._process.stdin), request)

    def _receive(self) -> bytes:
        if self._process is None or self._process.stdout is None:
            raise EOFError  # closed meanwhile
        return read_frame(cast(BinaryIO, self._process.stdout))

    def _start(self) -> None:
        with self._starting:
            if self._closed:
                return
            self._errors.close()
            self._errors = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - lives as long as the process
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                [sys.executable, "-P", str(_CHILD)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
        terms = Terms(sys.path, self._bounds.memory_bytes, self._bounds.seconds + _OWN_END)
        try:
            write_frame(cast(BinaryIO, self._process.stdin), pickle.dumps(tuple(terms)))
            self._send(self._function)
            self._receive()
        except (OSError, EOFError):
            if not self._closed:
                code = self._bury()
                raise RuntimeError(f"a child process could not start ({code}): {self._last_line()}") from None

    def _died(self, seconds: float) -> Died:
        killed_for_time = seconds >= self._bounds.seconds
        code = self._bury()
        if killed_for_time:
            return Died(reason="time")
        killed_by_system = sys.platform != "win32" and code == -signal.SIGKILL  # it was short of memory
        return Died(reason="memory" if code == OUT_OF_MEMORY or killed_by_system else "crash", detail=self._last_line())

    def _last_line(self) -> str:
        self._errors.seek(max(0, self._errors.seek(0, os.SEEK_END) - 4 * _MOST_DETAIL))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line.strip()[:_MOST_DETAIL] for line in reversed(lines) if line.strip()), "")


def _close_quietly(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was not yet written has no reader any more
        return
