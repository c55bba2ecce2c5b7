"""Memory that is free goes back to the system: with the GNU C library a process else keeps more than it uses."""

from __future__ import annotations

import sys

# Of <malloc.h>. The library raises the size from which a piece is the system's own, and goes back when it is free, to
# that of the largest piece so far; and it has a heap for each thread. Neither gave time: what is used stays the same.
_MMAP_THRESHOLD, _ARENA_MAX = -3, -8
_LARGE = 128 * 1024  # bytes: as it begins


def give_back_what_is_free() -> None:
    """Let large pieces of memory go back to the system once they are free; nothing where the C library is another."""
    if sys.platform != "linux":
        return
    import ctypes

    try:
        set_option = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    set_option(_MMAP_THRESHOLD, _LARGE)
    set_option(_ARENA_MAX, 1)
