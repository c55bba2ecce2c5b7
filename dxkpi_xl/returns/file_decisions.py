"""What the office decided of files (受付の判断), matched to the files that lie in the inbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from dxkpi_xl.cycle.office import IGNORE, USE, FileDecision
from dxkpi_xl.findings import Finding
from dxkpi_xl.returns.model import Receipt, Verdict

# As many digits of a SHA-256 as tell the files of an inbox apart.
_LEAST_DIGITS = 8

# How the catalogue words a receipt that a decision changed: it is ignored; another is used instead of it.
IGNORED, REPLACED = "F014", "F015"
_NO_SUCH_FILE, _NOT_USABLE, _USED, _CONTRADICTED = "I021", "I022", "I023", "I024"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Decisions by the receipts' file names, and the findings on those that cannot be applied.

    A decision is about a content: it counts for every file with the same bytes.
    """

    by_file: Mapping[str, FileDecision] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def is_ignored(self, receipt: Receipt) -> bool:
        """Whether the office will not have a file used."""
        return self._says(receipt, IGNORE)

    def is_used(self, receipt: Receipt) -> bool:
        """Whether the office will have a file used."""
        return self._says(receipt, USE)

    def ignored(self, receipt: Receipt) -> Receipt:
        """Give the receipt of a file that is ignored, in the words of the decision."""
        verdict = Verdict.SUPERSEDED if receipt.verdict is Verdict.ACCEPTED else receipt.verdict
        return replace(receipt, verdict=verdict, worded_as=IGNORED, facts=_facts(self.by_file[receipt.file]))

    def replaced(self, receipt: Receipt, by: Receipt, differences: str) -> Receipt:
        """Give the receipt of a file instead of which another is used."""
        facts = {**_facts(self.by_file[by.file]), "by": by.file, "differences": differences}
        return replace(receipt, verdict=Verdict.SUPERSEDED, worded_as=REPLACED, facts=facts)

    def _says(self, receipt: Receipt, choice: str) -> bool:
        decision = self.by_file.get(receipt.file)
        return decision is not None and decision.choice == choice


def decided_files(receipts: Sequence[Receipt], decisions: Sequence[FileDecision]) -> Decided:
    """Match decisions to files: by the name that 受付簿 shows, by the SHA-256, or by both where both are given."""
    by_file: dict[str, FileDecision] = {}
    findings: list[Finding] = []
    for decision in decisions:
        named = [receipt for receipt in receipts if _names(decision, receipt)]
        contents = {receipt.sha256 for receipt in named if receipt.sha256}
        meant = [receipt for receipt in receipts if receipt in named or receipt.sha256 in contents]
        if not meant:
            findings.append(_finding(_NO_SUCH_FILE, decision))
        elif any(by_file.get(receipt.file, decision).choice != decision.choice for receipt in meant):
            findings.append(_finding(_CONTRADICTED, decision))
        else:
            by_file |= {receipt.file: decision for receipt in meant}
            findings.extend(_on_use(decision, meant))
    return Decided(by_file=by_file, findings=tuple(findings))


def _names(decision: FileDecision, receipt: Receipt) -> bool:
    by_name = not decision.file or decision.file == receipt.file.strip()
    by_hash = not decision.sha256 or (
        len(decision.sha256) >= _LEAST_DIGITS and receipt.sha256.startswith(decision.sha256)
    )
    return by_name and by_hash


def _on_use(decision: FileDecision, meant: Sequence[Receipt]) -> list[Finding]:
    if decision.choice != USE:
        return []
    usable = any(receipt.verdict is Verdict.ACCEPTED for receipt in meant)
    return [_finding(_USED if usable else _NOT_USABLE, decision)]


def _finding(code: str, decision: FileDecision) -> Finding:
    return Finding(code=code, place=decision.place, facts={"file": decision.named, **_facts(decision)})


def _facts(decision: FileDecision) -> dict[str, str]:
    return {"reason": decision.reason, "decided_by": decision.decided_by}
