"""The rows of the tables: what the register says of each listing, owner and KPI, by column key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from dxkpi_xl import years
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.content import content_of
from dxkpi_xl.cycle.kpi_value import parse, plain
from dxkpi_xl.cycle.model import Kpi, Listing, Owner, Register
from dxkpi_xl.cycle.numbering import Numbering
from dxkpi_xl.open_data import columns as c
from dxkpi_xl.open_data.table import Record, Value

BASELINE_ID = "base"

# A register has few different values: most years aim at what the year before did.
_parsed = lru_cache(maxsize=4096)(parse)

_COMPARATORS = {"=": "eq", ">=": "ge", "<=": "le", ">": "gt", "<": "lt"}


def one_line(text: str) -> str:
    """Give a name without the line breaks that it has for print: a half-width space stands for each."""
    return " ".join(line.strip() for line in text.splitlines())


class Records:
    """The records of one register, in printed order."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._numbering: Numbering = register.numbering
        cycle = register.cycle
        self._section_codes = {
            (bureau.name, section.name): section.code for bureau in register.bureaus for section in bureau.sections
        }
        self._place_and_year: dict[str, Value] = {
            "prefecture_code": cycle.prefecture_code,
            "prefecture": cycle.prefecture,
            "survey_year": years.western(cycle.year),
            "survey_year_label": cycle.year_label,
        }

    def listings(self) -> Iterator[Record]:
        """Give one record for each 掲載行."""
        for position, listing in enumerate(self._register.listings, start=1):
            yield {
                **self._place_and_year,
                "position": position,
                **self._identity(listing),
                **self._plan(listing),
                **self._owners_of(listing),
                **self._content(listing),
            }

    def owners(self) -> Iterator[Record]:
        """Give one record for each owner of a 事業, the one in the lead first."""
        for project_id in self._numbering.projects:
            for position, owner in enumerate(self._register.project_by_id[project_id].owners, start=1):
                yield {
                    "owner_id": f"{project_id}-{position}",
                    "project_id": project_id,
                    "position": position,
                    **self._owner("", owner),
                }

    def kpis(self) -> Iterator[Record]:
        """Give one record for each KPI that is printed."""
        for kpi in self._printed_kpis():
            parsed = [_parsed(written) for written in (kpi.baseline, *kpi.targets.values())]
            units = {value.unit: None for value in parsed if value is not None and value.unit}
            named = any(word in plain(kpi.name) for word in ("累計", "累積"))
            counted = named or any(value is not None and value.cumulative for value in parsed)
            yield {
                **self._place_and_year,
                **self._kpi_name(kpi),
                "defined_by": kpi.defined_by,
                "unit": kpi.unit or ";".join(units),
                "direction": kpi.direction,
                "cumulative": c.CUMULATIVE if counted else "",
                "is_new": kpi.is_new,
            }

    def kpi_values(self) -> Iterator[Record]:
        """Give one record for each value: the baseline, then the targets of all years known."""
        for kpi in self._printed_kpis():
            head = self._kpi_name(kpi)
            yield {**head, **_timeless(kpi), **_value(kpi.baseline, kpi.unit)}
            for year in sorted({*self._register.cycle.years, *kpi.targets}, key=years.western):
                yield {**head, **_of_year(kpi, year), **_value(kpi.targets.get(year, ""), kpi.unit)}

    def _printed_kpis(self) -> Iterator[Kpi]:
        return (self._register.kpi_by_id[kpi_id] for kpi_id in self._numbering.kpis)

    def _identity(self, listing: Listing) -> Record:
        again = self._numbering.is_relisted(listing)
        printed = self._numbering.projects[listing.project_id]
        return {
            fields.LISTING_ID: listing.id,
            "project_id": listing.project_id,
            fields.NUMBER: None if again else printed,
            "listing_kind": c.RELISTED if again else c.FIRST_LISTED,
            "relisted_number": printed if again else None,
            fields.RELIST_OF: self._numbering.first_listing[listing.project_id] if again else "",
        }

    def _plan(self, listing: Listing) -> Record:
        area, item = self._register.items[listing.item_key]
        return {
            fields.AREA_NO: area.no,
            fields.AREA_NAME: one_line(area.name),
            fields.ITEM_NO: item.no,
            fields.ITEM_NAME: one_line(item.name),
        }

    def _owners_of(self, listing: Listing) -> Record:
        project = self._register.project_of(listing)
        return {
            **self._owner("lead_", project.lead),
            "owners": len(project.owners),
            fields.PROJECT: one_line(project.name),
        }

    def _owner(self, prefix: str, owner: Owner) -> Record:
        bureau = self._register.bureau_by_name.get(owner.bureau)
        return {
            f"{prefix}bureau_code": bureau.code if bureau else "",
            f"{prefix}bureau": owner.bureau,
            f"{prefix}section_code": self._section_codes.get((owner.bureau, owner.section), ""),
            f"{prefix}section": owner.section,
        }

    def _content(self, listing: Listing) -> Record:
        content = content_of(self._register, self._numbering, listing)
        kpi = self._register.kpi_of(content)
        found = {
            "content_of": content.id,
            fields.OUTLINE: content.outline,
            fields.TARGET_KIND: content.target_kind,
            fields.TARGET: content.target,
        }
        if kpi is None:
            return {**found, "kpi_kind": c.NO_KPI, "kpi_id": "", fields.KPI_NO: None, fields.KPI_NAME: ""}
        kind = c.KPI_DEFINED if kpi.defined_by == listing.id else c.KPI_RELISTED
        return {**found, "kpi_kind": kind, **self._kpi_name(kpi)}

    def _kpi_name(self, kpi: Kpi) -> Record:
        return {
            "kpi_id": kpi.id,
            fields.KPI_NO: self._numbering.kpis[kpi.id],
            fields.KPI_NAME: one_line(kpi.name),
        }


def _timeless(kpi: Kpi) -> Record:
    return {"value_id": f"{kpi.id}-{BASELINE_ID}", "value_kind": c.BASELINE, "year": None, "year_label": ""}


def _of_year(kpi: Kpi, year: str) -> Record:
    return {
        "value_id": f"{kpi.id}-{year}",
        "value_kind": c.TARGET,
        "year": years.western(year),
        "year_label": years.year_label(year),
    }


def _value(written: str, unit: str) -> Record:
    value = _parsed(written)
    known = value is not None and value.number is not None
    state = c.AS_NUMBER if known else c.NOT_SET if value is not None else c.AS_TEXT if plain(written) else c.BLANK
    return {
        "number": value.number if value is not None else None,
        "unit": (value.unit or unit) if value is not None and known else "",
        "comparator": _COMPARATORS[value.comparator] if value is not None and known else "",
        "approximate": value is not None and value.approximate,
        "state": state,
        "written": written,
    }
