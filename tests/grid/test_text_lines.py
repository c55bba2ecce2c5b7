"""Lines of a text in a column, for fixed-pitch Japanese type."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.grid.text_lines import count_lines, em


@pytest.mark.parametrize(
    ("text", "width"),
    [("あア漢、", 4), ("Ab1,", 2), ("ｱｲｳﾞ", 2), ("①Ⅰ○…", 4), ("𠮷", 1), ("か\u3099", 1), ("¥", 0.5), ("￥", 1), ("", 0)],
)
def test_half_width_is_half_an_em_and_full_width_one(text: str, width: float) -> None:
    assert em(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("あいうえおかきくけこ", 10, 1),
        ("あいうえおかきくけこさ", 10, 2),
        ("一\n二\n\n四", 10, 4),
        ("一\r\n二", 10, 2),
        ("終わり\n", 10, 2),
        ("あいうえお、かきくけこ", 5, 3),  # 、 may not begin a line, so お goes with it
        ("あいうえ「かきくけ」", 5, 3),  # 「 may not end a line
        ("abcd efgh ijkl", 5, 2),  # words break at spaces
        ("abcd efgh ijkl", 4.4, 3),
        ("あa" + "b" * 19, 10, 2),  # a word that would fit a line begins a new one
        ("あ" + "b" * 41, 10, 4),  # a word longer than a line begins a new one and breaks inside
        ("b" * 41, 10, 3),
        ("aaaaaaa/bbbbbbb/cccccccc", 5, 3),  # LibreOffice breaks after the slash
    ],
)
def test_lines_are_counted_as_the_stricter_of_excel_and_libreoffice(text: str, width: float, lines: int) -> None:
    assert count_lines(text, width) == lines


def slowly_counted(text: str, width: float) -> int:
    """The lines of one paragraph, piece by piece and letter by letter, as the module's description has it."""
    if em(text) <= width:
        return 1
    word = r"[!-~¥\uff61-\uff9f]+"
    whole = re.findall(rf"{word}|[ \t]+|.", text)
    split = re.findall(rf"{word}?[-/?]+|{word}|[ \t]+|.", text)
    kept: list[str] = []
    for piece in whole:
        tied = kept and not kept[-1][-1].isspace() and (piece[0] in NEVER_FIRST or kept[-1][-1] in NEVER_LAST)
        kept[-1:] = [kept[-1] + piece] if tied else [*kept[-1:], piece]
    return max(filled(pieces, width) for pieces in (whole, split, kept))


def filled(pieces: list[str], width: float) -> int:
    lines, used = 1, 0.0
    for piece in pieces:
        if used + em(piece) <= width:
            used += em(piece)
            continue
        if not piece.strip(" \t"):
            used = width
            continue
        lines, used = (lines + 1 if used else lines), 0.0
        for letter in piece:
            if used and used + em(letter) > width:
                lines, used = lines + 1, 0.0
            used += em(letter)
    return lines


NEVER_FIRST = "!%),.:;?]}¢°’”‰′″℃、。々〉》」』】〕゛゜ゝゞ・ヽヾ！％），．：；？］｝｡｣､･ﾞﾟ￠"
NEVER_LAST = "$([{£¥‘“〈《「『【〔＄（［｛｢￡￥"


@given(
    st.text(st.sampled_from("あいヺー漢字々ゝ、。）（」「・！ abX-/?().,$　\t\u3099①℃¥ｱﾞ𠮷９Ｚ"), max_size=60),
    st.floats(1, 30),
)
def test_runs_of_letters_are_counted_as_if_they_came_one_by_one(text: str, width: float) -> None:
    assert count_lines(text, width) == slowly_counted(text, width)


texts = st.text(st.sampled_from("あ漢ｱAb1 、。（）「」-/%\n①"), max_size=120)


@given(texts, st.integers(2, 60))
def test_a_text_takes_at_least_the_lines_of_its_width_and_at_most_one_a_character(text: str, width: int) -> None:
    lines = count_lines(text, width)
    shown = text.replace(" ", "")  # spaces at the end of a line take no room
    assert lines >= sum(max(1, -(-int(em(line) * 2) // (width * 2))) for line in shown.split("\n"))
    assert lines <= len(text) + 1


@given(texts, st.integers(2, 30))
def test_a_text_without_spaces_takes_no_more_lines_in_twice_the_width(text: str, width: int) -> None:
    assert count_lines(text, width * 2) <= count_lines(text, width)
