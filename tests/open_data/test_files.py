"""The real R6 register as open data: exact counts, exact rows, and what must not be in it."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd
from jsonschema import Draft202012Validator

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.register_json import from_json
from dxkpi_xl.form.columns import Form
from dxkpi_xl.open_data.files import open_data_files, without_persons
from dxkpi_xl.open_data.settings import OpenDataSettings

Rows = Callable[[str], list[dict[str, str]]]

NAMES = [
    "listings.csv",
    "owners.csv",
    "kpis.csv",
    "kpi_values.csv",
    "データ辞書.csv",
    "register.json",
    "register.schema.json",
    "return.schema.json",
    "datapackage.json",
]


def test_the_folder_holds_just_these_files(files: Mapping[str, bytes]) -> None:
    assert list(files) == NAMES


def test_r6_has_64_rows_51_projects_13_relistings_21_kpis_and_105_values(rows: Rows) -> None:
    listings = rows("listings.csv")
    assert len(listings) == 64
    assert Counter(row["再掲区分"] for row in listings) == {"初掲": 51, "再掲": 13}
    assert [row["事業番号"] for row in listings if row["事業番号"]] == [str(n) for n in range(1, 52)]
    assert Counter(row["KPI再掲区分"] for row in listings) == {"定義": 21, "再掲": 8, "なし": 35}
    assert len(rows("owners.csv")) == 54
    assert len(rows("kpis.csv")) == 21
    assert len(rows("kpi_values.csv")) == 105


def test_r6_values_are_numbers_or_say_why_not(rows: Rows) -> None:
    values = rows("kpi_values.csv")
    assert Counter(row["値の状態"] for row in values) == {"数値": 97, "未設定": 8}
    assert {row["表記(原文)"] for row in values if row["値の状態"] == "未設定"} == {"-"}
    assert all(bool(row["値"]) == (row["値の状態"] == "数値") for row in values)
    assert Counter(row["比較記号"] for row in values) == {"eq": 93, "ge": 4, "": 8}
    assert sum(row["概数"] == "true" for row in values) == 4


def test_a_value_is_given_as_number_unit_bound_and_as_written(rows: Rows) -> None:
    by_id = {row["値ID"]: row for row in rows("kpi_values.csv")}
    keys = ("年度(西暦)", "年度(和暦)", "値の区分", "値", "単位", "比較記号", "概数", "表記(原文)")

    def value(value_id: str) -> tuple[str, ...]:
        return tuple(by_id[value_id][key] for key in keys)

    assert value("K0008-base") == ("", "", "基準値", "400000", "枚", "eq", "false", "40万枚")
    assert value("K0003-R6") == ("2024", "令和6年度", "目標値", "73.7", "%", "eq", "false", "73.7%")
    assert value("K0014-R7") == ("2025", "令和7年度", "目標値", "4", "", "ge", "false", "4以上")
    assert value("K0018-R4") == ("2022", "令和4年度", "目標値", "100", "%", "eq", "true", "ほぼ100%")
    assert value("K0004-R5") == ("2023", "令和5年度", "目標値", "", "", "", "false", "-")
    assert value("K0002-base")[3:] == ("0", "", "eq", "false", "0")


def test_a_relisted_row_points_at_its_first_listing_and_shows_the_content_it_shares(rows: Rows) -> None:
    by_id = {row["管理番号"]: row for row in rows("listings.csv")}
    relisted, first = by_id["L0062"], by_id["L0061"]
    assert (relisted["事業番号"], relisted["再掲元事業番号"], relisted["再掲元の管理番号"]) == ("", "51", "L0061")
    assert relisted["内容の管理番号"] == first["内容の管理番号"] == "L0061"
    assert relisted["事業概要又は取組内容"] == first["事業概要又は取組内容"] != ""
    assert (relisted["KPI再掲区分"], relisted["KPI番号"]) == ("再掲", "21")


def test_codes_stand_beside_names_and_years_in_both_calendars(rows: Rows) -> None:
    first = rows("listings.csv")[0]
    assert (first["都道府県コード"], first["地方公共団体名"]) == ("070009", "福島県")
    assert (first["調査年度(西暦)"], first["調査年度(和暦)"]) == ("2024", "令和6年度")
    assert (first["分野No"], first["分野名称"]) == ("I-1", "まず始めに実施すべき取組")
    assert (first["主担当部コード"], first["主担当部"]) == ("01", "総務部")
    assert (first["主担当課コード"], first["主担当課"]) == ("0101", "職員研修課")


def test_all_owners_of_a_project_stand_in_their_own_table_the_lead_first(rows: Rows) -> None:
    owners = [(row["担当順"], row["担当部"], row["担当課"]) for row in rows("owners.csv") if row["事業ID"] == "P0008"]
    assert owners == [("1", "総務部", "行政経営課"), ("2", "企画調整部", "デジタル変革課")]


def test_names_have_no_line_breaks_and_no_cell_has_a_character_of_one_vendor(rows: Rows) -> None:
    listings = rows("listings.csv")
    names = [row[key] for row in listings for key in ("事業名又は取組名", "項目名称", "分野名称", "指標名")]
    assert not any("\n" in name for name in names)
    everything = "".join("".join(row.values()) for name in NAMES[:5] for row in rows(name))
    # 機種依存文字: the NEC and IBM extensions of CP932 (rows 13 and 89-92 and 115-119 of JIS).
    encoded = [character.encode("cp932") for character in set(everything)]
    assert not [each for each in encoded if len(each) == 2 and each[0] in (0x87, 0xED, 0xEE, 0xFA, 0xFB, 0xFC)]


def test_every_field_is_quoted_lines_end_in_crlf_and_the_mark_is_a_setting(form: Form, r6: Register) -> None:
    with_mark = open_data_files(form, r6)["owners.csv"]
    without = open_data_files(form, r6, OpenDataSettings(bom=False))["owners.csv"]
    assert with_mark == b"\xef\xbb\xbf" + without
    lines = without.decode("utf-8").split("\r\n")
    assert (len(lines), lines[-1]) == (56, "")
    assert all(line.startswith('"') and line.endswith('"') and "\n" not in line for line in lines[:-1])


def test_pandas_reads_each_table_in_one_line(files: Mapping[str, bytes]) -> None:
    tables = {
        name: pd.read_csv(io.BytesIO(data), dtype={"都道府県コード": str})
        for name, data in files.items()
        if name.endswith(".csv")
    }
    assert [len(table) for table in tables.values()] == [64, 54, 21, 105, sum(t.shape[1] for t in tables.values()) - 10]
    values = tables["kpi_values.csv"]
    assert values["値"].dtype == "float64"
    assert values["概数"].dtype == "bool"
    assert set(tables["listings.csv"]["都道府県コード"]) == {"070009"}
    r6_targets = values[(values["年度(西暦)"] == 2024) & (values["単位"] == "%")]
    assert r6_targets["値"].tolist() == [73.7, 30.0, 30.0, 62.0, 71.5, 100.0]


def test_register_json_follows_its_schema_and_is_the_register_without_persons(
    files: Mapping[str, bytes], r6: Register
) -> None:
    named = replace(r6, bureaus=tuple(replace(bureau, mail="a@example.jp") for bureau in r6.bureaus))
    assert without_persons(named) == without_persons(r6)
    schema = json.loads(files["register.schema.json"])
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(files["register.json"]))
    register, findings = from_json(files["register.json"].decode("utf-8"), "register.json")
    assert findings == ()
    assert register == without_persons(r6)


def test_no_person_telephone_or_mail_address_is_in_any_file(files: Mapping[str, bytes], r6: Register) -> None:
    contact = r6.cycle.contact
    for secret in (contact.person, contact.phone, contact.mail):
        assert secret
        assert not [name for name, data in files.items() if secret in data.decode("utf-8")]


def test_the_same_register_gives_the_same_bytes(form: Form, r6: Register, files: Mapping[str, bytes]) -> None:
    assert open_data_files(form, r6) == files


def test_a_section_that_the_organisation_does_not_know_has_a_blank_code(form: Form, r6: Register) -> None:
    lost = replace(r6, bureaus=r6.bureaus[1:])
    text = open_data_files(form, lost)["owners.csv"].decode("utf-8-sig")
    assert '"P0001-1","P0001","1","","総務部","","職員研修課"' in text


def test_the_dictionary_describes_every_column_of_every_table(rows: Rows) -> None:
    described = [(row["ファイル"], row["列名"]) for row in rows("データ辞書.csv")]
    tables = ("listings.csv", "owners.csv", "kpis.csv", "kpi_values.csv")
    assert described == [(name, heading) for name in tables for heading in rows(name)[0]]
    by_column = {(row["ファイル"], row["列名"]): row for row in rows("データ辞書.csv")}
    comparator = by_column["kpi_values.csv", "比較記号"]
    assert comparator["取り得る値"] == "eq=等しい;ge=以上;le=以下;gt=超;lt=未満"
    assert by_column["kpi_values.csv", "KPI管理番号"]["鍵"] == "kpis.csvの「KPI管理番号」を参照"
    assert by_column["listings.csv", "管理番号"]["鍵"] == "主キー"
    assert "先頭の ' を1つ除くと原文になる" in by_column["listings.csv", "事業名又は取組名"]["読取り上の注意"]
