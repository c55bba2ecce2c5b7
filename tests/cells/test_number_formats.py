"""A number and its format together say what a person wrote."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.cells.number_formats import BUILTIN_FORMATS, FormatMeaning, Shows, format_meaning
from dxkpi_xl.cells.shown import bare_number, percent, show_number


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("75600", "75600"),
        ("75600.0", "75600"),
        ("0.48199999999999998", "0.482"),
        ("0.30000000000000004", "0.3"),
        ("-0", "0"),
        ("007", "7"),
        ("7.5600000000000005E+4", "75600"),
        ("1E3", "1000"),
        ("1.2345678901234567E+19", "12345678901234567000"),
        ("1E-7", "0.0000001"),
        ("1e300", "1E+300"),
        (" 12 ", "12"),
        (".5", "0.5"),
        ("-12.50", "-12.5"),
        ("", None),
        ("1e999", None),
        ("NaN", None),
        ("1_000", None),
        ("１２", None),
        ("1,000", None),
        ("9" * 500, None),
    ],
)
def test_a_number_stands_in_its_shortest_decimal_form(written: str, bare: str | None) -> None:
    assert bare_number(written) == bare


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_decimal_form_is_the_same_number(value: float) -> None:
    bare = bare_number(repr(value))
    assert bare is not None
    assert math.isclose(float(bare), value, rel_tol=1e-14)
    assert bare_number(bare) == bare


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-10_000, max_value=10_000))
def test_a_percent_keeps_the_digits_a_person_typed(typed: object) -> None:
    value = float(str(typed)) / 100
    assert math.isclose(float(percent(bare_number(repr(value)) or "")[:-1]), float(str(typed)), rel_tol=1e-12)


@pytest.mark.parametrize(
    ("code", "shows", "prefix", "suffix"),
    [
        ("General", Shows.NUMBER, "", ""),
        ('General"件"', Shows.NUMBER, "", "件"),
        ("G/標準", Shows.NUMBER, "", ""),
        ("@", Shows.NUMBER, "", ""),
        ("#,##0_ ", Shows.NUMBER, "", ""),
        ('#,##0"件"', Shows.NUMBER, "", "件"),
        ("#,##0\\人;-#,##0\\人", Shows.NUMBER, "", "人"),
        ('"約"0"万枚"', Shows.NUMBER, "約", "万枚"),
        ('0,"千円"', Shows.NUMBER, "", ""),
        ('0.0"%"', Shows.NUMBER, "", "%"),
        ("¥#,##0;[Red]¥-#,##0", Shows.NUMBER, "", ""),
        ('_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', Shows.NUMBER, "", ""),
        ("#,##0;▲#,##0", Shows.NUMBER, "", ""),
        ("0.00E+00", Shows.NUMBER, "", ""),
        ("# ?/?", Shows.NUMBER, "", ""),
        ("0%", Shows.PERCENT, "", ""),
        ("0.0%;[Red]-0.0%", Shows.PERCENT, "", ""),
        ('[=0]"-";0.0%', Shows.PERCENT, "", ""),
        ('0.0%"以上"', Shows.PERCENT, "", "以上"),
        ('0"%";0%', Shows.NUMBER, "", "%"),
        ("yyyy/m/d", Shows.DATE, "", ""),
        ("[$-411]ge.m.d", Shows.DATE, "", ""),
        ('[$-411]ggge"年"m"月"d"日";@', Shows.DATE, "", ""),
        ("[$-ja-JP]aaaa", Shows.DATE, "", ""),
        ("mmm-yy", Shows.DATE, "", ""),
        ("yyyy/m/d h:mm", Shows.DATE_TIME, "", ""),
        ("h:mm AM/PM", Shows.TIME, "", ""),
        ("mm:ss.0", Shows.TIME, "", ""),
        ("[h]:mm:ss", Shows.DURATION, "", ""),
        ("[Red][<0]0.0;0", Shows.NUMBER, "", ""),
        ("%" * 5000, Shows.NUMBER, "", ""),
        ('"', Shows.NUMBER, "", ""),
        ("[", Shows.NUMBER, "", ""),
    ],
)
def test_a_format_says_what_a_number_stands_for(code: str, shows: Shows, prefix: str, suffix: str) -> None:
    assert format_meaning(code) == FormatMeaning(shows=shows, prefix=prefix, suffix=suffix)


@pytest.mark.parametrize("number", [*range(27, 32), *range(34, 37), *range(50, 59), *range(14, 18)])
def test_the_japanese_built_in_dates_are_dates(number: int) -> None:
    assert format_meaning(BUILTIN_FORMATS[number]).shows is Shows.DATE


@given(st.text(max_size=60))
def test_any_format_code_has_a_meaning(code: str) -> None:
    assert format_meaning(code).shows in Shows


@pytest.mark.parametrize(
    ("written", "code", "text", "kind"),
    [
        ("0.482", "0.0%", "48.2%", "number"),
        ("0.482", "0%", "48.2%", "number"),
        ("0.5", "0.00%", "50%", "number"),
        ("0.56999999999999995", "0%", "57%", "number"),
        ("0.070000000000000007", "0%", "7%", "number"),
        ("1", "0%", "100%", "number"),
        ("0", "0%", "0%", "number"),
        ("-0.025", "0.0%", "-2.5%", "number"),
        ("40", '0"万枚"', "40万枚", "number"),
        ("1", "yyyy/m/d", "1900-01-01", "date"),
        ("59", "yyyy/m/d", "1900-02-28", "date"),
        ("60", "yyyy/m/d", "1900-02-29", "date"),
        ("61", "yyyy/m/d", "1900-03-01", "date"),
        ("45383", "yyyy/m/d", "2024-04-01", "date"),
        ("45383.75", "yyyy/m/d", "2024-04-01", "date"),
        ("45383.75", "yyyy/m/d h:mm", "2024-04-01 18:00", "date"),
        ("45383.999999999", "yyyy/m/d h:mm", "2024-04-02", "date"),
        ("2958465", "yyyy/m/d", "9999-12-31", "date"),
        ("2958466", "yyyy/m/d", "2958466", "number"),
        ("-1", "yyyy/m/d", "-1", "number"),
        ("0", "yyyy/m/d", "0", "number"),
        ("0.5", "yyyy/m/d", "12:00", "date"),
        ("0.5625", "h:mm", "13:30", "date"),
        ("0.56255787037037037", "h:mm:ss", "13:30:05", "date"),
        ("1.5", "[h]:mm", "36:00", "date"),
        ("未定", "yyyy/m/d", "未定", "text"),
    ],
)
def test_a_number_is_shown_as_its_format_means(written: str, code: str, text: str, kind: str) -> None:
    shown = show_number(written, format_meaning(code), epoch_1904=False)
    assert (shown.text, shown.kind) == (text, kind)


@pytest.mark.parametrize(("serial", "day"), [("0", "1904-01-01"), ("43921", "2024-04-01")])
def test_the_epoch_of_1904_starts_at_day_nought(serial: str, day: str) -> None:
    assert show_number(serial, format_meaning("yyyy/m/d"), epoch_1904=True).text == day
