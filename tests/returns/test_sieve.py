"""What texts say is read once; the silent ones are not asked again."""

from __future__ import annotations

from dxkpi_xl.returns.sieve import Sieve


def test_what_texts_say_is_given_and_the_short_silent_ones_are_read_once() -> None:
    read: list[str] = []

    def number(text: str) -> int | None:
        read.append(text)
        return int(text) if text.isdigit() else None

    sieve = Sieve(number)
    long = "長" * 101
    assert sieve.of(frozenset({"1", "一", "二", long})) == {"1": 1}
    assert sorted(read) == sorted(["1", "一", "二", long])
    read.clear()
    assert sieve.of(frozenset({"1", "2", "0", "一", "二", long})) == {"1": 1, "2": 2, "0": 0}
    assert sorted(read) == sorted(["1", "2", "0", long])
