"""Marks what differs within two texts, and says the same in words: nothing is told by colour alone."""

from __future__ import annotations

from dxkpi_xl.grid.styles import Colour, Style
from dxkpi_xl.merge.text_difference import TextDifference, text_difference
from dxkpi_xl.reports.changes.printed_rows import Marked

REMOVED = Style(bold=True, strike=True, colour=Colour.WARNING_TEXT)
ADDED = Style(bold=True, underline=True, colour=Colour.CHANGED_TEXT)
LEGEND = "旧の欄の取消線(赤・太字)は削除した字句、新の欄の下線(青・太字)は追加した字句です。"
BLANK = "(空欄)"

_LONGEST_QUOTE = 30
_MOST_LINES = 6


def marked_pair(before: str, after: str) -> tuple[Marked, Marked, str]:
    """Give the two texts with their differences marked, and those differences in words."""
    difference = text_difference(before, after)
    old = Marked(spans=tuple((span.text, span.changed) for span in difference.before), mark=REMOVED, blank=BLANK)
    new = Marked(spans=tuple((span.text, span.changed) for span in difference.after), mark=ADDED, blank=BLANK)
    return old, new, difference_words(difference, before, after)


def difference_words(difference: TextDifference, before: str, after: str) -> str:
    """Give what was removed and added, a place a line; long pieces and many places are cut short and counted."""
    if not before or not after:
        return "追加(空欄から記入)" if after else "削除(記入を空欄に)"
    if difference.is_layout_only:
        return "空白・改行だけの違い"
    lines = [_pair_words(removed, added) for removed, added in difference.pairs]
    if difference.pairs == ((before, after),) and len(before) + len(after) > _LONGEST_QUOTE * 2:
        return "全文の書換え(旧を削除し、新を追加)"
    more = len(lines) - _MOST_LINES
    return "\n".join([*lines[:_MOST_LINES], *([f"ほか{more}か所"] if more > 0 else [])])


def _pair_words(removed: str, added: str) -> str:
    said = (("削除", removed), ("追加", added))
    return "→".join(f"{word}「{_quote(text)}」" for word, text in said if text)


def _quote(text: str) -> str:
    one_line = " ".join(text.split()) or "空白・改行"
    return one_line if len(one_line) <= _LONGEST_QUOTE else f"{one_line[:_LONGEST_QUOTE]}…({len(one_line)}字)"
