"""One cell becomes one answer: cleaned, folded to the form's own values, or refused with a finding at its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dxkpi_xl.cells.model import Cell
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.lookup import find_area, find_item, find_listing_id, find_section
from dxkpi_xl.cycle.model import Area, Bureau, Register
from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid.limits import CELL_LINE_FEEDS, CELL_TEXT, utf16_units
from dxkpi_xl.one_line import one_line
from dxkpi_xl.returns.text import cleaned

_LONGEST_QUOTE = 60


class Refused(NamedTuple):
    """Why a cell is no answer: the code of the finding, and its facts."""

    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RowContext:
    """What a row's answers are read against: the register, the bureau, the row's area where it has one."""

    register: Register
    bureau: Bureau
    listing_id: str
    area: Area | None = None


def quoted(text: str) -> str:
    """Give a respondent's text as a message quotes it: on one line, cut after 60 characters."""
    flat = one_line(" ".join(text.split()))
    return flat if len(flat) <= _LONGEST_QUOTE else f"{flat[:_LONGEST_QUOTE]}…"


def read_value(column: Column, cell: Cell, context: RowContext) -> str | Refused:
    """Read one answer's value; refused where the cell holds a formula, an error, or what its list has not.

    Nor is a text taken that no cell of Excel can hold, as other programs let through.
    """
    if cell.formula is not None:
        return _refused("C006", column, value=quoted(cell.formula or cell.text))
    if cell.kind == "error":
        return _refused("C007", column, value=quoted(cell.text))
    text = cleaned(cell.text)
    if (len(text) > CELL_TEXT // 2 and utf16_units(text) > CELL_TEXT) or text.count("\n") > CELL_LINE_FEEDS:
        facts = {"id": context.listing_id, "length": f"{len(text):,}", "limit": str(column.max_length or CELL_TEXT)}
        return _refused("C005", column, **facts)
    value = _value(column, text, context) if text else ""
    if value is None:
        return _refused("C003", column, value=quoted(text), choices=_choices(column, context))
    return value


def _refused(code: str, column: Column, **facts: str) -> Refused:
    return Refused(code, {"label": column.label, **facts})


def _value(column: Column, text: str, context: RowContext) -> str | None:
    read = _FOLDED.get(column.kind)
    return read(column, text, context) if read else text


def _choice(column: Column, text: str, context: RowContext) -> str | None:
    return column.choices.canonical(text) if column.choices else None


def _area(column: Column, text: str, context: RowContext) -> str | None:
    area = find_area(context.register.plan, text)
    return area.label if area else None


def _item(column: Column, text: str, context: RowContext) -> str | None:
    item = find_item(context.area, text) if context.area else None
    return item.label if item else None


def _section(column: Column, text: str, context: RowContext) -> str | None:
    section = find_section(context.bureau, text)
    return section.name if section else None


def _listing(column: Column, text: str, context: RowContext) -> str | None:
    return find_listing_id(context.register, text)


# How a text becomes a value of its kind, None where it is none; kinds that are not here keep the text as it is.
_FOLDED: Mapping[str, Callable[[Column, str, RowContext], str | None]] = {
    "choice": _choice,
    "area": _area,
    "item": _item,
    "section": _section,
    "listing_ref": _listing,
}


def _choices(column: Column, context: RowContext) -> str:
    match column.kind:
        case "choice":
            labels = column.choices.labels if column.choices else ()
        case "area":
            labels = tuple(area.label for area in context.register.plan)
        case "item":
            labels = tuple(item.label for item in context.area.items) if context.area else ("分野を先に選んでください",)
        case "section":
            labels = tuple(section.name for section in context.bureau.sections)
        case _:
            labels = (f"{context.register.listings[0].id} など" if context.register.listings else "",)
    return "・".join(labels)


def area_of(register: Register, said: Mapping[str, str]) -> Area | None:
    """Give the area that a new row's answers, by column key, name."""
    name = said.get(fields.AREA_NAME)
    return find_area(register.plan, name) if name else None
