"""The form's rules about characters and words, as data: templates/<form>/text_policy.toml."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.form.columns import folded

POLICY_FILE = "text_policy.toml"
ANY_CHARACTER = "none"


@dataclass(frozen=True, kw_only=True)
class TextPolicy:
    """Which characters may be used, and which words are no answer; words are folded for comparison.

    ``codec`` is the Python codec of the allowed character set, blank where every character may be used.
    """

    name: str
    codec: str
    same_as_jis: frozenset[str]
    replacements: Mapping[str, str]
    ditto: frozenset[str]
    undecided: frozenset[str]
    placeholders: tuple[str, ...]
    deadlines: tuple[str, ...]
    history: tuple[str, ...]
    similarity: float

    def allows(self, character: str) -> bool:
        """Say whether a character may be used."""
        if not self.codec or character in self.same_as_jis or character in "\n\t":
            return True
        try:
            character.encode(self.codec)
        except UnicodeEncodeError:
            return False
        return True

    def not_allowed(self, text: str) -> list[str]:
        """Give the characters of a text that may not be used, each once, in their order."""
        if self._met.issuperset(text):
            return []
        strange = [c for c in dict.fromkeys(text) if not self.allows(c)]
        self._met.update(set(text).difference(strange))
        return strange

    @cached_property
    def _met(self) -> set[str]:
        """The characters that were met and may be used: texts are written with few, and each is asked of once."""
        return set()

    def replacement(self, character: str) -> str:
        """Give what to write instead of a character that may not be used; blank where nothing is known."""
        known = self.replacements.get(character) or unicodedata.normalize("NFKC", character)
        return known if all(map(self.allows, known)) else ""

    def is_ditto(self, text: str) -> bool:
        """Say whether a whole text only says "as above"; a mark may be repeated."""
        flat = folded(text)
        return bool(flat) and (flat in self.ditto or (flat[0] in self.ditto and len(set(flat)) == 1))

    def is_undecided(self, text: str) -> bool:
        """Say whether a whole text only says that there is no answer yet."""
        return folded(text).strip("()。.") in self.undecided


@lru_cache(maxsize=8)
def load_text_policy(folder: Path) -> TextPolicy:
    """Read the policy of a template folder; TemplateBroken where it cannot be used."""
    try:
        document = tomllib.loads((folder / POLICY_FILE).read_text(encoding="utf-8"))
        return _policy(document)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateBroken(POLICY_FILE, "全体", f"読み取れません({error})。") from error
    except (KeyError, TypeError, AttributeError, LookupError) as error:
        raise TemplateBroken(POLICY_FILE, str(error), "この項目がないか、書き方が違います。") from error


def _policy(document: Mapping[str, Any]) -> TextPolicy:
    characters, words, old = document["characters"], document["words"], document["old_years"]
    name = characters["policy"]
    codec = "" if name == ANY_CHARACTER else characters["codecs"][name]
    "".encode(codec or "utf-8")  # an unknown codec is a LookupError here, not at the first answer
    return TextPolicy(
        name=name,
        codec=codec,
        same_as_jis=frozenset(characters["same_as_jis"]),
        replacements=dict(characters["replacements"]),
        ditto=frozenset(map(folded, words["ditto"])),
        undecided=frozenset(map(folded, words["undecided"])),
        placeholders=tuple(words["placeholders"]),
        deadlines=tuple(old["deadlines"]),
        history=tuple(old["history"]),
        similarity=float(document["similar_names"]["threshold"]),
    )
