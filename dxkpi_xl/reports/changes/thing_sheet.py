"""新規・廃止・統合・移動: what came, went, moved, changed hands or its name."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.grid.book import Book
from dxkpi_xl.merge.change import Change, ChangeKind, Differences, Thing
from dxkpi_xl.reports.changes.marks import marked_pair
from dxkpi_xl.reports.changes.printed_rows import Cell, Column
from dxkpi_xl.reports.changes.printed_table import Table, write_printed_table
from dxkpi_xl.reports.changes.words import Sides

NAME = "新規・廃止・統合・移動"

# A thing that came or went as a whole; the others are still there, changed.
WHOLE = (ChangeKind.NEW, ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.ENDED)
_CONTENT = (fields.OUTLINE, fields.TARGET_KIND, fields.TARGET, fields.KPI_NAME, fields.BASELINE)


def listed_changes(differences: Differences) -> tuple[Change, ...]:
    """Give the changes that are listed, by kind: a row that came or went with its project is one with it."""
    with_project = {(c.listing_id, c.kind in WHOLE) for c in differences.changes if c.thing is Thing.PROJECT}
    listed = [
        change
        for change in differences.changes
        if not (change.thing is Thing.LISTING and change.kind in WHOLE and (change.listing_id, True) in with_project)
    ]
    order = {kind: position for position, kind in enumerate(ChangeKind)}
    return tuple(sorted(listed, key=lambda change: order[change.kind]))


def write_thing_sheet(book: Book, sides: Sides, differences: Differences, title: str) -> None:
    """Add the sheet: a row for each change, by kind, with the content of what is new or gone."""
    old_label, new_label = sides.labels
    columns = (
        Column(heading="区分", width=8, align="center", names_row=True),
        Column(heading="種別", width=13, align="center", names_row=True),
        Column(heading="ID", width=9, align="center", names_row=True),
        Column(heading="管理番号", width=9, align="center"),
        Column(heading="分野・項目", width=24),
        Column(heading="担当", width=20),
        Column(heading="名称", width=28),
        Column(heading=old_label, width=30),
        Column(heading=new_label, width=30),
        Column(heading="理由・備考", width=30),
        Column(heading="内容(新規は新、廃止・統合は旧)", width=42),
    )
    rows = tuple(_row(sides, change) for change in listed_changes(differences))
    notes = (
        "旧・新の欄は、新規、廃止などでは番号、「統合」の新は統合先、「分割」の旧は分割元です。種別の「再掲の行」は、事業番号を持たない再掲の掲載行です。",
    )
    write_printed_table(book, NAME, Table(title=f"{title} {NAME}", notes=notes, columns=columns, rows=rows))


def thing_label(sides: Sides, change: Change) -> str:
    """Give what a change is about; a row that relists a project is said to."""
    if change.thing is not Thing.LISTING:
        return change.thing.value
    return "再掲の行" if sides.row(change.listing_id).number.startswith("※") else change.thing.value


def _row(sides: Sides, change: Change) -> tuple[Cell, ...]:
    words = sides.row(change.listing_id)
    old, new = _two_sides(sides, change)
    return (
        change.kind.value,
        thing_label(sides, change),
        change.id,
        change.listing_id,
        "\n".join(text for text in (words.area, words.item) if text),
        words.owners,
        change.name,
        old,
        new,
        change.said,
        _content(sides, change) if change.kind in WHOLE else "",
    )


def _two_sides(sides: Sides, change: Change) -> tuple[Cell, Cell]:
    """Give what stood and what stands: of a whole thing its printed number, and what it came from or went into."""
    printed = _printed_number(sides, change)
    if change.kind not in WHOLE or not printed:
        old, new, _ = marked_pair(change.before, change.after)
        return old, new
    if change.kind is ChangeKind.ENDED or change.into:
        return printed, f"{change.after}\n({change.into})" if change.into else ""
    if change.sources:
        return f"{change.before}\n({'、'.join(change.sources)})", printed
    return ("", printed) if change.kind is ChangeKind.NEW else (printed, "")


def _printed_number(sides: Sides, change: Change) -> str:
    if change.thing is Thing.KPI:
        return f"{sides.column_label((fields.KPI_NO,))} {sides.kpi_number(change.id)}"
    if change.thing not in (Thing.PROJECT, Thing.LISTING):
        return ""
    number_words = sides.row(change.listing_id).number
    return f"{sides.column_label((fields.NUMBER,))} {number_words}" if number_words.isdigit() else number_words


def _content(sides: Sides, change: Change) -> str:
    """Give the texts of a row that came or went, each under its label; blank for what is no row or project."""
    if change.thing not in (Thing.PROJECT, Thing.LISTING):
        return ""
    register = sides.after if change.listing_id in sides.after.listing_by_id else sides.before
    return "\n".join(_lines(sides, register, change.listing_id))


def _lines(sides: Sides, register: Register, listing_id: str) -> Iterator[str]:
    values = fields.listing_values(register, register.numbering, register.listing_by_id[listing_id])
    targets = tuple(fields.target_key(year) for year in register.cycle.years)
    for key in (*_CONTENT, *targets):
        if values[key]:
            yield f"【{sides.column_label((key,))}】{values[key]}"
