"""What `publish` would change against the last published register, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.merge.change import Change, Differences, FieldChange
from dxkpi_xl.merge.differences import compare
from dxkpi_xl.merge.fates import Fate
from dxkpi_xl.merge.text_difference import text_difference
from dxkpi_xl.reports.changes.marks import BLANK, difference_words
from dxkpi_xl.reports.changes.number_sheet import number_label
from dxkpi_xl.reports.changes.summary import summarise
from dxkpi_xl.reports.changes.thing_sheet import WHOLE, listed_changes, thing_label
from dxkpi_xl.reports.changes.words import FRAME, Sides

Fates = Mapping[str, Fate]


def dry_run_lines(before: Register | None, after: Register, form: Form, fates: Fates | None = None) -> tuple[str, ...]:
    """Give what would change, in Japanese, a line each; ``before`` is the last published register, None for none."""
    if before is None:
        return (
            f"まだ公表したデータがありません。{len(after.listings)}行(事業{len(after.projects)}件、"
            f"KPI{len(after.kpis)}件)を新たに作ります。",
            _NOTHING_WRITTEN,
        )
    differences = compare(before, after, fates)
    if not differences:
        return ("前回の公表から変わるところはありません。", _NOTHING_WRITTEN)
    sides = Sides(form=form, before=before, after=after)
    total = summarise(sides, differences).total
    counts = "、".join(f"{kind}{count}件" for kind, count in total.items() if count)
    rows = f"掲載行 {len(before.listings)}行→{len(after.listings)}行"
    return (f"前回の公表から変わるところ: {counts}({rows})", *_row_lines(sides, differences), _NOTHING_WRITTEN)


def dry_run_data(before: Register | None, after: Register, form: Form, fates: Fates | None = None) -> dict[str, Any]:
    """Give the same for programs: counts, changes, fields and numbers, by ids and column keys."""
    if before is None:
        return {"published": False, "rows": len(after.listings)}
    differences = compare(before, after, fates)
    sides = Sides(form=form, before=before, after=after)
    return {
        "published": True,
        "rows_before": len(before.listings),
        "rows": len(after.listings),
        "counts": dict(summarise(sides, differences).total),
        "changes": [asdict(change) for change in differences.changes],
        "fields": [{**asdict(c), "label": sides.column_label(c.columns)} for c in differences.fields],
        "numbers": [asdict(change) for change in differences.numbers],
    }


# Of a longer text only what differs is said, unless all of it does.
_LONGEST_WHOLE = 40
_NOTHING_WRITTEN = "まだ何も書き込んでいません。公表するときは「dxkpi publish」を実行してください。"


def _row_lines(sides: Sides, differences: Differences) -> Iterator[str]:
    """Give a heading for each row, in printed order, and below it what changes there."""
    lines: dict[str, list[str]] = {}
    for change in listed_changes(differences):
        if change.listing_id and change.kind not in WHOLE:
            continue  # said by its field
        lines.setdefault(change.listing_id, []).append(_change_line(sides, change))
    for field in differences.fields:
        lines.setdefault(field.listing_id, []).append(_field_line(sides, field))
    for number in differences.numbers:
        label = number_label(sides, number)
        lines.setdefault(number.listing_id, []).append(f"{label}({number.id}): {number.before}→{number.after}")
    for listing_id in ("", *differences.row_order):
        if listing_id in lines:
            yield _heading(sides, listing_id)
            yield from (f"  {line}" for line in lines[listing_id])


def _heading(sides: Sides, listing_id: str) -> str:
    if not listing_id:
        return f"[{FRAME}]"
    words = sides.row(listing_id)
    owners = "、".join(words.owners.splitlines())
    return f"{listing_id} {words.number} {words.name}({owners})"


def _change_line(sides: Sides, change: Change) -> str:
    texts = [_quoted(text) for text in (change.before, change.after) if text]
    line = f"{change.kind.value}: {thing_label(sides, change)} {change.id} {'→'.join(texts)}"
    return line + (f"(理由・備考: {_one_line(change.said)})" if change.said else "")


def _field_line(sides: Sides, change: FieldChange) -> str:
    label = sides.column_label(change.columns)
    difference = text_difference(change.before, change.after)
    is_short = max(len(change.before), len(change.after)) <= _LONGEST_WHOLE
    if is_short or difference.pairs == ((change.before, change.after),):
        return f"{label}: {_quoted(change.before)}→{_quoted(change.after)}"
    return f"{label}: {'、'.join(difference_words(difference, change.before, change.after).splitlines())}"


def _quoted(text: str) -> str:
    return f"「{_one_line(text)}」" if text else BLANK


def _one_line(text: str) -> str:
    return "⏎".join(text.splitlines())
