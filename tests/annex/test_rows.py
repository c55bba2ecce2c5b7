"""What is printed, cell by cell."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dxkpi_xl.annex.bold_names import bold_parts
from dxkpi_xl.annex.headings import headings, spoken_heading
from dxkpi_xl.annex.row_cells import AnnexRows
from dxkpi_xl.annex.rows import annex_rows
from dxkpi_xl.cycle.model import AS_WRITTEN, ORIGINAL_CONTENT, Kpi, Listing, Register
from dxkpi_xl.form.columns import Form


@pytest.fixture(scope="module")
def annex(form: Form, r6: Register) -> AnnexRows:
    return annex_rows(form, r6)


def cells_of(annex: AnnexRows, row: int) -> dict[str, str]:
    return {cell.key: cell.text for cell in annex.rows[row - 1].cells}


def test_the_columns_are_those_of_the_original_in_its_order(annex: AnnexRows, transcript: dict[str, list[str]]) -> None:
    assert [spoken_heading(column) for column in annex.columns] == transcript["headings"]


@pytest.mark.parametrize(
    ("row", "key", "text"),
    [
        (1, "number", "1"),
        (6, "target", "【指標(KPI)】\n特定業務のBPRを実施する。(8業務)"),
        (7, "kpi_name", "アナログ規制の見直し総件数\n※新規"),
        (8, "bureau", "総務部\n企画調整部"),
        (8, "section", "行政経営課\nデジタル変革課"),
        (10, "kpi_no", "再掲"),
        (10, "kpi_name", "県及び市町村の行政手続のオンライン利用率\n※再掲:No3"),
        (13, "targets.R6", "75,600"),
        (13, "baseline", "-"),
        (17, "target", "【指標(KPI)】"),
        (19, "baseline", "40万枚"),
        (29, "number", "再掲"),
        (29, "project", "人事・給与・行政組織等管理事業(働き方改革推進事業)\n※再掲:No4"),
        (29, "kpi_no", "14"),
        (49, "baseline", "37.50%"),
    ],
)  # fmt: skip
def test_a_cell_prints_as_in_the_original(annex: AnnexRows, row: int, key: str, text: str) -> None:
    assert cells_of(annex, row)[key] == text


def test_an_item_without_a_name_spans_both_item_columns(annex: AnnexRows) -> None:
    spanning = [n for n, row in enumerate(annex.rows, start=1) for cell in row.cells if cell.across == 2]
    assert spanning == [30, 31, 32, 33, 34, 43, 44]
    assert cells_of(annex, 30)["item_no"] == "計画"


def test_only_the_bare_rows_after_no_51_join_the_row_above(annex: AnnexRows) -> None:
    assert [n for n, row in enumerate(annex.rows, start=1) if row.joins] == [62, 63, 64]
    assert annex.texts()[62][8:] == ("",) * 9


def test_a_bare_row_that_follows_another_project_prints_its_first_rows_content(form: Form, r6: Register) -> None:
    listings = list(r6.listings)
    listings[60:63] = [listings[60], listings[0], listings[61]]
    annex = annex_rows(form, replace(r6, listings=tuple(listings)))
    bare, first = annex.rows[62], annex.rows[60]
    assert not bare.joins
    assert bare.content_id == first.listing_id
    assert [cell.text for cell in bare.cells[8:10]] == [cell.text for cell in first.cells[8:10]]
    assert (bare.cells[10].text, bare.cells[11].text) == ("再掲", "スマートシティに取り組む市町村数\n※再掲:No21")


def test_a_bare_row_does_not_join_a_relisted_row_that_says_something_else(form: Form, r6: Register) -> None:
    """A bare row stands for its project's first row (``cycle.model.Listing``), not for whatever stands above it."""
    listings = list(r6.listings)
    listings[61] = replace(listings[61], outline="別の内容", target_kind="目標", target="別の目標")
    annex = annex_rows(form, replace(r6, listings=tuple(listings)))
    assert [row.joins for row in annex.rows[60:]] == [False, False, False, True]
    assert annex.rows[62].cells[8].text == annex.rows[60].cells[8].text


@pytest.mark.parametrize(
    ("written", "text", "number"),
    [
        ("75600", "75,600", 75600),
        ("75,600", "75,600", 75600),
        ("0", "0", 0),
        ("-12", "-12", -12),
        ("007", "007", None),
        ("75,60", "75,60", None),
        ("７５６００", "７５６００", None),
        ("75600件", "75600件", None),
        ("1234567890123456", "1234567890123456", None),
        ("4以上", "4以上", None),
        ("-", "-", None),
    ],
)
def test_a_plain_integer_is_a_number_with_its_comma(
    form: Form, r6: Register, written: str, text: str, number: int | None
) -> None:
    kpis = (replace(r6.kpis[0], baseline=written), *r6.kpis[1:])
    cell = annex_rows(form, replace(r6, kpis=kpis)).rows[5].cells[12]
    assert (cell.text, cell.number) == (text, number)


def test_as_written_leaves_every_value_a_text(form: Form, r6: Register) -> None:
    register = replace(r6, cycle=replace(r6.cycle, number_style=AS_WRITTEN))
    cell = annex_rows(form, register).rows[12].cells[15]
    assert (cell.text, cell.number) == ("75600", None)


def test_each_cell_can_be_traced_to_a_listing_and_a_kpi(annex: AnnexRows) -> None:
    row = annex.rows[9]
    assert (row.listing_id, row.content_id, row.kpi_id) == ("L0010", "L0010", "K0003")


@pytest.mark.parametrize(
    ("name", "bold"),
    [
        ("申請・届出オンライン化事業", ["申請・届出オンライン化事業"]),
        ("職員研修事業(階層別研修事業)", ["職員研修事業"]),
        ("デジタル変革(DX)推進事業\n(オールふくしま(スマートシティ)推進事業)", ["デジタル変革(DX)推進事業\n"]),
        ("業務の棚卸し(可視化)とBPR(県庁のDX)", ["業務の棚卸し(可視化)とBPR"]),
        ("建設業法(経営)\n建設業許可(OA)", ["建設業法", "\n建設業許可"]),
        ("閉じない事業（内訳", ["閉じない事業"]),
        ("", []),
    ],
)
def test_the_name_is_bold_and_its_parts_in_brackets_are_not(name: str, bold: list[str]) -> None:
    runs = bold_parts(name)
    assert "".join(text for text, _ in runs) == name
    assert [text for text, is_bold in runs if is_bold] == bold


def test_the_heading_rows_are_merged_as_in_the_original(form: Form, r6: Register, annex: AnnexRows) -> None:
    areas = {(h.text, h.top, h.left, h.bottom, h.right) for h in headings(form, r6.cycle, annex.columns)}
    assert {
        ("事業番号", 1, 1, 3, 1),
        ("デジタル変革(DX)推進基本方針及びデジタル化推進計画", 1, 2, 1, 5),
        ("令和6年度関連事業 取組一覧", 1, 6, 1, 10),
        ("KPI (重要業績評価指標)", 1, 11, 1, 17),
        ("分野", 2, 2, 2, 3),
        ("担当", 2, 6, 2, 7),
        ("目標値", 2, 13, 2, 17),
        ("指標名", 2, 12, 3, 12),
        ("R7", 3, 17, 3, 17),
    } <= areas
    assert sum((bottom - top + 1) * (right - left + 1) for _, top, left, bottom, right in areas) == 3 * 17


def test_a_kpi_that_is_new_is_noted_only_where_it_is_defined(form: Form, r6: Register) -> None:
    listing = Listing(id="L0900", project_id="P0011", area_no="I-2", item_no="(1)", outline="新", kpi_id="K0002")
    register = replace(r6, listings=(*r6.listings, listing))
    assert isinstance(register.kpi_by_id["K0002"], Kpi)
    assert annex_rows(form, register).rows[-1].cells[11].text == "アナログ規制の見直し総件数\n※再掲:No2"


def test_a_relisted_row_prints_its_own_words_or_always_those_of_its_original(form: Form, r6: Register) -> None:
    own = replace(r6.listings[61], outline="再掲の行の文", target_kind="目標", target="再掲の行の目標")
    register = replace(r6, listings=(*r6.listings[:61], own, *r6.listings[62:]))
    first = annex_rows(form, register).rows[60]
    row = annex_rows(form, register).rows[61]
    assert (row.content_id, row.cells[8].text, row.cells[9].text, row.kpi_id) == (
        "L0062",
        "再掲の行の文",
        "【目標】\n再掲の行の目標",
        "",
    )
    row = annex_rows(form, replace(register, cycle=replace(r6.cycle, relisting_policy=ORIGINAL_CONTENT))).rows[61]
    assert (row.content_id, row.kpi_id, row.joins) == ("L0061", first.kpi_id, True)
    assert [cell.text for cell in row.cells[8:10]] == [cell.text for cell in first.cells[8:10]]
    assert [cell.text for cell in row.cells[10:12]] == ["再掲", f"{first.cells[11].text}\n※再掲:No21"]


def test_a_relisted_row_that_defines_a_kpi_keeps_its_words_because_the_kpi_stands_nowhere_else(
    form: Form, r6: Register
) -> None:
    always = replace(r6, cycle=replace(r6.cycle, relisting_policy=ORIGINAL_CONTENT))
    row = annex_rows(form, always).rows[28]
    assert (row.listing_id, row.content_id, row.cells[10].text) == ("L0029", "L0029", "14")
    numbers = [row.cells[10].text for row in annex_rows(form, always).rows]
    assert [number for number in numbers if number not in ("", "再掲")] == [str(n) for n in range(1, 22)]


def test_an_undecided_field_is_marked_on_paper_where_it_is_printed(form: Form, r6: Register) -> None:
    undecided = frozenset(
        {("L0026", "target"), ("L0008", "targets.R6"), ("L0045", "change_kind"), ("L0061", "outline")}
    )
    rows = {row.listing_id: row for row in annex_rows(form, r6, undecided).rows}
    marked = {
        (listing_id, cell.key): (cell.text, cell.number)
        for listing_id, row in rows.items()
        for cell in row.cells
        if "※調整中" in cell.text
    }
    assert set(marked) == {
        ("L0026", "target"),
        *((row, "targets.R6") for row in ("L0008", "L0010", "L0050", "L0060")),
        ("L0045", "project"),
        *((row, "outline") for row in ("L0061", "L0062", "L0063", "L0064")),
    }
    assert marked["L0008", "targets.R6"] == ("73.7%\n※調整中", None)
