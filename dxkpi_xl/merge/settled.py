"""Findings with what the office decided about them: accepted with a reason, or sent back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.merge.decision import ACCEPT, FindingDecision

# What a finding becomes once it is decided: 参考 when it was accepted, 誤り when it goes back.
ACCEPTED, SENT_BACK = "C021", "C022"


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A finding as it was found, and the decision on it, if any."""

    found: Finding
    message: str
    title: str
    decision: FindingDecision | None = None

    @property
    def finding(self) -> Finding:
        """The finding as it counts now."""
        made = self.decision
        if made is None:
            return self.found
        facts = {"title": self.title, "message": self.message, "who": made.decided_by, "reason": made.reason}
        return replace(self.found, code=ACCEPTED if made.choice == ACCEPT else SENT_BACK, facts=facts)


def finding_key(finding: Finding, message: str) -> tuple[str, ...]:
    """Give what a finding is known by: the key of its decision."""
    return (finding.code, finding.bureau, finding.listing_id, finding.column, message)


def settled(
    findings: Iterable[Finding], decisions: Mapping[tuple[str, ...], FindingDecision], catalogue: Catalogue
) -> tuple[Settled, ...]:
    """Give each finding with the decision on it."""
    found = []
    for finding in findings:
        worded = catalogue.word(finding)
        decision = decisions.get(finding_key(finding, worded.message))
        found.append(Settled(found=finding, message=worded.message, title=worded.title, decision=decision))
    return tuple(found)


def heaviest_first(each: Iterable[Settled], catalogue: Catalogue) -> tuple[Settled, ...]:
    """Sort findings by their weight now, keeping the given order within one weight."""
    weights = list(Severity)
    return tuple(sorted(each, key=lambda one: weights.index(catalogue.severity(one.finding))))
