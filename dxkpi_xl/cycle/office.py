"""What only the office knows: passwords of files it receives, and its decisions on files; never part of a register."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from dxkpi_xl.findings import Place

# What the office decides of a file.
USE, IGNORE = "use", "ignore"
FILE_CHOICES = (USE, IGNORE)


@dataclass(frozen=True, kw_only=True)
class FileDecision:
    """受付の判断: a file of the inbox is to be used, or ignored; why, by whom and when it was decided.

    ``file`` is its name as 受付簿 shows it, ``sha256`` its hash or the first eight digits of it or more; one of them
    may be blank. ``place`` is the cell of the ledger that names the file.
    """

    file: str = ""
    sha256: str = ""
    choice: str
    reason: str
    decided_by: str
    decided_on: datetime.date | None = None
    place: Place = field(default_factory=Place, compare=False)

    def __post_init__(self) -> None:
        if self.choice not in FILE_CHOICES or not (self.file or self.sha256):
            raise ValueError(f"not a decision on a file: {self.file or self.sha256} {self.choice}")

    @property
    def named(self) -> str:
        """The file as the decision names it."""
        return self.file or self.sha256


@dataclass(frozen=True, kw_only=True)
class OfficeSettings:
    """The office's own part of the ledger; a password shows in no text made of it."""

    passwords: tuple[str, ...] = field(default=(), repr=False)
    file_decisions: tuple[FileDecision, ...] = ()

    def with_passwords(self, more: tuple[str, ...]) -> OfficeSettings:
        """Add passwords, each once."""
        return replace(self, passwords=tuple(dict.fromkeys((*self.passwords, *more))))
