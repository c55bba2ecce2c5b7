"""Row heights, merged blocks, and texts split into continuation rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.grid.fonts import YU_GOTHIC, NormalFont
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.styles import Style
from dxkpi_xl.grid.text_height import MOST, Block, CellText, heights_with_blocks, row_height
from dxkpi_xl.grid.text_pieces import split_to_fit

WRAPPED = Style(wrap=True, size=10)


def cell(text: str, width: float = 108.75, style: Style = WRAPPED) -> CellText:
    return CellText(text=text, width=width, style=style)


@pytest.mark.parametrize(
    ("text", "style", "height"),
    [
        ("", WRAPPED, 15.75),  # 12.5 + 3, in whole pixels
        ("あ" * 10, WRAPPED, 15.75),  # (108.75 - 2) / 10 x 0.94 = 10.03 em
        ("あ" * 11, WRAPPED, 28.5),
        ("あ" * 10, WRAPPED.but(bold=True), 28.5),
        ("あ" * 10, WRAPPED.but(indent=1), 28.5),
        ("あ" * 99, WRAPPED.but(wrap=False), 15.75),
        ("あ" * 11, WRAPPED.but(font=YU_GOTHIC), 38.25),
        ("あ" * 9, WRAPPED.but(size=0), 16.5),  # the Normal font's 10.5 points
    ],
)
def test_a_height_is_lines_times_the_fonts_line_and_a_slack(text: str, style: Style, height: float) -> None:
    assert cell(text, style=style).height == height


def test_a_row_is_as_high_as_its_highest_cell() -> None:
    assert row_height([cell("一"), cell("一\n二\n三"), cell("")]) == 40.5
    assert row_height([], least=20) == 20
    assert row_height([cell("一")], least=20) == 20


def test_a_row_of_409_points_is_given_and_a_higher_one_refused() -> None:
    assert row_height([cell("\n" * 31)]) == 403.5
    with pytest.raises(Refused) as refused:
        row_height([cell("\n" * 32)])
    assert refused.value.reason is Reason.ROW_TOO_HIGH


def test_what_a_merged_block_lacks_is_spread_over_its_rows() -> None:
    assert heights_with_blocks([21, 21, 21, 21], [Block(first=1, last=3, height=90)]) == (21, 30, 30, 30)


def test_a_merged_block_that_fits_changes_nothing() -> None:
    assert heights_with_blocks([21, 21, 21], [Block(first=0, last=2, height=63)]) == (21, 21, 21)


def test_blocks_inside_larger_blocks_are_raised_first() -> None:
    blocks = [Block(first=0, last=3, height=120), Block(first=0, last=1, height=60)]
    assert heights_with_blocks([21, 21, 21, 21], blocks) == (34.5, 34.5, 25.5, 25.5)


def test_a_row_at_excels_limit_leaves_the_rest_to_the_others() -> None:
    assert heights_with_blocks([405, 21], [Block(first=0, last=1, height=600)]) == (408.75, 191.25)


def test_heights_are_rounded_up_to_the_pixels_in_which_excel_keeps_them() -> None:
    assert heights_with_blocks([20, 20.25], []) == (20.25, 20.25)


def test_a_block_that_no_rows_can_hold_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        heights_with_blocks([20, 20], [Block(first=0, last=1, height=818)])
    assert refused.value.reason is Reason.ROW_TOO_HIGH


@given(
    st.lists(st.integers(10, 500).map(lambda pixels: pixels * 0.75), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 400)), max_size=5),
)
def test_every_block_fits_and_no_row_is_lowered(heights: list[float], wanted: list[tuple[int, int, int]]) -> None:
    last = len(heights) - 1
    blocks = [Block(first=min(a, b, last), last=min(max(a, b), last), height=h) for a, b, h in wanted]
    raised = heights_with_blocks(heights, blocks)
    assert all(sum(raised[block.first : block.last + 1]) >= block.height for block in blocks)
    assert all(new >= old for new, old in zip(raised, heights, strict=True))
    assert max(raised) <= 409
    assert all(height % 0.75 == 0 for height in raised)


def test_a_short_text_is_one_piece() -> None:
    assert split_to_fit(cell("短い文。")) == ("短い文。",)


def test_a_long_text_is_split_after_sentences() -> None:
    sentence = "オンライン申請を拡大し、県民の利便性を高める。"
    pieces = split_to_fit(cell(sentence * 30))
    assert "".join(pieces) == sentence * 30
    assert all(piece.endswith("。") for piece in pieces)
    assert len(pieces) == 3


def test_a_line_feed_at_which_a_text_was_split_stays_with_the_piece_before_it() -> None:
    pieces = split_to_fit(cell("・項目\n" * 40))
    assert [piece.count("\n") for piece in pieces] == [30, 10]


def test_a_sentence_too_long_for_a_row_is_split_after_a_clause_and_else_anywhere() -> None:
    pieces = split_to_fit(cell("あ" * 200 + "、" + "い" * 200 + "。"))
    assert [piece[-1] for piece in pieces] == ["、", "。"]
    assert [len(piece) for piece in split_to_fit(cell("あ" * 400))] == [300, 100]


@given(st.text(st.sampled_from("あい漢A1 、。\n）」か\u3099𠮷"), max_size=600), st.integers(30, 200))
def test_pieces_fit_and_joined_they_are_the_text(text: str, width: int) -> None:
    pieces = split_to_fit(cell(text, width=width))
    assert "".join(pieces) == text
    assert all(cell(piece.removesuffix("\n"), width=width).height <= MOST for piece in pieces)
    assert not any(piece.startswith("\u3099") for piece in pieces[1:])


def test_widths_of_the_normal_font_and_heights_agree_with_each_other() -> None:
    normal = NormalFont(size=9)
    column = CellText(text="あ" * 10, width=normal.column_points(20), style=Style(wrap=True), normal=normal)
    assert (normal.column_points(20), column.lines, column.height) == (93.75, 2, 25.5)
