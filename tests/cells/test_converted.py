"""One workbook, saved by LibreOffice in each format, gives the same cells (LibreOffice is the judge)."""

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter

from dxkpi_xl.cells.model import Cell, SheetCells, WorkbookCells
from dxkpi_xl.cells.number_formats import format_meaning
from dxkpi_xl.cells.read import read_workbook

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here: its judgement is missing"),
]

TEXTS = (
    "改\n行", "  前後 空白  ", "48.2%", "４８．２％", "=1+1", "〃", "㈱①髙﨑𠮷😀", "か\u3099", "タブ\tあり", "'",
    "<b>&amp;", "007", " ", "　", "a  b   c",
    "_x000D_", "長" * 400, "\n先頭", "末尾\n", "-5%", "NA", "TRUE", "1e5", "#REF!",
)  # fmt: skip
NUMBERS = (0.482, 1, 0, 0.1 + 0.2, 1 / 3, -0.05, 75_600, 1e20, 1e-7, 123_456_789_012_345)
FORMATS = (
    "General", "0%", "0.0%", "0.00%;[Red]-0.00%", "#,##0", '0"件"', '#,##0"万枚"', '"約"0"人"', "0.00E+00", "@",
    "¥#,##0", '[=0]"-";0.0%',
)  # fmt: skip
DAYS = ("yyyy/m/d", "yyyy/m/d h:mm", 'yyyy"年"m"月"d"日"', '[$-411]ggge"年"m"月"d"日"', "m/d", "yyyy/mm")
TIMES = ("h:mm", "h:mm:ss", "[h]:mm")


def write_survey_like(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet, guide, hidden = (book.add_worksheet(name) for name in ("事業・KPI", "記入要領", "控"))
        struck = book.add_format({"font_strikeout": True})
        for row, text in enumerate(TEXTS):
            sheet.write_string(row, 0, text)
        for col, code in enumerate(FORMATS, 1):
            for row, number in enumerate(NUMBERS):
                sheet.write_number(row, col, number, book.add_format({"num_format": code}))
        moment = datetime.datetime(2026, 3, 31, 13, 30)
        for col, code in enumerate(DAYS, 1):
            sheet.write_datetime(12, col, moment, book.add_format({"num_format": code}))
            sheet.write_datetime(13, col, moment.replace(hour=0, minute=0), book.add_format({"num_format": code}))
        for col, code in enumerate(TIMES, 1):
            sheet.write_number(14, col, 0.5625, book.add_format({"num_format": code}))
            sheet.write_number(15, col, 1.75, book.add_format({"num_format": code}))
        sheet.write_formula(16, 1, "=SUM(B1:B2)", None, 1.482)
        sheet.write_formula(16, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(16, 3, "=NA()", None, "#N/A")
        sheet.write_string(17, 1, "取消", struck)
        sheet.write_rich_string(17, 2, "残す", struck, "消す", "残す")
        sheet.write_blank(17, 3, None, struck)
        sheet.merge_range("B19:D20", "合計", book.add_format({"border": 1}))
        sheet.merge_range("F19:F21", "縦")
        sheet.write_comment("A1", "コメントです")
        sheet.insert_textbox("B30", "図形の文字")
        sheet.set_row(4, None, None, {"hidden": True})
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.write_string(60, 20, "遠い")
        sheet.protect()
        guide.write_string(999, 0, "底")
        hidden.write_string(0, 0, "S0001")
        hidden.hide()
        book.set_properties({"title": "調査票", "subject": "令和6年度"})
        book.set_custom_property("survey", "S0001")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, WorkbookCells]:
    """The cells of the original and of each conversion, by the extension."""
    folder = tmp_path_factory.mktemp("converted")
    write_survey_like(folder / "original.xlsx")
    for extension in ("xls", "ods", "xlsx"):
        command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to"]
        command += [extension, "--outdir", str(folder / extension), str(folder / "original.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    files = {extension: folder / extension / f"original.{extension}" for extension in ("xls", "ods", "xlsx")}
    files["original"] = folder / "original.xlsx"
    return {name: read_workbook(path.read_bytes()) for name, path in files.items()}


def said(cell: Cell) -> tuple[object, ...]:
    """What a cell says; programs write one format in several codes, and the last of 15 digits differs."""
    raw = f"{float(cell.raw):.12g}" if cell.kind in ("number", "date") else cell.raw
    meaning = format_meaning(cell.number_format)
    return cell.text, cell.kind, cell.is_formula, cell.struck, raw, meaning if cell.kind != "text" else None


def everything(sheet: SheetCells) -> dict[str, object]:
    return {
        **{cell.address: said(cell) for cell in sheet.cells.values()},
        "sheet": (sheet.name, sheet.visibility, sheet.protected),
        "merges": set(sheet.merges),
        "hidden": (sheet.hidden_rows, sheet.hidden_columns),
    }


@pytest.mark.parametrize("extension", ["xlsx", "ods", "xls"])
def test_each_format_gives_the_cells_of_the_original(saved: dict[str, WorkbookCells], extension: str) -> None:
    original, converted = saved["original"], saved[extension]
    assert [sheet.name for sheet in converted.sheets] == ["事業・KPI", "記入要領", "控"]
    for ours, theirs in zip(original.sheets, converted.sheets, strict=True):
        assert everything(theirs) == everything(ours)
    assert (converted.title, converted.subject) == ("調査票", "令和6年度")
    assert converted.custom.get("survey") == (None if extension == "xls" else "S0001")


def test_the_formulas_of_an_ods_are_told_as_excel_writes_them(saved: dict[str, WorkbookCells]) -> None:
    formulas = {
        name: {cell.address: cell.formula for cell in saved[name].sheets[0].cells.values() if cell.is_formula}
        for name in ("original", "ods", "xls")
    }
    assert formulas["ods"] == formulas["original"] == {"B17": "SUM(B1:B2)", "C17": "1/0", "D17": "NA()"}
    assert formulas["xls"] == {"B17": "", "C17": "", "D17": ""}
