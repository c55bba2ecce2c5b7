"""Judges that are not us: other programs' files, and other readers' answers."""

import datetime
import unicodedata
from io import BytesIO

import openpyxl
import python_calamine
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from dxkpi_xl.cells.model import Cell, WorkbookCells
from dxkpi_xl.cells.xlsx import read_xlsx

TEXTS = (
    "=1+1", "-5%", "@SUM(A1)", "48.2%", "４８．２％", "NA", "null", "TRUE", " 前後 ", "改\n行", "タブ\tあり",
    "㈱①髙﨑𠮷",
    "か\u3099", "_x000D_", "<b>&amp;</b>", "]]>", "'", '"', "　", "😀", "#REF!", "1e5", "007", "http://example.jp/",
)  # fmt: skip
NUMBERS = (0, 1, -1, 75_600, 0.482, 1 / 3, 1e-7, 123_456_789_012, -0.1, 1e20)


def written_by_xlsxwriter(texts: tuple[str, ...] = (), numbers: tuple[float, ...] = ()) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("票")
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, text)
    for row, number in enumerate(numbers):
        sheet.write_number(row, 1, number)
    book.set_properties({"title": "調査票", "subject": "R6"})
    book.set_custom_property("survey", "S0001")
    book.set_custom_property("revision", 3)
    book.close()
    return stream.getvalue()


def column(workbook: WorkbookCells, number: int) -> dict[int, Cell]:
    return {row: cell for (row, col), cell in workbook.sheets[0].cells.items() if col == number}


def test_texts_are_read_as_xlsxwriter_wrote_them() -> None:
    read = column(read_xlsx(written_by_xlsxwriter(TEXTS)), 1)
    assert {row: cell.text for row, cell in read.items()} == dict(enumerate(TEXTS, 1))
    assert {cell.kind for cell in read.values()} == {"text"}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), min_size=1, max_size=20))
def test_any_text_is_read_as_it_was_written(texts: list[str]) -> None:
    texts = [text.replace("\ufffe", "").replace("\uffff", "") or "x" for text in texts]  # not characters of XML
    read = column(read_xlsx(written_by_xlsxwriter(tuple(texts))), 1)
    lines = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert [read[row].text for row in range(1, len(texts) + 1)] == lines


def test_the_properties_are_read() -> None:
    workbook = read_xlsx(written_by_xlsxwriter(("a",)))
    assert (workbook.title, workbook.subject) == ("調査票", "R6")
    assert dict(workbook.custom) == {"survey": "S0001", "revision": "3"}


def test_numbers_are_those_openpyxl_and_calamine_read() -> None:
    data = written_by_xlsxwriter(numbers=NUMBERS)
    ours = {row: float(cell.text) for row, cell in column(read_xlsx(data), 2).items()}
    theirs = {row: cell.value for row, cell in enumerate(openpyxl.load_workbook(BytesIO(data))["票"]["B"], 1)}
    rows = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    close = {row: float(f"{number:.15g}") for row, number in enumerate(NUMBERS, 1)}
    assert ours == close
    assert {row: float(f"{float(str(value)):.15g}") for row, value in theirs.items()} == close
    assert [float(f"{float(str(row[-1])):.15g}") for row in rows] == list(close.values())


def written_by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "票"
    sheet["A1"] = "事業"
    sheet["B2"] = datetime.date(2026, 3, 31)
    sheet["C3"] = datetime.datetime(2026, 3, 31, 13, 30)
    sheet["D4"] = True
    sheet["E5"] = "=A1"
    sheet["F6"] = 0.482
    sheet["F6"].number_format = "0.0%"
    sheet["G7"] = "旧"
    sheet["G7"].font = Font(strike=True)
    sheet["H8"] = "#N/A"
    sheet["H8"].data_type = "e"
    sheet.merge_cells("J1:K2")
    sheet.protection.sheet = True
    book.create_sheet("隠し").sheet_state = "hidden"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_every_kind_of_cell_is_read_as_openpyxl_wrote_it() -> None:
    sheet, hidden = read_xlsx(written_by_openpyxl()).sheets
    assert {cell.address: (cell.text, cell.kind) for cell in sheet.cells.values()} == {
        "A1": ("事業", "text"),
        "B2": ("2026-03-31", "date"),
        "C3": ("2026-03-31 13:30", "date"),
        "D4": ("TRUE", "bool"),
        "E5": ("", "text"),
        "F6": ("48.2%", "number"),
        "G7": ("旧", "text"),
        "H8": ("#N/A", "error"),
    }
    assert sheet.cells[5, 5].formula == "A1"
    assert [cell.address for cell in sheet.cells.values() if cell.struck] == ["G7"]
    assert (sheet.protected, sheet.merges) == (True, ((1, 10, 2, 11),))
    assert (hidden.name, hidden.visibility, dict(hidden.cells)) == ("隠し", "hidden", {})


def test_text_is_not_normalised_here() -> None:
    text = "か\u3099㈱①"
    read = column(read_xlsx(written_by_xlsxwriter((text,))), 1)[1].text
    assert read == text != unicodedata.normalize("NFC", text)
