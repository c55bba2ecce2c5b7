"""A ledger as people leave it: what is accepted is read, what is wrong is told at its cell."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from dxkpi_xl.cells.xlsx import read_xlsx
from dxkpi_xl.cycle.model import (
    BY_LEAD,
    FULL_DASH,
    FULL_WIDTH,
    IN_HEADER,
    ORIGINAL_CONTENT,
    ROMAN_SIGNS,
    AnnexMargins,
    Bureau,
    Owner,
    Register,
)
from dxkpi_xl.cycle.office import IGNORE, USE, FileDecision, OfficeSettings
from dxkpi_xl.cycle.register_json import to_json
from dxkpi_xl.findings import Catalogue
from dxkpi_xl.form.columns import Form
from dxkpi_xl.ledger.read import form_of_ledger
from dxkpi_xl.ledger.workbook import ledger_workbook
from dxkpi_xl.ledger.written import TableHead, TableRow

from .conftest import Edit, Read, codes_and_cells, edited, typed

NEW_ROW = {
    "掲載行!C67": "I-1",
    "掲載行!D67": "(1)",
    "掲載行!F67": "新しい事業",
    "掲載行!H67": "総務部",
    "掲載行!I67": "人事課",
}


def test_a_new_row_gets_the_next_ids_and_stands_at_the_end_of_its_item(ledger: bytes, read: Read) -> None:
    reading, findings = read(edited(ledger, typed(NEW_ROW)))
    assert codes_and_cells(findings) == [("T048", "掲載行!A67"), ("T048", "掲載行!E67")]
    assert [finding.facts["id"] for finding in findings] == ["L0065", "P0052"]
    assert reading is not None
    at_item = [row.id for row in reading.register.listings if row.item_key == ("I-1", "(1)")]
    assert at_item == ["L0001", "L0002", "L0003", "L0004", "L0005", "L0065"]
    assert reading.register.projects[-1].owners == (Owner(bureau="総務部", section="人事課"),)


def test_a_new_kpi_gets_the_next_id_and_is_found_by_its_name(ledger: bytes, read: Read) -> None:
    values = {"KPI!B24": "新しい指標", "KPI!I24": "１０件", "掲載行!Q67": "新しい 指標", "掲載行!R67": "定める"}
    reading, findings = read(edited(ledger, typed({**NEW_ROW, **values})))
    assert [(finding.code, finding.facts["id"]) for finding in findings] == [
        ("T048", "L0065"),
        ("T048", "P0052"),
        ("T048", "K0022"),
    ]
    assert reading is not None
    kpi = reading.register.kpi_by_id["K0022"]
    assert (kpi.defined_by, kpi.targets) == ("L0065", {"R6": "１０件"})


def test_a_relisted_row_may_leave_name_and_owners_blank(ledger: bytes, read: Read, r6: Register) -> None:
    blanks = {f"掲載行!{column}31": None for column in "FGHI"}
    reading, findings = read(edited(ledger, typed(blanks)))
    assert findings == ()
    assert reading is not None
    assert reading.register == r6


@pytest.mark.parametrize(
    "written",
    [
        "2024/5/17",
        "2024-05-17",
        "２０２４年５月１７日",
        "令和6年5月17日",
        "R6.5.17",
        "令和６年５月17日(金)",
        datetime.date(2024, 5, 17),
    ],
)
def test_a_deadline_may_be_typed_in_every_usual_way(ledger: bytes, read: Read, r6: Register, written: object) -> None:
    reading, findings = read(edited(ledger, typed({"設定!B12": written})))
    assert findings == ()
    assert reading is not None
    assert reading.register == r6


@pytest.mark.parametrize(
    "values",
    [
        {
            "設定!B4": "Ｒ６",
            "設定!B11": "Ｒ４, Ｒ５ R6;令和7年度",
            "設定!B19": "１０",
            "設定!B20": "コンマ",
            "設定!B18": "部",
        },
        {"掲載行!C3": "Ｉ－１", "掲載行!D3": "（１）", "掲載行!H3": " 総務部 ", "掲載行!A3": "Ｌ０００１"},
        {"掲載行!C3": "I-1 まず始めに実施すべき取組", "掲載行!D3": "(1)職員の意識改革と行動変容", "掲載行!B3": "1.0"},
        {"掲載行!O8": "KPI", "掲載行!R8": "定義", "KPI!C4": "◯", "KPI!E3": "増加"},
        {"掲載行!B70": 999, "掲載行!B71": 1000},
        {"設定!B24": "発行時", "設定!B27": "-", "設定!B29": "９．０", "設定!B36": "はい"},
        {f"設定!B{row}": None for row in range(24, 38)},
        {f"設定!{column}{row}": None for column in "ABC" for row in range(24, 38)},
    ],
)
def test_other_spellings_of_the_same_are_read_as_the_same(
    ledger: bytes, read: Read, r6: Register, values: dict[str, object]
) -> None:
    reading, findings = read(edited(ledger, typed(values)))
    assert findings == ()
    assert reading is not None
    assert reading.register == r6


def move_things_about(workbook: Workbook) -> None:
    """Rename a sheet, put the KPI sheet's columns in another order, add lines above and a row between, sort rows."""
    workbook["掲載行"].title = "掲載行(案)"
    kpis = workbook["KPI"]
    kpis.insert_rows(1, 3)
    kpis.move_range("A1:A40", cols=12)
    plan = workbook["計画"]
    plan.insert_rows(20, 2)
    listings = workbook["掲載行(案)"]
    rows = [[cell.value for cell in row] for row in listings["A3:R66"]]
    for target, values in zip(listings["A3:R66"], reversed(rows), strict=True):
        for cell, value in zip(target, values, strict=True):
            cell.value = value


def test_sorted_rows_moved_columns_and_a_renamed_sheet_read_the_same(ledger: bytes, read: Read, r6: Register) -> None:
    reading, findings = read(edited(ledger, move_things_about))
    assert findings == ()
    assert reading is not None
    assert reading.register == r6


def test_a_row_between_two_others_takes_a_number_between_theirs(ledger: bytes, read: Read) -> None:
    reading, _ = read(edited(ledger, typed({**NEW_ROW, "掲載行!B67": "1.5"})))
    assert reading is not None
    assert [row.id for row in reading.register.listings][:3] == ["L0001", "L0065", "L0002"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"設定!B5": " "}, [("T033", "設定!B5")]),
        ({"設定!B12": "5月中旬"}, [("T034", "設定!B12")]),
        ({"設定!B12": "2024/2/30"}, [("T034", "設定!B12")]),
        ({"設定!B12": "2024/6/1"}, [("T050", "設定!B12")]),
        ({"設定!B11": "R4、R5、R6、R6"}, [("T035", "設定!B11")]),
        ({"設定!B11": "R4、R5、R6、R8"}, [("T031", "KPI!A2")]),
        ({"設定!B19": "201"}, [("T036", "設定!B19")]),
        ({"設定!B19": "なし"}, [("T036", "設定!B19")]),
        ({"設定!B20": "漢数字"}, [("T038", "設定!B20")]),
        ({"設定!B3": "shiryo-3"}, [("T038", "設定!B3")]),
        ({"設定!A19": "空き行"}, [("T043", "設定!A19"), ("T031", "設定!A2")]),
        ({"設定!B24": "部長の回答"}, [("T038", "設定!B24")]),
        ({"設定!B29": "7.5"}, [("T036", "設定!B29")]),
        ({"設定!B29": "14.5"}, [("T036", "設定!B29")]),
        ({"設定!B30": "7"}, [("T036", "設定!B30")]),
        ({"設定!B30": "12.5"}, [("T036", "設定!B30")]),
        ({"設定!B36": "たぶん"}, [("T038", "設定!B36")]),
        ({"計画!C5": "(2)"}, [("T039", "計画!C5"), ("T014", "掲載行!D9")]),
        ({"計画!B4": "別の名称"}, [("T040", "計画!B4")]),
        ({"組織!C4": "人事課"}, [("T040", "組織!C4")]),
        ({"組織!C11": "ない課"}, [("T051", "組織!C11")]),
        ({"組織!F4": "職員研修課"}, [("T039", "組織!F4"), ("T012", "掲載行!I6")]),
        ({"組織!E4": "0101"}, [("T039", "組織!E4")]),
        ({"組織!E4": None}, [("T048", "組織!E4")]),
        ({"組織!A11": "01"}, [("T010", "組織!A3")]),
        ({"掲載行!A4": "L0001"}, [("T039", "掲載行!A4")]),
        ({"掲載行!A4": "管理/1"}, [("T037", "掲載行!A4")]),
        ({"掲載行!B4": "最後"}, [("T036", "掲載行!B4")]),
        ({"掲載行!C4": None}, [("T033", "掲載行!C4")]),
        ({"掲載行!C4": "I-9"}, [("T014", "掲載行!C4")]),
        ({"掲載行!D4": "(99)"}, [("T014", "掲載行!D4")]),
        ({"掲載行!F4": None}, [("T033", "掲載行!F4")]),
        ({"掲載行!F31": "別の名前"}, [("T040", "掲載行!F31")]),
        ({"掲載行!G4": "別の名前"}, [("T016", "掲載行!G4")]),
        ({"掲載行!H31": "土木部", "掲載行!I31": "建設産業室"}, [("T040", "掲載行!H31")]),
        ({"掲載行!H4": None, "掲載行!I4": None}, [("T011", "掲載行!H4")]),
        ({"掲載行!H4": None}, [("T033", "掲載行!H4")]),
        ({"掲載行!I4": "ない課"}, [("T012", "掲載行!I4")]),
        ({"掲載行!H4": "ない部"}, [("T012", "掲載行!H4")]),
        ({"掲載行!L4": "総務部", "掲載行!M4": "ない課"}, [("T012", "掲載行!M4")]),
        ({"掲載行!J4": "ない部", "掲載行!L4": "総務部"}, [("T012", "掲載行!J4")]),
        ({"掲載行!O4": "努力目標"}, [("T038", "掲載行!O4")]),
        ({"掲載行!Q8": "K0099"}, [("T015", "掲載行!Q8"), ("T017", "KPI!A3")]),
        ({"掲載行!Q8": None}, [("T042", "掲載行!Q8"), ("T017", "KPI!A3")]),
        ({"掲載行!R8": None}, [("T042", "掲載行!R8")]),
        ({"掲載行!R12": "定める"}, [("T041", "掲載行!R12")]),
        ({"KPI!A4": "K0001"}, [("T039", "KPI!A4"), ("T015", "掲載行!Q9")]),
        ({"KPI!E4": "横ばい?"}, [("T038", "KPI!E4")]),
        ({"掲載行!N4": "=1+1"}, [("T045", "掲載行!N4")]),
        ({"掲載行!C4": "=C3"}, [("T045", "掲載行!C4")]),
        ({"掲載行!S2": "担当者の覚え", "掲載行!S9": "x"}, [("T043", "掲載行!S2")]),
        ({"掲載行!S9": "x"}, [("T043", "掲載行!S9")]),
        ({"掲載行!S2": "メモ 担当者", "掲載行!S9": "x"}, []),
        ({"掲載行!N2": "概要"}, [("T043", "掲載行!N2"), ("T031", "掲載行!N2")]),
        # What follows from a heading that is not there is not told row by row.
        ({"掲載行!F2": "事業の名称", "掲載行!C4": "I-9"}, [("T043", "掲載行!F2"), ("T031", "掲載行!F2")]),
        ({"掲載行!F2": None}, [("T043", "掲載行!F3"), ("T031", "掲載行!A2")]),
        (
            {"組織!B2": "課の名", "KPI!B2": "名"},
            [("T043", "組織!B2"), ("T031", "組織!B2"), ("T043", "KPI!B2"), ("T031", "KPI!B2")],
        ),
        ({"掲載行!S2": "管理番号"}, [("T032", "掲載行!S2")]),
    ],
)
def test_a_mistake_is_found_at_its_cell(
    ledger: bytes, read: Read, catalogue: Catalogue, values: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    _, findings = read(edited(ledger, typed(values)))
    assert sorted(codes_and_cells(findings)) == sorted(expected)
    assert all(catalogue.word(finding).remedy for finding in findings)


def test_a_difference_between_rows_of_one_project_names_both_cells(ledger: bytes, read: Read) -> None:
    _, (finding,) = read(edited(ledger, typed({"掲載行!F31": "別の名前"})))
    assert finding.facts["other"] == "掲載行!F6"
    assert finding.facts["value"] == "別の名前"


def test_a_new_row_with_the_name_of_another_project_is_asked_after(ledger: bytes, read: Read) -> None:
    _, findings = read(edited(ledger, typed({**NEW_ROW, "掲載行!F67": "職員研修事業（階層別研修事業）"})))
    (asked,) = [finding for finding in findings if finding.code == "T049"]
    assert (asked.place.cell, asked.facts["other"], asked.facts["id"]) == ("E67", "掲載行!F3", "P0001")


def struck(workbook: Workbook) -> None:
    workbook["掲載行"]["N4"].font = Font(strike=True)


def merged(workbook: Workbook) -> None:
    workbook["組織"].merge_cells("B3:B4")


def extra_sheet(workbook: Workbook) -> None:
    workbook.create_sheet("集計")["A1"] = "x"
    workbook.create_sheet("メモ帳")["A1"] = "x"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (struck, [("T047", "掲載行!N4")]),
        (merged, [("T046", "組織!B3"), ("T033", "組織!B4"), ("T012", "掲載行!I6")]),
        (extra_sheet, [("T044", "集計!")]),
        (lambda workbook: workbook.remove(workbook["計画"]), [("T030", "計画!")]),
    ],
)
def test_what_people_do_to_sheets_is_told(
    ledger: bytes, read: Read, edit: Edit, expected: list[tuple[str, str]]
) -> None:
    _, findings = read(edited(ledger, edit))
    assert codes_and_cells(findings) == expected


def without_sheets(*names: str) -> Edit:
    def edit(workbook: Workbook) -> None:
        for name in names:
            workbook.remove(workbook[name])

    return edit


def test_a_workbook_with_few_sheets_of_a_ledger_is_another_one(ledger: bytes, read: Read) -> None:
    reading, findings = read(edited(ledger, without_sheets("設定", "計画", "組織")))
    assert reading is None
    assert [(each.code, each.facts["sheets"]) for each in findings] == [("T052", "設定、計画、組織、掲載行、KPI")]
    _, findings = read(edited(ledger, without_sheets("設定", "計画")))
    assert codes_and_cells(findings) == [("T030", "設定!"), ("T030", "計画!")]


def test_without_a_sheet_or_a_year_there_is_no_register(ledger: bytes, read: Read) -> None:
    reading, _ = read(edited(ledger, lambda workbook: workbook.remove(workbook["KPI"])))
    assert reading is None
    reading, findings = read(edited(ledger, typed({"設定!B4": "今年度"})))
    assert reading is None
    assert codes_and_cells(findings) == [("T035", "設定!B4")]


@pytest.mark.parametrize(
    ("thing", "field", "cell"),
    [
        ("cycle", "contact.mail", "設定!B17"),
        ("L0001", "outline", "掲載行!N3"),
        ("L0006", "kpi_id", "掲載行!Q8"),
        ("P0004", "owners", "掲載行!H6"),
        ("P0004", "name", "掲載行!F6"),
        ("K0001", "targets.R6", "KPI!I3"),
        ("総務部", "mail", "組織!D3"),
        ("総務部 人事課", "id", "組織!F4"),
        ("I-1", "name", "計画!B3"),
        ("I-1 (2)", "name", "計画!D4"),
        ("ない", "id", "!"),
    ],
)
def test_every_value_of_the_register_has_its_place(
    ledger: bytes, read: Read, thing: str, field: str, cell: str
) -> None:
    reading, _ = read(ledger)
    assert reading is not None
    place = reading.places(thing, field)
    assert place.file == "調査台帳.xlsx"
    assert f"{place.sheet}!{place.cell}" == cell


def test_the_form_of_a_ledger_is_known_before_its_form_is_loaded(ledger: bytes) -> None:
    assert form_of_ledger(read_xlsx(ledger)) == "shiryo-2-4"


def test_settings_of_print_are_read(ledger: bytes, read: Read) -> None:
    values = {
        "設定!B24": "主担当",
        "設定!B25": "常に元の行の内容",
        "設定!B26": "全角",
        "設定!B27": "－",
        "設定!B28": "記号",
        "設定!B29": 10.5,
        "設定!B30": 20,
        "設定!B34": "令和6年6月1日現在",
        "設定!B35": "ヘッダー",
        "設定!B36": "付けない",
    }
    reading, findings = read(edited(ledger, typed(values)))
    assert findings == ()
    assert reading is not None
    cycle = reading.register.cycle
    assert (cycle.conflict_policy, cycle.relisting_policy) == (BY_LEAD, ORIGINAL_CONTENT)
    assert (cycle.character_width, cycle.not_set_sign, cycle.roman_numerals) == (FULL_WIDTH, FULL_DASH, ROMAN_SIGNS)
    assert (cycle.annex_body, cycle.margins) == (10.5, AnnexMargins(top=20, bottom=14, left=12, right=12))
    assert (cycle.annex_date, cycle.document_place, cycle.open_data_bom) == ("令和6年6月1日現在", IN_HEADER, False)


def test_passwords_are_read_one_a_line_and_are_no_part_of_the_register(ledger: bytes, read: Read) -> None:
    reading, findings = read(edited(ledger, typed({"設定!B37": "ひらけごま\n p@ss 1 \n\nひらけごま"})))
    assert findings == ()
    assert reading is not None
    assert reading.office.passwords == ("ひらけごま", "p@ss 1")
    assert "ごま" not in to_json(reading.register)
    assert "ごま" not in repr(reading)


@pytest.mark.parametrize("spoil", ["struck", "formula", "a row too low"])
def test_no_finding_quotes_a_password(ledger: bytes, read: Read, catalogue: Catalogue, spoil: str) -> None:
    def edit(workbook: Workbook) -> None:
        sheet = workbook["設定"]
        cell = sheet["B38"] if spoil == "a row too low" else sheet["B37"]
        cell.value = '="ひらけ"&"ごま"' if spoil == "formula" else "ひらけごま"
        if spoil == "struck":
            cell.font = Font(strike=True)

    _, findings = read(edited(ledger, edit))
    expected = {"struck": ("T047", "設定!B37"), "formula": ("T045", "設定!B37"), "a row too low": ("T043", "設定!A38")}
    assert codes_and_cells(findings) == [expected[spoil]]
    assert "ごま" not in catalogue.word(findings[0]).message + catalogue.word(findings[0]).remedy + repr(findings)


DECIDED = {
    "受付の判断!A3": "総務部.xlsx",
    "受付の判断!C3": "不採用",
    "受付の判断!D3": "下書き",
    "受付の判断!E3": "佐藤",
}


def test_decisions_on_files_are_read_with_their_cells(ledger: bytes, read: Read) -> None:
    more = {"受付の判断!B4": "0123ABCD", "受付の判断!C4": "使う", "受付の判断!D4": "正", "受付の判断!E4": "佐藤"}
    reading, findings = read(edited(ledger, typed({**DECIDED, **more, "受付の判断!F4": "R6.5.27"})))
    assert findings == ()
    assert reading is not None
    first, second = reading.office.file_decisions
    assert first == FileDecision(file="総務部.xlsx", choice=IGNORE, reason="下書き", decided_by="佐藤")
    day = datetime.date(2024, 5, 27)
    assert second == FileDecision(sha256="0123abcd", choice=USE, reason="正", decided_by="佐藤", decided_on=day)
    assert [str(each.place) for each in (first, second)] == [
        "調査台帳.xlsx 受付の判断!A3",
        "調査台帳.xlsx 受付の判断!B4",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"受付の判断!D3": None}, [("T033", "受付の判断!D3")]),
        ({"受付の判断!E3": None}, [("T033", "受付の判断!E3")]),
        ({"受付の判断!C3": None}, [("T033", "受付の判断!C3")]),
        ({"受付の判断!C3": "保留"}, [("T038", "受付の判断!C3")]),
        ({"受付の判断!A3": None}, [("T033", "受付の判断!A3")]),
        ({"受付の判断!F3": "昨日"}, [("T034", "受付の判断!F3")]),
        (
            {cell.replace("3", "4"): value for cell, value in DECIDED.items()},
            [("T039", "受付の判断!A4")],
        ),
    ],
)
def test_a_decision_on_a_file_must_be_whole(
    ledger: bytes, read: Read, values: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    _, findings = read(edited(ledger, typed({**DECIDED, **values})))
    assert codes_and_cells(findings) == expected


def test_a_ledger_of_an_earlier_make_without_the_sheet_is_read(ledger: bytes, read: Read, r6: Register) -> None:
    reading, findings = read(edited(ledger, lambda workbook: workbook.remove(workbook["受付の判断"])))
    assert findings == ()
    assert reading is not None
    assert (reading.register, reading.office) == (r6, OfficeSettings())


def test_codes_left_blank_go_on_past_two_digits(form: Form, read: Read, r6: Register) -> None:
    many = tuple(Bureau(code=f"B{n}", name=f"第{n}局") for n in range(1, 103))
    document = ledger_workbook(form, replace(r6, bureaus=(*r6.bureaus, *many)))

    def clear(workbook: Workbook) -> None:
        for (cell,) in workbook["組織"].iter_rows(min_row=3, min_col=1, max_col=1):
            cell.value = None if str(cell.value).startswith("B") else cell.value

    reading, findings = read(edited(document, clear))
    assert {finding.code for finding in findings} == {"T048"}
    assert reading is not None
    codes = [bureau.code for bureau in reading.register.bureaus]
    first = int(r6.bureaus[-1].code) + 1
    assert codes[len(r6.bureaus) :] == [f"{n:02}" for n in range(first, first + 102)]


def test_a_row_can_be_asked_for_a_column_that_the_sheet_has_not() -> None:
    head = TableHead(file="調査台帳.xlsx", sheet="掲載行", columns={"outline": 14})
    row = TableRow(head=head, number=3, texts=("",))
    assert "outline" in row
    assert "target" not in row
    assert (row["outline"].text, row["outline"].place.cell) == ("", "N3")
    assert (row["target"].text, row["target"].place.cell) == ("", "")
