"""Dropdowns, prompts, live checks, marks and protection: written whole or refused, never dropped."""

from collections.abc import Callable

import pytest

from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rules import Dialog, Protection
from dxkpi_xl.grid.styles import Mark, Style

Tags = Callable[[str], list[str]]
Part = Callable[[str], str]


def test_a_dropdown_carries_its_choices_its_prompt_and_its_alert(sheet: Sheet, part: Part) -> None:
    dialog = Dialog(
        prompt_title="区分", prompt="1つ選んでください。", error_title="区分", error="一覧から。", on_error="warning"
    )
    sheet.choices("B2:B9", ["継続", "新規"], dialog)
    assert (
        '<dataValidation type="list" errorStyle="warning" allowBlank="1" showInputMessage="1" showErrorMessage="1" '
        'errorTitle="区分" error="一覧から。" promptTitle="区分" prompt="1つ選んでください。" sqref="B2:B9">'
        '<formula1>"継続,新規"</formula1></dataValidation>'
    ) in part("xl/worksheets/sheet1.xml")


def test_a_dropdown_can_take_a_range_or_a_formula_for_one(sheet: Sheet, part: Part) -> None:
    sheet.choices("B2", "='リスト'!$A$1:$A$9")
    sheet.choices(
        "C2", "=OFFSET('リスト'!$B$1,MATCH($B2,'リスト'!$A$1:$A$99,0)-1,0,COUNTIF('リスト'!$A$1:$A$99,$B2),1)"
    )
    xml = part("xl/worksheets/sheet1.xml")
    assert "<formula1>'リスト'!$A$1:$A$9</formula1>" in xml
    assert "<formula1>OFFSET('リスト'!$B$1,MATCH(" in xml


@pytest.mark.parametrize(
    ("length", "written"), [(255, True), (256, False)], ids=["255 units are written", "256 are refused"]
)
def test_a_list_of_choices_has_at_most_255_units_with_its_commas(
    sheet: Sheet, tags: Tags, length: int, written: bool
) -> None:
    choices = ["あ" * 100, "い" * 100, "う" * (length - 202)]
    if written:
        sheet.choices("B2:B9", choices)
        assert len(tags("dataValidation")) == 1
    else:
        with pytest.raises(Refused) as refused:
            sheet.choices("B2:B9", choices)
        assert (refused.value.reason, refused.value.cell) == (Reason.TEXT_TOO_LONG, "B2:B9")
        assert refused.value.facts["length"] == 256


@pytest.mark.parametrize(
    ("field", "limit"), [("prompt_title", 32), ("prompt", 255), ("error_title", 32), ("error", 224)]
)
def test_each_text_of_a_dialog_is_written_up_to_its_limit_and_refused_beyond(
    sheet: Sheet, part: Part, field: str, limit: int
) -> None:
    sheet.choices("B2", ["一"], Dialog(**{field: "あ" * limit}))
    with pytest.raises(Refused) as refused:
        sheet.choices("B3", ["一"], Dialog(**{field: "あ" * (limit + 1)}))
    assert (refused.value.reason, refused.value.sheet, refused.value.cell) == (Reason.TEXT_TOO_LONG, "表", "B3")
    assert f'"{"あ" * limit}"' in part("xl/worksheets/sheet1.xml")


def test_a_control_character_in_a_prompt_is_refused_because_the_file_would_be_broken(sheet: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        sheet.prompt("B2", Dialog(prompt="一\x0b二"))
    assert refused.value.reason is Reason.NOT_UNICODE


@pytest.mark.parametrize("item", ["一,二", " 一", "", '"一"', "一\n二"])
def test_a_choice_that_excel_would_part_or_trim_is_refused(sheet: Sheet, item: str) -> None:
    with pytest.raises(Refused) as refused:
        sheet.choices("B2", ["良い", item])
    assert (refused.value.reason, refused.value.facts["item"]) == (Reason.LIST_ITEM, item)


def test_a_choice_may_hold_a_japanese_comma_and_a_space_inside(sheet: Sheet, part: Part) -> None:
    sheet.choices("B2", ["一、二", "三 四", "指標(KPI)"])
    assert '<formula1>"一、二,三 四,指標(KPI)"</formula1>' in part("xl/worksheets/sheet1.xml")


def test_an_empty_list_is_refused(sheet: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        sheet.choices("B2", [])
    assert refused.value.reason is Reason.LIST_EMPTY


def test_a_length_and_a_formula_can_be_required(sheet: Sheet, part: Part) -> None:
    sheet.text_length("C2:C9", 200, Dialog(error="200文字までです。", ignore_blank=False))
    sheet.custom_rule("D2:D9", '=OR($C2<>"",D2="")')
    xml = part("xl/worksheets/sheet1.xml")
    assert '<dataValidation type="textLength" showInputMessage="1"' in xml
    assert "<formula1>0</formula1><formula2>200</formula2>" in xml
    assert '<formula1>OR($C2&lt;&gt;"",D2="")</formula1>' in xml


def test_a_rule_longer_than_excels_dialog_is_refused_and_one_of_255_is_not(sheet: Sheet, tags: Tags) -> None:
    sheet.custom_rule("D2", '="' + "あ" * 253 + '"')
    with pytest.raises(Refused) as refused:
        sheet.custom_rule("D3", '="' + "あ" * 254 + '"')
    assert (refused.value.reason, refused.value.cell) == (Reason.BAD_FORMULA, "D3")
    assert len(tags("dataValidation")) == 1


def test_a_prompt_without_words_is_refused_because_excel_would_show_nothing(sheet: Sheet) -> None:
    with pytest.raises(Refused) as refused:
        sheet.prompt("B2", Dialog())
    assert refused.value.reason is Reason.WRITER


def test_marks_keep_the_order_in_which_they_were_said(sheet: Sheet, part: Part) -> None:
    sheet.mark_when("A2:A9", '=$A2=""', Mark(fill="#FFDCC2", bold=True), stop_if_true=True)
    sheet.mark_when("A2:A9", "=LEN($A2)>9", Mark(colour="#9C0006"))
    xml = part("xl/worksheets/sheet1.xml")
    assert '<cfRule type="expression" dxfId="0" priority="1" stopIfTrue="1"><formula>$A2=""</formula>' in xml
    assert '<cfRule type="expression" dxfId="1" priority="2"><formula>LEN($A2)&gt;9</formula>' in xml
    marks = part("xl/styles.xml").partition("<dxfs")[2]
    assert "<dxf><font><b/></font><fill><patternFill><bgColor rgb=" in marks
    assert "<name" not in marks


def test_a_protected_sheet_still_allows_what_officials_need(sheet: Sheet, tags: Tags) -> None:
    sheet.protect()
    expected = '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0" autoFilter="0"/>'
    assert tags("sheetProtection") == [expected]


def test_a_protection_can_forbid_what_is_usually_allowed(sheet: Sheet, tags: Tags) -> None:
    sheet.protect(Protection(format_columns=False, format_rows=False, autofilter=False, select_locked=False))
    expected = '<sheetProtection sheet="1" objects="1" scenarios="1" selectLockedCells="1"/>'
    assert tags("sheetProtection") == [expected]


def test_input_ranges_stay_editable_after_a_paste_has_locked_them(sheet: Sheet, tags: Tags) -> None:
    sheet.text("B2", "", Style(locked=False))
    sheet.protect()
    sheet.editable(["B2:C9", "E2:E9"], "回答欄")
    assert tags("protectedRange") == ['<protectedRange sqref="B2:C9 E2:E9" name="回答欄"/>']


@pytest.mark.parametrize("title", ["回答欄", "", " "])
def test_an_editable_range_needs_a_title_of_its_own(sheet: Sheet, title: str) -> None:
    sheet.editable(["B2"], "回答欄")
    with pytest.raises(Refused) as refused:
        sheet.editable(["C2"], title)
    assert (refused.value.reason, refused.value.cell) == (Reason.BAD_NAME, "C2")
