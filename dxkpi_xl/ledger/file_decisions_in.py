"""The sheet 受付の判断 becomes the office's decisions on files of the inbox."""

from __future__ import annotations

from collections.abc import Iterator

from dxkpi_xl.cycle.office import FileDecision
from dxkpi_xl.ledger import columns, values_in
from dxkpi_xl.ledger.columns import LedgerSheet
from dxkpi_xl.ledger.faults import Faults, cell_name
from dxkpi_xl.ledger.table_in import Table
from dxkpi_xl.ledger.written import TableRow


def read_file_decisions(table: Table, sheet: LedgerSheet, faults: Faults) -> tuple[FileDecision, ...]:
    """Give the decisions that are whole; of the others, each blank cell is told. A file decided twice is told, too."""
    found = tuple(_decisions(table, sheet, faults))
    seen: dict[tuple[str, str], FileDecision] = {}
    for decision in found:
        first = seen.setdefault((decision.file, decision.sha256), decision)
        if first is not decision:
            what = sheet.column(columns.FILE).label
            faults.add("T039", decision.place, what=what, id=decision.named, other=cell_name(first.place))
    return found


def _decisions(table: Table, sheet: LedgerSheet, faults: Faults) -> Iterator[FileDecision]:
    for row in table.rows:
        values = {
            column.key: values_in.text(column, row[column.key], faults)
            for column in sheet.columns
            if column.key != columns.DECIDED_ON
        }
        decided_on = values_in.day(sheet.column(columns.DECIDED_ON), row[columns.DECIDED_ON], faults)
        if _names_a_file(row, sheet, values, faults) and all(values[key] for key in _REQUIRED):
            yield FileDecision(
                file=values[columns.FILE],
                sha256=values[columns.SHA256].lower(),
                choice=values[columns.FILE_CHOICE],
                reason=values[columns.REASON],
                decided_by=values[columns.DECIDED_BY],
                decided_on=decided_on,
                place=row[columns.FILE if values[columns.FILE] else columns.SHA256].place,
            )


_REQUIRED = (columns.FILE_CHOICE, columns.REASON, columns.DECIDED_BY)


def _names_a_file(row: TableRow, sheet: LedgerSheet, values: dict[str, str], faults: Faults) -> bool:
    if values[columns.FILE] or values[columns.SHA256]:
        return True
    cell = row[columns.FILE]
    if not (cell.spoilt or row[columns.SHA256].spoilt):
        what = "又は".join(sheet.column(key).label for key in (columns.FILE, columns.SHA256))
        faults.add("T033", cell.place, what=what)
    return False
