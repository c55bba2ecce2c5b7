"""The lists behind the dropdowns: what may be chosen, and where it stands on the hidden list sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid.addresses import address, area, quoted_sheet
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.grid.styles import Colour, Style
from dxkpi_xl.survey_books.layout import AnswerLayout, LaidRow
from dxkpi_xl.survey_books.live_terms import BETWEEN, as_pattern, joined
from dxkpi_xl.survey_books.offered import Offer

FIRST_ROW = 2
_PLAIN = Style()
_HEADING = Style(bold=True, fill=Colour.HEADING_FILL)


@dataclass(frozen=True, kw_only=True)
class ListColumn:
    """One column of the list sheet: its heading and its entries."""

    heading: str
    entries: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Membership:
    """The list a cell's value must be in: a range or an array constant, and its entries as issued.

    ``beside`` is a cell whose value stands before the cell's own in the list (an item is looked for in its area).
    """

    where: str
    options: tuple[str, ...]
    beside: str = ""


@dataclass(frozen=True, kw_only=True)
class PickLists:
    """All lists of one workbook, and the formulas that reach into them."""

    sheet: str
    columns: tuple[ListColumn, ...]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {column.heading: n for n, column in enumerate(self.columns, start=1)}

    def entries(self, heading: str) -> tuple[str, ...]:
        """Give the entries under a heading."""
        return self.columns[self._numbers[heading] - 1].entries

    def where(self, heading: str) -> str:
        """Give the range of a list's entries, sheet included."""
        n = self._numbers[heading]
        last = FIRST_ROW + max(1, len(self.columns[n - 1].entries)) - 1
        return f"{quoted_sheet(self.sheet)}!{area(FIRST_ROW, n, last, n, fixed=True)}"

    def source(self, column: Column, row: LaidRow, layout: AnswerLayout) -> str | Sequence[str] | None:
        """Give what a dropdown offers in a row's cell: the choices, or a formula; None for a cell without a list."""
        if column.choices is not None:
            return column.choices.labels_for(row.role)
        if column.kind == "item":
            return self._items_of_area(layout.cell(row, fields.AREA_NAME, fixed_column=True))
        heading = _LISTS.get(column.kind)
        return f"={self.where(heading)}" if heading else None

    def membership(self, column: Column, row: LaidRow, layout: AnswerLayout) -> Membership | None:
        """Give the list that a cell's value must be in; None for a cell without one."""
        if column.choices is not None:
            options = column.choices.labels_for(row.role)
            return Membership(where="{" + ",".join(quoted(option) for option in options) + "}", options=options)
        if column.kind == "item":
            beside = layout.cell(row, fields.AREA_NAME)
            return Membership(where=self.where(ITEM_KEYS), options=self.entries(ITEM_KEYS), beside=beside)
        heading = _LISTS.get(column.kind)
        return Membership(where=self.where(heading), options=self.entries(heading)) if heading else None

    def _items_of_area(self, area_cell: str) -> str:
        areas, wanted = self.where(ITEM_AREAS), as_pattern(area_cell)
        first = self.where(ITEMS).partition(":")[0]
        return f"=OFFSET({first},MATCH({wanted},{areas},0)-1,0,COUNTIF({areas},{wanted}),1)"

    def number_of_area(self, area_cell: str) -> str:
        """Give the formula of the number of the area chosen in a cell, blank while none is."""
        found = f"MATCH({as_pattern(area_cell)},{self.where(AREAS)},0)"
        return f'=IFERROR(INDEX({self.where(AREA_NUMBERS)},{found}),"")'

    def number_of_item(self, area_cell: str, item_cell: str) -> str:
        """Give the formula of the number of the item chosen in a cell, blank while it is none of the area's."""
        key = joined(area_cell, item_cell)
        return f'=IFERROR(INDEX({self.where(ITEM_NUMBERS)},MATCH({as_pattern(key)},{self.where(ITEM_KEYS)},0)),"")'

    def listed(self, heading: str, listing_id: str) -> str:
        """Give what a list says of a listing, as ``of_listing``'s formula shows it; blank for an unknown one."""
        return self._beside(heading, LISTINGS, listing_id)

    def shown_numbers(self, area: str, item: str) -> tuple[str, str]:
        """Give the numbers of an area and its item as the formulas show them; blank for those not in the lists."""
        key = f"{area}{BETWEEN}{item}"
        return self._beside(AREA_NUMBERS, AREAS, area), self._beside(ITEM_NUMBERS, ITEM_KEYS, key)

    def _beside(self, wanted: str, heading: str, value: str) -> str:
        """Give the entry of one list beside a value of another, letter case ignored as MATCH does."""
        pairs = zip(self.entries(heading), self.entries(wanted), strict=True)
        return next((entry for each, entry in pairs if each.casefold() == value.casefold()), "")

    def of_listing(self, heading: str, id_cell: str) -> str:
        """Give the formula (without =) of what a list says of the listing chosen in a cell."""
        return f"INDEX({self.where(heading)},MATCH({id_cell},{self.where(LISTINGS)},0))"


AREAS, AREA_NUMBERS = "分野", "分野の番号"
ITEM_AREAS, ITEMS, ITEM_NUMBERS, ITEM_KEYS = "項目の分野", "項目", "項目の番号", "分野と項目"
SECTIONS = "課"
LISTINGS, LISTED_NAMES, LISTED_BUREAUS, LISTED_OWNERS = "管理番号", "事業名", "担当部", "担当"

# The list behind each kind of column; items depend on the area chosen beside them.
_LISTS = {"area": AREAS, "section": SECTIONS, "listing_ref": LISTINGS}


def pick_lists(sheet: str, offer: Offer, survey: Survey) -> PickLists:
    """Make the lists of a survey's workbook, each in the offer's own order."""
    sections = (survey.section,) if survey.section else survey.bureau.sections
    items = [(area_, item) for area_ in offer.plan for item in area_.items]
    columns = {
        AREAS: [each.label for each in offer.plan],
        AREA_NUMBERS: [each.no for each in offer.plan],
        ITEM_AREAS: [each.label for each, _ in items],
        ITEMS: [item.label for _, item in items],
        ITEM_NUMBERS: [item.no for _, item in items],
        ITEM_KEYS: [f"{each.label}{BETWEEN}{item.label}" for each, item in items],
        SECTIONS: [section.name for section in sections],
        LISTINGS: [each.id for each in offer.listings],
        LISTED_NAMES: [each.printed_name for each in offer.listings],
        LISTED_BUREAUS: [each.bureaus for each in offer.listings],
        LISTED_OWNERS: [each.owners for each in offer.listings],
    }
    return PickLists(
        sheet=sheet,
        columns=tuple(ListColumn(heading=name, entries=tuple(entries)) for name, entries in columns.items()),
    )


def write_lists(book: Book, lists: PickLists) -> None:
    """Write each list below its heading, and hide the sheet."""
    sheet = book.sheet(lists.sheet)
    for n, column in enumerate(lists.columns, start=1):
        sheet.text(address(FIRST_ROW - 1, n), column.heading, _HEADING)
        for row, entry in enumerate(column.entries, start=FIRST_ROW):
            sheet.text(address(row, n), entry, _PLAIN)
    sheet.protect()
    sheet.hide()
