"""The organisation sheet becomes bureaus and their sections, in the order of its rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Bureau, Section
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger import columns, values_in
from dxkpi_xl.ledger.columns import LedgerSheet
from dxkpi_xl.ledger.faults import Faults, cell_name
from dxkpi_xl.ledger.named import KnownNames
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.table_in import Table
from dxkpi_xl.ledger.written import TableRow, Written

_SHARED = (columns.BUREAU_CODE, columns.LEAD_SECTION, columns.BUREAU_MAIL)
_DIGITS = 2


@dataclass(kw_only=True)
class _Found:
    """A bureau while its rows are read: what they share, the cells that say it first, its sections with their cells."""

    cell: Written
    shared: dict[str, str] = field(default_factory=dict)
    first_cells: dict[str, Written] = field(default_factory=dict)
    sections: list[tuple[Section, Written, Written]] = field(default_factory=list)
    cell_by_section: dict[str, Written] = field(default_factory=dict)

    @property
    def has_code(self) -> bool:
        """Whether a code was written in one of its rows."""
        return columns.BUREAU_CODE in self.shared


def read_organisation(table: Table, sheet: LedgerSheet, faults: Faults, places: PlaceBook) -> tuple[Bureau, ...]:
    """Give the bureaus. Places are of a bureau's name and code, and of ``総務部 人事課`` for a section."""
    reader = _OrganisationReader(sheet, faults)
    for row in table.rows:
        reader.add(row)
    reader.give_codes()
    for name, bureau in reader.found.items():
        _note_places(places, name, bureau)
    return reader.bureaus()


class _OrganisationReader:
    """Gathers bureaus and sections row by row, with the cells where each was met first."""

    def __init__(self, sheet: LedgerSheet, faults: Faults) -> None:
        self._sheet = sheet
        self._faults = faults
        self._names = KnownNames()
        self.found: dict[str, _Found] = {}

    def add(self, row: TableRow) -> None:
        """Add a row; one without a bureau is told and left out."""
        values = {each.key: values_in.text(each, row[each.key], self._faults) for each in self._sheet.columns}
        name = self._names.known(values[fields.BUREAU])
        if not name:
            return
        self._names.add(name)
        bureau = self.found.setdefault(name, _Found(cell=row[fields.BUREAU]))
        for key in _SHARED:
            self._share(name, key, values[key], row[key])
        section = Section(code=values[columns.SECTION_CODE], name=values[fields.SECTION])
        self._add_section(name, bureau, section, row)

    def give_codes(self) -> None:
        """Give the codes left blank: bureau 07 after 06, section 0109 after 0108 of bureau 01; tell those used twice.

        Bureaus' codes are compared by the register's own rules.
        """
        taken = _Codes(bureau.shared[columns.BUREAU_CODE] for bureau in self.found.values() if bureau.has_code)
        codes = _Codes(section.code for bureau in self.found.values() for section, _, _ in bureau.sections)
        for bureau in self.found.values():
            if not bureau.has_code:
                bureau.shared[columns.BUREAU_CODE] = code = taken.next_code("")
                self._tell_given(columns.BUREAU_CODE, code, bureau.first_cells[columns.BUREAU_CODE])
            for position, (section, cell, code_cell) in enumerate(bureau.sections):
                if not section.code:
                    code = codes.next_code(bureau.shared[columns.BUREAU_CODE])
                    bureau.sections[position] = (Section(code=code, name=section.name), cell, code_cell)
                    self._tell_given(columns.SECTION_CODE, code, code_cell)
        self._tell_repeated_codes()

    def bureaus(self) -> tuple[Bureau, ...]:
        """Give the bureaus so far."""
        return tuple(self._bureau(name, bureau) for name, bureau in self.found.items())

    def _share(self, name: str, key: str, value: str, cell: Written) -> None:
        bureau = self.found[name]
        bureau.first_cells.setdefault(key, cell)
        if not value:
            return
        if key not in bureau.shared:
            bureau.shared[key] = value
            bureau.first_cells[key] = cell
        elif bureau.shared[key] != value:
            theirs, other = bureau.shared[key], cell_name(bureau.first_cells[key].place)
            what = f"部局「{name}」の{self._sheet.column(key).label}"
            self._faults.add("T040", cell.place, what=what, value=value, theirs=theirs, other=other)

    def _add_section(self, name: str, bureau: _Found, section: Section, row: TableRow) -> None:
        cell, label = row[fields.SECTION], self._sheet.column(fields.SECTION).label
        same = bureau.cell_by_section.get(folded(section.name))
        if not section.name:
            if section.code and not cell.spoilt:
                self._faults.add("T033", cell.place, what=label)
        elif same is not None:
            what, other = f"部局「{name}」の{label}", cell_name(same.place)
            self._faults.add("T039", cell.place, what=what, id=section.name, other=other)
        else:
            bureau.sections.append((section, cell, row[columns.SECTION_CODE]))
            bureau.cell_by_section[folded(section.name)] = cell

    def _tell_given(self, key: str, code: str, cell: Written) -> None:
        if not cell.spoilt and not cell.text:
            self._faults.add("T048", cell.place, what=self._sheet.column(key).label, id=code)

    def _tell_repeated_codes(self) -> None:
        seen: dict[str, Written] = {}
        for bureau in self.found.values():
            for section, _, code_cell in bureau.sections:
                first = seen.setdefault(section.code, code_cell)
                if first is not code_cell:
                    facts = {"what": self._sheet.column(columns.SECTION_CODE).label, "id": section.code}
                    self._faults.add("T039", code_cell.place, other=cell_name(first.place), **facts)

    def _bureau(self, name: str, bureau: _Found) -> Bureau:
        sections = tuple(section for section, _, _ in bureau.sections)
        names = [section.name for section in sections]
        lead = KnownNames(names).known(bureau.shared.get(columns.LEAD_SECTION, ""))
        if lead and lead not in names:
            facts = {"what": self._sheet.column(columns.LEAD_SECTION).label, "section": lead, "bureau": name}
            self._faults.add("T051", bureau.first_cells[columns.LEAD_SECTION].place, **facts)
        return Bureau(
            code=bureau.shared[columns.BUREAU_CODE],
            name=name,
            sections=sections,
            lead_section=lead,
            mail=bureau.shared.get(columns.BUREAU_MAIL, ""),
        )


class _Codes:
    """The codes that are taken, and the highest number at the end of each beginning."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken: set[str] = set()
        self._highest: dict[str, int] = {}
        for code in taken:
            self._take(code)

    def next_code(self, prefix: str) -> str:
        """Give the code after the highest that begins so, and take it."""
        numbers = itertools.count(self._highest.get(prefix, 0) + 1)
        code = next(code for code in (f"{prefix}{n:0{_DIGITS}}" for n in numbers) if code not in self._taken)
        self._take(code)
        self._highest[prefix] = int(code.removeprefix(prefix))
        return code

    def _take(self, code: str) -> None:
        self._taken.add(code)
        for digits in range(1, _DIGITS + 1):
            head, tail = code[:-digits], code[-digits:]
            if len(tail) == digits and tail.isascii() and tail.isdigit():
                self._highest[head] = max(self._highest.get(head, 0), int(tail))


def _note_places(places: PlaceBook, name: str, bureau: _Found) -> None:
    code = bureau.first_cells[columns.BUREAU_CODE]
    lead, mail = bureau.first_cells[columns.LEAD_SECTION], bureau.first_cells[columns.BUREAU_MAIL]
    places.add(name, {"id": bureau.cell, "code": code, "lead_section": lead, "mail": mail})
    places.add(bureau.shared[columns.BUREAU_CODE], {"id": code})
    for section, cell, code_cell in bureau.sections:
        places.add(f"{name} {section.name}", {"id": cell, "code": code_cell})
