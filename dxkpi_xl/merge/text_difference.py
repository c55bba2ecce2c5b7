"""What differs within a text: spans that a person can read, never a confetti of single characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

# A number with its commas, a Latin word or a run of katakana differs as a whole; elsewhere a character with its marks.
_UNITS = re.compile(
    r"[0-9０-９]+(?:[,.，．][0-9０-９]+)*[%％]?|[A-Za-zＡ-Ｚａ-ｚ][A-Za-z0-9Ａ-Ｚａ-ｚ０-９]*|[ァ-ヺー]+|"
    "(?s:.)[\u0300-\u036f\u200d\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
)
_PARTICLES = re.compile(r"[ぁ-ゖ、・\s]{1,3}")
_KANA = re.compile(r"[ぁ-ゖ]")
_ENDING = re.compile(r"[ぁ-ゖ]{1,2}(?![ぁ-ゖ])")
_GOOD_END = re.compile(r"[、。，．,.\n)）」』]$")

# Less than this share of the shorter text in common: the text was rewritten, and is shown as such.
_REWRITTEN = 0.3
# difflib compares every unit with every other: beyond this many pairs the middle of a text counts as one change.
_MOST_PAIRS = 4_000_000


@dataclass(frozen=True, kw_only=True)
class Span:
    """A piece of a text, and whether it stands only on its side of the comparison."""

    text: str
    changed: bool


@dataclass(frozen=True, kw_only=True)
class TextDifference:
    """Two texts in spans; joined, the spans of a side are its text."""

    before: tuple[Span, ...]
    after: tuple[Span, ...]
    pairs: tuple[tuple[str, str], ...]
    """Each change as (what was removed, what was added) in the texts' order; one of the two may be blank."""

    @cached_property
    def is_layout_only(self) -> bool:
        """Whether the two texts differ in nothing but spaces and line breaks."""
        before, after = ("".join("".join(span.text for span in side).split()) for side in (self.before, self.after))
        return bool(self.pairs) and before == after


@dataclass(frozen=True)
class _Edit:
    """Units ``a0`` to ``a1`` of the old text stand against units ``b0`` to ``b1`` of the new one."""

    a0: int
    a1: int
    b0: int
    b1: int

    def joined(self, later: _Edit) -> _Edit:
        return _Edit(self.a0, later.a1, self.b0, later.b1)


def text_difference(before: str, after: str) -> TextDifference:
    """Compare two texts; equal ones give no pair, a rewritten one a single pair of the whole."""
    old, new = _UNITS.findall(before), _UNITS.findall(after)
    whole = _with_their_endings(_edits(old, new), old, new)
    edits = [_slid(edit, old, new) for edit in _without_confetti(whole, old)]
    if edits and _is_rewritten(edits, old, new):
        edits = [_Edit(0, len(old), 0, len(new))]
    return TextDifference(
        before=tuple(_spans(old, [(edit.a0, edit.a1) for edit in edits])),
        after=tuple(_spans(new, [(edit.b0, edit.b1) for edit in edits])),
        pairs=tuple(("".join(old[e.a0 : e.a1]), "".join(new[e.b0 : e.b1])) for e in edits),
    )


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    shorter = min(len(old), len(new))
    head = next((n for n in range(shorter) if old[n] != new[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    middle = _Edit(head, len(old) - tail, head, len(new) - tail)
    if (middle.a1 - middle.a0) * (middle.b1 - middle.b0) > _MOST_PAIRS:
        return [middle]
    matcher = SequenceMatcher(None, old[middle.a0 : middle.a1], new[middle.b0 : middle.b1], autojunk=False)
    return [
        _Edit(head + a0, head + a1, head + b0, head + b1)
        for tag, a0, a1, b0, b1 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _with_their_endings(edits: Sequence[_Edit], old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    """Let a verb that was replaced be replaced to its end: する against し…進める, not す against し…進め."""
    whole: list[_Edit] = []
    for edit, next_start in zip(edits, [*(later.a0 for later in edits[1:]), len(old)], strict=False):
        ending = _ENDING.match("".join(old[edit.a1 : next_start]))
        pieces = "".join(old[edit.a0 : edit.a1]), "".join(new[edit.b0 : edit.b1])
        if ending and all(_KANA.fullmatch(piece[-1:]) for piece in pieces):
            whole.append(_Edit(edit.a0, edit.a1 + len(ending[0]), edit.b0, edit.b1 + len(ending[0])))
        else:
            whole.append(edit)
    return whole


def _without_confetti(edits: list[_Edit], old: Sequence[str]) -> list[_Edit]:
    """Join edits between which nothing that can be read on its own stays the same."""
    joined: list[_Edit] = []
    for edit in edits:
        joined.append(edit)
        while len(joined) > 1 and _is_confetti("".join(old[joined[-2].a1 : joined[-1].a0]), joined[-2], joined[-1]):
            later = joined.pop()
            joined[-1] = joined[-1].joined(later)
    return joined


def _is_confetti(common: str, left: _Edit, right: _Edit) -> bool:
    smaller = min(max(edit.a1 - edit.a0, edit.b1 - edit.b0) for edit in (left, right))
    return len(common) <= max(1, smaller) or _PARTICLES.fullmatch(common) is not None


def _slid(edit: _Edit, old: Sequence[str], new: Sequence[str]) -> _Edit:
    """Move a pure insertion or removal, where its neighbours allow it, so that it ends with a clause."""
    if (edit.a0 == edit.a1) == (edit.b0 == edit.b1):
        return edit
    units, first, last = (new, edit.b0, edit.b1) if edit.a0 == edit.a1 else (old, edit.a0, edit.a1)
    steps = 0
    while first - steps > 0 and units[first - steps - 1] == units[last - steps - 1]:
        steps += 1
        if _GOOD_END.search(units[last - steps - 1]) and not _GOOD_END.search(units[last - 1]):
            return _Edit(*(at - steps for at in (edit.a0, edit.a1, edit.b0, edit.b1)))
    return edit


def _is_rewritten(edits: Sequence[_Edit], old: Sequence[str], new: Sequence[str]) -> bool:
    kept = sum(map(len, old)) - sum(len("".join(old[edit.a0 : edit.a1])) for edit in edits)
    return kept < _REWRITTEN * min(sum(map(len, old)), sum(map(len, new)))


def _spans(units: Sequence[str], changed: Sequence[tuple[int, int]]) -> Iterator[Span]:
    at = 0
    for first, last in changed:
        if first > at:
            yield Span(text="".join(units[at:first]), changed=False)
        if last > first:
            yield Span(text="".join(units[first:last]), changed=True)
        at = last
    if at < len(units):
        yield Span(text="".join(units[at:]), changed=False)
