"""A sheet that is searched for its cells gives what a pass over all its tags gives, or is left to that pass."""

import random
import time
from collections.abc import Callable, Iterator
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter

from dxkpi_xl.cells import shared_strings, sheet_part
from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import CellsOnDemand, WorkbookCells
from dxkpi_xl.cells.plain_sheet import plain_sheet
from dxkpi_xl.cells.shared_strings import SharedStrings
from dxkpi_xl.cells.sheet_context import SheetContent, SheetContext
from dxkpi_xl.cells.unreadable import Unreadable
from dxkpi_xl.cells.xlsx import read_xlsx
from dxkpi_xl.cells.xml_pass import XmlPart, is_plain

from .test_mutants import changed_inside, seed_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROW = '<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"/><c r="C3"><f>A3&amp;"&lt;"</f><v>5</v></c></row>'
Outcome = WorkbookCells | tuple[object, object]


@pytest.fixture
def passed_over(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Outcome]:
    """How a workbook is read where nothing is ever plain."""

    def read(data: bytes) -> Outcome:
        with monkeypatch.context() as patched:
            patched.setattr(sheet_part, "plain_sheet", lambda *_: None)
            patched.setattr(shared_strings, "_plain_strings", lambda _: None)
            return outcome(data)

    return read


def outcome(data: bytes) -> Outcome:
    try:
        return read_xlsx(data)
    except Unreadable as unreadable:
        return unreadable.code, unreadable.facts.get("part")


def sheet(rows: str, before: str = "", after: str = "", root: str = f'<worksheet xmlns="{MAIN}">') -> bytes:
    return f"{root}{before}<sheetData>{rows}</sheetData>{after}</worksheet>".encode()


def content(data: bytes, **limits: int) -> SheetContent | None:
    few = Limits(**limits)
    context = SheetContext(
        strings=SharedStrings(["零", "壱"], frozenset({0})),
        styles={},
        epoch_1904=False,
        limits=few,
        cells_left=few.cells,
        characters_left=few.characters,
    )
    return plain_sheet(XmlPart("sheet", data), context)


def workbooks() -> Iterator[bytes]:
    """What Excel's imitators write: rich text, formulas, dates, merges, protection, hidden rows, controls."""
    yield seed_workbook()
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    page = book.add_worksheet("a & b")
    for row, text in enumerate(("<b>&amp;</b>", "改\n行", "\x01", "_x000D_", " 前後 ", '"', "'", "\r\n", "L0001")):
        page.write_string(row, row % 3, text)
        page.write_formula(row, 5, f'="{row}"&"&lt;"&A{row + 1}', None, f"{row}&<")
    page.merge_range("A20:C20", "合計")
    page.set_column("H:J", 5)
    page.protect()
    book.add_worksheet("hidden").set_row(3, None, None, {"hidden": True})
    book.add_worksheet("空")
    book.close()
    yield stream.getvalue()
    stream = BytesIO()
    other = openpyxl.load_workbook(BytesIO(seed_workbook()))
    other.save(stream)
    yield stream.getvalue()


def test_what_the_usual_programs_write_is_read_alike(passed_over: Callable[[bytes], Outcome]) -> None:
    for data in workbooks():
        read = outcome(data)
        assert isinstance(read, WorkbookCells)
        assert read == passed_over(data)


@pytest.mark.parametrize("seed", range(4))
def test_what_was_changed_at_any_place_is_read_or_refused_alike(
    passed_over: Callable[[bytes], Outcome], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same mutants every time
    sound = list(workbooks())
    mutants = [changed_inside(chance.choice(sound), chance) for _ in range(150)]
    assert [n for n, mutant in enumerate(mutants) if outcome(mutant) != passed_over(mutant)] == []


def test_a_plain_sheet_is_read_here() -> None:
    merges = '<sheetProtection sheet="1" objects="1"/><mergeCells count="1"><mergeCell ref="A3:B4"/></mergeCells>'
    read = content(sheet(ROW, '<cols><col min="1" max="3" width="9"/></cols>', merges))
    assert read is not None
    cells = {cell.address: (cell.text, cell.kind, cell.formula, cell.struck) for cell in read.cells.values()}
    assert cells == {"A3": ("壱", "text", None, False), "C3": ("5", "number", 'A3&"<"', False)}
    assert (read.merges, read.protected) == (((3, 1, 4, 2),), True)


def test_what_excel_adds_to_a_sheet_leaves_it_plain() -> None:
    root = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet xmlns="{MAIN}" xmlns:r="urn:r" '
        'xmlns:mc="urn:mc" mc:Ignorable="x14ac xr" xmlns:x14ac="urn:x14ac" xmlns:xr="urn:xr" xr:uid="{0-0}">'
    )
    rows = (
        '<row r="1" spans="1:3" ht="30" customHeight="1" x14ac:dyDescent="0.15">'
        '<c r="A1" s="1" t="s" ph="1"><v>0</v></c>'
        '<c r="B1" t="str" cm="1"><f t="array" ref="B1">A1&gt;"&#12354;"</f><v>TRUE\r\n</v></c>'
        '<c r="C1"><f t="shared" si="0"/><v></v></c></row>'
    )
    after = (
        '<mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells><phoneticPr fontId="1"/><conditionalFormatting '
        'sqref="A1"><cfRule type="expression" priority="1"><formula>hidden</formula></cfRule></conditionalFormatting>'
        '<rowBreaks count="1"><brk id="9"/></rowBreaks><extLst><ext xmlns:x14="urn:x14" uri="{1}"><x14:c '
        'xmlns:xm="urn:xm"><xm:f>A1</xm:f></x14:c></ext></extLst>'
    )
    read = content(
        sheet(rows, '<sheetPr codeName="Sheet1"/><cols><col min="1" max="2" width="9"/></cols>', after, root)
    )
    assert read is not None
    cells = {cell.address: (cell.text, cell.formula, cell.struck) for cell in read.cells.values()}
    assert cells == {"A1": ("零", None, True), "B1": ("TRUE\n", 'A1>"あ"', False), "C1": ("", "", False)}
    assert (read.merges, read.protected) == (((2, 1, 2, 2),), False)


def test_texts_of_cells_of_their_own_are_read_here_as_they_are_meant() -> None:
    texts = ("a", "", " &lt;改\r\n行_x0041_ ", "TRUE", "0.50")
    cells = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        for column, text in zip("ABCDE", texts, strict=True)
    )
    read = content(sheet(f'<row r="1">{cells}<c r="F1" t="str"><v>0.50</v></c></row>'))
    assert read is not None
    assert {(cell.address, cell.text, cell.raw, cell.kind, cell.formula) for cell in read.cells.values()} == {
        (f"{column}1", text, text, "text", None)
        for column, text in (("A", "a"), ("C", " <改\n行A "), ("D", "TRUE"), ("E", "0.50"), ("F", "0.50"))
    }


def test_a_sheet_tells_what_it_says_before_its_cells_are_made() -> None:
    read = content(sheet(ROW))
    assert read is not None
    assert isinstance(read.cells, CellsOnDemand)
    found = [(cell.address, cell.text, cell.formula) for cell in read.cells.saying({"5"})]
    assert (read.cells.texts, read.cells.characters, len(read.cells), found) == (
        {"壱", "5"}, 2, 2, [("C3", "5", 'A3&"<"')])  # fmt: skip
    assert "made" not in vars(read.cells)
    assert read.cells == {(cell.row, cell.col): cell for cell in read.cells.values()}


@pytest.mark.parametrize(
    "data",
    [
        sheet(ROW, root=f'<x:worksheet xmlns:x="{MAIN}" xmlns="{MAIN}">').replace(b"</work", b"</x:work"),
        sheet(ROW, root=f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}">'),
        sheet(ROW, after='<ext xmlns="urn:other"><c r="A9"><v>1</v></c></ext>'),
        sheet(ROW + '<!-- <c r="A9"><v>1</v></c> -->'),
        sheet('<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>'),
        sheet(ROW + "<?xml-c r?>"),
        sheet(ROW, root=f'<?xml version="1.0" encoding="iso-8859-1"?><worksheet xmlns="{MAIN}">'),
        sheet(ROW).decode().encode("utf-16"),
        sheet('<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r></is></c></row>'),
        sheet('<row r="1"><c r="A1" t="n"><is><t>1</t></is></c></row>'),
        sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is><v>1</v></c></row>'),
        sheet('<row r="1"><c r="AAA1"><v>1</v></c></row>'),
        sheet('<row r="1"><c><v>1</v></c></row>'),
        sheet('<row><c r="A1"><v>1</v></c></row>'),
        sheet('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>'),
        sheet(ROW, '<cols><col min="1" max="1" hidden="1"/></cols>'),
        sheet('<row r="1"><c r="A1"><v>1</v></c ></row>'),
        sheet('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        sheet('<row r="1"><c r="A1" t="s"><v>2</v></c></row>'),
        sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'),
        sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        sheet('<row r="1048577"/>'),
        sheet('<row r="1000000"/>'),
        sheet(ROW).replace(b"<sheetData>", b"<sheetData >"),
        sheet(ROW).replace(b"<sheetData>", b'<sheetData xml:space="preserve">'),
        sheet(ROW).replace(b"</sheetData>", b"</sheetData >"),
        sheet(ROW, after='<mergeCell ref="A0:B1"/>'),
        sheet(ROW, after="<c r='A9'><v>1</v></c>"),
        sheet(ROW, after="<v>1</v>"),
    ],
)
def test_what_is_written_otherwise_is_left_to_the_pass(data: bytes) -> None:
    assert content(data) is None


def test_more_cells_than_are_allowed_are_left_to_the_pass() -> None:
    assert content(sheet(ROW), cells=2) is not None
    assert content(sheet(ROW), cells=1) is None


@pytest.mark.parametrize("piece", ['<c r="A1"/>', '<c r="A1"/>\n', "</row><row>", '<row r="1"/>', "x", "<v/>"])
def test_however_often_a_piece_stands_it_costs_its_length(piece: str) -> None:
    row, _, rest = piece.partition("</row>")
    pieces = f"<row>{'</row><row>' * 40_000}</row>" if rest else row * 40_000
    started = time.process_time()
    content(sheet(pieces))
    assert time.process_time() - started < 5  # some hundredths; looked at again and again, minutes


@pytest.mark.parametrize(
    ("data", "reason"), [(b"<worksheet>", "xml"), (b'<!DOCTYPE worksheet><worksheet xmlns="x"/>', "doctype")]
)
def test_what_is_not_sound_is_refused_before_anything_is_searched(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        is_plain(XmlPart("sheet", data))
    assert caught.value.facts["reason"] == reason
