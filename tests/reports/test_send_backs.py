"""The sent-back workbook: every finding at its cell, every answer as it was written, and mending it ends the matter."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from dxkpi_xl.cli import main
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.register_json import from_json
from dxkpi_xl.cycle.survey import surveys
from dxkpi_xl.findings import Severity
from dxkpi_xl.form.columns import Form
from dxkpi_xl.form.load import load_form
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.grid.limits import utf16_units
from dxkpi_xl.reports.send_back_texts import fitting
from dxkpi_xl.reports.status import State
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import judge
from dxkpi_xl.returns.text import cleaned
from dxkpi_xl.survey_books.filled import Filled, Remark, RemarkLine, Spot
from dxkpi_xl.survey_books.workbook import survey_workbook
from dxkpi_xl.workspace import templates_folder

ANSWERS, REMARKS = "事業・KPI", "確認事項"
SOMU = "調査票_R6_総務部_R6-01-0.xlsx"
SENT_BACK = f"差し戻し_{SOMU}"
TARGET, OUTLINE, NAME, KIND = "指標(KPI)又は目標", "事業概要又は取組内容", "事業名又は取組名", "区分"
# The real annex lacks the target's sentence in these rows of 総務部.
BLANK_TARGETS = ("L0018", "L0019", "L0020", "L0021", "L0023", "L0024")
# What a return says when nothing is left to ask.
ANSWERED = {(row, TARGET): f"{row}の目標" for row in BLANK_TARGETS} | {(row, KIND): "変更" for row in BLANK_TARGETS}

Cells = Mapping[tuple[str, str], object]
Run = Callable[[], dict[str, Any]]


class Sheet:
    """The answer sheet of a workbook: cells by 管理番号 (blank: the head) and heading, as people find them."""

    def __init__(self, data: bytes) -> None:
        self.book: Workbook = load_workbook(io.BytesIO(data))
        self.sheet: Any = self.book[ANSWERS]

    def find(self, text: str) -> Any:
        return next(cell for row in self.sheet.iter_rows() for cell in row if str(cell.value) == text)

    def cell(self, key: str, heading: str) -> Any:
        found = self.find(heading)
        if not key:
            return self.sheet.cell(found.row, found.column + 1)
        return self.sheet.cell(self.find(key).row, found.column)

    def type(self, cells: Cells) -> None:
        for (key, heading), value in cells.items():
            cell = self.cell(key, heading)
            cell.value = value
            if isinstance(value, str) and not value.startswith("="):
                cell.data_type = "s"

    def save(self) -> bytes:
        saved = io.BytesIO()
        self.book.save(saved)
        return saved.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A distributed year."""
    source = str(templates_folder() / "r6" / "register.json")
    assert main(["init", "--from", source, "--workspace", str(tmp_path)]) == 0
    assert main(["distribute", "--workspace", str(tmp_path)]) == 0
    return tmp_path


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def give() -> dict[str, Any]:
        capsys.readouterr()
        main(["collect", "--json", "--workspace", str(folder)])
        data: dict[str, Any] = json.loads(capsys.readouterr().out)
        return data

    return give


def issued(folder: Path) -> Sheet:
    return Sheet((folder / "outbox" / "配布" / SOMU).read_bytes())


def filled(folder: Path, cells: Cells, date: str = "2024/5/20") -> Sheet:
    """総務部's workbook with its head filled in and some cells typed."""
    sheet = issued(folder)
    sheet.type({("", "記入者"): "甲", ("", "内線"): "1234", ("", "記入日"): date, **cells})
    return sheet


def put(folder: Path, data: bytes, name: str = SOMU, hour: int = 1) -> None:
    path = folder / "inbox" / name
    path.write_bytes(data)
    os.utime(path, (1_716_200_000 + hour * 3600,) * 2)


def sent_back(folder: Path) -> dict[str, bytes]:
    box = folder / "outbox" / "差し戻し"
    return {path.name: path.read_bytes() for path in sorted(box.iterdir())} if box.is_dir() else {}


def state(data: Mapping[str, Any], addressee: str = "総務部") -> str:
    return next(str(each["state"]) for each in data["statuses"] if each["addressee"] == addressee)


def lines(document: bytes) -> list[dict[str, str]]:
    """The list as a person reads it: one entry a cell, what a merged cell says held for all of its rows."""
    sheet: Any = load_workbook(io.BytesIO(document))[REMARKS]
    heading = next(row for row in sheet.iter_rows() if row[0].value == "番号")
    found: list[dict[str, str]] = []
    for row in range(heading[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, 9).hyperlink is None:
            break
        texts = {str(each.value): sheet.cell(row, each.column).value for each in heading}
        before = found[-1] if found else {}
        merged = before if texts["番号"] is None else {}
        line = {name: str(text) if text is not None else merged.get(name, "") for name, text in texts.items()}
        line["直す欄"] = str(sheet.cell(row, 9).hyperlink.location).partition("!")[2]
        found.append(line)
    return found


SPOILT: dict[tuple[str, str], object] = {
    ("L0001", "担当課"): "人事の課",  # the office's cell
    ("L0004", KIND): "けいぞく",
    ("L0005", OUTLINE): "=1+1",
    ("L0005", KIND): "変更",
    ("L0006", "R6目標値"): "八件",
    ("L0007", NAME): None,
    ("L0009", TARGET): "  字下げと①㈱髙\n-１行目",
    ("L0009", KIND): "変更",
    ("L0013", "R5目標値"): "７５，６００",
    ("L0013", KIND): "変更",
    ("新03", NAME): "新しい事業",
    ("新03", OUTLINE): "=で始まる概要",
    ("新05", "分野名称"): "I-3 公務能率の向上に向けた取組",
    ("新05", "項目名称"): "(5) RPAの導入",
    ("新05", "再掲元の管理番号"): "L0001",
    ("", "内線"): None,
}
BLANK_TARGET = "記入をお願いしたい欄です"


def spoilt(folder: Path) -> bytes:
    return filled(folder, SPOILT).save()


def test_every_finding_is_listed_with_its_cell_and_noted_there(folder: Path, run: Run) -> None:
    put(folder, spoilt(folder))
    data = run()
    assert state(data) == State.SENT_BACK
    document = sent_back(folder)[SENT_BACK]
    listed = lines(document)
    assert [(line["重さ"], line["管理番号"], line["項目"], line["今の値"], line["直す欄"]) for line in listed] == [
        ("誤り", "L0004", KIND, "けいぞく", "C12"),
        ("誤り", "L0005", OUTLINE, "(空欄)", "L13"),
        ("誤り", "L0006", "R6目標値", "八件", "T14"),
        ("誤り", "L0007", NAME, "(空欄)", "K15"),
        ("誤り", "新03", "管理番号", "新03", "B35"),
        ("誤り", "新03", "分野名称", "(空欄)", "F35"),
        ("誤り", "新03", "項目名称", "(空欄)", "H35"),
        ("誤り", "新03", "担当課", "(空欄)", "J35"),
        ("誤り", "新03", OUTLINE, "(空欄)", "L35"),
        ("誤り", "新03", "指標(KPI)・目標の別", "(空欄)", "M35"),
        ("確認", "", "内線", "(空欄)", "N2"),
        ("確認", "L0001", "担当課", "職員研修課", "J9"),
        ("確認", "L0006", KIND, "継続", "C14"),
        ("確認", "L0009", TARGET, "  字下げと①㈱髙\n-１行目", "N17"),
        *(("確認", row, TARGET, "(空欄)", cell) for row, cell in zip(BLANK_TARGETS, BLANK_CELLS, strict=True)),
        ("確認", "新03", TARGET, "(空欄)", "N35"),
    ]
    asked = [f for f in data["findings"] if f["severity"] != "参考" and f["place"]["file"] == SOMU]
    assert sorted(line["直す欄"] for line in listed) == sorted(f["place"]["cell"] for f in asked)
    sheet = Sheet(document).sheet
    notes = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert sorted(notes) == sorted({line["直す欄"] for line in listed})
    for line in listed:
        assert line["直し方"] in notes[line["直す欄"]]
        assert sheet[line["直す欄"]].border.left.style == "thick"


BLANK_CELLS = ("N20", "N21", "N22", "N23", "N24", "N25")


def test_the_first_sheet_is_the_list_and_equal_findings_are_one(folder: Path, run: Run) -> None:
    put(folder, filled(folder, {}).save())
    assert state(run()) == State.TO_ASK
    files = sent_back(folder)
    assert list(files) == [SENT_BACK, SENT_BACK.replace(".xlsx", "_メール文.txt")]
    book = Sheet(files[SENT_BACK]).book
    assert (book.sheetnames[0], book.active.title) == (REMARKS, REMARKS)
    listed = lines(files[SENT_BACK])
    assert [(line["番号"], line["管理番号"]) for line in listed] == [("1", row) for row in BLANK_TARGETS]
    assert {line["理由"] for line in listed} == {f"{BLANK_TARGET}\nこの6行 の「{TARGET}」が空欄です。"}
    mail = files[SENT_BACK.replace(".xlsx", "_メール文.txt")].decode("utf-8-sig")
    for words in (
        "確認 1件(6箇所)",
        f"「{SOMU}」",
        "記入日の新しい御回答を採用します。",
        f"{SENT_BACK}(調査票ID R6-01-0)",
    ):
        assert words in mail


def test_what_was_answered_is_written_as_it_was_and_the_hidden_copy_is_as_issued(folder: Path, run: Run) -> None:
    put(folder, spoilt(folder))
    run()
    was, now = Sheet(spoilt(folder)), Sheet(sent_back(folder)[SENT_BACK])
    not_kept = {was.cell("L0001", "担当課").coordinate, was.cell("L0005", OUTLINE).coordinate}
    not_kept |= {was.cell("新03", OUTLINE).coordinate}
    for row in was.sheet.iter_rows(min_col=2):
        for cell in row:
            if cell.coordinate not in not_kept and cell.data_type != "f":
                assert (cell.value or "") == (now.sheet[cell.coordinate].value or ""), cell.coordinate
            assert cell.protection.locked == now.sheet[cell.coordinate].protection.locked
    copies = [
        [[cell.value for cell in row] for row in book["発行時の控え"].iter_rows(min_row=2, max_col=25)]
        for book in (issued(folder).book, now.book)
    ]
    assert copies[0] == copies[1]


NEWCOMER = {
    (OUTLINE, "L0005"): "普通の概要",
    ("R6目標値", "L0006"): "8",
    (NAME, "L0007"): "書面規制、押印、対面規制の見直し",
    ("分野名称", "新03"): "I-3 公務能率の向上に向けた取組",
    ("項目名称", "新03"): "(5) RPAの導入",
    ("担当課", "新03"): "人事課",
    (OUTLINE, "新03"): "概要",
    ("指標(KPI)・目標の別", "新03"): "目標",
    (TARGET, "新03"): "目標",
    ("内線", ""): "1234",
}


def mended(document: bytes) -> bytes:
    """What a newcomer makes of the list alone, knowing the bureau's business: chooses, fills in, or gives a reason."""
    sheet = Sheet(document)
    for line in lines(document):
        cell = sheet.sheet[line["直す欄"]]
        _, found, choices = line["直し方"].partition("次のいずれかを選び直してください: ")
        answer = NEWCOMER.get((line["項目"], line["管理番号"]))
        if found:
            cell.value = choices.split("・")[0]
        elif answer is not None:
            assert not cell.protection.locked
            cell.value = answer
        elif "備考" in line["直し方"]:
            sheet.cell(line["管理番号"], "備考").value = "このとおりで差し支えありません。"
    return sheet.save()


def test_mending_from_the_list_alone_ends_the_matter_whatever_the_dates_say(folder: Path, run: Run) -> None:
    put(folder, spoilt(folder), hour=5)
    run()
    document = mended(sent_back(folder)[SENT_BACK])
    # 記入日 is as it was, and the file says that it is older than the one that it mends.
    put(folder, document, SENT_BACK, hour=1)
    data = run()
    assert state(data) == State.DONE
    assert [f for f in data["findings"] if f["severity"] != "参考"] == []
    assert sent_back(folder) == {}


@pytest.mark.libreoffice
def test_mending_in_another_program_ends_it_too(folder: Path, run: Run) -> None:
    put(folder, spoilt(folder))
    run()
    put(folder, convert(mended(sent_back(folder)[SENT_BACK]), "xlsx"), "直しました.xlsx", hour=2)
    assert state(run()) == State.DONE


def test_restoring_what_was_issued_mends_as_well(folder: Path, run: Run) -> None:
    put(folder, filled(folder, {**ANSWERED_WITH_REASON, ("L0001", OUTLINE): "うっかり"}).save())
    assert state(run()) == State.TO_ASK
    (line,) = lines(sent_back(folder)[SENT_BACK])
    assert (line["管理番号"], line["項目"]) == ("L0001", KIND)
    sheet = Sheet(sent_back(folder)[SENT_BACK])
    sheet.type({("L0001", OUTLINE): issued(folder).cell("L0001", OUTLINE).value})
    put(folder, sheet.save(), SENT_BACK, hour=2)
    assert state(run()) == State.DONE


def test_returned_as_it_is_it_is_asked_again_and_takes_the_place_of_the_first(folder: Path, run: Run) -> None:
    put(folder, filled(folder, {**ANSWERED_WITH_REASON, ("L0001", OUTLINE): "改めた概要"}).save())
    run()
    first = sent_back(folder)[SENT_BACK]
    put(folder, first, SENT_BACK, hour=2)
    data = run()
    assert next(each["file"] for each in data["statuses"] if each["addressee"] == "総務部") == SENT_BACK
    again = sent_back(folder)[SENT_BACK]
    assert lines(again) == lines(first)
    sheet = Sheet(again)
    sheet.type({("L0001", KIND): "変更"})
    put(folder, sheet.save(), "二度目.xlsx", hour=0)
    assert state(run()) == State.DONE


ANSWERED_WITH_REASON = {**ANSWERED, **{(row, "備考"): "数値は別途定める。" for row in BLANK_TARGETS}}


def test_parts_of_one_answer_go_back_as_one_workbook(folder: Path, run: Run) -> None:
    put(folder, filled(folder, {("L0001", OUTLINE): "課の一の概要", ("新01", NAME): "一の新事業"}).save(), "一.xlsx", 1)
    put(folder, filled(folder, {("L0002", OUTLINE): "課の二の概要", ("新01", NAME): "二の新事業"}).save(), "二.xlsx", 2)
    run()
    document = sent_back(folder)[SENT_BACK]
    sheet = Sheet(document)
    assert sheet.cell("L0001", OUTLINE).value == "課の一の概要"
    assert sheet.cell("L0002", OUTLINE).value == "課の二の概要"
    assert [sheet.cell(key, NAME).value for key in ("新01", "新02")] == ["二の新事業", "一の新事業"]
    texts = [str(cell.value) for row in sheet.book[REMARKS].iter_rows() for cell in row]
    assert "「二.xlsx」(改められた1行、新しい1行)\n「一.xlsx」(改められた1行、新しい1行)" in texts
    put(folder, document, SENT_BACK, 3)
    data = run()
    assert next(each["file"] for each in data["statuses"] if each["addressee"] == "総務部") == SENT_BACK
    assert "I020" not in {f["code"] for f in data["findings"]}


def test_findings_without_a_cell_point_to_the_place_in_the_new_workbook(folder: Path, run: Run) -> None:
    sheet = filled(folder, ANSWERED)
    sheet.cell("L0002", "管理番号").value = "L9999"
    sheet.cell("L0003", "管理番号").value = "L0004"
    sheet.type({("L9999", "備考"): "行を間違えました"})
    sheet.find("備考").value = "メモ"
    sheet.sheet["AB9"] = "欄の外"
    put(folder, sheet.save())
    run()
    document = sent_back(folder)[SENT_BACK]
    said = [(line["重さ"], line["管理番号"], line["項目"], line["直す欄"]) for line in lines(document)]
    assert said == [
        ("誤り", "", "備考", "Y8"),  # the column is missing
        ("誤り", "L0002", "管理番号", "B10"),  # the row is missing
        ("誤り", "L0003", "管理番号", "B11"),
        ("誤り", "L0004", "管理番号", "B12"),  # two rows
        ("確認", "", "備考", "Y8"),  # outside the form, in a row that is not ours
        ("確認", "L0001", "備考", "Y9"),
        *(("確認", row, TARGET, cell) for row, cell in (("L0019", "N21"), ("L0021", "N23"), ("L0023", "N24"))),
        ("確認", "L0024", TARGET, "N25"),
        ("確認", "新01", "管理番号", "B33"),  # an unknown row
    ]
    left = [[cell.value for cell in row if cell.value] for row in load(document)[REMARKS].iter_rows()]
    start = next(n for n, row in enumerate(left) if row and str(row[0]).startswith("このファイルに写せなかった内容"))
    items = [row[1] for row in left[start + 2 :]]
    assert [item for item in items if item.startswith("L9999")] == [
        f"L9999 {each}"
        for each in (KIND, "分野名称", "項目名称", "担当課", NAME, OUTLINE, "指標(KPI)・目標の別", TARGET)
    ]
    assert [item for item in items if not item.startswith("L9999")] == [
        f"L0004 {each}" for each in ("担当課", NAME, OUTLINE, TARGET)
    ]
    assert Sheet(document).cell("L0004", NAME).value == issued(folder).cell("L0004", NAME).value


def load(document: bytes) -> Workbook:
    return load_workbook(io.BytesIO(document))


def test_what_the_office_accepted_is_not_sent_back_and_what_it_sends_back_is(folder: Path, run: Run) -> None:
    put(folder, filled(folder, {}).save())
    run()
    decide(folder, {"L0018": ("受け取る", "電話で確認"), "L0019": ("差し戻す", "目標が要ります")})
    run()
    listed = lines(sent_back(folder)[SENT_BACK])
    assert [(line["重さ"], line["管理番号"]) for line in listed] == [
        ("誤り", "L0019"),
        *(("確認", row) for row in BLANK_TARGETS[2:]),
    ]
    assert "佐藤が差し戻しと判断しました。理由: 目標が要ります" in listed[0]["理由"]
    assert listed[0]["直し方"].startswith("御記入ください。")


def decide(folder: Path, choices: Mapping[str, tuple[str, str]]) -> None:
    path = folder / "outbox" / "回収状況.xlsx"
    book = load_workbook(path)
    table: Any = book["指摘一覧"]
    headings = {str(cell.value): cell.column for cell in table[3]}
    for row in range(4, table.max_row + 1):
        choice = choices.get(str(table.cell(row, headings["管理番号"]).value))
        if choice:
            for name, text in zip(("対応", "理由", "決定者"), (*choice, "佐藤"), strict=True):
                table.cell(row, headings[name]).value = text
    book.save(path)


def test_two_runs_write_the_same_bytes_of_a_bearable_size(folder: Path, run: Run) -> None:
    put(folder, spoilt(folder))
    run()
    first = sent_back(folder)
    run()
    assert sent_back(folder) == first
    assert len(first[SENT_BACK]) <= 100 * 1024


# ESC as xlsx writes it, and as a terminal would obey it.
_ESC, _RED = "_x001B_", "\x1b[31m"


def test_no_control_character_goes_back_from_a_cell_or_a_file_name(folder: Path, run: Run) -> None:
    typed: Cells = {
        ("L0009", TARGET): "改める(ESC)[31m目標(VT)二行目",
        ("L0006", "R6目標値"): "八件(ESC)[31m",
        ("L0007", NAME): "",
        ("新03", NAME): "新しい(ESC)[31m事業",
        ("", "記入者"): "甲(ESC)[31m",
    }
    name = f"調査票{_RED}.xlsx"
    put(folder, with_controls(filled(folder, typed).save(), {"(ESC)": _ESC, "(VT)": "_x000B_"}), name)
    data = run()
    assert state(data) == State.SENT_BACK
    document, mail = sent_back(folder).values()
    assert b"\x1b" not in mail
    assert "調査票\ufffd[31m.xlsx".encode() in mail
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        for part in parts.namelist():
            assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|_x00(?:1B|0B)_", parts.read(part)), part
    back = Sheet(document)
    assert back.cell("L0009", TARGET).value == "改める[31m目標\n二行目"
    assert back.cell("L0006", "R6目標値").value == "八件[31m"
    assert back.cell("新03", NAME).value == "新しい[31m事業"
    assert back.cell("", "記入者").value == "甲[31m"


def with_controls(document: bytes, marks: Mapping[str, str]) -> bytes:
    """Put characters that openpyxl does not write in the place of marks."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            data = old.read(part)
            for mark, text in marks.items():
                data = data.replace(mark.encode(), text.encode())
            new.writestr(part, data)
    return made.getvalue()


@pytest.mark.libreoffice
def test_libreoffice_calculates_what_the_workbook_says_of_itself(folder: Path, run: Run) -> None:
    put(folder, spoilt(folder))
    run()
    document = sent_back(folder)[SENT_BACK]
    bare = Sheet(document).save()  # openpyxl saves no cached values
    said = load_workbook(io.BytesIO(document), data_only=True)[ANSWERS]
    calculated = load_workbook(io.BytesIO(convert(bare, "xlsx")), data_only=True)[ANSWERS]
    formulas = [cell.coordinate for row in Sheet(document).sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) > 60
    for cell in formulas:
        assert (calculated[cell].value or "") == (said[cell].value or ""), cell
    states = {str(said.cell(row, 2).value): str(said.cell(row, 1).value) for row in range(9, 43)}
    assert states["L0009"].startswith(
        f"【確認事項 14】\nシート「確認事項」を御覧ください: ▲{TARGET}\n発行時から変更: ◆{KIND}"
    )
    assert states["新05"].startswith("【再掲】「職員研修事業(階層別研修事業)」(担当: 総務部 職員研修課)です。")


# A text that was read has only LF as line ends.
_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\r"), max_size=80)


@settings(max_examples=25, deadline=None)
@given(_TEXTS, st.sampled_from((fields.OUTLINE, fields.NOTE, fields.BASELINE)))
def test_whatever_was_written_comes_back_to_the_letter(text: str, key: str) -> None:
    form, register = the_form(), the_register()
    survey = next(each for each in surveys(form, register) if each.addressee == "土木部")
    (row,) = survey.rows
    line = RemarkLine(
        listing_id=row.listing_id, project="", item="", value=text, spot=Spot(listing_id=row.listing_id, column=key)
    )
    remark = Remark(severity=Severity.ASK, title="題", reason="理由", remedy="直し方", lines=(line,))
    sent = Filled(answers={(row.listing_id, key): text, ("新02", key): text}, remarks=(remark,))
    judged = judge(survey_workbook(form, register, survey, sent), "戻.xlsx", Issued(form=form, register=register))
    assert judged.answer is not None
    (back,) = judged.answer.rows
    assert back.answers[key].written == text
    assert [new.answers[key].written for new in judged.answer.new_rows] == ([text] if cleaned(text) else [])


@cache
def the_form() -> Form:
    return load_form(templates_folder() / "shiryo-2-4")


@cache
def the_register() -> Register:
    register, _ = from_json((templates_folder() / "r6" / "register.json").read_text(encoding="utf-8"), "register.json")
    assert register is not None
    return register


@pytest.mark.parametrize("text", ["あ" * 40_000, "\n" * 300, "𠮷" * 20_000])
def test_a_text_that_no_cell_holds_is_written_as_far_as_it_goes(text: str) -> None:
    kept = fitting(text)
    assert text.startswith(kept)
    assert utf16_units(kept) in (32_767, 32_766) or kept.count("\n") == 253


def test_a_remark_on_every_cell_of_ten_years_still_fits(form: Form, r6: Register) -> None:
    register = replace(r6, cycle=replace(r6.cycle, years=tuple(f"R{n}" for n in range(4, 14))))
    survey = next(each for each in surveys(form, register) if each.addressee == "総務部")
    lines = tuple(
        RemarkLine(
            listing_id=row.listing_id,
            project="事業",
            item=key,
            value="",
            spot=Spot(listing_id=row.listing_id, column=key),
        )
        for row in survey.rows
        for key in sorted(row.open_columns)
    )
    remark = Remark(severity=Severity.WRONG, title="題", reason="理由" * 50, remedy="直し方" * 50, lines=lines)
    document = survey_workbook(form, register, survey, Filled(remarks=(remark,), numbers=("sb0123456789ab",)))
    assert len(document) <= 250 * 1024
    sheet = load(document)[ANSWERS]
    assert sum(cell.comment is not None for row in sheet.iter_rows() for cell in row) == len(lines)
