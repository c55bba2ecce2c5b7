"""集計, KPI and データ: exact figures, what charts draw and say, and that they stand beside the annex unharmed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pdfplumber
import pytest

from dxkpi_xl.annex.counts import counts
from dxkpi_xl.annex.data_sheet import add_data_sheet, data_columns, data_rows
from dxkpi_xl.annex.kpi_sheet import add_kpi_sheet
from dxkpi_xl.annex.kpi_tiles import kpi_tiles
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.side_paper import page_breaks, shortened
from dxkpi_xl.annex.summary_sheet import add_summary_sheet
from dxkpi_xl.annex.summary_tables import area_table, bureau_table, key_figures
from dxkpi_xl.cycle.model import Kpi, Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.libreoffice import convert


def book_of(form: Form, register: Register, previous: Register | None = None) -> bytes:
    book = Book(Properties(title=register.cycle.full_title), annex_paper(register.cycle).normal)
    add_summary_sheet(book, form, register, previous)
    add_kpi_sheet(book, form, register)
    add_data_sheet(book, form, register)
    return book.to_bytes()


@pytest.fixture(scope="module")
def data(form: Form, r6: Register) -> bytes:
    return book_of(form, r6)


@pytest.fixture(scope="module")
def parts(data: bytes) -> Callable[[str], dict[str, str]]:
    def read(pattern: str) -> dict[str, str]:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return {n: package.read(n).decode("utf-8") for n in package.namelist() if re.search(pattern, n)}

    return read


def with_kpi(register: Register, **changes: object) -> Register:
    """R6 with its first KPI changed."""
    first: Kpi = replace(register.kpis[0], **changes)  # type: ignore[arg-type]  # the dataclass checks the names
    return replace(register, kpis=(first, *register.kpis[1:]))


def test_the_key_figures_of_r6(r6: Register) -> None:
    assert key_figures(counts(r6)) == (
        ("掲載行", 64),
        ("うち再掲", 13),
        ("事業", 51),
        ("KPIのある事業", 22),
        ("KPIのある事業の割合", 22 / 51),
        ("KPI", 21),
        ("うち「※新規」のKPI", 2),
    )


def test_rows_are_counted_by_area_and_bureau_and_add_up(form: Form, r6: Register) -> None:
    table = area_table(form, counts(r6))
    assert table.headings == (
        *("分野No", "分野名称", "総務部", "企画調整部", "土木部", "出納局", "議会事務局", "警察本部"),
        *("計", "うち再掲", "KPIのある行", "その割合"),
    )
    assert [row[2:11] for row in table.rows] == [
        (7, 0, 0, 0, 0, 0, 7, 0, 2),
        (5, 3, 1, 2, 0, 0, 11, 0, 6),
        (8, 4, 0, 0, 1, 3, 16, 1, 7),
        (2, 6, 0, 0, 0, 2, 10, 1, 2),
        (2, 13, 0, 0, 0, 0, 15, 7, 7),
        (0, 5, 0, 0, 0, 0, 5, 4, 5),
        (24, 31, 1, 2, 1, 5, 64, 13, 29),
    ]
    assert table.rows[5][11] == 1.0


def test_projects_and_kpis_are_counted_by_bureau(form: Form, r6: Register) -> None:
    rows = bureau_table(form, counts(r6)).rows
    assert [(row[1], row[2], row[3], row[5], row[6]) for row in rows] == [
        ("総務部", 22, 10, 0, 10),
        ("企画調整部", 20, 11, 3, 10),
        ("土木部", 1, 0, 0, 0),
        ("出納局", 2, 1, 0, 1),
        ("議会事務局", 1, 0, 0, 0),
        ("警察本部", 5, 0, 0, 0),
        ("", 51, 22, 3, 21),
    ]


def test_new_and_ended_are_counted_against_the_register_before(r6: Register) -> None:
    before = replace(r6, listings=r6.listings[1:])  # without P0001
    now = replace(r6, listings=tuple(each for each in r6.listings if each.id != "L0006"))  # without P0006 and its KPI
    figures = dict(key_figures(counts(now, before)))
    assert (figures["新たに加わった事業"], figures["終わった事業"]) == (1, 1)
    assert (figures["新たに加わった掲載行"], figures["終わった掲載行"]) == (1, 1)
    assert (figures["新たに加わったKPI"], figures["終わったKPI"]) == (0, 1)


def test_each_kpi_has_one_tile_that_says_what_the_line_cannot(form: Form, r6: Register) -> None:
    tiles = kpi_tiles(form, r6)
    assert len(tiles) == 21
    assert [tile.note for tile in tiles if tile.note] == [
        "値の定めのないところは、線を切っています。",
        "値の定めのないところは、線を切っています。",
        "「4以上」は、境目の値を図示しています。値の定めのないところは、線を切っています。",
        "値の定めのないところは、線を切っています。",
        "「ほぼ100%」は、およその値です。",
    ]
    paper = tiles[7]
    assert (paper.name, paper.unit) == ("KPI8 コピー用紙購入量(本庁(知事部局))", "枚")
    assert paper.about == "担当: 総務部 行政経営課 / 単位: 枚 / 方向: 減らす"
    assert [point.number for point in paper.points] == [400000, 400000, 320000, 200000, 120000]
    assert [point.number for point in tiles[3].points] == [None, None, None, 75600, 76300]


@pytest.mark.parametrize(
    ("targets", "note"),
    [
        ({"R4": "1", "R5": "2", "R6": "3", "R7": "4"}, ""),
        ({"R4": "1", "R5": "2", "R6": "3"}, "値の定めのないところは、線を切っています。"),
        ({"R4": "1", "R5": "検討中", "R6": "3", "R7": "4"}, "「検討中」は、数として図示できません。"),
        ({"R4": "1件", "R5": "2%", "R6": "3件", "R7": "4件"}, "単位の異なる値があります。"),
        ({"R4": "1", "R5": "2未満", "R6": "約3", "R7": "4"},
         "「2未満」は、境目の値を図示しています。「約3」は、およその値です。"),
    ],
)  # fmt: skip
def test_a_note_stands_only_where_there_is_something_to_say(
    form: Form, r6: Register, targets: dict[str, str], note: str
) -> None:
    assert kpi_tiles(form, with_kpi(r6, baseline="0", targets=targets))[0].note == note


def test_a_chart_draws_its_own_numbers_gaps_stay_gaps_and_it_is_described(
    parts: Callable[[str], dict[str, str]], data: bytes
) -> None:
    charts = parts(r"charts/chart\d+\.xml$")
    assert len(charts) == 3 + 21
    assert not [name for name, xml in charts.items() if "dispBlanksAs" in xml]  # Excel's own default is the gap
    described = re.findall(r'descr="([^"]+)"', "".join(parts(r"drawings/drawing\d+\.xml$").values()))
    assert len(described) == 24
    assert "KPI14 職員の職場満足度の折れ線グラフ。基準値 -、R4 4以上、R5 4以上、R6 4以上、R7 4以上。" in described[16]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["KPI"]
    ranges = re.findall(r"<c:f>'KPI'!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)</c:f>", charts["xl/charts/chart7.xml"])
    drawn = [[cell.value for cell in sheet[f"{a}{b}:{c}{d}"][0]] for a, b, c, d in ranges]
    assert drawn == [["基準値", "R4", "R5", "R6", "R7"], [None, None, None, 75600, 76300]]


def test_the_data_sheet_is_flat_complete_and_in_the_order_of_print(form: Form, r6: Register, data: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["データ"]
    assert (sheet.max_row, sheet.max_column, sheet.freeze_panes) == (65, 20, "B2")
    assert not sheet.merged_cells.ranges
    headings = [cell.value for cell in sheet[1]]
    assert len(set(headings)) == 20
    assert all(headings)
    assert [sheet.cell(row, 1).value for row in range(2, 66)] == [listing.id for listing in r6.listings]
    rows = {row[0]: dict(zip(headings, row, strict=True)) for row in data_rows(r6, data_columns(form, r6.cycle.years))}
    assert (rows["L0062"]["事業番号"], rows["L0062"]["再掲元の管理番号"]) == ("※再掲:No51", "L0061")
    assert rows["L0062"]["事業概要又は取組内容"] == rows["L0061"]["事業概要又は取組内容"]
    assert (rows["L0062"]["KPI番号"], rows["L0061"]["KPI番号"]) == ("※再掲:No21", "21")
    assert (rows["L0008"]["担当部"], rows["L0008"]["担当課"]) == ("総務部;企画調整部", "行政経営課;デジタル変革課")


def test_every_sheet_prints_one_page_wide_from_its_first_cell(data: bytes) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    assert workbook.sheetnames == ["集計", "KPI", "データ"]
    for sheet in workbook:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
        assert sheet.sheet_view.selection[-1].activeCell in (None, "A1", "A2", "B2")
    assert workbook["データ"].print_title_rows == "$1:$1"


def test_the_same_register_gives_the_same_bytes(form: Form, r6: Register, data: bytes) -> None:
    assert book_of(form, r6) == data


@pytest.mark.parametrize("paper", ["A3", "A4"])
def test_registers_that_break_easy_layouts_are_written(form: Form, r6: Register, paper: str) -> None:
    cycle = replace(r6.cycle, paper=paper)
    empty = replace(r6, cycle=cycle, listings=(), projects=(), kpis=())
    unset = with_kpi(replace(r6, cycle=cycle), baseline="-", targets={})
    long = with_kpi(replace(r6, cycle=cycle), name="𠮷" * 3000, baseline="検討" * 2000, targets={"R4": "9" * 400})
    years = replace(r6, cycle=replace(cycle, years=tuple(f"R{n}" for n in range(1, 16))))
    many = tuple(replace(r6.bureaus[0], code=f"{n:02}", name=f"部局{n:02}") for n in range(7, 30))
    bureaus = replace(r6, cycle=cycle, bureaus=(*r6.bureaus, *many))
    for register in (empty, unset, long, years, bureaus):
        assert book_of(form, register, r6)


@pytest.mark.parametrize(
    ("heights", "ends"),
    [
        ([(1, 40.0), (3, 40.0), (5, 40.0)], (3,)),
        ([(1, 50.0), (2, 50.0)], ()),
        ([(1, 200.0), (2, 10.0)], (1,)),
        ([], ()),
    ],
)
def test_a_page_ends_before_the_block_that_no_longer_fits(
    heights: list[tuple[int, float]], ends: tuple[int, ...]
) -> None:
    assert page_breaks(heights, 100.0) == ends


def test_a_description_is_cut_by_excels_own_count() -> None:
    assert shortened("a\nb  c") == "a b c"
    assert shortened("𠮷" * 200, 11) == "𠮷" * 5 + "…"
    assert shortened("あ" * 250) == "あ" * 250


@pytest.mark.libreoffice
@pytest.mark.parametrize(("paper", "pages"), [("A3", (1, 2)), ("A4", (2, 4))])
def test_on_paper_every_chart_has_its_heading_and_values_on_its_page(
    form: Form, r6: Register, paper: str, pages: tuple[int, int]
) -> None:
    register = replace(r6, cycle=replace(r6.cycle, paper=paper))
    book = Book(Properties(title="図"), annex_paper(register.cycle).normal)
    add_summary_sheet(book, form, register)
    add_kpi_sheet(book, form, register)
    with pdfplumber.open(io.BytesIO(convert(book.to_bytes(), "pdf"))) as document:
        texts = ["".join((page.extract_text() or "").split()) for page in document.pages]
        assert len(texts) == sum(pages)
        kpi_pages = texts[pages[0] :]
        for tile in kpi_tiles(form, register):
            beginning = "".join(tile.name.split())[:14]
            assert sum(beginning in text for text in kpi_pages) == 1, beginning
        assert sum(text.count("表記") for text in kpi_pages) == 21
        assert sum(len(page.curves) > 0 or len(page.lines) > 0 for page in document.pages) == sum(pages)
