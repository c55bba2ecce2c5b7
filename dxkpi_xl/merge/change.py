"""What changed between two registers, as values: things that came, went or moved; fields; printed numbers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Thing(StrEnum):
    """What a change is about."""

    PROJECT = "事業"
    LISTING = "掲載行"
    KPI = "KPI"
    HEADING = "計画の見出し"
    ORGANISATION = "組織"
    CYCLE = "設定"


class ChangeKind(StrEnum):
    """What happened to a thing."""

    NEW = "新規"
    SPLIT = "分割"
    MERGED = "統合"
    ENDED = "廃止"
    MOVED = "移動"
    TRANSFERRED = "移管"
    RENAMED = "改称"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that came, went, moved, changed hands or its name; ``id`` is its id for life.

    ``listing_id`` is the row where it is shown (or was, if that is gone), blank for headings and the organisation.
    ``before`` and ``after`` are the names, owners or headings of the two sides, blank where there is none. ``into`` is
    what an ended thing was merged into, ``sources`` what a thing was made from; ``said`` is what was given as reason
    or remark.
    """

    kind: ChangeKind
    thing: Thing
    id: str
    listing_id: str = ""
    name: str = ""
    before: str = ""
    after: str = ""
    into: str = ""
    sources: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field, old against new, once: a project's at its first row, a KPI's at the row that defines it.

    ``columns`` are the keys of the form's columns (or of the ledger's) that show it.
    """

    thing: Thing
    id: str
    columns: tuple[str, ...]
    before: str
    after: str
    listing_id: str = ""


@dataclass(frozen=True, kw_only=True)
class NumberChange:
    """A printed number that is another one now; ``thing`` says whether it is a 事業番号 or a KPI番号."""

    thing: Thing
    id: str
    listing_id: str
    name: str
    before: int
    after: int


@dataclass(frozen=True, kw_only=True)
class Differences:
    """All that differs between two registers, in printed order; what is gone stands where it stood."""

    changes: tuple[Change, ...]
    fields: tuple[FieldChange, ...]
    numbers: tuple[NumberChange, ...]
    row_order: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changes or self.fields or self.numbers)
