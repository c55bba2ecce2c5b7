"""Equal findings are one thing to ask, with all their cells."""

from __future__ import annotations

from dxkpi_xl.checks.grouped import grouped
from dxkpi_xl.findings import Finding


def test_blank_sentences_of_one_return_are_one_group_and_each_drift_is_its_own(
    as_it_stands: tuple[Finding, ...],
) -> None:
    found = {(group.first.bureau, group.first.code): group for group in grouped(as_it_stands)}
    assert found["総務部", "C002"].listing_ids == ("L0018", "L0019", "L0020", "L0021", "L0023", "L0024")
    assert found["企画調整部", "C002"].listing_ids == ("L0017", "L0022", "L0025")
    assert len({place.cell for place in found["総務部", "C002"].places}) == 6
    assert sum(group.first.code == "X001" for group in grouped(as_it_stands)) == 5


def test_every_finding_is_in_exactly_one_group(as_it_stands: tuple[Finding, ...]) -> None:
    kept = [finding for group in grouped(as_it_stands) for finding in group.findings]
    assert sorted(map(id, kept)) == sorted(map(id, as_it_stands))
    assert grouped(()) == ()
