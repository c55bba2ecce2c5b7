"""LibreOffice as converter: found or clearly missing, ended in time, several at once; and a judge of our files."""

import io
import re
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pdfplumber
import pytest

from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.libreoffice import LibreOfficeFailed, LibreOfficeMissing, convert, find_soffice
from dxkpi_xl.grid.paper import Band, Field, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_rules import Dialog
from dxkpi_xl.grid.styles import Line, Mark, Style

posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A computer on which no LibreOffice is found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for root in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA"):
        monkeypatch.delenv(root, raising=False)
    monkeypatch.setattr("dxkpi_xl.grid.libreoffice._MAC", tmp_path / "absent")
    return tmp_path


def stand_in(folder: Path, script: str) -> None:
    """A program named soffice that does what the script says."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_a_missing_libreoffice_is_said_with_what_to_do(nowhere: Path) -> None:
    assert not list(nowhere.iterdir())
    with pytest.raises(LibreOfficeMissing) as missing:
        convert(b"", "pdf")
    assert missing.value.what == "LibreOfficeが見つかりません。"
    assert "Excelで開いて" in missing.value.remedy


def test_libreoffice_is_found_in_windows_program_folder(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = nowhere / "Program Files" / "LibreOffice" / "program" / "soffice.com"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setenv("ProgramFiles", str(nowhere / "Program Files"))
    assert find_soffice() == program


@posix
def test_a_conversion_that_takes_too_long_is_ended_with_its_children(nowhere: Path) -> None:
    stand_in(nowhere, "/bin/sleep 60 & wait")
    begun = time.monotonic()
    with pytest.raises(LibreOfficeFailed, match=r"0\.2秒以内に終わりません"):
        convert(b"x", "pdf", seconds=0.2)
    assert time.monotonic() - begun < 10


@posix
@pytest.mark.parametrize(("script", "why"), [("exit 3", "終了コード 3"), ("exit 0", "結果のファイルがありません")])
def test_a_conversion_without_a_result_is_a_failure(nowhere: Path, script: str, why: str) -> None:
    stand_in(nowhere, script)
    with pytest.raises(LibreOfficeFailed, match=why):
        convert(b"x", "pdf")


def book_of(text: str) -> tuple[Book, Sheet]:
    book = Book(Properties(title="試し"))
    sheet = book.sheet("事業・KPI")
    sheet.text("A1", text, Style(border=Line.THIN, wrap=True))
    return book, sheet


@pytest.mark.libreoffice
def test_several_conversions_at_once_do_not_disturb_each_other() -> None:
    texts = ["一つ目", "二つ目", "三つ目"]
    with ThreadPoolExecutor(3) as workers:
        pdfs = list(workers.map(lambda workbook: convert(workbook, "pdf"), [book_of(t)[0].to_bytes() for t in texts]))
    pages = []
    for pdf in pdfs:
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            pages.append(document.pages[0].extract_text())
    assert pages == texts


@pytest.mark.libreoffice
def test_widths_heights_rules_and_protection_survive_a_save_in_libreoffice() -> None:
    book, sheet = book_of("一")
    sheet.column_width(1, 1, 20)
    sheet.row_height(1, 60, grows=True)
    sheet.row_height(2, 45)
    sheet.choices("B2:B9", ["継続", "新規"], Dialog(prompt="選んでください。"))
    sheet.mark_when("B2:B9", '=$B2=""', Mark(fill="#FFDCC2"))
    sheet.protect()
    sheet.editable(["B2:B9"], "回答欄")
    saved = convert(book.to_bytes(), "xlsx")
    with zipfile.ZipFile(io.BytesIO(saved)) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    read = openpyxl.load_workbook(io.BytesIO(saved))["事業・KPI"]
    assert abs(read.column_dimensions["A"].width - 20.71) < 0.1
    assert re.findall(r'<row r="(\d)"[^>]* ht="(\d+)"[^>]* customHeight="(\w+)"', xml)[:2] == [
        ("1", "60", "false"),
        ("2", "45", "true"),
    ]
    [rule] = read.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1, rule.prompt) == ("B2:B9", '"継続,新規"', "選んでください。")
    assert 'sqref="B2:B9"' in xml.partition("<protectedRanges>")[2]
    assert [str(marked.sqref) for marked in read.conditional_formatting] == ["B2:B9"]


@pytest.mark.libreoffice
def test_a_cached_value_is_what_libreoffice_calculates_too() -> None:
    book, sheet = book_of("")
    sheet.formula("B1", '=IF(COUNTIF(A1:A1,"")+COUNTBLANK(A1:A1)>0,"未入力","済")&UNICHAR(12354)', "未入力あ", Style())
    sheet.formula("B2", '=IFNA(MATCH("x",A1:A1,0),-1)', -1, Style())
    read = openpyxl.load_workbook(io.BytesIO(convert(book.to_bytes(), "xlsx")), data_only=True)["事業・KPI"]
    assert (read["B1"].value, read["B2"].value) == ("未入力あ", -1)


@pytest.mark.libreoffice
def test_headers_and_footers_print_literal_ampersands_and_page_numbers() -> None:
    book, sheet = book_of("一")
    sheet.text("A2", "二", Style())
    sheet.page_breaks([1])
    sheet.print_setup(PrintSetup(paper="A4", footer=Band(left=("R&D 6",), right=(Field.PAGE, "/", Field.PAGES))))
    with pdfplumber.open(io.BytesIO(convert(book.to_bytes(), "pdf"))) as document:
        pages = [page.extract_text() for page in document.pages]
        sizes = {(round(page.width), round(page.height)) for page in document.pages}
    assert pages == ["一\nR&D 6 1/2", "二\nR&D 6 2/2"]
    assert sizes == {(842, 595)}
