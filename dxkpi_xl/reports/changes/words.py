"""The words of a comparison: what its two sides are called, the labels of columns, a row's place in the annex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.cycle.model import Listing, Register
from dxkpi_xl.cycle.numbering import Numbering
from dxkpi_xl.form.columns import Form
from dxkpi_xl.ledger.sheets import ledger_sheets
from dxkpi_xl.merge.comparison import flat

# What belongs to no row: headings of the plan, the organisation, the settings.
FRAME = "計画・組織・設定"


@dataclass(frozen=True, kw_only=True)
class RowWords:
    """One row in words: 事業番号 (``※再掲:No4`` on a relisted row), area, item, owners, lead bureau and name."""

    number: str = ""
    area: str = FRAME
    item: str = ""
    owners: str = ""
    bureau: str = FRAME
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Sides:
    """The old and the new register, and how their rows and columns are called."""

    form: Form
    before: Register
    after: Register

    @property
    def labels(self) -> tuple[str, str]:
        """What the two sides are called: their years, or, within one year, before and after the survey."""
        old, new = self.before.cycle, self.after.cycle
        if old.year == new.year:
            return "旧(取りまとめ前)", "新(取りまとめ後)"
        return f"旧({old.year_label})", f"新({new.year_label})"

    def row(self, listing_id: str) -> RowWords:
        """Give a row in words, as it is or, where it is gone, as it was; ``""`` gives the frame."""
        if listing_id not in self._rows:
            self._rows[listing_id] = self._row(listing_id)
        return self._rows[listing_id]

    @cached_property
    def _rows(self) -> dict[str, RowWords]:
        return {}

    def _row(self, listing_id: str) -> RowWords:
        for register, numbers in ((self.after, self._new_numbers), (self.before, self._old_numbers)):
            listing = register.listing_by_id.get(listing_id)
            if listing is not None:
                return _row_words(register, numbers, listing)
        return RowWords()

    def kpi_number(self, kpi_id: str) -> str:
        """Give a KPI番号, as it is or, where the KPI is gone, as it was; blank for none."""
        numbers = (self._new_numbers.kpis, self._old_numbers.kpis)
        return next((str(side[kpi_id]) for side in numbers if kpi_id in side), "")

    def column_label(self, keys: tuple[str, ...]) -> str:
        """Give the label of the columns or the setting that show a field, as the form or the ledger calls them."""
        return "・".join(self._labels.get(key, "") or self.form.column(key).label for key in keys)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        """Labels that only the ledger has, by key; the form's own win where both have one."""
        sheets = ledger_sheets(self.form, 1, ())
        own = {column.key for column in self.form.columns}
        entries = [*sheets.setting_rows, *sheets.listings.columns, *sheets.kpis.columns]
        return {entry.key: entry.label for entry in entries if entry.key not in own}

    @cached_property
    def _old_numbers(self) -> Numbering:
        return self.before.numbering

    @cached_property
    def _new_numbers(self) -> Numbering:
        return self.after.numbering


def _row_words(register: Register, numbers: Numbering, listing: Listing) -> RowWords:
    project = register.project_of(listing)
    area, item = register.items[listing.item_key]
    return RowWords(
        number=numbers.relisted_from(listing) or numbers.project_cell(listing),
        area=area.label,
        item=item.label,
        owners="\n".join(map(str, project.owners)),
        bureau=project.lead.bureau,
        name=flat(project.name),
    )
