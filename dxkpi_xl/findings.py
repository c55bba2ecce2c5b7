"""A finding: something a person must look at, with its place; and the catalogue that words it."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.one_line import one_line

# Characters of one fact in a message: some facts together still fit into one cell of Excel (32,767).
_LONGEST_FACT = 2_000

# An entry may say this as well; this word for what a department can do nothing about.
_TO_BUREAU, _OFFICE_ONLY = "to_bureau", "-"


class Severity(StrEnum):
    """How heavy a finding is: 誤り goes back, 確認 is accepted with a reason, 参考 is for information."""

    WRONG = "誤り"
    ASK = "確認"
    NOTE = "参考"


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where something stands: a file's name, a sheet's name and a cell's address (``J14``), each may be blank."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.sheet and self.cell else self.sheet or self.cell
        return f"{self.file} {where}".strip()


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing to look at: a code of the catalogue, its place, and the facts that the catalogue's words quote.

    ``bureau``, ``listing_id`` and ``column`` say whose answer it is about, where that is known.
    """

    code: str
    place: Place = field(default_factory=Place)
    facts: Mapping[str, str] = field(default_factory=dict)
    bureau: str = ""
    listing_id: str = ""
    column: str = ""


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """The words of one code: severity, title, message and remedy; ``{name}`` stands for a fact.

    ``to_bureau`` is the remedy as a department is told it, "" where only the office can do something about it.
    """

    code: str
    severity: Severity
    title: str
    message: str
    remedy: str
    to_bureau: str
    facts: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Worded:
    """A finding in Japanese words, ready to be shown."""

    finding: Finding
    severity: Severity
    title: str
    message: str
    remedy: str
    to_bureau: str = ""


class Catalogue:
    """Every message of the program, said once: code to severity, title, message and remedy."""

    def __init__(self, entries: Iterable[CatalogueEntry]) -> None:
        self._entries = {entry.code: entry for entry in entries}

    def __iter__(self) -> Iterator[CatalogueEntry]:
        return iter(self._entries.values())

    def entry(self, code: str) -> CatalogueEntry:
        """Give the entry of a code; KeyError where the program uses a code that the catalogue does not have."""
        return self._entries[code]

    def severity(self, finding: Finding) -> Severity:
        """Give the weight of a finding."""
        return self.entry(finding.code).severity

    def word(self, finding: Finding) -> Worded:
        """Put a finding into words; KeyError where a fact that the message quotes is missing."""
        entry = self.entry(finding.code)
        facts = {name: _quotable(finding.facts[name]) for name in entry.facts}
        return Worded(
            finding=finding,
            severity=entry.severity,
            title=entry.title,
            message=entry.message.format(**facts),
            remedy=entry.remedy.format(**facts),
            to_bureau=entry.to_bureau.format(**facts),
        )


def _quotable(fact: str) -> str:
    """Give a fact as a message may quote it: it may be a respondent's text, of any length, with anything in it."""
    cut = fact if len(fact) <= _LONGEST_FACT else f"{fact[:_LONGEST_FACT]}…"
    return "\n".join(map(one_line, cut.split("\n")))


def load_catalogue(path: Path) -> Catalogue:
    """Read findings.toml; TemplateBroken names the entry and the reason where it says nonsense."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateBroken(path.name, "全体", f"読み取れません({error})。") from error
    return Catalogue(_entry(path.name, code, entry) for code, entry in document.items())


def _entry(file: str, code: str, entry: object) -> CatalogueEntry:
    wanted = {"severity", "title", "message", "remedy"}
    if not isinstance(entry, dict) or set(entry) - {_TO_BUREAU} != wanted:
        why = f"severity, title, message, remedy の四つを書いてください(ほかに書けるのは {_TO_BUREAU} だけです)。"
        raise TemplateBroken(file, f"[{code}]", why)
    if not all(isinstance(value, str) and value.strip() for value in entry.values()):
        raise TemplateBroken(file, f"[{code}]", "空の項目、又は文字列でない項目があります。")
    if entry["severity"] not in set(Severity):
        raise TemplateBroken(file, f"[{code}] severity", f"「{entry['severity']}」は 誤り・確認・参考 ではありません。")
    words = {name: entry[name] for name in ("title", "message", "remedy")}
    said = str(entry.get(_TO_BUREAU, entry["remedy"]))
    to_bureau = "" if said == _OFFICE_ONLY else said
    facts = frozenset().union(*(_facts(file, code, text) for text in (words["message"], words["remedy"], to_bureau)))
    return CatalogueEntry(code=code, severity=Severity(entry["severity"]), facts=facts, to_bureau=to_bureau, **words)


def _facts(file: str, code: str, words: str) -> frozenset[str]:
    try:
        parts = list(string.Formatter().parse(words))
    except ValueError as error:
        raise TemplateBroken(file, f"[{code}]", f"括弧 {{ }} が正しくありません({error})。") from error
    names = {name for _, name, spec, conversion in parts if name is not None}
    plain = all(not spec and not conversion for _, name, spec, conversion in parts if name is not None)
    if not plain or any(not name.isidentifier() for name in names):
        raise TemplateBroken(file, f"[{code}]", "{名前} の形だけが使えます。")
    return frozenset(names)
