"""Why a register cannot be sent out as it is: each finding names the place of the ledger where the office mends it."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.consistency import Places
from dxkpi_xl.cycle.model import Listing, Register
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.form.columns import Column, Form
from dxkpi_xl.grid import limits
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.grid.limits import utf16_units
from dxkpi_xl.grid.text_height import CellText
from dxkpi_xl.survey_books.answer_styles import cell_style

# Excel's MATCH finds no text longer than this, so a choice that is longer could never be recognised [MS-OI29500].
LONGEST_CHOICE = 255
# Two digits in 新01; and each spare row adds some 350 bytes to every workbook.
MOST_SPARE_ROWS = 99
# Fields of the ledger's places that are not a column's key.
_KPI_FIELDS = {fields.KPI_NAME: "name"}
_QUOTE = 30


def issue_findings(form: Form, register: Register, place: Places) -> tuple[Finding, ...]:
    """Give what stands in the way of sending out (誤り) and what the office may want to know before (確認, 参考)."""
    return tuple(
        finding for check in (_choices, _sections, _spare_rows, _letters) for finding in check(register, place)
    ) + tuple(_texts(form, register, place))


def _choices(register: Register, place: Places) -> Iterator[Finding]:
    """A label of a dropdown is longer than Excel can look up (T020)."""
    labels = [(area.label, area.no) for area in register.plan]
    labels += [(item.label, f"{area.no} {item.no}") for area in register.plan for item in area.items]
    labels += [
        (section.name, f"{bureau.name} {section.name}") for bureau in register.bureaus for section in bureau.sections
    ]
    for label, thing in labels:
        if utf16_units(label) > LONGEST_CHOICE:
            facts = {"label": _short(label), "length": str(utf16_units(label)), "limit": str(LONGEST_CHOICE)}
            yield Finding(code="T020", place=place(thing, "name"), facts=facts)


def _sections(register: Register, place: Places) -> Iterator[Finding]:
    """A bureau has no section to choose, or to send to (T021)."""
    for bureau in register.bureaus:
        if not bureau.sections:
            yield Finding(code="T021", place=place(bureau.name, "id"), facts={"bureau": bureau.name})


def _spare_rows(register: Register, place: Places) -> Iterator[Finding]:
    """More spare rows than can be numbered (T022)."""
    count = register.cycle.spare_rows
    if not 0 <= count <= MOST_SPARE_ROWS:
        facts = {"count": str(count), "limit": str(MOST_SPARE_ROWS)}
        yield Finding(code="T022", place=place("cycle", "spare_rows"), facts=facts)


def _letters(register: Register, place: Places) -> Iterator[Finding]:
    """A deadline is not set (T023), there is no address to send to (T024), or a bureau's is not known (T025)."""
    cycle = register.cycle
    for key in (fields.SECTION_DEADLINE, fields.OFFICE_DEADLINE):
        if getattr(cycle, key) is None:
            yield Finding(code="T023", place=place("cycle", key))
    if not cycle.contact.mail:
        yield Finding(code="T024", place=place("cycle", "contact.mail"))
    for bureau in register.bureaus:
        if not bureau.mail:
            yield Finding(code="T025", place=place(bureau.name, "mail"), facts={"bureau": bureau.name})


def _texts(form: Form, register: Register, place: Places) -> Iterator[Finding]:
    """An issued text is longer than a cell (T026), than the form allows (T027), or higher than a row (T028)."""
    numbering = register.numbering
    columns = form.columns_for(register.cycle.years)
    told: set[Place] = set()
    for listing in register.listings:
        values = fields.listing_values(register, numbering, listing)
        for column in columns:
            where = place(*_thing(register, listing, column))
            code, limit = _too_long(column, values.get(column.key, ""))
            if code and where not in told:
                told.add(where)
                facts = {"id": listing.id, "label": column.label, "limit": str(limit)}
                facts["length"] = str(utf16_units(values[column.key]))
                yield Finding(code=code, place=where, facts=facts, listing_id=listing.id, column=column.key)


def _too_long(column: Column, text: str) -> tuple[str, int]:
    length = utf16_units(text)
    if length > limits.CELL_TEXT or text.count("\n") > limits.CELL_LINE_FEEDS:
        return "T026", limits.CELL_TEXT
    if column.max_length is None:
        return "", 0
    if length > column.max_length:
        return "T027", column.max_length
    normal = NormalFont()
    width = normal.column_points(column.width)
    shown = CellText(text=text, width=width, style=cell_style(column, column.is_answered), normal=normal)
    return ("T028", int(limits.ROW_HEIGHT)) if shown.height > limits.ROW_HEIGHT else ("", 0)


def _thing(register: Register, listing: Listing, column: Column) -> tuple[str, str]:
    """Give whose value stands in a listing's column, and the name of its field, as the ledger's places know them."""
    if column.belongs_to == "project":
        return listing.project_id, "name" if column.key == fields.PROJECT else "owners"
    if column.belongs_to == "kpi" and listing.kpi_id:
        return listing.kpi_id, _KPI_FIELDS.get(column.key, column.key)
    return listing.id, column.key


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE else f"{text[:_QUOTE]}…"
