"""Equal findings as one, with all their cells: nine blank sentences are one thing to ask, not nine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dxkpi_xl.findings import Finding, Place

# The fact that says in which row a finding is: findings that differ in it alone are equal.
_ROW_FACT = "id"


@dataclass(frozen=True, kw_only=True)
class FindingGroup:
    """Findings that say the same of the same column of one file, in the order in which they were given."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The first of them, which words for all."""
        return self.findings[0]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where they are."""
        return tuple(finding.place for finding in self.findings)

    @property
    def listing_ids(self) -> tuple[str, ...]:
        """The 管理番号 of their rows."""
        return tuple(finding.listing_id for finding in self.findings)


def grouped(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Group equal findings, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        facts = tuple(sorted((name, fact) for name, fact in finding.facts.items() if name != _ROW_FACT))
        key = (finding.place.file, finding.bureau, finding.code, finding.column, facts)
        groups.setdefault(key, []).append(finding)
    return tuple(FindingGroup(findings=tuple(each)) for each in groups.values())
