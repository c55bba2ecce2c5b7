"""The workbook as a whole: identity, what is open, what survives a paste, weight, and nothing that points outside."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
import python_calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Bureau, Owner, Register, Section
from dxkpi_xl.cycle.survey import surveys
from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.form.columns import Form
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import judge
from dxkpi_xl.returns.model import Verdict
from dxkpi_xl.survey_books.workbook import survey_workbook

from .conftest import ANSWERS, KEY, opened, survey_of

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def part(document: bytes, name: str) -> str:
    """One part of the file as text."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return package.read(name).decode("utf-8")


def answer_xml(document: bytes) -> ET.Element:
    """The answer sheet's XML; it is the second sheet."""
    return ET.fromstring(part(document, "xl/worksheets/sheet2.xml"))


def test_sheets_are_the_guide_the_answers_and_the_examples_with_two_hidden_behind_them(somu: bytes) -> None:
    book = opened(somu).book
    assert [(sheet.title, sheet.sheet_state) for sheet in book.worksheets] == [
        ("記入要領", "visible"),
        ("事業・KPI", "visible"),
        ("記入例", "visible"),
        ("選択肢", "hidden"),
        ("発行時の控え", "hidden"),
    ]
    assert book.active.title == ANSWERS


def test_identity_stands_in_visible_cells_and_in_the_hidden_copy(somu: bytes) -> None:
    book = opened(somu)
    labels = (
        "調査票ID",
        "年度",
        "部局",
        "様式版",
        "課から主管課への提出期限",
        "主管課から事務局への提出期限",
        "提出先",
    )
    assert [book.cell("", label).value for label in labels] == [
        "R6-01-0",
        "令和6年度",
        "総務部",
        "shiryo-2-4 1.0 (R6)",
        "令和6年5月17日(金)",
        "令和6年5月24日(金)",
        "企画調整部デジタル変革課 DX推進担当 内線 2000 dx-survey@pref.example.jp",
    ]
    copy = book.book["発行時の控え"]
    assert [(row[0].value, row[1].value) for row in copy["A2:B5"]] == [
        ("survey_id", "R6-01-0"),
        ("year", "令和6年度"),
        ("addressee", "総務部"),
        ("form_version", "shiryo-2-4 1.0 (R6)"),
    ]


def test_every_heading_stands_once_in_one_row(somu: bytes, form: Form, r6: Register) -> None:
    book = opened(somu)
    shown = [cell.value for cell in book.sheet[book.heading_row]]
    assert shown == ["状態", *(column.label for column in form.columns_for(r6.cycle.years))]


@pytest.mark.parametrize("addressee", ["総務部", "企画調整部"])
def test_open_cells_are_those_of_the_survey_and_are_text_cells(form: Form, r6: Register, addressee: str) -> None:
    survey = survey_of(form, r6, addressee)
    book = opened(survey_workbook(form, r6, survey))
    for row in survey.rows:
        for column in form.columns_for(r6.cycle.years):
            cell = book.cell(row.listing_id, column.label)
            is_open = column.key in row.open_columns
            assert (not cell.protection.locked) == is_open, (row.listing_id, column.label)
            assert (cell.value or "") == row.values.get(column.key, "")
            assert cell.data_type != "f"
            assert cell.number_format == "@" or not is_open


def test_spare_rows_are_numbered_and_wait_for_a_new_project(somu: bytes) -> None:
    book = opened(somu)
    spare = [key for key in book.rows if key.startswith("新")]
    assert spare == [f"新{n:02d}" for n in range(1, 11)]
    for label in (KEY, "分野No", "項目No", "担当部", "事業番号", "KPI番号", "統合先の管理番号"):
        assert book.cell("新01", label).protection.locked, label
    for label in ("区分", "分野名称", "項目名称", "担当課", "事業名又は取組名", "再掲元の管理番号", "備考"):
        assert not book.cell("新01", label).protection.locked, label
        assert book.cell("新01", label).data_type != "f", label


def test_every_open_cell_stays_editable_after_a_paste_has_locked_it(kikaku: bytes) -> None:
    sheet = opened(kikaku).sheet
    editable: set[str] = set()
    for each in answer_xml(kikaku).iter(f"{_MAIN}protectedRange"):
        for cells in each.attrib["sqref"].split():
            editable |= _cells(sheet, cells)
    unlocked = {c.coordinate for row in sheet.iter_rows() for c in row if not c.protection.locked}
    assert unlocked <= editable
    assert not any(sheet[cell].protection.locked for cell in editable if cell in unlocked)


def _cells(sheet: Worksheet, area: str) -> set[str]:
    found = sheet[area]
    rows = found if isinstance(found, tuple) else ((found,),)
    return {cell.coordinate for row in rows for cell in row}


def test_protection_leaves_widths_heights_filters_and_selection_and_has_no_password(somu: bytes) -> None:
    protection = answer_xml(somu).find(f"{_MAIN}sheetProtection")
    assert protection is not None
    assert protection.attrib["sheet"] == "1"
    assert {name: protection.attrib.get(name) for name in ("formatColumns", "formatRows", "autoFilter")} == {
        "formatColumns": "0",
        "formatRows": "0",
        "autoFilter": "0",
    }
    assert not {"password", "hashValue", "selectLockedCells", "selectUnlockedCells"} & set(protection.attrib)


def test_choices_depend_on_the_kind_of_row(somu: bytes) -> None:
    book = opened(somu)
    offered = {}
    for rule in book.sheet.data_validations.dataValidation:
        for key, label in (("L0001", "区分"), ("新01", "区分"), ("新01", "項目名称"), ("L0001", "指標(KPI)・目標の別")):
            if book.cell(key, label).coordinate in rule.sqref and rule.type == "list":
                offered[key, label] = rule.formula1
    assert offered["L0001", "区分"] == '"継続,変更,新規,廃止,統合"'
    assert offered["新01", "区分"] == '"新規"'
    assert offered["L0001", "指標(KPI)・目標の別"] == '"指標(KPI),目標"'
    assert offered["新01", "項目名称"].startswith("OFFSET('選択肢'!$D$2,MATCH(SUBSTITUTE($F")
    assert "INDIRECT" not in offered["新01", "項目名称"]


def test_the_cursor_waits_in_the_first_open_cell_and_headings_stay_in_view(somu: bytes) -> None:
    book = opened(somu)
    assert book.sheet.freeze_panes == "D9"
    assert book.cell("", "記入者").coordinate == "J2"
    assert "J2" in {each.activeCell for each in book.sheet.sheet_view.selection}


def test_rows_have_a_height_and_still_grow(somu: bytes) -> None:
    heading_row = opened(somu).heading_row
    for row in answer_xml(somu).iter(f"{_MAIN}row"):
        if int(row.attrib["r"]) > heading_row:
            assert float(row.attrib["ht"]) >= 57
            assert "customHeight" not in row.attrib


def test_paper_is_a3_landscape_one_page_wide_with_headings_repeated(somu: bytes) -> None:
    sheet = opened(somu).sheet
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$6:$8"
    assert "調査票ID R6-01-0" in sheet.oddFooter.left.text
    assert sheet.oddFooter.center.text == "&P/&N"


def test_the_same_input_gives_the_same_bytes_and_they_are_few(form: Form, r6: Register) -> None:
    for survey in surveys(form, r6):
        document = survey_workbook(form, r6, survey)
        assert document == survey_workbook(form, r6, survey)
        assert len(document) <= 80 * 1024


def test_ten_year_columns_still_fit_into_the_formulas(form: Form, r6: Register) -> None:
    years = tuple(f"R{n}" for n in range(4, 14))
    register = replace(r6, cycle=replace(r6.cycle, years=years))
    survey = survey_of(form, register, "総務部")
    book = opened(survey_workbook(form, register, survey))
    assert "R13目標値" in book.columns


def test_nothing_points_outside_and_nobody_is_named(kikaku: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(kikaku)) as package:
        names = package.namelist()
        texts = {name: package.read(name).decode("utf-8") for name in names}
    assert not [name for name in names if "externalLink" in name or "vba" in name.lower()]
    assert not [name for name, text in texts.items() if 'TargetMode="External"' in text]
    core = texts["docProps/core.xml"]
    assert "令和6年度 行政のDX等に係る関連事業・KPI調査票(企画調整部)" in core
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>|<cp:lastModifiedBy>(.*?)</cp:lastModifiedBy>", core) in (
        [],
        [("", ""), ("", "")],
    )


def test_a_strict_reader_of_another_make_reads_every_issued_text(kikaku: bytes, form: Form, r6: Register) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(kikaku))
    texts = {cell for row in book.get_sheet_by_name(ANSWERS).to_python() for cell in row}
    for row in survey_of(form, r6, "企画調整部").rows:
        assert {value for value in row.values.values() if value} <= texts


def test_a_workbook_nobody_filled_in_is_read_back_without_a_finding_on_its_cells(form: Form, r6: Register) -> None:
    issued = Issued(form=form, register=r6)
    for survey in surveys(form, r6):
        judged = judge(survey_workbook(form, r6, survey), "調査票.xlsx", issued)
        assert judged.verdict is Verdict.ACCEPTED
        assert judged.findings == ()
        assert judged.answer is not None
        assert [row.listing_id for row in judged.answer.rows] == [row.listing_id for row in survey.rows]
        assert judged.answer.new_rows == ()


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(_TEXTS)
def test_whatever_text_was_issued_is_read_back_as_a_text(form: Form, r6: Register, text: str) -> None:
    (row,) = survey_of(form, r6, "土木部").rows
    listings = tuple(replace(each, outline=text) if each.id == row.listing_id else each for each in r6.listings)
    register = replace(r6, listings=listings)
    document = survey_workbook(form, register, survey_of(form, register, "土木部"))
    cell = opened(document).cell(row.listing_id, "事業概要又は取組内容")
    # openpyxl leaves _x005F_ escapes of texts such as _x0041_ as they are in the file.
    assert str(cell.value).replace("_x005F_", "_") == text
    assert cell.data_type == "s"


@pytest.mark.parametrize("spare_rows", [0, 3])
def test_an_addressee_without_rows_still_gets_a_workbook(form: Form, r6: Register, spare_rows: int) -> None:
    bureau = Bureau(code="99", name='新"設"部', sections=(Section(code="9901", name="'課'"),))
    register = replace(r6, bureaus=(*r6.bureaus, bureau), cycle=replace(r6.cycle, spare_rows=spare_rows))
    document = survey_workbook(form, register, survey_of(form, register, bureau.name))
    keys = [key for key in opened(document).rows if key != "None"]
    assert keys == [f"新{n:02d}" for n in range(1, spare_rows + 1)]
    assert opened(document, values=True).sheet["A2"].value == "要確認 3件\n御確認の上、提出できます"


def test_many_owners_of_one_row_are_all_named(form: Form, r6: Register) -> None:
    owners = tuple(Owner(bureau=b.name, section=s.name) for b in r6.bureaus for s in b.sections) * 3
    projects = tuple(replace(each, owners=owners) if each.id == "P0001" else each for each in r6.projects)
    register = replace(r6, projects=projects)
    state = opened(survey_workbook(form, register, survey_of(form, register, "土木部")), values=True).state("L0001")
    assert state.startswith("【共管】主担当: 総務部 職員研修課 共同: 総務部 人事課、")
    assert state.count("警察本部") == 6


def test_help_that_excel_cannot_show_is_refused_with_its_entry(form: Form, r6: Register) -> None:
    long = tuple(replace(c, help="あ" * 256) if c.key == fields.OUTLINE else c for c in form.columns)
    with pytest.raises(TemplateBroken) as caught:
        survey_workbook(replace(form, columns=long), r6, survey_of(form, r6, "土木部"))
    assert caught.value.entry == "[[columns]] key=outline help"
    assert caught.value.reason == "256字あります(Excelで示せるのは255字まで)。"
