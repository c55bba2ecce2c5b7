"""Every printed cell of the annex with its source: what stands where on the sheet, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dxkpi_xl.annex.headings import spoken_heading
from dxkpi_xl.annex.layout import FIRST_ROW, AnnexLayout
from dxkpi_xl.annex.rows import is_shared
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.grid.addresses import column_name
from dxkpi_xl.merge.provenance import Source, Sources


@dataclass(frozen=True, kw_only=True, slots=True)
class PrintedSource:
    """One printed cell: its address, the row's numbers, the heading, what is printed, and its source."""

    cell: str
    listing_id: str
    project_no: str
    kpi_no: str
    key: str
    heading: str
    printed: str
    source: Source


def printed_sources(
    layout: AnnexLayout, register: Register, sources: Sources, *, but_as_issued: bool = False, blank: bool = False
) -> Iterator[PrintedSource]:
    """Give the source of every cell that is printed, row by row; a continuation row repeats its first row's.

    ``but_as_issued`` leaves out the cells of which no side says anything but what was issued; ``blank`` gives those
    that are printed blank, too.
    """
    numbering = register.numbering
    columns = [
        (column.key, spoken_heading(column), column_name(n), is_shared(column))
        for n, column in enumerate(layout.columns, start=1)
    ]
    for row_number, row in enumerate(layout.rows, start=FIRST_ROW):
        listing, content = register.listing_by_id[row.listing_id], register.listing_by_id[row.content_id]
        kpi = register.kpi_of(content)
        project_no = str(numbering.projects[listing.project_id])
        kpi_no = str(numbering.kpis[kpi.id]) if kpi else ""
        for (key, heading, letters, shared), cell in zip(columns, row.cells, strict=True):
            holder = content if shared else listing
            if (cell.text or blank) and not (but_as_issued and sources.is_as_issued(holder, key)):
                yield PrintedSource(
                    cell=f"{letters}{row_number}",
                    listing_id=listing.id,
                    project_no=project_no,
                    kpi_no=kpi_no,
                    key=key,
                    heading=heading,
                    printed=cell.text,
                    source=sources.of(holder, key),
                )
