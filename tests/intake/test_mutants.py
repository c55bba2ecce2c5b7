"""Whatever happens to the bytes of a return, there is a verdict; what is still accepted is right, or says where not."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from dxkpi_xl.findings import Catalogue
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged, judge
from dxkpi_xl.returns.model import Verdict
from dxkpi_xl.returns.text import cleaned

from .strange_files import parts_of, saved, with_part, zip_of

BYTE_MUTANTS = 500
PART_MUTANTS = 200
_REFUSED = {Verdict.DAMAGED, Verdict.WRONG_KIND, Verdict.PASSWORD, Verdict.TOO_LARGE}
_MARK = "ここに書く"


@pytest.fixture(scope="module")
def seed(returned: dict[str, bytes]) -> bytes:
    """A genuine return in which a person also typed a number into a percent cell, and a mark into 備考."""
    book = load_workbook(io.BytesIO(returned["土木部"]))
    sheet: Any = book["事業・KPI"]
    headings = {str(c.value): c.column for row in sheet.iter_rows() for c in row if c.value in ("備考", "R6目標値")}
    (row,) = (c.row for line in sheet.iter_rows() for c in line if c.value == "L0012")
    sheet.cell(row, headings["備考"]).value = _MARK
    target = sheet.cell(row, headings["R6目標値"])
    target.value, target.number_format = 0.482, "0.0%"
    return saved(book)


def answers(judged: Judged) -> dict[tuple[str, str], str]:
    assert judged.answer is not None
    rows = (*judged.answer.rows, *judged.answer.new_rows)
    return {(row.listing_id, key): each.value for row in rows for key, each in row.answers.items()}


def changed(content: bytes, chance: random.Random) -> bytes:
    """Some bytes overwritten, cut out, or copied elsewhere."""
    mutant = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at, length = chance.randrange(len(mutant)), chance.randint(1, 40)
        kind = chance.randrange(3)
        if kind == 0:
            mutant[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del mutant[at : at + length]
        else:
            mutant[at:at] = mutant[chance.randrange(len(mutant)) :][:length]
    return bytes(mutant)


def test_a_return_with_changed_bytes_is_refused_or_read_as_it_was(
    seed: bytes, issued: Issued, catalogue: Catalogue
) -> None:
    chance = random.Random(20240520)  # noqa: S311
    expected = answers(judge(seed, "回答.xlsx", issued))
    assert expected["L0012", "targets.R6"] == "48.2%"
    taken = 0
    for _ in range(BYTE_MUTANTS):
        judged = judge(changed(seed, chance), "回答.xlsx", issued)
        if judged.verdict is not Verdict.ACCEPTED:
            assert judged.verdict in _REFUSED
            continue
        taken += 1
        unsure = any(finding.code == "I032" for finding in judged.findings)
        assert unsure or answers(judged) == expected
    assert taken > 0, "no mutant was accepted: nothing was shown"


def test_a_return_with_a_changed_part_gets_a_verdict_and_its_findings_can_be_said(
    seed: bytes, issued: Issued, catalogue: Catalogue
) -> None:
    chance = random.Random(5)  # noqa: S311
    parts = parts_of(seed)
    names = sorted(name for name in parts if name.endswith((".xml", ".rels")))
    verdicts = set()
    for _ in range(PART_MUTANTS):
        name = chance.choice(names)
        judged = judge(zip_of({**parts, name: changed(parts[name], chance)}), "回答.xlsx", issued)
        verdicts.add(judged.verdict)
        for finding in judged.findings:
            assert catalogue.word(finding).message
    assert Verdict.ACCEPTED in verdicts
    assert Verdict.DAMAGED in verdicts


@pytest.mark.parametrize("change", [lambda _: b"<broken", lambda _: b""])
def test_percents_are_said_to_be_unsure_where_the_formats_are_lost(
    seed: bytes, issued: Issued, change: Callable[[bytes], bytes]
) -> None:
    judged = judge(with_part(seed, "xl/styles.xml", change), "回答.xlsx", issued)
    assert answers(judged)["L0012", "targets.R6"] == "0.482"
    assert [finding.code for finding in judged.findings] == ["I032"]


def test_percents_are_said_to_be_unsure_where_the_formats_are_missing(seed: bytes, issued: Issued) -> None:
    parts = parts_of(seed)
    del parts["xl/styles.xml"]
    assert [finding.code for finding in judge(zip_of(parts), "回答.xlsx", issued).findings] == ["I032"]


_CHARACTERS = st.characters(min_codepoint=0x20, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")
_PIECES = ("\t", "\n", "_x001B_", "_x0007_", "=", "+", "-", "@", "<b>", "{0}", "%s", "../", "\u202e", "\u2028")
_XML_TEXT = st.lists(_CHARACTERS | st.sampled_from(_PIECES), max_size=60).map("".join)


def test_any_text_in_a_cell_is_taken_as_it_stands_and_can_be_quoted(
    seed: bytes, issued: Issued, catalogue: Catalogue
) -> None:
    put = re.compile(rf"<t[^>]*>{_MARK}</t>".encode())
    (holder,) = (name for name, part in parts_of(seed).items() if put.search(part))

    @settings(max_examples=80, deadline=None)
    @given(text=_XML_TEXT)
    def it_is(text: str) -> None:
        written = b'<t xml:space="preserve">' + escape(text, {"\n": "&#10;", "\t": "&#9;"}).encode() + b"</t>"
        data = with_part(seed, holder, lambda part: put.sub(lambda _: written, part))
        judged = judge(data, "回答.xlsx", issued)
        assert judged.verdict is Verdict.ACCEPTED
        decoded = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
        assert answers(judged)["L0012", "note"] == cleaned(decoded)
        for finding in judged.findings:
            assert catalogue.word(finding).message

    it_is()
