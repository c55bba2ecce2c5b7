"""What a department answered, to be written into its workbook again, and what it is asked about that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dxkpi_xl.findings import Severity

# The sheet that lists what a department is asked to look at again; a note in its words stands on each cell.
REMARKS_SHEET = "確認事項"


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A cell of the answer sheet by what it holds: a row's column, a heading (no row), or a field of the head.

    Without a column it is the sheet as a whole.
    """

    listing_id: str = ""
    column: str = ""
    in_head: bool = False


@dataclass(frozen=True, kw_only=True)
class RemarkLine:
    """One cell that a remark is about: the row's 管理番号 and project, the item, what stands there now, the cell."""

    listing_id: str
    project: str
    item: str
    value: str
    spot: Spot


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A finding (or equal ones) in the department's words: weight, title, reason, how to mend it, its cells."""

    severity: Severity
    title: str
    reason: str
    remedy: str
    lines: tuple[RemarkLine, ...]


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """What was written and has no place in this workbook: where it stood, the item, why, and the text."""

    place: str
    item: str
    why: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Answers by (管理番号, column key) and by head key, in place of what was issued; and the remarks on them.

    A spare row is filled by its own 管理番号 (``新01``). ``sources`` are the returned files that the answers come
    from, in words; ``numbers`` the numbers of these returns (``cycle.survey.send_back_number``).
    """

    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    sources: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
