"""The bounds that spare most comparisons of names change nothing in what is found alike."""

from __future__ import annotations

from difflib import SequenceMatcher

from hypothesis import given, settings
from hypothesis import strategies as st

from dxkpi_xl.checks.new_row_rules import _known, _Names

NAMES = st.one_of(st.text("システム事業a", max_size=8), st.text(max_size=4))


@settings(max_examples=300, deadline=None)
@given(known=st.lists(NAMES, max_size=6), name=NAMES, threshold=st.sampled_from([0.5, 0.75, 0.85, 0.9, 1.0]))
def test_the_first_like_name_is_the_first_by_the_whole_ratio(known: list[str], name: str, threshold: float) -> None:
    names = _Names(threshold)
    for n, each in enumerate(known):
        names.add(_known(each, str(n)))
    new = _known(name, "new")
    folded = [_known(each, "").folded for each in known]
    ratios = [SequenceMatcher(None, new.folded, each, autojunk=False).ratio() for each in folded]
    expected = next((str(n) for n, ratio in enumerate(ratios) if ratio >= threshold), None)
    found = names.first_like(new)
    assert (found.who if found else None) == expected
