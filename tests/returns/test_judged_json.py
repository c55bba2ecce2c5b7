"""A judgement told as JSON is read as just that judgement, whatever a respondent wrote."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dxkpi_xl.cycle.survey import Survey, SurveyRow
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged, JudgedFile
from dxkpi_xl.returns.judged_json import NOT_OURS, judged_from_json, judged_to_json
from dxkpi_xl.returns.model import Answer, OwnFindings, Return, ReturnedRow, Verdict

# Half of a character too: a cell of a file may hold one.
TEXTS = st.one_of(st.text(max_size=12), st.sampled_from(["\ud83d", "\ude00\ud83d", "\u202e\u2028\x85"]))
FILE, SHEET = "回答/総務部.xlsx", "事業・KPI"
CELLS = st.one_of(
    st.builds("{}{}".format, st.sampled_from(["A", "Q", "AB"]), st.integers(1, 99)), st.sampled_from(["", "1", "B"])
)
PLACES = st.builds(Place, file=st.sampled_from([FILE, "", "他.xlsx"]), sheet=st.sampled_from([SHEET, ""]), cell=CELLS)
FINDINGS = st.lists(
    st.builds(
        Finding, code=st.sampled_from(["C001", "I004"]), place=PLACES, facts=st.dictionaries(TEXTS, TEXTS, max_size=2),
        bureau=TEXTS, listing_id=TEXTS, column=TEXTS,
    ),
    max_size=3,
).map(tuple)  # fmt: skip
OWN = st.builds(OwnFindings, whole=FINDINGS, rows=FINDINGS, shifted=st.frozensets(TEXTS, max_size=2))
HEAD_ANSWERS = st.builds(Answer, value=TEXTS, written=TEXTS, place=PLACES, struck=st.booleans())
MOMENTS = st.datetimes(timezones=st.just(datetime.UTC))


@st.composite
def answers(draw: st.DrawFn, row: SurveyRow | None, keys: tuple[str, ...], number: int) -> dict[str, Answer]:
    """Answers as issued or not, most of them in the cells of their row."""
    found = {}
    for key in draw(st.lists(st.sampled_from(keys), unique=True, max_size=6)):
        issued = row.values.get(key, "") if row else ""
        value = draw(st.one_of(st.just(issued), TEXTS))
        home = Place(file=FILE, sheet=SHEET, cell=f"{chr(ord('B') + keys.index(key))}{number}")
        found[key] = Answer(
            value=value,
            written=draw(st.one_of(st.just(value), TEXTS)),
            place=draw(st.one_of(st.just(home), PLACES)),
            struck=draw(st.booleans()),
        )
    return found


@st.composite
def rows(draw: st.DrawFn, issued: tuple[SurveyRow, ...], keys: tuple[str, ...]) -> tuple[ReturnedRow, ...]:
    """Rows of a survey, or new ones where it has none."""
    of_survey = st.lists(st.sampled_from(issued), unique_by=lambda row: row.listing_id, max_size=4)
    chosen: list[SurveyRow | None] = [*draw(of_survey)] if issued else [None]
    found = []
    for number, row in enumerate(chosen, start=11):
        place = draw(st.one_of(st.just(Place(file=FILE, sheet=SHEET, cell=f"A{number}")), PLACES))
        found.append(
            ReturnedRow(
                listing_id=row.listing_id if row else "新01",
                place=place,
                answers=draw(answers(row, keys, number)),
                unread=draw(st.frozensets(st.sampled_from(keys), max_size=2)),
                unusable=draw(st.dictionaries(st.sampled_from(keys), TEXTS, max_size=2)),
            )
        )
    return tuple(found)


@st.composite
def judgements(draw: st.DrawFn, issued: Issued) -> JudgedFile:
    """A judgement with a return, or with none."""
    sha256 = draw(TEXTS)
    survey: Survey = draw(st.sampled_from(tuple(issued.surveys.values())))
    keys = tuple(column.key for column in issued.columns)
    answer = Return(
        survey_id=survey.id,
        file=FILE,
        sha256=sha256,
        head=draw(st.dictionaries(TEXTS, HEAD_ANSWERS, max_size=2)),
        written_on=draw(st.none() | st.dates()),
        rows=draw(rows(survey.rows, keys)),
        new_rows=draw(rows((), keys)),
        sheet=draw(TEXTS),
        protected=draw(st.booleans()),
        head_places=draw(st.dictionaries(TEXTS, PLACES, max_size=2)),
        saved_at=draw(st.none() | MOMENTS),
        unplaced=draw(rows((), keys)),
        mends=tuple(draw(st.lists(TEXTS, max_size=2))),
        own=draw(st.none() | OWN),
    )
    judged = Judged(
        verdict=draw(st.sampled_from(Verdict)),
        sha256=sha256,
        facts=draw(st.dictionaries(TEXTS, TEXTS, max_size=2)),
        answer=answer if draw(st.booleans()) else None,
        findings=draw(FINDINGS),
    )
    return JudgedFile(name=FILE, size=draw(st.integers(0, 2**40)), judged=judged)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_told_is_what_is_read(issued: Issued, data: st.DataObject) -> None:
    files = tuple(data.draw(st.lists(judgements(issued), max_size=2)))
    read = judged_from_json(judged_to_json(files, issued), issued)
    assert read == files
    for was, now in zip(files, read, strict=True):
        if was.judged.answer is not None and now.judged.answer is not None:
            order = [[*row.answers] for row in was.judged.answer.rows]
            assert [[*row.answers] for row in now.judged.answer.rows] == order


def test_a_return_as_issued_says_nothing_twice_and_holds_the_registers_own_texts(
    issued: Issued, workbook_of: Callable[[str], bytes], judged: Callable[[bytes], Judged]
) -> None:
    data = workbook_of("総務部")
    file = JudgedFile(name="回答.xlsx", size=len(data), judged=judged(data))
    told = judged_to_json((file,), issued)
    listing = issued.register.listings[0]
    assert json.dumps(listing.outline).encode() not in told
    (read,) = judged_from_json(told, issued)
    assert read == file
    assert read.judged.answer is not None
    assert read.judged.answer.rows[0].answers["outline"].value is listing.outline


def _changed(data: Any, path: tuple[str | int, ...], value: object) -> bytes:
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((0,), None),
        ((0, "name"), 5),
        ((0, "size"), "5"),
        ((0, "size"), True),
        ((0, "verdict"), "F999"),
        ((0, "sha256"), None),
        ((0, "facts"), ["a"]),
        ((0, "facts"), {"a": 1}),
        ((0, "findings"), [["C001"]]),
        ((0, "findings"), "C001"),
        ((0, "return", "survey_id"), "R6-99-X"),
        ((0, "return", "survey_id"), []),
        ((0, "return", "rows", 0, 0), "L9999"),
        ((0, "return", "rows", 0, 0), {}),
        ((0, "return", "rows", 0, 3), [99]),
        ((0, "return", "rows", 0, 3), [[0, 7]]),
        ((0, "return", "rows", 0, 3), [["outline", "a"]]),
        ((0, "return", "rows", 0, 3), "12"),
        ((0, "return", "rows", 0, 4), [1]),
        ((0, "return", "columns"), [["no such column", "A"]]),
        ((0, "return", "columns", 0, 1), 1),
        ((0, "return", "written_on"), "昨日"),
        ((0, "return", "saved_at"), 12),
        ((0, "return", "head"), []),
        ((0, "return", "mends"), "sb0123456789ab"),
        ((0, "return", "own"), [1]),
    ],
)
def test_what_was_never_told_is_not_read(
    issued: Issued,
    workbook_of: Callable[[str], bytes],
    judged: Callable[[bytes], Judged],
    path: tuple[str | int, ...],
    value: object,
) -> None:
    told = judged_to_json((JudgedFile(name="回答.xlsx", size=1, judged=judged(workbook_of("総務部"))),), issued)
    with pytest.raises(NOT_OURS):
        judged_from_json(_changed(json.loads(told), path, value), issued)


@pytest.mark.parametrize("text", ["", "{}", "null", "[", "[" * 100_000, '"[]"', "[1]", "[[]]", "1" * 5_000, "[] あ"])
def test_what_is_no_judgement_at_all_is_not_read(issued: Issued, text: str) -> None:
    with pytest.raises(NOT_OURS):
        judged_from_json(text.encode(), issued)
