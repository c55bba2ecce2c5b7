"""Differences within a text are spans that a person can read, and lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.merge.text_difference import Span, text_difference


def marked(before: str, after: str) -> tuple[str, str]:
    """The two texts, removed pieces in [], added ones in {}."""
    difference = text_difference(before, after)

    def side(spans: tuple[Span, ...], opening: str, closing: str) -> str:
        return "".join(f"{opening}{span.text}{closing}" if span.changed else span.text for span in spans)

    return side(difference.before, "[", "]"), side(difference.after, "{", "}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("年間[14,600]時間を削減する。", "年間{15,200}時間を削減する。"),  # a number differs as a whole
        ("令和[6]年度は、[R6]の列を[48.2%]に", "令和{7}年度は、{R7}の列を{55%}に"),
        (
            "市町村のデジタル化を支援[する]。",  # a verb differs to its end
            "市町村{等}のデジタル化を支援{し、共同利用を進める}。",
        ),
        ("導入する。", "{導入を検討し、}導入する。"),  # an insertion ends with its clause
        (
            "[生成AIの活用について検討を進める。]",  # rewritten: no confetti of を and する
            "{令和7年度から全庁で利用する。}",
        ),
        ("一行[\n]二行", "一行二行"),
        ("", "{新しい}"),
        ("[古い]", ""),
        ("同じ", "同じ"),
        ("職員の[テレワークシステム]を運用する。", "職員の{テレワーク基盤}を運用する。"),
    ],
)
def test_what_differs_is_marked_in_readable_pieces(before: str, after: str) -> None:
    plain = before.replace("[", "").replace("]", ""), after.replace("{", "").replace("}", "")
    assert marked(*plain) == (before, after)


def test_a_change_of_spaces_and_line_breaks_alone_is_known_as_such() -> None:
    assert text_difference("甲\n乙", "甲 乙").is_layout_only
    assert not text_difference("甲\n乙", "甲丙").is_layout_only
    assert not text_difference("甲", "甲").is_layout_only


def test_a_text_too_long_to_compare_unit_by_unit_is_one_change() -> None:
    same = "初めから変わらない文。" * 600
    before, after = same + "あいう" * 3000 + "終わり", same + "うえあ" * 3000 + "終わり"
    assert text_difference(before, after).pairs == (("あいう" * 3000, "うえあ" * 3000),)


texts = st.text("あいるす、。\n業務1,%Aア\u3099", max_size=40)


@given(before=texts, after=texts)
def test_no_character_is_lost_and_what_is_not_marked_is_the_same_on_both_sides(before: str, after: str) -> None:
    difference = text_difference(before, after)
    assert "".join(span.text for span in difference.before) == before
    assert "".join(span.text for span in difference.after) == after
    kept = ["".join(s.text for s in side if not s.changed) for side in (difference.before, difference.after)]
    assert kept[0] == kept[1]
    assert bool(difference.pairs) == (before != after)
    assert "".join(removed for removed, _ in difference.pairs) == "".join(
        span.text for span in difference.before if span.changed
    )
