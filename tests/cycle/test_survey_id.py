"""A 調査票ID proves itself by its check character."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.cycle.survey_id import check_character, read_survey_id, survey_id


def test_the_check_character_is_that_of_the_standard() -> None:
    # ISO/IEC 7064 MOD 37,36: the example of the standard's use in the Global Release Identifier.
    assert check_character("A12425GABC1234002") == "M"


@pytest.mark.parametrize("written", ["R6-01-0", "ｒ６－０１－０", " R6-01-0\n"])
def test_an_id_is_read_in_any_width_and_case(written: str) -> None:
    assert read_survey_id(written) == "R6-01-0"


@pytest.mark.parametrize("written", ["", "R6-01-1", "R6-10-0", "R7-01-0", "R6-01", "令和6年度"])
def test_an_id_with_a_slip_is_none(written: str) -> None:
    assert read_survey_id(written) is None


@given(st.text(string.ascii_uppercase + string.digits, min_size=1, max_size=6), st.data())
def test_any_single_wrong_character_is_noticed(code: str, data: st.DataObject) -> None:
    made = survey_id("R6", code)
    assert read_survey_id(made) == made
    place = data.draw(st.sampled_from([n for n, c in enumerate(made) if n > 2 and c != "-"]))
    other = data.draw(st.sampled_from([c for c in string.ascii_uppercase + string.digits if c != made[place]]))
    assert read_survey_id(made[:place] + other + made[place + 1 :]) is None
