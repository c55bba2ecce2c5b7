"""Many files that are made and not yet written to their places: kept in one temporary file instead of in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import BinaryIO, cast


class OnDisk(MutableMapping[str, bytes]):
    """Bytes by name, in the order in which they were first put; see ``kept_on_disk``."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._places: dict[str, tuple[int, int]] = {}

    def __setitem__(self, name: str, data: bytes) -> None:
        """Keep bytes under a name."""
        self._places[name] = (self._stream.seek(0, os.SEEK_END), len(data))
        self._stream.write(data)

    def __getitem__(self, name: str) -> bytes:
        """Give the bytes of a name."""
        begin, length = self._places[name]
        self._stream.seek(begin)
        return self._stream.read(length)

    def __delitem__(self, name: str) -> None:
        """Forget a name."""
        del self._places[name]

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._places)

    def __len__(self) -> int:
        """Give the number of names."""
        return len(self._places)


@contextmanager
def kept_on_disk() -> Iterator[OnDisk]:
    """Give a mapping whose bytes lie in a temporary file of the system's, which is gone at the end."""
    with tempfile.TemporaryFile() as stream:
        yield OnDisk(cast(BinaryIO, stream))
