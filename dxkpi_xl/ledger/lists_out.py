"""The dropdowns that follow what is typed in the ledger: the areas of the plan, their items, bureaus, sections, KPIs.

A hidden sheet holds the lists as formulas over 計画 and 組織. They ask by position (INDEX) over whole tables, so rows
may be inserted there; OFFSET and MATCH make a dependent list without INDIRECT, which would need labels that are names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dxkpi_xl.cycle import fields
from dxkpi_xl.grid.addresses import address, area, quoted_sheet
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Style
from dxkpi_xl.ledger import columns
from dxkpi_xl.ledger.columns import LedgerSheet, Live, Sheets
from dxkpi_xl.ledger.rows_out import Row, Value

_FIRST = 2
_AREA_ORDER, _AREAS, _ITEMS, _BUREAU_ORDER, _BUREAUS = range(1, 6)
_HEADINGS = ("分野の順", "分野", "項目", "部局の順", "部局")
_STYLE = Style(locked=False)


@dataclass(frozen=True, kw_only=True)
class Lists:
    """Where the lists' sources stand: the ledger's sheets, and the first and last row of each of their tables."""

    sheets: Sheets
    first: int
    last: dict[str, int]

    def column(self, table: LedgerSheet, key: str) -> str:
        """Give the absolute range of a column of a table."""
        position = table.position(key)
        cells = area(self.first, position, self.last[table.key], position, fixed=True)
        return f"{quoted_sheet(table.name)}!{cells}"

    def length(self, table: LedgerSheet) -> int:
        """Give how many rows a table has, spare ones included."""
        return self.last[table.key] - self.first + 1

    def source(self, live: Live, owner: int = 0) -> str:
        """Give the formula of a dropdown for the first row of 掲載行; ``owner`` counts from 1."""
        plan, organisation, listings = self.sheets.plan, self.sheets.organisation, self.sheets.listings
        if live is Live.AREAS:
            return self._distinct(_AREAS, _AREA_ORDER, plan)
        if live is Live.BUREAUS:
            return self._distinct(_BUREAUS, _BUREAU_ORDER, organisation)
        if live is Live.ITEMS:
            chosen = address(self.first, listings.position(fields.AREA_NO), fixed_column=True)
            start = f"{quoted_sheet(self.sheets.lists)}!{address(_FIRST, _ITEMS, fixed_row=True, fixed_column=True)}"
            return _part_of(start, self.column(plan, fields.AREA_NO), chosen)
        if live is Live.SECTIONS:
            chosen = address(self.first, listings.position(columns.bureau_key(owner)), fixed_column=True)
            start = self.column(organisation, fields.SECTION).partition(":")[0]
            return _part_of(start, self.column(organisation, fields.BUREAU), chosen)
        return f"={self.column(self.sheets.kpis, columns.KPI_ID)}"

    def _distinct(self, names: int, order: int, table: LedgerSheet) -> str:
        sheet, last = quoted_sheet(self.sheets.lists), _FIRST + self.length(table) - 1
        start = f"{sheet}!{address(_FIRST, names, fixed_row=True, fixed_column=True)}"
        return f"=OFFSET({start},0,0,MAX(1,{sheet}!{area(_FIRST, order, last, order, fixed=True)}),1)"


def _part_of(start: str, groups: str, chosen: str) -> str:
    return f"=OFFSET({start},MATCH({chosen},{groups},0)-1,0,MAX(1,SUMPRODUCT(--({groups}={chosen}))),1)"


def write_lists(sheet: Sheet, lists: Lists, plan: Sequence[Row], organisation: Sequence[Row]) -> None:
    """Write the hidden sheet of lists, each formula with the value that it has now."""
    for position, heading in enumerate(_HEADINGS, start=1):
        sheet.text(address(1, position), heading, _STYLE)
    tables = lists.sheets
    areas = lists.column(tables.plan, fields.AREA_NO)
    bureaus = lists.column(tables.organisation, fields.BUREAU)
    _write_distinct(sheet, _AREA_ORDER, areas, [row[fields.AREA_NO] for row in plan], lists.length(tables.plan))
    _write_distinct(
        sheet, _BUREAU_ORDER, bureaus, [row[fields.BUREAU] for row in organisation], lists.length(tables.organisation)
    )
    _write_items(sheet, lists, plan)
    sheet.hide()


def _write_distinct(sheet: Sheet, column: int, source: str, written: Iterable[Value], length: int) -> None:
    """Write two columns: a count at the first of equal values, and beside it the values counted, without gaps."""
    values = [str(value) for value in written]
    found = list(dict.fromkeys(values))
    for k in range(1, length + 1):
        row, value = _FIRST + k - 1, values[k - 1] if k <= len(values) else ""
        above = area(1, column, row - 1, column)
        order = found.index(value) + 1 if value and values.index(value) == k - 1 else ""
        counted = f'IF(MATCH(INDEX({source},{k}),{source},0)={k},MAX({above})+1,"")'
        sheet.formula(address(row, column), f'=IF(INDEX({source},{k})="","",{counted})', order, _STYLE)
        orders = area(_FIRST, column, _FIRST + length - 1, column, fixed=True)
        name = found[k - 1] if k <= len(found) else ""
        formula = f'=IFERROR(INDEX({source},MATCH({k},{orders},0)),"")'
        sheet.formula(address(row, column + 1), formula, name, _STYLE)


def _write_items(sheet: Sheet, lists: Lists, plan: Sequence[Row]) -> None:
    numbers = lists.column(lists.sheets.plan, fields.ITEM_NO)
    names = lists.column(lists.sheets.plan, fields.ITEM_NAME)
    for k in range(1, lists.length(lists.sheets.plan) + 1):
        row = plan[k - 1] if k <= len(plan) else {}
        label = " ".join(f"{row.get(fields.ITEM_NO, '')} {row.get(fields.ITEM_NAME, '')}".split())
        formula = f'=TRIM(INDEX({numbers},{k})&" "&SUBSTITUTE(INDEX({names},{k}),CHAR(10)," "))'
        sheet.formula(address(_FIRST + k - 1, _ITEMS), formula, label, _STYLE)
