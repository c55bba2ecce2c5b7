"""A return as values: head, rows and answers, each with the cell it stood in; and the verdict on each file."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dxkpi_xl.findings import Finding, Place

# Japanese time has no summer time; an office's record reads the same on whatever machine it is made.
_JAPAN = datetime.timezone(datetime.timedelta(hours=9))


class Verdict(StrEnum):
    """What a file in the inbox was taken for: a closed list; the value is the catalogue's code."""

    ACCEPTED = "F001"
    SUPERSEDED = "F002"
    IDENTICAL = "F003"
    OTHER_YEAR = "F004"
    OTHER_FORM = "F005"
    UNKNOWN_BUREAU = "F006"
    DAMAGED = "F007"
    PASSWORD = "F008"  # noqa: S105  # a verdict, not a secret
    WRONG_KIND = "F009"
    TOO_LARGE = "F010"
    NOT_A_FILE = "F011"
    BEING_WRITTEN = "F012"
    NEEDS_A_PERSON = "F013"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A value as it is taken, and as it stood in its cell; ``struck``: all or part of it was struck through."""

    value: str
    written: str
    place: Place
    struck: bool = False


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class AnswersInCells(Mapping[str, Answer]):
    """The answers of a row, each made when it is asked for: most say what was issued, in the cell of their column.

    ``columns`` give each key its place in ``values`` and its letters in the sheet, for all rows of a kind at once;
    ``sheet`` is the place without a cell, ``number`` the row's own; ``others`` are the answers that need more.
    """

    columns: Mapping[str, tuple[int, str]]
    values_in_order: tuple[str, ...]
    sheet: Place
    number: str
    others: Mapping[str, Answer]

    def __getitem__(self, key: str) -> Answer:
        """Give the answer in a column; KeyError where it has none."""
        other = self.others.get(key)
        if other is not None:
            return other
        n, letters = self.columns[key]
        value = self.values_in_order[n]
        place = Place(file=self.sheet.file, sheet=self.sheet.sheet, cell=sys.intern(letters + self.number))
        return Answer(value=value, written=value, place=place)

    def __contains__(self, key: object) -> bool:
        """Whether a column was answered."""
        return key in self.columns

    def __iter__(self) -> Iterator[str]:
        """Give the columns that were answered, in the form's order."""
        return iter(self.columns)

    def __len__(self) -> int:
        """Give the number of answers."""
        return len(self.columns)

    def said(self, key: str) -> str | None:
        """Give the value of a column; None where it was not answered."""
        at = self.columns.get(key)
        return None if at is None else self.values_in_order[at[0]]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReturnedRow:
    """One row that came back: its 管理番号 (``新01`` on a spare row) and its answers by column key.

    A column is missing from ``answers`` where it was not in the sheet or its cell could not be used (see findings);
    ``unread`` are those of which the cell could not be used, ``unusable`` the text that such a cell showed.
    """

    listing_id: str
    place: Place
    answers: Mapping[str, Answer]
    unread: frozenset[str] = frozenset()
    unusable: Mapping[str, str] = field(default_factory=dict)

    def value(self, key: str) -> str:
        """Give the value of a column, blank where it has none."""
        return self.said(key) or ""

    def said(self, key: str) -> str | None:
        """Give the value of a column; None where it has no answer."""
        if isinstance(self.answers, AnswersInCells):
            return self.answers.said(key)
        answer = self.answers.get(key)
        return None if answer is None else answer.value

    def peculiar(self) -> Mapping[str, Answer]:
        """Give the answers, by column key, of which the value does not say all; maybe some others besides."""
        return self.answers.others if isinstance(self.answers, AnswersInCells) else self.answers

    def values(self) -> dict[str, str]:
        """Give all values by column key."""
        if isinstance(self.answers, AnswersInCells):
            return dict(zip(self.answers, self.answers.values_in_order, strict=True))
        return {key: answer.value for key, answer in self.answers.items()}


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnFindings:
    """What the rules say of one return by itself: of it as a whole, and of its rows in their order.

    Nothing is said of ``shifted`` rows, by 管理番号, as they hold a neighbour's answers. Of a row whose KPI another row
    defines nothing is said here: it takes all returns to know that KPI.
    """

    whole: tuple[Finding, ...] = ()
    rows: tuple[Finding, ...] = ()
    shifted: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Return:
    """回答: one readable workbook of one survey, with its prefilled rows and its used spare rows.

    ``head_places`` are the cells in which the head is filled in, also where they are blank.
    ``sheet`` is the name of the sheet that holds the answers, ``protected`` whether its protection is still on.
    ``saved_at`` is when the file says that it was last saved; None where it does not say.
    ``unplaced`` are rows that are not used because their 管理番号 is repeated or unknown, their texts in ``unusable``.
    ``mends`` are the numbers (``cycle.survey.send_back_number``) of the returns that were sent back and that it mends.
    ``own`` is what the rules say of just these rows; None where they have not looked.
    """

    survey_id: str
    file: str
    sha256: str
    head: Mapping[str, Answer]
    written_on: datetime.date | None
    rows: tuple[ReturnedRow, ...]
    new_rows: tuple[ReturnedRow, ...]
    sheet: str = ""
    protected: bool = True
    head_places: Mapping[str, Place] = field(default_factory=dict)
    saved_at: datetime.datetime | None = None
    unplaced: tuple[ReturnedRow, ...] = ()
    mends: tuple[str, ...] = ()
    own: OwnFindings | None = None

    def head_value(self, key: str) -> str:
        """Give the value of a field of the head, blank where it has none."""
        answer = self.head.get(key)
        return answer.value if answer else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """One file of the inbox: its name, content, what it was taken for, and the facts of that verdict.

    ``worded_as`` is the catalogue's code where the verdict's own words would not do: the office decided of the file.
    """

    file: str
    sha256: str
    size: int
    arrived: datetime.datetime
    verdict: Verdict
    survey_id: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    worded_as: str = ""

    @property
    def arrived_words(self) -> str:
        """When it arrived, in Japanese time: 2024-05-20 17:05:00."""
        return self.arrived.astimezone(_JAPAN).strftime("%Y-%m-%d %H:%M:%S")

    def finding(self) -> Finding:
        """Give the verdict as a finding, so that the catalogue words it."""
        facts = {"file": self.file, **self.facts}
        return Finding(code=self.worded_as or self.verdict.value, place=Place(file=self.file), facts=facts)
