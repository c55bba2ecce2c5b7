"""What stands in a sheet is read, each value with its place."""

import pickle
from collections.abc import Callable

import pytest

from dxkpi_xl.cells.model import Area, Cell, SheetCells
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xlsx import read_xlsx

Make = Callable[..., bytes]

STYLES = (
    '<numFmts count="1"><numFmt numFmtId="176" formatCode="0.0%"/></numFmts>'
    "<fonts><font/><font><strike/></font></fonts>"
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="57"/><xf numFmtId="49"/>'
    '<xf numFmtId="0" fontId="1"/></cellXfs>'
)


def only_sheet(data: bytes) -> SheetCells:
    (sheet,) = read_xlsx(data).sheets
    return sheet


def cell_of(data: bytes, place: tuple[int, int] = (1, 1)) -> Cell:
    return only_sheet(data).cells[place]


@pytest.mark.parametrize(
    ("cell", "text", "kind", "raw"),
    [
        ('<c r="A1"><v>75600</v></c>', "75600", "number", "75600"),
        ('<c r="A1" s="1"><v>0.48199999999999998</v></c>', "48.2%", "number", "0.482"),
        ('<c r="A1" s="2"><v>45383</v></c>', "2024-04-01", "date", "45383"),
        ('<c r="A1" s="99"><v>0.482</v></c>', "0.482", "number", "0.482"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE", "bool", "TRUE"),
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE", "bool", "FALSE"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!", "error", "#REF!"),
        ('<c r="A1" t="e"><v>#SPILL!</v></c>', "#SPILL!", "error", "#SPILL!"),
        ('<c r="A1" t="d"><v>2026-03-31T00:00:00</v></c>', "2026-03-31", "date", "2026-03-31T00:00:00"),
        ('<c r="A1" t="d"><v>2026-03-31T13:30:00Z</v></c>', "2026-03-31 13:30:00", "date", "2026-03-31T13:30:00Z"),
        ('<c r="A1" t="str"><v>あ_x000D_\nい</v></c>', "あ\nい", "text", "あ\nい"),
        ('<c r="A1" t="inlineStr"><is><t> あ </t></is></c>', " あ ", "text", " あ "),
        (
            '<c r="A1" t="inlineStr"><is><r><t>課</t></r><r><t>題</t></r><rPh><t>カ</t></rPh></is></c>',
            "課題",
            "text",
            "課題",
        ),
        ('<c r="A1" t="s"><v>0</v></c>', "事業", "text", "事業"),
        ('<c r="A1" t="s"><v>1</v></c>', "未 定", "text", "未 定"),
        ('<c r="A1"><v>約300</v></c>', "約300", "text", "約300"),
    ],
)
def test_a_cell_is_read_as_a_person_means_it(hand_made: Make, cell: str, text: str, kind: str, raw: str) -> None:
    shared = (
        '<si><t>事業</t><rPh sb="0" eb="2"><t>ジギョウ</t></rPh></si>'
        "<si><r><rPr><b/></rPr><t>未</t></r><r><t> 定</t></r></si>"
    )
    read = cell_of(hand_made(f'<row r="1">{cell}</row>', shared=shared, styles=STYLES))
    assert (read.text, read.kind, read.raw, read.formula) == (text, kind, raw, None)


@pytest.mark.parametrize("cell", ['<c r="A1" s="1"/>', '<c r="A1" t="s"><v/></c>', '<c r="A1" t="str"><v></v></c>'])
def test_a_cell_without_a_value_is_not_there(hand_made: Make, cell: str) -> None:
    assert not only_sheet(hand_made(f'<row r="1">{cell}</row>')).cells


def test_spaces_alone_are_kept_for_the_layer_above(hand_made: Make) -> None:
    assert cell_of(hand_made('<row r="1"><c r="A1" t="str"><v>　 </v></c></row>')).text == "　 "


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("<f>1+1</f>", "1+1"), ('<f t="shared" si="0"/>', ""), ('<f t="shared" ref="A1:A2" si="0">B1</f>', "B1")],
)
def test_a_formula_is_seen_beside_its_cached_value(hand_made: Make, formula: str, expected: str) -> None:
    cell = cell_of(hand_made(f'<row r="1"><c r="A1">{formula}<v>2</v></c></row>'))
    assert (cell.text, cell.formula, cell.is_formula) == ("2", expected, True)


def test_a_formula_without_a_value_is_still_there(hand_made: Make) -> None:
    cell = cell_of(hand_made('<row r="1"><c r="A1"><f>B1</f></c></row>'))
    assert (cell.text, cell.kind, cell.is_formula) == ("", "text", True)


def test_missing_addresses_follow_the_cell_before(hand_made: Make) -> None:
    rows = (
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        "<row r='5'><c r='C5'><v>5</v></c><c><v>6</v></c></row><row><c><v>7</v></c></row>"
    )
    sheet = only_sheet(hand_made(rows))
    assert {cell.address: cell.text for cell in sheet.cells.values()} == {
        "A1": "1",
        "C1": "3",
        "C5": "5",
        "D5": "6",
        "A6": "7",
    }


def test_a_lying_dimension_and_a_far_used_range_hide_nothing(hand_made: Make) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    sheet = only_sheet(hand_made(rows, before='<dimension ref="A1"/>'))
    assert [cell.address for cell in sheet.cells.values()] == ["A1", "XFD1048576"]


def test_values_under_a_merge_are_read(hand_made: Make) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    sheet = only_sheet(hand_made(rows, after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'))
    assert sheet.merges == (Area(1, 1, 1, 2),)
    assert sheet.cells[1, 2].text == "2"


def test_protection_hiding_and_tabs_are_told(hand_made: Make) -> None:
    rows = (
        '<row r="2" hidden="1"><c r="B2"><v>1</v></c></row><row r="3" hidden="1"/>'
        '<row r="4"><c r="D4"><v>1</v></c></row>'
    )
    data = hand_made(
        rows,
        before='<cols><col min="4" max="16384" hidden="1"/><col min="3" max="5" hidden="1"/></cols>',
        after='<sheetProtection sheet="1"/>',
        sheet='<sheet name="一覧" sheetId="1" state="veryHidden" r:id="rId1"/>'
        '<sheet name="図" sheetId="2" r:id="rId4"/>',
    )
    sheet = only_sheet(data)
    assert (sheet.name, sheet.visibility, sheet.protected) == ("一覧", "veryHidden", True)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {4})


def test_text_struck_through_is_told_whole_or_in_part(hand_made: Make) -> None:
    shared = "<si><t>有</t></si><si><r><rPr><strike/></rPr><t>旧</t></r><r><t>新</t></r></si>"
    shared += '<si><r><rPr><strike val="0"/></rPr><t>無</t></r></si>'
    rows = "".join(
        f'<c r="{column}1" t="s" s="{style}"><v>{index}</v></c>'
        for column, style, index in ("A00", "B40", "C01", "D02")
    )
    sheet = only_sheet(hand_made(f'<row r="1">{rows}</row>', shared=shared, styles=STYLES))
    assert {cell.address: cell.struck for cell in sheet.cells.values()} == {
        "A1": False,
        "B1": True,
        "C1": True,
        "D1": False,
    }


def test_strict_open_xml_is_read(hand_made: Make) -> None:
    data = hand_made('<row r="1"><c r="A1"><v>1</v></c></row>', main="http://purl.oclc.org/ooxml/spreadsheetml/main")
    assert cell_of(data).text == "1"


def test_a_prefix_before_every_tag_changes_nothing(parts_of: Callable[..., dict[str, str]], zip_of: Make) -> None:
    parts = parts_of()
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    assert cell_of(zip_of(parts)).text == "1"


def test_the_epoch_of_1904_moves_dates(hand_made: Make) -> None:
    data = hand_made(
        '<row r="1"><c r="A1" s="2"><v>43921</v></c></row>', styles=STYLES, workbook='<workbookPr date1904="1"/>'
    )
    assert cell_of(data).text == "2024-04-01"


@pytest.mark.parametrize("rename", [str.upper, lambda name: name.replace("/", "\\"), lambda name: f"/{name}"])
def test_part_names_in_another_writing_are_found(
    parts_of: Callable[..., dict[str, str]], zip_of: Make, rename: Callable[[str], str]
) -> None:
    parts = parts_of('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert cell_of(zip_of({rename(name): content for name, content in parts.items()})).text == "1"


@pytest.mark.parametrize("styles", ["<broken", "<cellXfs><xf numFmtId='x' fontId='?'/></cellXfs>"])
def test_broken_styles_cost_no_answer(hand_made: Make, styles: str) -> None:
    workbook = read_xlsx(hand_made('<row r="1"><c r="A1"><v>0.5</v></c></row>', styles=styles))
    assert workbook.sheets[0].cells[1, 1].text == "0.5"
    assert workbook.styles_read is (styles != "<broken")


def test_broken_drawings_properties_and_macros_are_not_opened(
    parts_of: Callable[..., dict[str, str]], zip_of: Make
) -> None:
    parts = parts_of('<row r="1"><c r="A1"><v>1</v></c></row>')
    broken = dict.fromkeys(
        ("docProps/core.xml", "docProps/custom.xml", "xl/drawings/drawing1.xml", "xl/vbaProject.bin"), "<"
    )
    assert cell_of(zip_of(parts | broken)).text == "1"


def test_wrong_counts_of_shared_strings_are_not_believed(parts_of: Callable[..., dict[str, str]], zip_of: Make) -> None:
    parts = parts_of('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', shared="<si><t>a</t></si><si><t>b</t></si>")
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        "<sst ", '<sst count="1" uniqueCount="99999999" '
    )
    assert cell_of(zip_of(parts)).text == "b"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="0"><c r="A1"><v>1</v></c></row>', "address"),
        ('<row r="1048577"/>', "address"),
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "address"),
        ('<row r="1"><c r="1A"><v>1</v></c></row>', "address"),
        ('<row r="1"><c r="A１"><v>1</v></c></row>', "address"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "address"),
        ('<row r="1"><c r="XFD1"/><c><v>1</v></c></row>', "address"),
        ('<row r="1"><c r="A1" t="s"><v>1</v></c></row>', "unknown shared string"),
        ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "unknown shared string"),
        ('<row r="1"><c r="A1"></row>', "xml"),
    ],
)
def test_an_impossible_sheet_is_refused_as_damaged(hand_made: Make, rows: str, reason: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_xlsx(hand_made(rows, shared="<si><t>a</t></si>"))
    assert caught.value.code is UnreadableCode.DAMAGED
    assert caught.value.facts["reason"] == reason
    assert caught.value.facts["part"] == "xl/worksheets/sheet1.xml"


def test_a_cell_without_a_value_twice_at_one_place_is_forgiven(hand_made: Make) -> None:
    assert cell_of(hand_made('<row r="1"><c r="A1"><v>1</v></c><c r="A1" s="1"/></row>')).text == "1"


def test_a_workbook_of_charts_alone_has_no_sheet(hand_made: Make) -> None:
    with pytest.raises(Unreadable) as caught:
        read_xlsx(hand_made(sheet='<sheet name="図" sheetId="1" r:id="rId4"/>'))
    assert caught.value.code is UnreadableCode.NO_SHEET


def test_what_is_read_and_what_is_refused_can_be_sent_to_another_process(hand_made: Make) -> None:
    workbook = read_xlsx(hand_made('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert pickle.loads(pickle.dumps(workbook)) == workbook  # noqa: S301 - our own bytes
    refusal = pickle.loads(pickle.dumps(Unreadable(UnreadableCode.DAMAGED, part="p", line=3)))  # noqa: S301
    assert (refusal.code, dict(refusal.facts)) == (UnreadableCode.DAMAGED, {"part": "p", "line": 3})
