"""How much changed: counts by 分野 and by 部局, for the sheet and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dxkpi_xl.merge.change import ChangeKind, Differences
from dxkpi_xl.reports.changes.thing_sheet import listed_changes
from dxkpi_xl.reports.changes.words import FRAME, Sides

FIELDS, ROWS, NUMBERS = "変更した欄", "変更した行", "番号の異動"
KINDS = (*(kind.value for kind in ChangeKind), ROWS, FIELDS, NUMBERS)
TOTAL = "計"


@dataclass(frozen=True, kw_only=True)
class Summary:
    """Counts by kind (see ``KINDS``): in all, by area and by bureau, each in printed order."""

    total: Mapping[str, int]
    by_area: Mapping[str, Mapping[str, int]]
    by_bureau: Mapping[str, Mapping[str, int]]


def summarise(sides: Sides, differences: Differences) -> Summary:
    """Count the changes; a row counts for the bureau in the lead, so that the sums are those of the sheets."""
    counted = [(kind, sides.row(listing_id)) for kind, listing_id in _counted(differences)]
    areas = [area.label for register in (sides.after, sides.before) for area in register.plan]
    bureaus = [bureau.name for register in (sides.after, sides.before) for bureau in register.bureaus]
    return Summary(
        total=_by_kind(Counter(kind for kind, _ in counted)),
        by_area=_grouped(areas, [(words.area, kind) for kind, words in counted]),
        by_bureau=_grouped(bureaus, [(words.bureau, kind) for kind, words in counted]),
    )


def _counted(differences: Differences) -> Iterable[tuple[str, str]]:
    """Give (kind, listing id) once for each that is counted."""
    yield from ((change.kind.value, change.listing_id) for change in listed_changes(differences))
    yield from (
        (ROWS, listing_id) for listing_id in dict.fromkeys(c.listing_id for c in differences.fields) if listing_id
    )
    yield from ((FIELDS, change.listing_id) for change in differences.fields)
    yield from ((NUMBERS, change.listing_id) for change in differences.numbers)


def _by_kind(counts: Counter[str]) -> Mapping[str, int]:
    return {kind: counts[kind] for kind in KINDS}


def _grouped(names: Iterable[str], counted: list[tuple[str, str]]) -> Mapping[str, Mapping[str, int]]:
    kinds: dict[str, Counter[str]] = {}
    for name, kind in counted:
        kinds.setdefault(name, Counter())[kind] += 1
    known = dict.fromkeys([*names, FRAME])
    shown = [name for name in known if name != FRAME or name in kinds]
    return {name: _by_kind(kinds.get(name, Counter())) for name in shown}
