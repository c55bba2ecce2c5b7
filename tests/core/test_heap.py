"""What is free goes back to the system, where the C library can be told so."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Pieces larger than the size from which one is the system's own: freeing one raises that size, so that the later ones
# stay, as the last one holds the end of the heap.
_PROGRAM = """
import sys
if sys.argv[1] == "told":
    from dxkpi_xl.heap import give_back_what_is_free
    give_back_what_is_free()
del_first = bytearray(16 * 2**20)
del del_first
pieces = [bytearray(b"x" * 2**19) for _ in range(60)]
last = bytearray(1000)
pieces = pieces[-1:]
print(next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")))
"""


def _resident(mode: str) -> int:
    """KiB that a process holds after it gave up nearly all of 30 MiB."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM, mode], capture_output=True, check=True, text=True)
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="memory of a process as Linux tells it")
def test_large_pieces_go_back_once_they_are_free() -> None:
    assert _resident("told") < _resident("as it is") - 15 * 1024
