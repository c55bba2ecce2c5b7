"""Every printed cell of the annex with its source: what stands where on the sheet, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dxkpi_xl.annex.headings import spoken_heading
from dxkpi_xl.annex.layout import FIRST_ROW, AnnexLayout
from dxkpi_xl.annex.rows import annex_rows
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.numbering import number
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.addresses import address
from dxkpi_xl.merge.provenance import Source, Sources


@dataclass(frozen=True, kw_only=True)
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


def printed_sources(form: Form, layout: AnnexLayout, register: Register, sources: Sources) -> tuple[PrintedSource, ...]:
    """Give the source of every cell that is printed, row by row; a continuation row repeats its first row's."""
    content_of = {row.listing_id: row.content_id for row in annex_rows(form, register).rows}
    return tuple(_all(layout, register, sources, content_of))


def _all(
    layout: AnnexLayout, register: Register, sources: Sources, content_of: Mapping[str, str]
) -> Iterator[PrintedSource]:
    numbering = number(register)
    for row_number, row in enumerate(layout.rows, start=FIRST_ROW):
        listing = register.listing_by_id[row.listing_id]
        content = register.listing_by_id[content_of[row.listing_id]]
        kpi = register.kpi_of(content)
        for position, (column, cell) in enumerate(zip(layout.columns, row.cells, strict=True), start=1):
            if not cell.text:
                continue
            shared = column.key in fields.LISTING_ANSWERS or column.belongs_to == "kpi"
            yield PrintedSource(
                cell=address(row_number, position),
                listing_id=listing.id,
                project_no=str(numbering.projects[listing.project_id]),
                kpi_no=str(numbering.kpis[kpi.id]) if kpi else "",
                key=column.key,
                heading=spoken_heading(column),
                printed=cell.text,
                source=sources.of(content if shared else listing, column.key),
            )
