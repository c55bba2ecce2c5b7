"""The name of a file in a zip, as a person is shown it; it is never used as a path."""

import unicodedata

from dxkpi_xl.cells.zip_directory import Entry
from dxkpi_xl.one_line import one_line

_LONGEST = 255  # characters; a file system allows no more
_KEPT_END = 40
_LITTER_NAMES = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini"})
_LITTER_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information"})


def shown_name(entry: Entry) -> str:
    """The name in NFC with slashes; what would steer a terminal or turn the line around is U+FFFD.

    Decoded as UTF-8 where the zip says so or it fits, else as CP932: Windows in Japan does not say.
    """
    name = one_line(unicodedata.normalize("NFC", _decoded(entry)).replace("\\", "/"))
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST - _KEPT_END]}…{name[1 - _KEPT_END :]}"
    return name


def is_litter(name: str) -> bool:
    """Did a system, not a person, put it there: `__MACOSX/._x`, `.DS_Store`, `Thumbs.db`?"""
    *folders, last = name.lower().split("/")
    return last in _LITTER_NAMES or last.startswith("._") or not _LITTER_FOLDERS.isdisjoint(folders)


def _decoded(entry: Entry) -> str:
    for encoding in ("utf-8",) if entry.is_utf_8 else ("utf-8", "cp932"):
        try:
            return entry.name_bytes.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.name
