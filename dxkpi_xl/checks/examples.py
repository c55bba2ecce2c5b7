"""The examples of the rules, as data beside the example cycle: for each code, answers that break it and that do not."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EXAMPLES_FILE = "rule_examples.toml"


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What an example answers: cells by (管理番号, column key), new rows as (部局, answers), and facts of the file.

    ``new_row`` is what a new row answers where it says nothing else; ``written`` how a cell was written where that is
    not its value; ``head`` are fields of the head by key.
    """

    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)
    new: tuple[tuple[str, Mapping[str, str]], ...] = ()
    new_row: Mapping[str, str] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[tuple[str, str], str] = field(default_factory=dict)
    struck: frozenset[tuple[str, str]] = frozenset()
    protected: bool = True


@dataclass(frozen=True, kw_only=True)
class RuleExample:
    """One code's example: answers that break the rule, at which cell, and answers that just do not."""

    code: str
    about: str
    at: tuple[str, str]
    breaks: Answers
    holds: Answers


def load_examples(folder: Path) -> tuple[RuleExample, ...]:
    """Read the examples beside an example cycle, one for each code, in the order of the file."""
    document = tomllib.loads((folder / EXAMPLES_FILE).read_text(encoding="utf-8"))
    new_row: Mapping[str, str] = document["new_row"]
    return tuple(
        RuleExample(
            code=entry["code"],
            about=entry["about"],
            at=_address(entry.get("at", "")),
            breaks=_answers(entry["breaks"], new_row),
            holds=_answers(entry["holds"], new_row),
        )
        for entry in document["examples"]
    )


def _address(written: str) -> tuple[str, str]:
    listing_id, _, key = written.partition(" ")
    return listing_id, key


def _answers(entry: Mapping[str, Any], new_row: Mapping[str, str]) -> Answers:
    new = ({"bureau_of": new_row["bureau_of"], **row} for row in entry.get("new", ()))
    return Answers(
        cells={_address(where): value for where, value in entry.get("cells", {}).items()},
        new=tuple((row.pop("bureau_of"), row) for row in new),
        new_row=new_row,
        head=entry.get("head", {}),
        written={_address(where): value for where, value in entry.get("written", {}).items()},
        struck=frozenset(map(_address, entry.get("struck", ()))),
        protected=entry.get("protected", True),
    )
