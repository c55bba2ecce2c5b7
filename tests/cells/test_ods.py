"""What stands in an OpenDocument sheet is read as the same .xlsx would be."""

from collections.abc import Callable
from io import BytesIO

import odf.number
import odf.opendocument
import odf.style
import odf.table
import odf.text
import pytest

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import Area, Cell, SheetCells
from dxkpi_xl.cells.ods import read_ods
from dxkpi_xl.cells.read import read_workbook
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode

Make = Callable[..., bytes]
MIME = "application/vnd.oasis.opendocument.spreadsheet"
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("draw", "drawing"),
    )
)
NAMES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = """
<number:percentage-style style:name="P1"><number:number number:decimal-places="1" number:min-integer-digits="1"/>
<number:text>%</number:text></number:percentage-style>
<number:number-style style:name="N1"><number:number number:decimal-places="0" number:min-integer-digits="1"
 number:grouping="true"/><number:text>万枚</number:text></number:number-style>
<number:date-style style:name="D1"><number:year number:style="long"/><number:text>/</number:text><number:month/>
<number:text>/</number:text><number:day/></number:date-style>
<number:time-style style:name="T1" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text>
<number:minutes number:style="long"/></number:time-style>
<number:number-style style:name="S1P0"><number:number number:min-integer-digits="1"/><number:text>人</number:text>
</number:number-style>
<number:number-style style:name="S1"><number:text>-</number:text><number:number number:min-integer-digits="1"/>
<style:map style:condition="value()&gt;=0" style:apply-style-name="S1P0"/></number:number-style>
<style:style style:name="parent" style:family="table-cell" style:data-style-name="P1">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="P1"/>
<style:style style:name="count" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="day" style:family="table-cell" style:data-style-name="D1"/>
<style:style style:name="time" style:family="table-cell" style:data-style-name="T1"/>
<style:style style:name="people" style:family="table-cell" style:data-style-name="S1"/>
<style:style style:name="child" style:family="table-cell" style:parent-style-name="parent"/>
<style:style style:name="unstruck" style:family="table-cell" style:parent-style-name="parent">
<style:text-properties style:text-line-through-style="none"/></style:style>
<style:style style:name="gone" style:family="text"><style:text-properties style:text-line-through-type="single"/>
</style:style>
<style:style style:name="shut" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


@pytest.fixture(scope="session")
def ods_of(zip_of: Make) -> Make:
    """ods_of(rows) gives the bytes of an .ods with one sheet."""

    def make(rows: str = "", *, body: str = "", sheet: str = 'table:name="票"', doctype: str = "") -> bytes:
        tables = body or f"<table:table {sheet}>{rows}</table:table>"
        content = (
            f"{doctype}<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
        )
        return zip_of([("mimetype", MIME), ("content.xml", content)])

    return make


def only_sheet(data: bytes) -> SheetCells:
    (sheet,) = read_ods(data).sheets
    return sheet


def texts(data: bytes) -> dict[str, str]:
    return {cell.address: cell.text for cell in only_sheet(data).cells.values()}


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(content: str = "", attributes: str = 'office:value-type="string"') -> str:
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


@pytest.mark.parametrize(
    ("attributes", "text", "kind", "raw"),
    [
        ('office:value-type="float" office:value="75600"', "75600", "number", "75600"),
        ('office:value-type="float" office:value="1E+020"', "100000000000000000000", "number", "100000000000000000000"),
        ('table:style-name="percent" office:value-type="percentage" office:value="0.482"', "48.2%", "number", "0.482"),
        ('table:style-name="lost" office:value-type="percentage" office:value="0.482"', "48.2%", "number", "0.482"),
        ('table:style-name="child" office:value-type="percentage" office:value="0.482"', "48.2%", "number", "0.482"),
        ('table:style-name="count" office:value-type="float" office:value="40"', "40万枚", "number", "40"),
        ('table:style-name="people" office:value-type="float" office:value="3"', "3人", "number", "3"),
        ('office:value-type="currency" office:value="5000"', "5000", "number", "5000"),
        (
            'table:style-name="day" office:value-type="date" office:date-value="2026-03-31"',
            "2026-03-31",
            "date",
            "46112",
        ),
        (
            'office:value-type="date" office:date-value="2026-03-31T13:30:00"',
            "2026-03-31 13:30",
            "date",
            "46112.5625",
        ),
        ('office:value-type="date" office:date-value="1899-12-31"', "1899-12-31", "date", "1899-12-31"),
        ('office:value-type="time" office:time-value="PT13H30M00S"', "13:30", "date", "0.5625"),
        ('table:style-name="time" office:value-type="time" office:time-value="PT42H00M00S"', "42:00", "date", "1.75"),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE", "bool", "TRUE"),
        ('office:value-type="boolean" office:boolean-value="false"', "FALSE", "bool", "FALSE"),
        ('office:value-type="string" office:string-value="値"', "値", "text", "値"),
    ],
)
def test_a_typed_value_is_read_as_a_person_means_it(
    ods_of: Make, attributes: str, text: str, kind: str, raw: str
) -> None:
    read = only_sheet(ods_of(row(cell("<text:p>shown otherwise</text:p>", attributes)))).cells[1, 1]
    assert (read.text, read.kind, read.raw, read.formula) == (text, kind, raw, None)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<text:p>改</text:p><text:p>行</text:p>", "改\n行"),
        ("<text:p/><text:p>先頭</text:p>", "\n先頭"),
        ("<text:p>一<text:line-break/>二<text:tab/>三</text:p>", "一\n二\t三"),
        ("<text:p>\n  前後 \n は  消える\n </text:p>", "前後 は 消える"),
        ('<text:p><text:s text:c="2"/>前後 <text:s/></text:p>', "  前後  "),
        ("<text:p>あ <text:s/>い</text:p>", "あ  い"),
        ("<text:p>一<text:span>二<text:span>三</text:span></text:span>四</text:p>", "一二三四"),
        ('<text:p><text:a xmlns:x="y">つなぎ</text:a></text:p>', "つなぎ"),
        (
            "<text:p><text:ruby><text:ruby-base>課</text:ruby-base><text:ruby-text>カ</text:ruby-text></text:ruby>題"
            "</text:p>",
            "課題",
        ),
        ("<office:annotation><text:p>コメント</text:p></office:annotation><text:p>値</text:p>", "値"),
        ("<text:p>値</text:p><draw:g><draw:frame><text:p>図</text:p></draw:frame></draw:g>", "値"),
        ('<text:p><text:s text:c="99999999999"/>x</text:p>', " x"),
        ("<text:p>&amp;#8203;&lt;b&gt;</text:p>", "&#8203;<b>"),
    ],
)
def test_a_text_is_read_with_the_white_space_that_is_meant(ods_of: Make, content: str, text: str) -> None:
    assert texts(ods_of(row(cell(content)))) == {"A1": text}


def test_a_comment_or_a_drawing_alone_is_no_value(ods_of: Make) -> None:
    drawn = "<office:annotation><text:p>コメント</text:p></office:annotation>"
    assert texts(ods_of(row(cell(drawn, ""), cell("<draw:frame><text:p>図</text:p></draw:frame>", "")))) == {}


def test_errors_and_formulas_are_told(ods_of: Make) -> None:
    error = 'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"'
    total = (
        'table:formula="of:=SUM([.A1:.B2];[$他.C3])&amp;&quot;;[x]&quot;" office:value-type="float" office:value="3"'
    )
    true = 'table:formula="of:=TRUE()" office:value-type="float" office:value="1"'
    sheet = only_sheet(ods_of(row(cell("<text:p>#N/A</text:p>", error), cell("", total), cell("", true))))
    assert [(each.text, each.kind, each.formula) for each in sheet.cells.values()] == [
        ("#N/A", "error", "NA()"),
        ("3", "number", 'SUM(A1:B2,他!C3)&";[x]"'),
        ("TRUE", "bool", "TRUE()"),
    ]


def test_repeated_cells_and_rows_stand_in_each_place(ods_of: Make) -> None:
    twice = cell("<text:p>x</text:p>", 'table:number-columns-repeated="2"')
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="2"/>'
        f"{twice}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"/>'
        + row('<table:table-cell table:number-columns-repeated="16383"/>', cell("<text:p>底</text:p>"))
    )
    assert texts(ods_of(rows)) == {
        **{f"{column}{number}": "x" for number in (1, 2, 3) for column in "CD"},
        "XFD1048004": "底",
    }


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (
            '<table:table-row table:number-rows-repeated="1000000">'
            '<table:table-cell table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell>'
            "</table:table-row>",
            UnreadableCode.TOO_LARGE,
        ),
        (
            '<table:table-row table:number-rows-repeated="999999999"><table:table-cell><text:p>x</text:p>'
            "</table:table-cell></table:table-row>",
            UnreadableCode.DAMAGED,
        ),
        (
            '<table:table-row><table:table-cell table:number-columns-repeated="999999999"/>'
            "<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>",
            UnreadableCode.DAMAGED,
        ),
        ('<table:table-row table:number-rows-repeated="9999999999"/>', UnreadableCode.DAMAGED),
        ('<table:table-row table:number-rows-repeated="x"/>', UnreadableCode.DAMAGED),
        ("<table:table-row><table:table-cell></table:table-row>", UnreadableCode.DAMAGED),
    ],
)
def test_an_impossible_sheet_is_refused(ods_of: Make, rows: str, code: UnreadableCode) -> None:
    with pytest.raises(Unreadable) as caught:
        read_ods(ods_of(rows))
    assert caught.value.code is code


def test_empty_repeats_cost_nothing(ods_of: Make) -> None:
    column = '<table:table-column table:number-columns-repeated="999999999" table:visibility="collapse"/>'
    filled = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    assert texts(ods_of(column * 20 + filled * 200)) == {}


def test_protection_hiding_and_merges_are_told(ods_of: Make) -> None:
    rows = (
        "<table:table-column/>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        + row(
            cell("<text:p>合計</text:p>", 'table:number-columns-spanned="2" table:number-rows-spanned="3"'),
            "<table:covered-table-cell><text:p>下</text:p></table:covered-table-cell>",
        )
        + '<table:table-row table:visibility="filter" table:number-rows-repeated="2">'
        + cell("<text:p>x</text:p>")
        + "</table:table-row>"
    )
    sheet = only_sheet(ods_of(rows, sheet='table:name="票" table:protected="true" table:style-name="shut"'))
    assert (sheet.name, sheet.visibility, sheet.protected) == ("票", "hidden", True)
    assert sheet.merges == (Area(1, 1, 3, 2),)
    assert {each.address: each.text for each in sheet.cells.values()} == {
        "A1": "合計",
        "B1": "下",
        "A2": "x",
        "A3": "x",
    }
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2, 3}, {2})


def test_styles_come_from_the_cell_then_its_row_then_its_column(ods_of: Make) -> None:
    number = cell("", 'office:value-type="float" office:value="40"')
    rows = (
        '<table:table-column table:default-cell-style-name="people"/><table:table-column/>'
        + row(number, number)
        + f'<table:table-row table:default-cell-style-name="count">{number}</table:table-row>'
        + row(cell("", 'table:style-name="count" office:value-type="float" office:value="40"'))
    )
    assert texts(ods_of(rows)) == {"A1": "40人", "B1": "40", "A2": "40万枚", "A3": "40万枚"}


def test_text_struck_through_is_told_whole_or_in_part(ods_of: Make) -> None:
    part = '<text:p>残<text:span text:style-name="gone">消</text:span></text:p>'
    sheet = only_sheet(
        ods_of(
            row(
                cell("<text:p>x</text:p>"),
                cell("<text:p>x</text:p>", 'table:style-name="child"'),
                cell("<text:p>x</text:p>", 'table:style-name="unstruck"'),
                cell(part),
            )
        )
    )
    assert [each.struck for each in sheet.cells.values()] == [False, True, False, True]


def test_what_is_no_sheet_of_this_workbook_is_not_read(ods_of: Make) -> None:
    inner = f"<table:table table:name='内'>{row(cell('<text:p>内</text:p>'))}</table:table>"
    body = (
        f"<table:tracked-changes><table:table-cell><text:p>旧</text:p></table:table-cell></table:tracked-changes>"
        f'<table:table table:name="票">{row(cell("<text:p>値</text:p>"), cell(inner, ""))}</table:table>'
        '<table:table table:name="file:///x" table:style-name="ta_extref">'
        f"{row(cell('<text:p>外</text:p>'))}</table:table>"
        f"<table:dde-links><table:dde-link>{inner}</table:dde-link></table:dde-links>"
    )
    assert texts(ods_of(body=body)) == {"A1": "値"}


def test_the_guards_of_the_xlsx_reader_hold_here_too(ods_of: Make, zip_of: Make) -> None:
    cases = {
        ods_of(doctype="<!DOCTYPE a>"): UnreadableCode.UNSAFE,
        zip_of([("mimetype", MIME)]): UnreadableCode.DAMAGED,
        ods_of(body=" "): UnreadableCode.NO_SHEET,
        zip_of([("mimetype", MIME), ("META-INF/manifest.xml", "<manifest:encryption-data/>")]): UnreadableCode.PASSWORD,
        zip_of([("mimetype", MIME), ("encrypted-package", "x")]): UnreadableCode.PASSWORD,
    }
    for data, code in cases.items():
        with pytest.raises(Unreadable) as caught:
            read_workbook(data)
        assert caught.value.code is code
    rows = row(cell("<text:p>あいう</text:p>"), cell("<text:p>え</text:p>"))
    for limit, allowed in (("cells", 1), ("characters", 3), ("tags", 20), ("part_bytes", 100)):
        with pytest.raises(Unreadable) as caught:
            read_ods(ods_of(rows), limits=Limits(**{limit: allowed}))
        assert (caught.value.code, caught.value.facts["limit"]) == (UnreadableCode.TOO_LARGE, limit)


def written_by_odfpy() -> bytes:
    book = odf.opendocument.OpenDocumentSpreadsheet()
    percent = odf.number.PercentageStyle(name="N10")
    percent.addElement(odf.number.Number(decimalplaces="1", minintegerdigits="1"))
    percent.addElement(odf.number.Text(text="%"))
    book.automaticstyles.addElement(percent)
    style = odf.style.Style(name="ce1", family="table-cell", datastylename=percent)
    book.automaticstyles.addElement(style)
    table = odf.table.Table(name="票", protected="true")
    first = odf.table.TableRow()
    for value, shown in ((0.482, "48.2%"), (1, "100.0%")):
        each = odf.table.TableCell(valuetype="percentage", value=str(value), stylename=style)
        each.addElement(odf.text.P(text=shown))
        first.addElement(each)
    text = odf.table.TableCell(valuetype="string", numbercolumnsrepeated=2)
    text.addElement(odf.text.P(text="事業"))
    first.addElement(text)
    table.addElement(first)
    book.spreadsheet.addElement(table)
    stream = BytesIO()
    book.write(stream)
    return stream.getvalue()


def test_a_sheet_is_read_as_odfpy_wrote_it() -> None:
    sheet = only_sheet(written_by_odfpy())
    text = Cell(1, 3, "事業", "text", None, "General", "事業", struck=False)
    assert (sheet.name, sheet.protected) == ("票", True)
    assert tuple(sheet.cells.values()) == (
        Cell(1, 1, "48.2%", "number", None, "0.0%", "0.482", struck=False),
        Cell(1, 2, "100%", "number", None, "0.0%", "1", struck=False),
        text,
        text._replace(col=4),
    )
