"""The file: what other programs find in it."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest

from dxkpi_xl.annex.layout import AnnexLayout
from dxkpi_xl.annex.workbook import annex_workbook
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form


@pytest.fixture(scope="module")
def opened(workbook: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook), rich_text=True)


def test_the_title_and_document_lines_stand_over_three_heading_rows(opened: openpyxl.Workbook) -> None:
    sheet = opened["資料2-4"]
    assert sheet["A1"].value == "【資料2-4】(参考資料)"
    assert sheet["A2"].value == "行政のDX等に係る令和6年度関連事業・KPI一覧"
    assert (sheet["A3"].value, sheet["B4"].value, sheet["B5"].value, sheet["Q5"].value) == (
        "事業番号",
        "分野",
        "No",
        "R7",
    )
    assert {"A3:A5", "B3:E3", "B4:C4", "F3:J3", "K3:Q3", "M4:Q4", "H4:H5"} <= {str(each) for each in sheet.merged_cells}


def test_the_paper_is_a3_landscape_one_page_wide_with_repeated_headings(opened: openpyxl.Workbook) -> None:
    sheet = opened["資料2-4"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$1:$5"
    assert sheet.print_area == "'資料2-4'!$A$1:$Q$69"
    assert [each.id for each in sheet.row_breaks.brk] == [15, 27, 39, 49, 59]
    assert sheet.oddFooter.center.text == "&P / &N"


def test_every_row_has_a_height_of_its_own(opened: openpyxl.Workbook, layout: AnnexLayout) -> None:
    sheet = opened["資料2-4"]
    heights = [sheet.row_dimensions[row].height for row in range(1, 70)]
    assert heights == [*layout.head_heights, *(row.height for row in layout.rows)]


def test_the_names_are_bold_and_the_rest_is_not(opened: openpyxl.Workbook) -> None:
    name, parts, note = opened["資料2-4"]["H34"].value[0], *opened["資料2-4"]["H34"].value[1:]
    assert (name.text, name.font.b) == ("人事・給与・行政組織等管理事業", True)
    assert [(each.text, bool(each.font.b)) for each in (parts, note)] == [
        ("(働き方改革推進事業)", False),
        ("\n※再掲:No4", False),
    ]


def test_kpi_values_are_numbers_with_commas_or_texts_as_written(opened: openpyxl.Workbook) -> None:
    sheet = opened["資料2-4"]
    assert (sheet["P18"].value, sheet["P18"].number_format) == (75600, "#,##0")
    assert [sheet[cell].value for cell in ("M13", "M54", "N24", "M18")] == ["48.2%", "37.50%", "40万枚", "-"]


def test_properties_hold_the_title_and_the_organisation_only(opened: openpyxl.Workbook, workbook: bytes) -> None:
    properties = opened.properties
    assert properties.title == "行政のDX等に係る令和6年度関連事業・KPI一覧"
    assert (properties.subject, properties.keywords, properties.description) == (None, None, None)
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        assert re.findall("<Company>(.*?)</Company>", package.read("docProps/app.xml").decode()) == ["福島県"]


def test_the_same_register_gives_the_same_bytes(form: Form, r6: Register, workbook: bytes) -> None:
    assert annex_workbook(form, r6) == workbook


def test_a_text_that_looks_like_a_formula_is_a_text(form: Form, hard_register: Register) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(annex_workbook(form, hard_register)))["資料2-4"]
    [cell] = [cell for cell in sheet["I"] if cell.value == "=1+1"]
    assert cell.data_type == "s"
