"""The one way in which reading a file fails."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class UnreadableCode(StrEnum):
    """Why a file gave no cells; the layer above words it for the person who sent the file."""

    EMPTY = "empty"  # no bytes at all
    DAMAGED = "damaged"  # half-copied, or broken inside
    PASSWORD = "password"  # noqa: S105 - needs one to be opened
    WRONG_KIND = "wrong_kind"  # another kind of file; fact `kind` tells which
    TOO_LARGE = "too_large"  # over one of the limits; facts `limit`, `allowed`
    UNSAFE = "unsafe"  # holds what no spreadsheet program writes; fact `reason`
    NO_SHEET = "no_sheet"  # a workbook without a worksheet


class Unreadable(Exception):
    """A file that cannot be read as a workbook: a `code` and the `facts` (str -> str | int) that explain it."""

    def __init__(self, code: UnreadableCode, **facts: str | int) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts: Mapping[str, str | int] = MappingProxyType(facts)

    def __reduce__(self) -> tuple[object, ...]:
        return _unreadable, (self.code, dict(self.facts))

    def __str__(self) -> str:
        return " ".join([self.code.value, *(f"{name}={fact}" for name, fact in self.facts.items())])


def _unreadable(code: UnreadableCode, facts: dict[str, str | int]) -> Unreadable:
    return Unreadable(code, **facts)
