"""The child process of isolated: serves one item after another until its parent closes the pipe.

Run by its path, so that a child imports nothing of the package but what the function itself needs.
"""

import faulthandler
import gc
import os
import pickle
import signal
import struct
import sys
from typing import BinaryIO, NamedTuple

OUT_OF_MEMORY = 86  # the exit code that tells the parent; Python itself uses 0, 1, 2 and 120
_LENGTH = struct.Struct("<Q")


class Terms(NamedTuple):
    """What a child is told first, in plain values: the function comes after its modules can be found."""

    search_path: list[str]
    memory_bytes: int
    seconds: float  # after which the child ends itself, should its parent be gone


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Write one message to a pipe."""
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO) -> bytes:
    """Read one message from a pipe.  Raises EOFError if the other end has closed it, or died while writing."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def main() -> None:
    """Answer the parent's items; an exception of the function ends the child, which is its outcome."""
    requests, answers = _own_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets the same Ctrl-C, and stops its children
    try:
        _serve(requests, answers)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    terms = Terms(*pickle.loads(read_frame(requests)))  # noqa: S301 - from the parent
    sys.path[:] = terms.search_path
    _limit(terms.memory_bytes)
    faulthandler.dump_traceback_later(terms.seconds, exit=True)
    function = pickle.loads(read_frame(requests))  # noqa: S301 - from the parent
    _spare_collections()
    write_frame(answers, b"")  # ready: the time of the first item is not that of the imports
    faulthandler.cancel_dump_traceback_later()
    while True:
        try:
            items: list[bytes] = pickle.loads(read_frame(requests))  # noqa: S301 - from the parent
        except EOFError:
            return
        for item in items:
            # A thread of C that waits for nobody: it also ends a child that hangs in a C library.
            faulthandler.dump_traceback_later(terms.seconds, exit=True)
            answer = pickle.dumps(function(pickle.loads(item)), pickle.HIGHEST_PROTOCOL)  # noqa: S301 - from the parent
            faulthandler.cancel_dump_traceback_later()
            write_frame(answers, answer)


def _spare_collections() -> None:
    """What the function holds is never garbage, and an item makes many small things that go when it is done."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output for the parent alone: what a library prints goes to the standard error."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return requests, answers


def _limit(memory_bytes: int) -> None:
    """No more address space than allowed, and no dumps of memory or dialogs at a crash."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetErrorMode(0x0001 | 0x0002)  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX
        return
    import resource

    for limit, value in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, memory_bytes)):
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):
            continue  # macOS refuses RLIMIT_AS; the limit on time stays


if __name__ == "__main__":
    main()
