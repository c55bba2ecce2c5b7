"""The KPI sheet becomes KPIs; which listing defines each is said on the listings' sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from dxkpi_xl.cycle import fields, ids
from dxkpi_xl.cycle.model import Kpi
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger import columns, values_in
from dxkpi_xl.ledger.columns import LedgerSheet, Repeats
from dxkpi_xl.ledger.faults import Faults, cell_name
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.table_in import Table
from dxkpi_xl.ledger.written import TableRow, Written

_YEAR_IN_HEADING = re.compile("[rhs][1-9][0-9]?")


def years_in_headings(texts: Iterable[str]) -> tuple[str, ...]:
    """Give the keys of the years that headings speak of, in the order met."""
    found = (match.upper() for text in texts for match in _YEAR_IN_HEADING.findall(folded(text)))
    return tuple(dict.fromkeys(found))


def read_kpis(
    table: Table, sheet: LedgerSheet, pointed_at: Collection[str], faults: Faults, places: PlaceBook
) -> tuple[Kpi, ...]:
    """Give the KPIs in the order of their ids, none defined by a listing yet.

    ``pointed_at`` are the texts by which listings point at KPIs: a number among them is not given to another KPI.
    """
    entry = sheet.column(columns.KPI_ID)
    explicit = [values_in.text(entry, row[columns.KPI_ID], faults) for row in table.rows]
    free = ids.free_ids(ids.KPI_PREFIX, {*explicit, *pointed_at})
    found: dict[str, tuple[Kpi, Written]] = {}
    noted = table.columns_named({columns.KPI_ID: "id", fields.KPI_NAME: "name"})
    for row, written_id in zip(table.rows, explicit, strict=True):
        id_, cell = written_id, row[columns.KPI_ID]
        if not id_:
            id_ = next(free)
            if not (cell.text or cell.spoilt):
                faults.add("T048", cell.place, what=entry.label, id=id_)
        kpi = _kpi(id_, row, sheet, faults)
        first = found.setdefault(id_, (kpi, cell))[1]
        if first is not cell:
            faults.add("T039", cell.place, what=entry.label, id=id_, other=cell_name(first.place))
        places.add_row(id_, row, noted)
    return ids.in_id_order(kpi for kpi, _ in found.values())


def _kpi(id_: str, row: TableRow, sheet: LedgerSheet, faults: Faults) -> Kpi:
    rest = [column for column in sheet.columns if column.key != columns.KPI_ID]
    values = {column.key: values_in.text(column, row[column.key], faults) for column in rest}
    by_year = [column.key for column in sheet.columns if column.repeats is Repeats.YEAR]
    return Kpi(
        id=id_,
        defined_by="",
        name=values[fields.KPI_NAME],
        is_new=bool(values[columns.IS_NEW]),
        unit=values[columns.UNIT],
        direction=values[columns.DIRECTION],
        baseline=values[fields.BASELINE],
        targets={key.partition(".")[2]: values[key] for key in by_year if values[key]},
    )
