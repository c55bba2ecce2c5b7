"""The house style changes what is printed, never what is stored."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.annex.house_style import HouseStyle
from dxkpi_xl.annex.row_cells import AnnexRows
from dxkpi_xl.annex.rows import annex_rows
from dxkpi_xl.cycle.model import (
    AS_WRITTEN,
    FULL_DASH,
    FULL_WIDTH,
    HALF_WIDTH,
    ROMAN_LETTERS,
    ROMAN_SIGNS,
    Area,
    Register,
)
from dxkpi_xl.form.columns import Form


def styled(form: Form, r6: Register, **settings: Any) -> AnnexRows:
    return annex_rows(form, replace(r6, cycle=replace(r6.cycle, **settings)))


def cell(annex: AnnexRows, row: int, key: str) -> tuple[str, int | None]:
    found = next(cell for cell in annex.rows[row - 1].cells if cell.key == key)
    return found.text, found.number


@pytest.mark.parametrize(
    ("written", "half", "full"),
    [
        ("RPAで48.2%削減", "RPAで48.2%削減", "ＲＰＡで４８．２％削減"),
        ("ＡＩ活用、７５，６００件", "AI活用、75,600件", "ＡＩ活用、７５，６００件"),
        ("R4.5.17", "R4.5.17", "Ｒ４．５．１７"),
        ("(1)A-B・C/D", "(1)A-B・C/D", "(１)Ａ-Ｂ・Ｃ/Ｄ"),
        ("①Ⅰ㈱㎡～〜ｶﾅ", "①Ⅰ㈱㎡～〜ｶﾅ", "①Ⅰ㈱㎡～〜ｶﾅ"),
        ("一行目1\n二行目２", "一行目1\n二行目2", "一行目１\n二行目２"),
        ("https://a.jp/x?y=1,2 の2頁", "https://a.jp/x?y=1,2 の2頁", "https://a.jp/x?y=1,2 の２頁"),
        ("dx-1@pref.jp へ1通", "dx-1@pref.jp へ1通", "dx-1@pref.jp へ１通"),
        ("", "", ""),
    ],
)
def test_digits_and_letters_have_one_width_and_nothing_else_changes(
    r6: Register, written: str, half: str, full: str
) -> None:
    for width, expected in ((AS_WRITTEN, written), (HALF_WIDTH, half), (FULL_WIDTH, full)):
        assert HouseStyle(cycle=replace(r6.cycle, character_width=width)).in_width(written) == expected


@given(text=st.text())
def test_a_width_put_in_twice_is_put_in_once(r6: Register, text: str) -> None:
    for width in (HALF_WIDTH, FULL_WIDTH):
        style = HouseStyle(cycle=replace(r6.cycle, character_width=width))
        once = style.in_width(text)
        assert len(once) == len(text)
        assert style.in_width(once) == once


def test_full_width_reaches_numbers_notes_and_names_as_texts(form: Form, r6: Register) -> None:
    annex = styled(form, r6, character_width=FULL_WIDTH)
    assert cell(annex, 13, "targets.R6") == ("７５，６００", None)
    assert cell(annex, 17, "number") == ("１７", None)
    assert cell(annex, 10, "kpi_name")[0].endswith("\n※再掲:Ｎｏ３")
    assert cell(annex, 29, "project")[0] == "人事・給与・行政組織等管理事業(働き方改革推進事業)\n※再掲:Ｎｏ４"
    assert cell(annex, 6, "target")[0] == "【指標(ＫＰＩ)】\n特定業務のＢＰＲを実施する。(８業務)"


def test_half_width_makes_a_number_of_full_width_digits(form: Form, r6: Register) -> None:
    kpis = (replace(r6.kpis[0], baseline="７５，６００", targets={"R6": "７５６００件"}), *r6.kpis[1:])
    annex = styled(form, replace(r6, kpis=kpis), character_width=HALF_WIDTH)
    assert cell(annex, 6, "baseline") == ("75,600", 75600)
    assert cell(annex, 6, "targets.R6") == ("75600件", None)


@pytest.mark.parametrize("written", ["-", "－", "―", "ー"])
def test_every_sign_of_not_set_is_printed_as_the_one_that_was_chosen(form: Form, r6: Register, written: str) -> None:
    register = replace(r6, kpis=(replace(r6.kpis[0], baseline=written), *r6.kpis[1:]))
    assert cell(annex_rows(form, register), 6, "baseline") == ("-", None)
    assert cell(styled(form, register, not_set_sign=FULL_DASH), 6, "baseline") == ("－", None)
    assert cell(styled(form, register, character_width=FULL_WIDTH), 6, "baseline") == ("-", None)


def test_a_dash_in_a_text_is_not_a_sign_of_not_set(form: Form, r6: Register) -> None:
    register = replace(r6, listings=(replace(r6.listings[0], outline="-"), *r6.listings[1:]))
    assert cell(styled(form, register, not_set_sign=FULL_DASH), 1, "outline") == ("-", None)


@pytest.mark.parametrize(
    ("written", "letters", "signs"),
    [
        ("I-3", "I-3", "Ⅰ-3"),
        ("II-1", "II-1", "Ⅱ-1"),
        ("Ⅳ－２", "IV－２", "Ⅳ－２"),
        ("ＶＩ", "ＶＩ", "Ⅵ"),
        ("XIII-1", "XIII-1", "XIII-1"),
        ("IT-1", "IT-1", "IT-1"),
        ("1-2", "1-2", "1-2"),
    ],
)
def test_the_roman_numeral_of_an_area_is_letters_or_one_sign(
    form: Form, r6: Register, written: str, letters: str, signs: str
) -> None:
    area = replace(r6.plan[0], no=written)
    assert isinstance(area, Area)
    listings = tuple(replace(each, area_no=written) if each.area_no == "I-1" else each for each in r6.listings)
    register = replace(r6, plan=(area, *r6.plan[1:]), listings=listings)
    assert cell(annex_rows(form, register), 1, "area_no")[0] == written
    assert cell(styled(form, register, roman_numerals=ROMAN_LETTERS), 1, "area_no")[0] == letters
    assert cell(styled(form, register, roman_numerals=ROMAN_SIGNS), 1, "area_no")[0] == signs


def test_the_register_is_left_as_it_was(form: Form, r6: Register) -> None:
    settings = {"character_width": FULL_WIDTH, "not_set_sign": FULL_DASH, "roman_numerals": ROMAN_SIGNS}
    register = replace(r6, cycle=replace(r6.cycle, **settings))
    annex_rows(form, register)
    assert (register.plan, register.listings, register.kpis) == (r6.plan, r6.listings, r6.kpis)
