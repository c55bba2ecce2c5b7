"""Formulas that Excel 2016 and LibreOffice calculate without leaving the workbook."""

import pytest

from dxkpi_xl.grid.formulas import NEWER_THAN_2016, checked, quoted
from dxkpi_xl.grid.refusals import Reason, Refused


@pytest.mark.parametrize(
    "formula",
    [
        '=IF(COUNTIF($B$2:$B$9,"")=0,"提出できます","未入力"&COUNTIF($B$2:$B$9,"")&"件")',
        '=HYPERLINK("#\'事業・KPI\'!"&ADDRESS(14,10),"最初の未入力へ")',
        "=IFERROR(INDEX('リスト'!$B$1:$B$9,MATCH($A2,'リスト'!$A$1:$A$9,0)),\"\")",
        '=SUMPRODUCT(--(LEN(TRIM($B$2:$B$9))=0))&"#N/A @ [x] |"',
        "=SUMIFS(A1:A9,B1:B9,1)",
    ],
)
def test_formulas_of_excel_2016_are_written_as_they_are(formula: str) -> None:
    assert checked(formula) == formula


@pytest.mark.parametrize("function", sorted(NEWER_THAN_2016))
def test_functions_newer_than_excel_2016_are_refused(function: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(f"=1+{function.lower()}(A1:A9)")
    assert refused.value.reason is Reason.NEWER_THAN_EXCEL_2016


@pytest.mark.parametrize("formula", ["=A1#", "=SUM($B$2#)", "=@A1", '="a TAKE(x)"'])
def test_spills_and_what_xlsxwriter_takes_for_an_array_formula_are_refused(formula: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(formula)
    assert refused.value.reason is Reason.NEWER_THAN_EXCEL_2016


def test_functions_of_2010_to_2016_get_the_prefix_that_the_file_format_wants() -> None:
    assert checked('=ifna(MAX(A1),"IFNA(")&UNICODE("あ")') == '=_xlfn.IFNA(MAX(A1),"IFNA(")&_xlfn.UNICODE("あ")'


@pytest.mark.parametrize(
    "formula", ["=[Book2.xlsx]Sheet1!A1", "='[Book2.xlsx]Sheet1'!A1", '=WEBSERVICE("https://x")', "=cmd|'/c calc'!A1"]
)
def test_formulas_that_leave_the_workbook_are_refused(formula: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(formula)
    assert refused.value.reason is Reason.LEAVES_THE_WORKBOOK


@pytest.mark.parametrize("formula", ["A1+1", "=", "=IF(A1", '=IF(A1="x,1)', "=_xlfn.XLOOKUP(A1,B1:B9,C1:C9)"])
def test_broken_formulas_are_refused(formula: str) -> None:
    with pytest.raises(Refused) as refused:
        checked(formula)
    assert refused.value.reason is Reason.BAD_FORMULA


def test_a_quoted_text_has_at_most_255_units() -> None:
    assert quoted('"' + "𠮷" * 127) == '"""' + "𠮷" * 127 + '"'
    assert checked("=" + quoted("あ" * 255)) == '="' + "あ" * 255 + '"'
    for too_long in (lambda: quoted("あ" * 256), lambda: checked('="' + "あ" * 256 + '"')):
        with pytest.raises(Refused) as refused:
            too_long()
        assert refused.value.reason is Reason.BAD_FORMULA


def test_a_formula_has_at_most_8192_units() -> None:
    longest = "=" + "+".join(["1"] * 4096) + "0"
    assert len(longest) - 1 == 8192
    assert checked(longest) == longest
    with pytest.raises(Refused):
        checked(longest + "0")
