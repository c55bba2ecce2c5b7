"""変更点.xlsx says every change once, side by side, marks it by more than colour, and is whole on paper."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

import openpyxl
import pdfplumber
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.workbook import Workbook

from dxkpi_xl.cycle.model import Kpi, Listing, Owner, Project, Register, in_plan_order
from dxkpi_xl.cycle.roll_on import roll_on
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.merge.fates import Fate
from dxkpi_xl.reports.changes.dry_run import dry_run_data, dry_run_lines
from dxkpi_xl.reports.changes.workbook import changes_workbook

FATES = {
    "L0012": Fate(listing_id="L0012", change_kind="廃止", end_reason="令和6年度で事業が完了したため"),
    "L0030": Fate(listing_id="L0030", change_kind="統合", merge_into="L0001", end_reason="=研修を一本化"),
    "L0070": Fate(listing_id="L0070", change_kind="新規", note="L0023から分割"),
}
LONG = "新しい取組を段階的に広げ、利用者の声を聴きながら改善する。" * 60


@pytest.fixture(scope="module")
def r7(r6: Register) -> Register:
    """R7: two texts, a KPI, an owner and a name changed; L0012 and L0030 gone, L0002 moved, L0070 new."""
    start = roll_on(r6, "R7")
    rows = {row.id: row for row in start.listings if row.id not in ("L0012", "L0030")}
    rows["L0001"] = replace(rows["L0001"], target="=SUM(A1:A9)\n" + rows["L0001"].target)
    rows["L0002"] = replace(rows["L0002"], area_no="I-3", item_no="(5)")
    rows["L0020"] = replace(rows["L0020"], outline=rows["L0020"].outline + LONG)
    rows["L0070"] = Listing(
        id="L0070", project_id="P0060", area_no="I-3", item_no="(5)", outline="研修を行う。", kpi_id="K0030"
    )
    projects = {project.id: project for project in start.projects if project.id not in ("P0012", "P0029")}
    projects["P0003"] = replace(projects["P0003"], name="職員研修事業(DX推進リーダー養成事業)")
    projects["P0005"] = replace(projects["P0005"], owners=(Owner(bureau="企画調整部", section="デジタル変革課"),))
    projects["P0060"] = Project(
        id="P0060", name="業務自動化研修事業", owners=(Owner(bureau="総務部", section="人事課"),)
    )
    kpis = {kpi.id: kpi for kpi in start.kpis}
    kpis["K0007"] = replace(kpis["K0007"], targets={**kpis["K0007"].targets, "R8": "ほぼ33,000"})
    kpis["K0030"] = Kpi(id="K0030", defined_by="L0070", name="受講者数", is_new=True, targets={"R7": "300名"})
    return replace(
        start,
        listings=in_plan_order(start.plan, tuple(rows.values())),
        projects=tuple(projects.values()),
        kpis=tuple(kpis.values()),
    )


@pytest.fixture(scope="module")
def data(form: Form, r6: Register, r7: Register) -> bytes:
    return changes_workbook(form, r6, r7, FATES)


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), rich_text=True)


def rows_of(book: Workbook, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet's table by heading, blank cells as ''."""
    values = [[cell if cell is not None else "" for cell in row] for row in book[sheet].iter_rows(values_only=True)]
    start = next(n for n, row in enumerate(values) if n > 0 and all(row))
    return [dict(zip(map(str, values[start]), row, strict=True)) for row in values[start + 1 :]]


def changed_pieces(cell: object) -> list[tuple[str, bool, bool, bool]]:
    """The marked pieces of a rich text: text, bold, struck through, underlined."""
    assert isinstance(cell, CellRichText)
    return [
        (piece.text, bool(piece.font.b), bool(piece.font.strike), piece.font.u is not None)
        for piece in cell
        if isinstance(piece, TextBlock) and (piece.font.strike or piece.font.u)
    ]


def test_the_same_registers_give_the_same_bytes_and_four_sheets(
    form: Form, r6: Register, r7: Register, data: bytes, book: Workbook
) -> None:
    assert changes_workbook(form, r6, r7, FATES) == data
    assert book.sheetnames == ["概要", "新旧対照", "番号の異動", "新規・廃止・統合・移動"]
    assert book["概要"]["A1"].value == "行政のDX等に係る令和7年度関連事業・KPI一覧 変更点 概要"
    assert "=" not in {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}


def test_each_changed_field_stands_side_by_side_with_its_difference_in_words(book: Workbook) -> None:
    rows = [row for row in rows_of(book, "新旧対照") if row["変更の内容(追加・削除)"] != "(続き)"]
    assert [(row["管理番号"], row["事業番号"], row["欄"], row["変更の内容(追加・削除)"]) for row in rows] == [
        ("", "", "年度", "削除「R6」→追加「R7」"),
        ("", "", "資料の標題", "削除「6」→追加「7」"),
        ("", "", "年度の列", "削除「R4、」\n追加「、R8」"),
        ("L0001", "1", "指標(KPI)又は目標", "追加「=SUM(A1:A9)」"),
        ("L0003", "2", "事業名又は取組名", "削除「研修」→追加「養成」"),
        ("L0005", "4", "担当部・担当課", "削除「総務部 行政経営課」→追加「企画調整部 デジタル変革課」"),
        ("L0017", "15", "R8目標値", "追加(空欄から記入)"),
        ("L0020", "18", "事業概要又は取組内容", f"追加「{LONG[:30]}…({len(LONG)}字)」"),
        ("L0002", "21", "分野名称・項目名称", "全文の書換え(旧を削除し、新を追加)"),
    ]
    value = next(row for row in rows if row["欄"] == "R8目標値")
    assert (str(value["旧(令和6年度)"]), str(value["新(令和7年度)"])) == ("(空欄)", "ほぼ33,000")


def test_a_difference_is_marked_within_the_text_by_more_than_colour(book: Workbook) -> None:
    row = next(row for row in rows_of(book, "新旧対照") if row["管理番号"] == "L0003")
    assert str(row["旧(令和6年度)"]) == "職員研修事業(DX推進リーダー研修事業)"
    assert changed_pieces(row["旧(令和6年度)"]) == [("研修", True, True, False)]
    assert changed_pieces(row["新(令和7年度)"]) == [("養成", True, False, True)]


def test_a_text_higher_than_a_row_goes_on_below_without_losing_a_character(book: Workbook, r7: Register) -> None:
    parts = [row for row in rows_of(book, "新旧対照") if row["管理番号"] == "L0020"]
    assert [row["変更の内容(追加・削除)"] == "(続き)" for row in parts] == [False, True, True]
    assert {row["欄"] for row in parts} == {"事業概要又は取組内容"}
    assert "".join(str(row["新(令和7年度)"]) for row in parts) == r7.listing_by_id["L0020"].outline


def test_what_came_and_went_is_listed_by_kind_with_where_it_went_and_why(book: Workbook) -> None:
    rows = rows_of(book, "新規・廃止・統合・移動")
    listed = [
        tuple(str(row[key]) for key in ("区分", "種別", "ID", "旧(令和6年度)", "新(令和7年度)", "理由・備考"))
        for row in rows
    ]
    split = "人事・給与・行政組織等管理事業(県庁のDX・業務改革推進事業)\n(P0023)"
    items = (
        "I-1 まず始めに実施すべき取組\n(1) 職員の意識改革と行動変容",
        "I-3 公務能率の向上に向けた取組\n(5) RPAの導入",
    )
    names = "職員研修事業(DX推進リーダー研修事業)", "職員研修事業(DX推進リーダー養成事業)"
    assert listed == [
        ("新規", "KPI", "K0030", "", "KPI番号 11", ""),
        ("分割", "事業", "P0060", split, "事業番号 23", "L0023から分割"),
        ("統合", "事業", "P0029", "事業番号 29", "職員研修事業(階層別研修事業)\n(P0001)", "=研修を一本化"),
        ("廃止", "事業", "P0012", "事業番号 12", "", "令和6年度で事業が完了したため"),
        ("移動", "掲載行", "L0002", *items, ""),
        ("移管", "事業", "P0005", "総務部 行政経営課", "企画調整部 デジタル変革課", ""),
        ("改称", "事業", "P0003", *names, ""),
    ]
    contents = {str(row["ID"]): str(row["内容(新規は新、廃止・統合は旧)"]) for row in rows}
    assert contents["P0060"] == "【事業概要又は取組内容】研修を行う。\n【指標名】受講者数\n【R7目標値】300名"


def test_changed_numbers_are_listed_old_and_new(book: Workbook) -> None:
    rows = rows_of(book, "番号の異動")
    found = [(row["番号の種類"], row["旧(令和6年度)"], row["新(令和7年度)"], row["ID"]) for row in rows]
    assert found[:2] == [("事業番号", 3, 2, "P0003"), ("事業番号", 4, 3, "P0004")]
    assert ("事業番号", 2, 21, "P0002") in found
    assert ("KPI番号", 11, 12, "K0011") in found


def test_the_summary_counts_what_the_sheets_list(form: Form, r6: Register, r7: Register, book: Workbook) -> None:
    counts = dry_run_data(r6, r7, form, FATES)["counts"]
    sheet = book["概要"]
    tables: dict[str, dict[str, list[object]]] = {}
    for row in sheet.iter_rows(values_only=True):
        if row[1] == "新規":
            current = tables.setdefault(str(row[0]), {})
        elif isinstance(row[1], int):
            current[str(row[0])] = list(row[1:])
    assert list(tables) == ["分野", "部局(主担当)"]
    for groups in tables.values():
        total = groups.pop("計")
        assert total == list(counts.values())
        assert total == [sum(column) for column in zip(*groups.values(), strict=True)]  # type: ignore[arg-type]  # counts
    assert counts == {
        "新規": 1,
        "分割": 1,
        "統合": 1,
        "廃止": 1,
        "移動": 1,
        "移管": 1,
        "改称": 1,
        "変更した行": 6,
        "変更した欄": 9,
        "番号の異動": len(rows_of(book, "番号の異動")),
    }
    assert tables["部局(主担当)"]["土木部"][3] == 1  # 廃止


def test_registers_that_do_not_differ_say_so(form: Form, r6: Register) -> None:
    book = openpyxl.load_workbook(io.BytesIO(changes_workbook(form, r6, r6)))
    for sheet in book:
        assert "変更はありません。" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_every_sheet_prints_on_a3_landscape_one_page_wide_with_its_headings(book: Workbook) -> None:
    for sheet in book:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert "&P / &N" in f"{sheet.oddFooter.center.text}"
        if sheet.title != "概要":
            heading = next(row for row in sheet.iter_rows(min_row=2) if all(cell.value for cell in row))[0].row
            assert sheet.print_title_rows == f"${heading}:${heading}"


@pytest.mark.libreoffice
def test_every_character_stands_on_paper(data: bytes, book: Workbook) -> None:
    with pdfplumber.open(io.BytesIO(convert(data, "pdf"))) as pdf:
        pages = [page.filter(is_text_or_border) for page in pdf.pages]
        cells = [cell for page in pages for table in page.extract_tables() for row in table for cell in row]
    printed = {bare(cell) for cell in cells if cell}
    for sheet in book:
        for text in texts_of(book, sheet.title):
            assert bare(text) in printed


def is_text_or_border(drawn: dict[str, object]) -> bool:
    """Leave out the lines under and through the marked text, which are of its colour; borders are grey."""
    colour = drawn.get("stroking_color") if drawn["object_type"] == "line" else drawn.get("non_stroking_color")
    return drawn["object_type"] == "char" or not isinstance(colour, tuple) or len(set(colour)) == 1


def texts_of(book: Workbook, sheet: str) -> Iterator[str]:
    start = 6 if sheet == "概要" else 4
    for row in book[sheet].iter_rows(min_row=start, values_only=True):
        yield from (str(value) for value in row if value not in (None, "") and bare(str(value)))


def bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_a_dry_run_tells_row_by_row_what_would_change(form: Form, r6: Register) -> None:
    row = replace(r6.listing_by_id["L0026"], target="生成AIを全庁で使う。")
    kpi = replace(r6.kpi_by_id["K0007"], targets={**r6.kpi_by_id["K0007"].targets, "R6": "28000"})
    after = replace(
        r6,
        listings=tuple(row if each.id == row.id else each for each in r6.listings),
        kpis=tuple(kpi if each.id == kpi.id else each for each in r6.kpis),
    )
    assert dry_run_lines(r6, after, form) == (
        "前回の公表から変わるところ: 変更した行2件、変更した欄2件(掲載行 64行→64行)",
        "L0017 17 オープンデータの推進(企画調整部 デジタル変革課)",
        "  R6目標値: 「27714」→「28000」",
        "L0026 26 人事・給与・行政組織等管理事業(県庁のDX・業務改革推進事業)"
        "(総務部 行政経営課、企画調整部 デジタル変革課)",
        "  指標(KPI)又は目標: 「生成AIの活用について検討を進める。」→「生成AIを全庁で使う。」",
        "まだ何も書き込んでいません。公表するときは「dxkpi publish」を実行してください。",
    )
    found = dry_run_data(r6, after, form)
    assert found["fields"][0] == {
        "thing": "KPI",
        "id": "K0007",
        "columns": ("targets.R6",),
        "before": "27714",
        "after": "28000",
        "listing_id": "L0017",
        "label": "R6目標値",
    }


def test_a_dry_run_tells_what_ends_and_what_is_new(form: Form, r6: Register, r7: Register) -> None:
    lines = dry_run_lines(r6, r7, form, FATES)
    where = lines.index("L0070 23 業務自動化研修事業(総務部 人事課)")
    assert lines[where + 1 : where + 3] == (
        "  新規: KPI K0030 「受講者数」",
        "  分割: 事業 P0060 「人事・給与・行政組織等管理事業(県庁のDX・業務改革推進事業)」→「業務自動化研修事業」"
        "(理由・備考: L0023から分割)",
    )
    assert (
        "  統合: 事業 P0029 「研修予約管理システム導入事業」→「職員研修事業(階層別研修事業)」"
        "(理由・備考: =研修を一本化)"
    ) in lines


def test_a_dry_run_before_the_first_publication_or_without_a_change_says_so(form: Form, r6: Register) -> None:
    assert dry_run_lines(None, r6, form)[0] == (
        "まだ公表したデータがありません。64行(事業51件、KPI21件)を新たに作ります。"
    )
    assert dry_run_lines(r6, r6, form)[0] == "前回の公表から変わるところはありません。"
    data: Mapping[str, object] = dry_run_data(None, r6, form)
    assert data == {"published": False, "rows": 64}
