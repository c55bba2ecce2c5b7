"""What a rule is: its codes, what it needs to be sound, what it points at, and the check itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from dxkpi_xl.cycle import fields
from dxkpi_xl.findings import Finding

# For ``needs``: the target column of the survey's own year.
THIS_YEARS_TARGET = f"{fields.TARGETS}.this"

Subject = TypeVar("Subject")
Check = Callable[[Subject], Iterator[Finding]]


class Scope(StrEnum):
    """What a rule looks at."""

    CELL = "一つの欄"
    LAST_YEAR = "昨年度との比較"
    ROW = "一つの行"
    ISSUED = "発行した調査票との比較"
    ACROSS = "行どうし"


@dataclass(frozen=True, kw_only=True)
class Rule(Generic[Subject]):
    """One rule.

    ``needs`` are the columns that must be readable and free of spoiling findings for it to speak; ``points_at`` those
    at which it finds, blank for many. A rule that ``spoils`` silences later rules that need the column of its finding.
    """

    codes: tuple[str, ...]
    scope: Scope
    check: Check[Subject]
    needs: tuple[str, ...] = ()
    points_at: tuple[str, ...] = ()
    spoils: bool = False


def rule(
    *codes: str,
    scope: Scope,
    needs: tuple[str, ...] = (),
    points_at: tuple[str, ...] = (),
    spoils: bool = False,
) -> Callable[[Check[Subject]], Rule[Subject]]:
    """Make a rule of a function that yields findings."""

    def made(check: Check[Subject]) -> Rule[Subject]:
        return Rule(codes=codes, scope=scope, check=check, needs=needs, points_at=points_at, spoils=spoils)

    return made
