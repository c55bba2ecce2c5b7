"""What a sheet cannot hold: what is left out then is left out exactly, and said or found elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dxkpi_xl.annex import kpi_sheet, source_sheet
from dxkpi_xl.annex.counts import counts
from dxkpi_xl.annex.kpi_sheet import add_kpi_sheet
from dxkpi_xl.annex.layout import AnnexLayout
from dxkpi_xl.annex.page_breaks import Piece, page_ends
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.printed_sources import PrintedSource
from dxkpi_xl.annex.source_sheet import OfficeSheets, add_source_sheet, shown_sources
from dxkpi_xl.annex.summary_sheet import add_summary_sheet
from dxkpi_xl.annex.summary_tables import area_table, bureau_table
from dxkpi_xl.annex.workbook import layout_workbook
from dxkpi_xl.cycle.model import Bureau, Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.merge.provenance import Origin, Source
from dxkpi_xl.merge.three_way import FieldOutcome, FieldState

LINKED = 32_765  # cells: each row of 出典 has two links, a sheet 65,530
ANSWERED_EVERY = 100


def printed(count: int, every: int = ANSWERED_EVERY) -> Iterator[PrintedSource]:
    """So many printed cells; of each hundred (or ``every``) the first was answered anew, the second is in conflict."""
    for n in range(count):
        value = "新" if n % every == 0 else "旧"
        state = FieldState.CONFLICT if n % every == 1 else FieldState.UNCHANGED
        made = FieldOutcome(listing_id="L1", column="target", base="旧", value=value, state=state, sides=())
        yield PrintedSource(
            cell=f"A{n + 1}",
            listing_id="L1",
            project_no="1",
            kpi_no="",
            key="target",
            heading="目標",
            printed=value,
            source=Source(origin=Origin.RETURN, sha256="00", outcome=made),
        )


def opened(book: Book) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(book.to_bytes()))


def source_rows(count: int, every: int = ANSWERED_EVERY) -> Worksheet:
    """The sheet 出典 of so many printed cells."""
    book = Book(Properties(title="試し"))
    book.sheet("資料")
    cells = printed(count, every)
    office = OfficeSheets(printed=cells, count=count, arrived={}, originals={"00": "受領/原本.xlsx"})
    add_source_sheet(book, "資料", office)
    return opened(book)["出典"]


def test_every_printed_cell_has_its_source_and_links_up_to_excels_limit() -> None:
    shown, is_linked = shown_sources(printed(LINKED), LINKED)
    assert ([each.cell for each in shown], is_linked) == ([f"A{n + 1}" for n in range(LINKED)], True)


def test_beyond_excels_links_the_sources_of_the_answers_stay() -> None:
    shown, is_linked = shown_sources(printed(LINKED + 1), LINKED + 1)
    anew = [n for n in range(LINKED + 1) if n % ANSWERED_EVERY in (0, 1)]
    assert ([each.cell for each in shown], is_linked) == ([f"A{n + 1}" for n in anew], True)


def test_answers_beyond_excels_links_stay_without_links() -> None:
    shown, is_linked = shown_sources(printed(LINKED + 1, every=1), LINKED + 1)
    assert ([each.cell for each in shown], is_linked) == ([f"A{n + 1}" for n in range(LINKED + 1)], False)


@pytest.mark.parametrize(
    ("count", "every", "cells", "links"),
    [
        (200, ANSWERED_EVERY, [f"A{n + 1}" for n in range(200)], 400),
        (201, ANSWERED_EVERY, ["A1", "A2", "A101", "A102", "A201"], 10),
        (201, 1, [f"A{n + 1}" for n in range(201)], 0),
    ],
)
def test_the_sheet_of_sources_has_no_more_links_than_excel(
    monkeypatch: pytest.MonkeyPatch, count: int, every: int, cells: list[str], links: int
) -> None:
    monkeypatch.setattr(source_sheet, "LINKS", 400)
    sheet = source_rows(count, every)
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == cells
    found = [cell.hyperlink for row in sheet.iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert len(found) == links
    assert [link.location for link in found[:2]] == ["'資料'!A1", None][: len(found)]


@pytest.mark.parametrize("most", [20, 21])
def test_kpis_beyond_the_cap_have_no_charts_and_the_sheet_says_so(
    form: Form, r6: Register, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    assert len(r6.kpis) == 21
    monkeypatch.setattr(kpi_sheet, "MOST_CHARTS", most)
    book = Book(Properties(title="試し"), annex_paper(r6.cycle).normal)
    add_kpi_sheet(book, form, r6)
    sheet = opened(book)["KPI"]
    if most == 21:
        assert len(sheet._charts) == 21
    else:
        said = "KPIが21件あるため、グラフは省きました(20件まで)。値はシート「データ」を御覧ください。"
        assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [[said]]
        assert not sheet._charts


def test_pages_beyond_excels_page_breaks_end_where_the_paper_does(layout: AnnexLayout) -> None:
    long = replace(layout, last_rows=tuple(range(6, 6 + 1_025)))
    sheet = openpyxl.load_workbook(io.BytesIO(layout_workbook(long)))[layout.sheet_name]
    assert [each.id for each in sheet.row_breaks.brk] == list(range(6, 6 + 1_023))


def test_page_ends_of_many_rows_are_found_one_by_one() -> None:
    pieces = [Piece(rows=1, height=10.0)] * 30_000
    assert page_ends(pieces, 50.0) == tuple(range(5, 30_001, 5))


def of_bureaus(register: Register, count: int) -> Register:
    """R6 with so many bureaus, the added ones in charge of nothing."""
    added = (Bureau(code=f"X{n}", name=f"第{n}局") for n in range(count - len(register.bureaus)))
    return replace(register, bureaus=(*register.bureaus, *added))


@pytest.mark.parametrize(("count", "columns"), [(50, 50), (51, 0)])
def test_beyond_50_bureaus_they_stand_in_their_own_table_only(
    form: Form, r6: Register, count: int, columns: int
) -> None:
    found = counts(of_bureaus(r6, count))
    areas, bureaus = area_table(form, found), bureau_table(form, found)
    named = [each.bureau.name for each in found.bureaus]
    assert areas.headings == ("分野No", "分野名称", *named[:columns], "計", "うち再掲", "KPIのある行", "その割合")
    assert [row[-4:-1] for row in areas.rows][-1] == (64, 13, 29)
    assert sum(areas.rows[-1][2:-4]) == (64 if columns else 0)
    assert [row[1] for row in bureaus.rows] == [*named, ""]


def test_a_summary_of_51_bureaus_draws_what_can_be_told_apart(form: Form, r6: Register) -> None:
    register = of_bureaus(r6, 51)
    book = Book(Properties(title="試し"), annex_paper(r6.cycle).normal)
    add_summary_sheet(book, form, register)
    sheet = opened(book)["集計"]
    titles = ["".join(run.t for p in chart.title.tx.rich.p for run in p.r) for chart in sheet._charts]
    assert titles == ["分野別の掲載行数とKPIのある行", "部局別の事業数とKPIのある事業"]
