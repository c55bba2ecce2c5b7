"""A long text that is held until it is wanted: most of it compressed, because a sheet's XML repeats itself."""

import io
import zlib
from collections.abc import Iterator

_PLAIN = 2**20  # characters that are held as they are
_FASTEST = 1


class HeldText:
    """Takes a text in pieces, gives it back in others."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._plain = io.StringIO()

    def write(self, text: str) -> None:
        """Take a piece."""
        self._plain.write(text)
        if self._plain.tell() > _PLAIN:
            self._packed.append(zlib.compress(self._plain.getvalue().encode("utf-8"), _FASTEST))
            self._plain = io.StringIO()

    def pieces(self) -> Iterator[str]:
        """Give what was written, in order."""
        for packed in self._packed:
            yield zlib.decompress(packed).decode("utf-8")
        yield self._plain.getvalue()
