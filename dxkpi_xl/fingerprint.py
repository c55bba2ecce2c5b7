"""What tells one content from another: of bytes, of files, and of the program itself, for what is kept between runs."""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from dxkpi_xl import __version__

# The libraries that open a respondent's file: another version may read it otherwise.
_READERS = ("xlrd", "olefile", "msoffcrypto-tool", "cryptography")

# Those that write what is sent, filed and published: another version may write other bytes.
_WRITERS = ("XlsxWriter", "jinja2", "MarkupSafe")


def fingerprint(parts: Iterable[bytes]) -> str:
    """Give the SHA-256 of parts, each with its length before it, in hexadecimal digits."""
    found = hashlib.sha256()
    for part in parts:
        found.update(b"%d " % len(part))
        found.update(part)
    return found.hexdigest()


def contents(folder: Path, *patterns: str) -> Iterator[bytes]:
    """Give the names and bytes of a folder's files at any depth that fit a pattern, in their order."""
    for path in sorted({path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()}):
        yield path.relative_to(folder).as_posix().encode()
        yield path.read_bytes()


@cache
def program_fingerprint() -> str:
    """Tell this program from any other version of it: nobody has to remember to raise a number."""
    versions = (__version__, sys.version, unicodedata.unidata_version, *map(_version, _READERS))
    return fingerprint((*map(str.encode, versions), *contents(Path(__file__).parent, "*.py", "*.toml")))


@cache
def maker_fingerprint() -> str:
    """Tell this program, with all that it writes with, from any other version of it."""
    return fingerprint(map(str.encode, (program_fingerprint(), zlib.ZLIB_RUNTIME_VERSION, *map(_version, _WRITERS))))


def _version(library: str) -> str:
    try:
        return importlib.metadata.version(library)
    except importlib.metadata.PackageNotFoundError:
        return ""
