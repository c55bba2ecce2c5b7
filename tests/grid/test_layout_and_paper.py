"""Widths, heights, view and print set-up."""

from collections.abc import Callable

import pytest

from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.charts import Chart, Series
from dxkpi_xl.grid.paper import Band, Field, Margins, PrintSetup
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Line, Style

Tags = Callable[[str], list[str]]
Part = Callable[[str], str]


def test_a_row_has_at_most_409_points(sheet: Sheet, tags: Tags) -> None:
    sheet.row_height(2, 409)
    with pytest.raises(Refused) as refused:
        sheet.row_height(3, 409.1)
    assert (refused.value.reason, refused.value.cell) == (Reason.ROW_TOO_HIGH, "A3")
    assert tags("row") == ['<row r="2" ht="408.75" customHeight="1"/>']


def test_a_growing_row_has_a_height_that_is_not_custom(sheet: Sheet, tags: Tags) -> None:
    sheet.text("A2", "一", Style())
    sheet.row_height(2, 60, grows=True)
    sheet.row_height(3, 60, grows=True)
    sheet.row_height(4, 60)
    assert tags("row") == [
        '<row r="2" spans="1:1" ht="60">',
        '<row r="3" spans="1:1" ht="60"/>',
        '<row r="4" spans="1:1" ht="60" customHeight="1"/>',
    ]


@pytest.mark.parametrize(("characters", "written"), [(255, True), (255.1, False), (-1, False)])
def test_a_column_has_at_most_255_characters(sheet: Sheet, tags: Tags, characters: float, written: bool) -> None:
    if written:
        sheet.column_width(1, 2, characters)
        assert tags("col") == ['<col min="1" max="2" width="255.7109375" customWidth="1"/>']
    else:
        with pytest.raises(Refused) as refused:
            sheet.column_width(1, 2, characters)
        assert refused.value.reason is Reason.COLUMN_TOO_WIDE


def test_the_view_is_what_was_asked_for(book: Book, sheet: Sheet, part: Part, tags: Tags) -> None:
    sheet.freeze("C5")
    sheet.select("J14")
    sheet.zoom(85)
    sheet.hide_gridlines()
    sheet.tab_colour(Colour.TAB_ANSWER)
    sheet.hide_row(2)
    book.sheet("次").activate()
    assert tags("pane") == ['<pane xSplit="2" ySplit="4" topLeftCell="C5" activePane="bottomRight" state="frozen"/>']
    assert tags("selection")[-1] == '<selection pane="bottomRight" activeCell="J14" sqref="J14"/>'
    assert tags("sheetView") == ['<sheetView showGridLines="0" zoomScale="85" zoomScaleNormal="85" workbookViewId="0">']
    assert tags("tabColor") == ['<tabColor rgb="FFF2B800"/>']
    assert tags("row") == ['<row r="2" hidden="1"/>']
    assert 'activeTab="1"' in part("xl/workbook.xml")


def test_green_corners_are_silenced_by_all_calls_together(sheet: Sheet, tags: Tags) -> None:
    sheet.ignore_errors(["A1:A9"])
    sheet.ignore_errors(["C1:C9"])
    sheet.ignore_errors(["E1"], "formula_unlocked")
    assert tags("ignoredError") == [
        '<ignoredError sqref="A1:A9 C1:C9" numberStoredAsText="1"/>',
        '<ignoredError sqref="E1" unlockedFormula="1"/>',
    ]


def test_the_print_setup_is_written_whole(sheet: Sheet, tags: Tags, part: Part) -> None:
    sheet.text("A1", "見出し", Style())
    sheet.print_setup(
        PrintSetup(
            repeat_rows=(3, 5),
            area="A1:Q70",
            margins=Margins(left=12.7, right=12.7, top=25.4, bottom=25.4, footer=12.7),
            footer=Band(left=("調査票ID R6&7",), centre=(Field.PAGE, "/", Field.PAGES)),
        )
    )
    sheet.page_breaks([40, 20])
    assert tags("pageSetup") == ['<pageSetup paperSize="8" fitToHeight="0" orientation="landscape"/>']
    assert tags("pageSetUpPr") == ['<pageSetUpPr fitToPage="1"/>']
    margins = '<pageMargins left="0.5" right="0.5" top="1.0" bottom="1.0" header="0.3" footer="0.5"/>'
    assert tags("pageMargins") == [margins]
    assert tags("brk") == ['<brk id="20" max="16383" man="1"/>', '<brk id="40" max="16383" man="1"/>']
    footer = '&amp;L&amp;9&amp;"-,Regular"調査票ID R6&amp;&amp;7&amp;C&amp;9&amp;"-,Regular"&amp;P/&amp;N'
    assert f"<oddFooter>{footer}</oddFooter>" in part("xl/worksheets/sheet1.xml")
    workbook = part("xl/workbook.xml")
    assert '<definedName name="_xlnm.Print_Area" localSheetId="0">表!$A$1:$Q$70<' in workbook
    assert '<definedName name="_xlnm.Print_Titles" localSheetId="0">表!$3:$5<' in workbook


def test_a_digit_or_sign_after_a_page_number_cannot_change_its_meaning() -> None:
    assert Band(left=(Field.PAGE, "+1")).codes() == '&L&9&"-,Regular"&P&"-,Regular"+1'
    assert Band(left=("6年度",), font="BIZ UDゴシック", size=8).codes() == '&L&8&"BIZ UDゴシック,Regular"6年度'


def test_a_footer_has_at_most_255_units_with_its_codes(sheet: Sheet) -> None:
    codes = len(Band(left=("x",)).codes()) - 1
    sheet.print_setup(PrintSetup(footer=Band(left=("あ" * (255 - codes),))))
    with pytest.raises(Refused) as refused:
        sheet.print_setup(PrintSetup(footer=Band(left=("あ" * (256 - codes),))))
    assert refused.value.reason is Reason.TEXT_TOO_LONG


def test_a_sheet_has_at_most_1023_page_breaks_and_none_is_left_out(
    sheet: Sheet, tags: Callable[[str], list[str]]
) -> None:
    sheet.page_breaks(range(1, 1_024))
    with pytest.raises(Refused) as refused:
        sheet.page_breaks(range(1, 1_025))
    assert (refused.value.reason, refused.value.facts["limit"]) == (Reason.TOO_MANY, 1_023)
    assert len(tags("brk")) == 1_023


def test_the_printable_area_of_a3_landscape_is_what_the_margins_leave() -> None:
    width, height = PrintSetup(margins=Margins(left=10, right=10, top=20, bottom=20)).printable_points()
    assert (round(width, 2), round(height, 2)) == (1133.86, 728.50)


def test_a_chart_shows_unknown_values_as_gaps_and_says_in_words_what_it_shows(book: Book, part: Part) -> None:
    sheet = book.sheet("推移")
    for row, value in enumerate((1, 2, 3), 1):
        sheet.number(f"A{row}", value, Style())
    series = Series(name="実績", sheet="推移", categories="A1:A3", values="A1:A3")
    sheet.chart("C1", Chart(kind="line", title="KPI 1", alternative_text="1から3へ増えています。", series=(series,)))
    assert "dispBlanksAs" not in part("xl/charts/chart1.xml")  # a gap is what Excel 2007's format says without it
    assert "<c:f>'推移'!$A$1:$A$3</c:f>" in part("xl/charts/chart1.xml")
    assert 'descr="1から3へ増えています。"' in part("xl/drawings/drawing1.xml")


@pytest.mark.parametrize(("series", "text"), [((), "説明"), (("x",), "")])
def test_a_chart_without_series_or_words_is_refused(sheet: Sheet, series: tuple[str, ...], text: str) -> None:
    made = tuple(Series(name=name, sheet="表", categories="A1:A2", values="A1:A2") for name in series)
    with pytest.raises(Refused):
        sheet.chart("A1", Chart(kind="line", title="", alternative_text=text, series=made))


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("fill", [colour for colour in Colour if colour.name.endswith("_FILL")])
def test_the_palettes_texts_are_readable_on_their_fills(fill: Colour) -> None:
    own = [colour for colour in Colour if colour.name == fill.name.replace("_FILL", "_TEXT")]
    for text in own or [Colour.TEXT, Colour.MUTED_TEXT]:
        assert contrast(text, fill) >= 4.5


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"fill": "#FFF"}, {"shrink": True, "wrap": True}, {"indent": 16}])
def test_a_style_that_excel_cannot_show_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        Style().but(**wrong)
    assert refused.value.reason is Reason.BAD_STYLE


def test_one_side_of_a_border_can_differ(sheet: Sheet, part: Part) -> None:
    sheet.text("A1", "一", Style(border=Line.THIN, bottom=Line.MEDIUM, top=Line.NONE))
    borders = part("xl/styles.xml")
    assert '<left style="thin">' in borders
    assert '<top/><bottom style="medium">' in borders
