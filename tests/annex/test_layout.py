"""Where things stand: heights, merges, pages, parts."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from dxkpi_xl.annex.continuation import CONTINUED
from dxkpi_xl.annex.layout import FIRST_ROW, AnnexLayout, Area, annex_layout
from dxkpi_xl.annex.page_breaks import Piece, page_ends
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.workbook import layout_workbook
from dxkpi_xl.cycle.model import IN_HEADER, AnnexMargins, Register
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.paper import Margins


def test_r6_takes_fewer_pages_than_the_original_at_9_points(layout: AnnexLayout) -> None:
    assert layout.paper.body == 9
    assert layout.pages == (range(6, 16), range(16, 28), range(28, 40), range(40, 50), range(50, 60), range(60, 70))


def test_the_table_fills_the_paper_without_being_scaled_down(layout: AnnexLayout) -> None:
    width = sum(layout.paper.normal.column_points(each) for each in layout.widths)
    assert 0.99 <= width / layout.paper.printable()[0] <= 1


def test_the_block_of_no_51_is_merged_down_in_nine_columns(layout: AnnexLayout) -> None:
    down = [area for area in layout.merges if area.bottom > area.top]
    assert down == [Area(top=66, left=column, bottom=69, right=column) for column in range(9, 18)]


def test_an_item_without_a_name_is_merged_across(layout: AnnexLayout) -> None:
    across = [area for area in layout.merges if area.right > area.left]
    assert across == [Area(top=row + 5, left=4, bottom=row + 5, right=5) for row in (30, 31, 32, 33, 34, 43, 44)]


def test_no_page_is_higher_than_the_paper_and_no_row_higher_than_excel_allows(
    form: Form, hard_register: Register
) -> None:
    for paper in (annex_paper(hard_register.cycle), annex_paper(hard_register.cycle, size="A4", body=8)):
        layout = annex_layout(form, hard_register, paper)
        height = paper.printable()[1] - sum(layout.head_heights)
        for page in layout.pages:
            assert sum(layout.rows[row - FIRST_ROW].height for row in page) <= height
        assert max(row.height for row in layout.rows) <= 390
        assert all(any(area.top in page and area.bottom in page for page in layout.pages) for area in layout.merges)


def test_a_text_that_is_too_high_is_printed_in_parts_cut_at_a_sentence(form: Form, r6: Register) -> None:
    text = "行政手続を見直す。" * 111
    listings = (replace(r6.listings[0], outline=text), *r6.listings[1:])
    layout = annex_layout(form, replace(r6, listings=listings), annex_paper(r6.cycle))
    parts = [row for row in layout.rows if row.listing_id == "L0001"]
    outlines = [row.cells[8].text for row in parts]
    assert len(parts) == 2
    assert "".join(outlines) == text
    assert all(each.endswith("。") for each in outlines)
    assert parts[1].cells[0].text == f"1\n{CONTINUED}"
    assert [cell.text for cell in parts[1].cells[1:8]] == [""] * 7


def test_a_block_higher_than_a_page_is_cut_and_its_content_printed_again(form: Form, r6: Register) -> None:
    bare = [replace(r6.listings[61], id=f"L{n:04}") for n in range(1000, 1030)]
    register = replace(r6, listings=(*r6.listings[:61], *bare))
    layout = annex_layout(form, register, annex_paper(register.cycle))
    heads = [row for row in layout.rows[60:] if not row.joined]
    assert len(heads) > 1
    assert {row.cells[8].text for row in heads} == {r6.listings[60].outline}
    assert [row.cells[10].text for row in heads] == ["21"] + ["再掲"] * (len(heads) - 1)


def test_a_number_too_wide_for_its_column_becomes_a_text(form: Form, r6: Register) -> None:
    kpis = (replace(r6.kpis[0], baseline="123456789012"), *r6.kpis[1:])
    layout = annex_layout(form, replace(r6, kpis=kpis), annex_paper(r6.cycle))
    cell = layout.rows[5].cells[12]
    assert (cell.text, cell.number) == ("123,456,789,012", None)


def test_type_too_small_to_read_is_refused(form: Form, r6: Register) -> None:
    with pytest.raises(CannotProceed, match=r"用紙B5の横に17列を収めると、文字が[4-7]\.[0-9]pt"):
        annex_layout(form, r6, annex_paper(r6.cycle, size="B5", body=8))


def test_an_unknown_paper_is_refused(r6: Register) -> None:
    with pytest.raises(CannotProceed, match="用紙「レター」は使えません"):
        annex_paper(replace(r6.cycle, paper="レター"))


def test_an_annex_without_rows_has_one_page_of_headings(form: Form, r6: Register) -> None:
    layout = annex_layout(form, replace(r6, listings=()), annex_paper(r6.cycle))
    assert layout.pages == (range(6, 6),)


def pieces(*heights: float, items: str = "") -> list[Piece]:
    return [
        Piece(rows=1, height=height, begins_item=not items or n == 0 or items[n] != items[n - 1])
        for n, height in enumerate(heights)
    ]


def test_pages_are_filled_evenly_rather_than_one_after_another() -> None:
    assert page_ends(pieces(*[10] * 12), 100) == (6, 12)


def test_a_page_ends_at_an_items_end_where_that_costs_little() -> None:
    assert page_ends(pieces(*[10] * 12, items="aaaaaaabbbbb"), 100) == (7, 12)


def test_the_fewest_pages_come_before_even_filling() -> None:
    assert page_ends(pieces(90, 10, 90, 10), 100) == (2, 4)


def test_a_piece_higher_than_a_page_is_refused() -> None:
    with pytest.raises(ValueError, match="higher than a page"):
        page_ends(pieces(101), 100)


@given(st.lists(st.floats(min_value=1, max_value=100), max_size=60))
def test_every_piece_is_on_one_page_and_no_page_is_too_high(heights: list[float]) -> None:
    ends = page_ends(pieces(*heights), 100)
    assert (ends[-1] if ends else 0) == len(heights)
    starts = (0, *ends)
    assert all(sum(heights[a:b]) <= 100.0001 for a, b in zip(starts, ends, strict=False))


def test_size_margins_date_and_the_place_of_the_document_number_follow_the_cycle(form: Form, r6: Register) -> None:
    margins = AnnexMargins(top=20, bottom=16, left=15, right=18)
    settings: dict[str, Any] = {
        "annex_body": 10.5,
        "margins": margins,
        "annex_date": "6月1日現在",
        "document_place": IN_HEADER,
    }
    paper = annex_paper(replace(r6.cycle, **settings))
    assert (paper.body, paper.heading, paper.date, paper.document) == (
        10.5,
        10.5,
        "6月1日現在",
        "【資料2-4】(参考資料)",
    )
    assert paper.margins == Margins(left=15, right=18, top=20, bottom=16, header=10, footer=8)
    sheet = load_workbook(BytesIO(layout_workbook(annex_layout(form, r6, paper))))["資料2-4"]
    assert (sheet["A1"].value, sheet.row_dimensions[1].height) == (None, 3)
    assert (sheet.oddHeader.right.text, sheet.oddFooter.right.text) == ("【資料2-4】(参考資料)", "6月1日現在")
    assert sheet["I6"].font.size == 10.5
    above = load_workbook(BytesIO(layout_workbook(annex_layout(form, r6, annex_paper(r6.cycle)))))["資料2-4"]
    assert (above["A1"].value, above.oddHeader.right.text, above.oddFooter.right.text) == (
        "【資料2-4】(参考資料)",
        None,
        None,
    )
