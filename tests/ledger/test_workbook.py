"""The ledger as another library sees it: sheets, headings, kinds of cells, dropdowns, widths."""

from __future__ import annotations

import datetime
import io
from dataclasses import fields

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from dxkpi_xl.cycle.model import AnnexMargins, Contact, Cycle
from dxkpi_xl.cycle.register_schema import register_schema
from dxkpi_xl.form.columns import Form
from dxkpi_xl.ledger import choices
from dxkpi_xl.ledger.columns import PASSWORDS
from dxkpi_xl.ledger.sheets import ledger_sheets, setting_rows


@pytest.fixture(scope="module")
def workbook(ledger: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(ledger))


def test_every_field_of_the_cycle_its_contact_and_its_margins_is_a_setting() -> None:
    plain = {field.name for field in fields(Cycle)} - {"contact", "margins"}
    contact = {f"contact.{field.name}" for field in fields(Contact)}
    margins = {f"margins.{field.name}" for field in fields(AnnexMargins)}
    assert {row.key for row in setting_rows()} == plain | contact | margins | {PASSWORDS}


def test_the_labels_cover_exactly_the_values_that_the_schema_allows() -> None:
    properties = register_schema()["properties"]
    cycle, kpi = properties["cycle"]["properties"], properties["kpis"]["items"]["properties"]

    def values(of: choices.Choices) -> set[str]:
        return {choice.value for choice in of.values}

    assert values(choices.PAPERS) == set(cycle["paper"]["enum"])
    assert values(choices.DISTRIBUTION) == set(cycle["distribute_to"]["enum"])
    assert values(choices.NUMBERS) == set(cycle["number_style"]["enum"])
    assert values(choices.CONFLICTS) == set(cycle["conflict_policy"]["enum"])
    assert values(choices.RELISTINGS) == set(cycle["relisting_policy"]["enum"])
    assert values(choices.WIDTHS) == set(cycle["character_width"]["enum"])
    assert values(choices.NOT_SET) == set(cycle["not_set_sign"]["enum"])
    assert values(choices.ROMANS) == set(cycle["roman_numerals"]["enum"])
    assert values(choices.DOCUMENT_PLACES) == set(cycle["document_place"]["enum"])
    assert values(choices.DIRECTIONS) | {""} == set(kpi["direction"]["enum"])
    margin = cycle["margins"]["properties"]["top"]
    bounded = {"spare_rows": cycle["spare_rows"], "annex_body": cycle["annex_body"]}
    bounded |= {row.key: margin for row in setting_rows() if row.key.startswith("margins.")}
    for row in setting_rows():
        bounds = bounded.get(row.key, {"minimum": 0, "maximum": 0})
        assert (row.least, row.most) == (bounds["minimum"], bounds["maximum"])


def test_a_year_without_values_has_its_column_and_no_label_stands_twice(form: Form) -> None:
    for sheet in ledger_sheets(form, 3, ("R4", "R5", "R6", "R7")).tables:
        labels = [column.label for column in sheet.columns]
        assert len(set(labels)) == len(labels)


def test_the_sheets_stand_in_order_and_only_the_lists_are_hidden(workbook: Workbook) -> None:
    assert workbook.sheetnames == ["はじめに", "設定", "計画", "組織", "掲載行", "KPI", "受付の判断", "一覧"]
    assert [sheet.title for sheet in workbook if sheet.sheet_state != "visible"] == ["一覧"]
    assert workbook.properties.title == "調査台帳 令和6年度"


def test_values_as_written_are_text_cells_and_days_and_numbers_are_not(workbook: Workbook) -> None:
    kpis, settings, listings = workbook["KPI"], workbook["設定"], workbook["掲載行"]
    assert (kpis["F5"].value, kpis["F5"].data_type, kpis["F5"].number_format) == ("48.2%", "s", "@")
    assert (kpis["F26"].value, kpis["F26"].number_format) == (None, "@")
    assert (settings["B12"].value, settings["B12"].is_date) == (datetime.datetime(2024, 5, 17), True)
    assert (listings["B3"].value, settings["B19"].value) == (1, 10)
    assert (settings["B4"].value, settings["B18"].value, settings["B20"].value) == (
        "令和6年度",
        "部ごとに1冊",
        "3桁ごとにコンマ",
    )


def test_settings_of_print_stand_under_their_labels_with_a_dropdown(workbook: Workbook) -> None:
    settings = workbook["設定"]
    found = {settings.cell(row, 1).value: settings.cell(row, 2).value for row in range(24, 38)}
    assert found == {
        "競合が決まるまで載せる内容": "発行時の内容",
        "再掲の行の内容": "行に内容があればその内容",
        "英数字の印刷": "書かれたとおり",
        "定めのない値の印刷": "半角(-)",
        "分野のローマ数字の印刷": "書かれたとおり",
        "資料の文字の大きさ(pt)": 9,
        "資料の上の余白(mm)": 12,
        "資料の下の余白(mm)": 14,
        "資料の左の余白(mm)": 12,
        "資料の右の余白(mm)": 12,
        "資料の日付": None,
        "資料番号の位置": "表の上",
        "オープンデータのCSVのBOM": "付ける",
        "受け取るファイルのパスワード": None,
    }
    rules = {str(rule.sqref): rule.formula1 for rule in settings.data_validations.dataValidation}
    assert rules["B24"] == '"発行時の内容,主担当の回答"'
    assert rules["B36"] == '"付ける,付けない"'
    assert {str(r.sqref): r.formula1 for r in workbook["受付の判断"].data_validations.dataValidation}["C3:C22"] == (
        '"使う,使わない"'
    )


def test_headings_are_frozen_and_filtered_and_nothing_is_protected(workbook: Workbook) -> None:
    for name, pane in (("設定", "A3"), ("計画", "A3"), ("組織", "A3"), ("掲載行", "B3"), ("KPI", "C3")):
        assert workbook[name].freeze_panes == pane
        assert not workbook[name].protection.sheet
    assert workbook["掲載行"].auto_filter.ref == "A2:R96"


def test_every_cell_that_is_filled_in_has_a_prompt_and_lists_reach_the_spare_rows(workbook: Workbook) -> None:
    listings = workbook["掲載行"]
    rules = {str(rule.sqref): rule for rule in listings.data_validations.dataValidation}
    assert len(rules) == listings.max_column
    assert all(rule.prompt and len(rule.prompt) <= 255 for rule in rules.values())
    assert rules["O3:O96"].formula1 == '"指標(KPI),目標"'
    assert rules["D3:D96"].formula1 == (
        "OFFSET('一覧'!$C$2,MATCH($C3,'計画'!$A$3:$A$63,0)-1,0,MAX(1,SUMPRODUCT(--('計画'!$A$3:$A$63=$C3))),1)"
    )
    assert rules["I3:I96"].formula1 == (
        "OFFSET('組織'!$F$3,MATCH($H3,'組織'!$B$3:$B$36,0)-1,0,MAX(1,SUMPRODUCT(--('組織'!$B$3:$B$36=$H3))),1)"
    )
    assert rules["Q3:Q96"].formula1 == "'KPI'!$A$3:$A$43"


def test_long_texts_wrap_in_rows_high_enough_for_them(workbook: Workbook) -> None:
    listings = workbook["掲載行"]
    assert listings["N8"].alignment.wrap_text
    lines = -(-len(listings["N8"].value) * 2 // listings.column_dimensions["N"].width)
    assert listings.row_dimensions[8].height >= lines * 10.5
