"""What the merged answers say of a row's fate: 区分 and the columns that explain it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.merge.outcomes import FieldKey

SPLIT_WORD = "分割"
# The columns that tell of a row's fate.
FATE_COLUMNS = (fields.CHANGE_KIND, fields.MERGE_INTO, fields.END_REASON, fields.NOTE)

_WORD = re.compile(r"[A-Za-z0-9_-]+")
_PRINTED_NUMBER = re.compile(r"(?:事業番号|No\.?)\s*([0-9]{1,4})", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Fate:
    """One row's 区分, where it was merged into (as written), why it ended, and the remark."""

    listing_id: str
    change_kind: str = ""
    merge_into: str = ""
    end_reason: str = ""
    note: str = ""

    @property
    def said(self) -> str:
        """Reason and remark, a line each."""
        return "\n".join(text for text in (self.end_reason, self.note) if text)


def fates(merged: Iterable[tuple[FieldKey, str]]) -> Mapping[str, Fate]:
    """Give the fates by listing id from merged values and the keys of their fields, of issued rows and of new ones."""
    values: dict[str, dict[str, str]] = {}
    for (listing_id, column), value in merged:
        if column in FATE_COLUMNS:
            values.setdefault(listing_id, {})[column] = value
    return {
        listing_id: Fate(
            listing_id=listing_id,
            change_kind=said.get(fields.CHANGE_KIND, ""),
            merge_into=said.get(fields.MERGE_INTO, ""),
            end_reason=said.get(fields.END_REASON, ""),
            note=said.get(fields.NOTE, ""),
        )
        for listing_id, said in values.items()
    }


def projects_named(text: str, register: Register) -> tuple[str, ...]:
    """Give the ids of the projects that a remark names: by 管理番号, project id or 事業番号 (``No12``), in id order.

    ``register`` is the one from which the survey was issued: its printed numbers are those that a department sees.
    """
    flat = unicodedata.normalize("NFKC", text)
    return tuple(sorted(set(_named(flat, register))))


def _named(text: str, register: Register) -> Iterator[str]:
    by_number = {printed: id_ for id_, printed in register.numbering.projects.items()}
    for word in _WORD.findall(text):
        if word.upper() in register.project_by_id:
            yield word.upper()
        elif word.upper() in register.listing_by_id:
            yield register.listing_by_id[word.upper()].project_id
    for printed in _PRINTED_NUMBER.findall(text):
        if int(printed) in by_number:
            yield by_number[int(printed)]
