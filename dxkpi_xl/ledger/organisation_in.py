"""The organisation sheet becomes bureaus and their sections, in the order of its rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Bureau, Section
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger import columns, values_in
from dxkpi_xl.ledger.columns import LedgerSheet
from dxkpi_xl.ledger.faults import Faults, PlaceBook, cell_name
from dxkpi_xl.ledger.named import known_name
from dxkpi_xl.ledger.table_in import Table, TableRow, Written

_SHARED = (columns.BUREAU_CODE, columns.LEAD_SECTION, columns.BUREAU_MAIL)
_DIGITS = 2


@dataclass(kw_only=True)
class _Found:
    """A bureau while its rows are read: what all of them share, and the cells where it stood first."""

    cell: Written
    shared: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Written] = field(default_factory=dict)
    sections: list[tuple[Section, Written, Written]] = field(default_factory=list)


def read_organisation(table: Table, sheet: LedgerSheet, faults: Faults, places: PlaceBook) -> tuple[Bureau, ...]:
    """Give the bureaus. Places are of a bureau's name and code, and of ``総務部 人事課`` for a section."""
    found: dict[str, _Found] = {}
    for row in table.rows:
        values = {column.key: values_in.text(column, row[column.key], faults) for column in sheet.columns}
        name = known_name(found, values[fields.BUREAU])
        if name:
            bureau = found.setdefault(name, _Found(cell=row[fields.BUREAU]))
            _share(bureau, name, row, values, sheet, faults)
            _add_section(bureau, name, row, values, faults)
    _give_codes(found, sheet, faults)
    _tell_repeated_codes(found, sheet, faults)
    for name, bureau in found.items():
        _note_places(places, name, bureau)
    return tuple(_bureau(name, bureau, sheet, faults) for name, bureau in found.items())


def _share(
    bureau: _Found, name: str, row: TableRow, values: dict[str, str], sheet: LedgerSheet, faults: Faults
) -> None:
    for key in _SHARED:
        if not values[key]:
            bureau.cells.setdefault(f"{key} blank", row[key])
        elif bureau.shared.setdefault(key, values[key]) == values[key]:
            bureau.cells.setdefault(key, row[key])
        else:
            theirs, first = bureau.shared[key], bureau.cells[key]
            facts = {"what": f"部局「{name}」の{sheet.column(key).label}", "value": values[key], "theirs": theirs}
            faults.add("T040", row[key].place, other=cell_name(first.place), **facts)


def _add_section(bureau: _Found, name: str, row: TableRow, values: dict[str, str], faults: Faults) -> None:
    section = Section(code=values[columns.SECTION_CODE], name=values[fields.SECTION])
    cell, code = row[fields.SECTION], row[columns.SECTION_CODE]
    same = [other for known, other, _ in bureau.sections if folded(known.name) == folded(section.name)]
    if not section.name:
        if section.code:
            faults.add("T033", cell.place, what="課")
    elif same:
        faults.add("T039", cell.place, what=f"部局「{name}」の課", id=section.name, other=cell_name(same[0].place))
    else:
        bureau.sections.append((section, cell, code))


def _give_codes(found: dict[str, _Found], sheet: LedgerSheet, faults: Faults) -> None:
    """Give the codes that were left blank: bureaus 07 after 06, sections 0109 after 0108 of bureau 01."""
    taken = {bureau.shared[columns.BUREAU_CODE] for bureau in found.values() if columns.BUREAU_CODE in bureau.shared}
    codes = {section.code for bureau in found.values() for section, _, _ in bureau.sections}
    for bureau in found.values():
        if columns.BUREAU_CODE not in bureau.shared:
            code = _next_code("", taken)
            bureau.shared[columns.BUREAU_CODE] = code
            cell = bureau.cells[columns.BUREAU_CODE] = bureau.cells[f"{columns.BUREAU_CODE} blank"]
            taken.add(code)
            _tell_given(sheet.column(columns.BUREAU_CODE).label, code, cell, faults)
        for position, (section, cell, code_cell) in enumerate(bureau.sections):
            if not section.code:
                code = _next_code(bureau.shared[columns.BUREAU_CODE], codes)
                codes.add(code)
                bureau.sections[position] = (Section(code=code, name=section.name), cell, code_cell)
                _tell_given(sheet.column(columns.SECTION_CODE).label, code, code_cell, faults)


def _tell_given(what: str, code: str, cell: Written, faults: Faults) -> None:
    if not cell.spoilt and not cell.text:
        faults.add("T048", cell.place, what=what, id=code)


def _next_code(prefix: str, taken: set[str]) -> str:
    shape = re.compile(f"{re.escape(prefix)}([0-9]{{1,{_DIGITS}}})")
    numbers = [int(matched[1]) for matched in map(shape.fullmatch, taken) if matched is not None]
    return f"{prefix}{max(numbers, default=0) + 1:0{_DIGITS}}"


def _tell_repeated_codes(found: dict[str, _Found], sheet: LedgerSheet, faults: Faults) -> None:
    # Bureaus' codes are compared by the register's own rules (T010).
    seen: dict[str, Written] = {}
    for bureau in found.values():
        for section, _, code_cell in bureau.sections:
            first = seen.setdefault(section.code, code_cell)
            if first is not code_cell:
                what = sheet.column(columns.SECTION_CODE).label
                faults.add("T039", code_cell.place, what=what, id=section.code, other=cell_name(first.place))


def _note_places(places: PlaceBook, name: str, bureau: _Found) -> None:
    code = bureau.cells[columns.BUREAU_CODE]
    places.add(name, "id", bureau.cell.place)
    places.add(name, "code", code.place)
    places.add(bureau.shared[columns.BUREAU_CODE], "id", code.place)
    for key, field_name in ((columns.LEAD_SECTION, "lead_section"), (columns.BUREAU_MAIL, "mail")):
        cell = bureau.cells.get(key) or bureau.cells.get(f"{key} blank")
        if cell is not None:
            places.add(name, field_name, cell.place)
    for section, cell, code_cell in bureau.sections:
        places.add(f"{name} {section.name}", "id", cell.place)
        places.add(f"{name} {section.name}", "code", code_cell.place)


def _bureau(name: str, bureau: _Found, sheet: LedgerSheet, faults: Faults) -> Bureau:
    sections = tuple(section for section, _, _ in bureau.sections)
    lead = known_name((section.name for section in sections), bureau.shared.get(columns.LEAD_SECTION, ""))
    if lead and lead not in {section.name for section in sections}:
        facts = {"what": sheet.column(columns.LEAD_SECTION).label, "section": lead, "bureau": name}
        faults.add("T051", bureau.cells[columns.LEAD_SECTION].place, **facts)
    return Bureau(
        code=bureau.shared[columns.BUREAU_CODE],
        name=name,
        sections=sections,
        lead_section=lead,
        mail=bureau.shared.get(columns.BUREAU_MAIL, ""),
    )
