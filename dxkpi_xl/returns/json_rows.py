"""Rows, answers, findings and places as JSON: short where they are as issued, and strict when they are read."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.returns.model import Answer, AnswersInCells, ReturnedRow

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"
# What most rows have nothing of: one value for all of them, which nobody writes into.
_NOBODY: frozenset[str] = frozenset()
_NOTHING: Mapping[str, str] = {}
_NO_OTHERS: Mapping[str, Answer] = {}


class Home:
    """Where most of a file's places are: in it, on the sheet of its answers; these are left out.

    ``known`` are texts that the register holds, by themselves: what is read shares them.
    """

    def __init__(self, file: str, sheet: str, known: Mapping[str, str] | None = None) -> None:
        self.file, self.sheet = file, sheet
        self._known = {} if known is None else known

    def place(self, place: Place) -> list[str]:
        """Give a place, short where it is at home."""
        if place.file == self.file and place.sheet == self.sheet:
            return [place.cell]
        return [place.cell, place.sheet, place.file]

    def read_place(self, data: list[str]) -> Place:
        """Read a place."""
        cell, sheet, file = data if len(data) > 1 else (*data, self.sheet, self.file)
        return Place(file=text(file), sheet=text(sheet), cell=sys.intern(text(cell)))

    def answer(self, answer: Answer) -> list[Any]:
        """Give an answer with its place."""
        return [answer.value, answer.written, answer.struck, self.place(answer.place)]

    def read_answer(self, data: list[Any]) -> Answer:
        """Read an answer with its place."""
        value, written, struck, place = data
        written = value if written == value else text(written)
        return Answer(value=text(value), written=written, struck=struck is True, place=self.read_place(place))

    def findings(self, findings: tuple[Finding, ...]) -> list[list[Any]]:
        """Give findings."""
        return [
            [each.code, self.place(each.place), dict(each.facts), each.bureau, each.listing_id, each.column]
            for each in findings
        ]

    def read_findings(self, data: list[list[Any]]) -> tuple[Finding, ...]:
        """Read findings."""
        return tuple(
            Finding(
                code=shared(code),
                place=self.read_place(place),
                facts=texts(facts),
                bureau=self.known(bureau),
                listing_id=self.known(listing_id),
                column=shared(column),
            )
            for code, place, facts, bureau, listing_id, column in listed(data)
        )

    def known(self, data: object) -> str:
        """Give a text, as the register holds it where it does."""
        read = text(data)
        return self._known.get(read) or sys.intern(read)


class Rows:
    """Rows with their answers: each is the number of its column where it is as issued, else what it says instead.

    ``columns`` are the columns' keys and letters in the sheet; a cell that is not where they say is written whole.
    """

    def __init__(
        self, home: Home, was: Mapping[str, Mapping[str, str]], columns: list[tuple[str, str]] | None = None
    ) -> None:
        self.columns = columns or []
        self._home = home
        self._was = was
        self._at = {column: n for n, column in enumerate(self.columns)}
        self._sheet = Place(file=home.file, sheet=home.sheet)

    def row(self, row: ReturnedRow) -> list[Any]:
        """Give a row."""
        number = row.place.cell.lstrip(_LETTERS)
        was = self._was.get(row.listing_id, {})
        if isinstance(row.answers, AnswersInCells) and (row.answers.sheet, row.answers.number) == (self._sheet, number):
            answers = list(self._in_cells(row.answers, was))
        else:
            answers = [self._answer(key, each, number, was.get(key, "")) for key, each in row.answers.items()]
        place = self._home.place(row.place)
        return [row.listing_id, place, number, answers, sorted(row.unread), dict(row.unusable)]

    def _answer(self, key: str, answer: Answer, number: str, was: str) -> int | list[Any]:
        place = answer.place
        letters = place.cell.rstrip(_DIGITS)
        if (place.file, place.sheet, place.cell) != (self._home.file, self._home.sheet, letters + number):
            return [key, *self._home.answer(answer)]
        column = self._column(key, letters)
        if answer.struck or answer.written != answer.value:
            return [column, answer.value, answer.written, answer.struck]
        return column if answer.value == was else [column, answer.value]

    def _in_cells(self, answers: AnswersInCells, was: Mapping[str, str]) -> Iterator[int | list[Any]]:
        for (key, (_, letters)), value in zip(answers.columns.items(), answers.values_in_order, strict=True):
            if key in answers.others:
                yield self._answer(key, answers.others[key], answers.number, was.get(key, ""))
            else:
                column = self._column(key, letters)
                yield column if value == was.get(key, "") else [column, value]

    def _column(self, key: str, letters: str) -> int:
        if (key, letters) not in self._at:
            self._at[key, letters] = len(self.columns)
            self.columns.append((key, letters))
        return self._at[key, letters]

    def read_row(self, data: list[Any], *, issued: bool = False) -> ReturnedRow:
        """Read a row; an ``issued`` one must be of the survey."""
        listing_id, place, number, answers, unread, unusable = data
        was = self._was[listing_id] if issued else self._was.get(listing_id, {})
        return ReturnedRow(
            listing_id=self._home.known(listing_id),
            place=self._home.read_place(place),
            answers=self._read_answers(listed(answers), text(number), was),
            unread=frozenset(map(shared, unread)) if listed(unread) else _NOBODY,
            unusable=texts(unusable) or _NOTHING,
        )

    def _read_answers(self, data: list[int | list[Any]], number: str, was: Mapping[str, str]) -> AnswersInCells:
        columns: list[tuple[str, str]] = []
        values: list[str] = []
        others: dict[str, Answer] = {}
        for each in data:
            if isinstance(each, int):
                column = self.columns[each]
                values.append(was.get(column[0], ""))
            else:
                column, value, other = self._read_answer(each, number)
                values.append(value)
                if other is not None:
                    others[column[0]] = other
            columns.append(column)
        return AnswersInCells(
            columns=_by_key(tuple(columns)),
            values_in_order=tuple(values),
            sheet=self._sheet,
            number=number,
            others=others or _NO_OTHERS,
        )

    def _read_answer(self, data: list[Any], number: str) -> tuple[tuple[str, str], str, Answer | None]:
        """Read an answer that says something of its own: its column, its value, itself if there is more to it."""
        key, *rest = data
        if isinstance(key, str):
            answer = self._home.read_answer(rest)
            return (shared(key), ""), answer.value, answer
        column = self.columns[key]
        if len(rest) == 1:
            return column, text(rest[0]), None
        value, written, struck = rest
        answer = self._home.read_answer([value, written, struck, [column[1] + number]])
        return column, answer.value, answer


@lru_cache(maxsize=512)
def _by_key(columns: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[int, str]]:
    """Give a row's columns as most rows of its kind have them, in all returns: one value for all of these."""
    return {key: (n, letters) for n, (key, letters) in enumerate(columns)}


def text(data: object) -> str:
    """Give a text; TypeError for anything else."""
    if type(data) is not str:
        raise TypeError(data)
    return data


def shared(data: object) -> str:
    """Give a text that many others hold as well."""
    return sys.intern(text(data))


def texts(data: dict[str, str]) -> dict[str, str]:
    """Give texts by name."""
    return {shared(key): text(value) for key, value in data.items()}


def listed(data: list[Any]) -> list[Any]:
    """Give a list; TypeError for anything else, a text of many letters too."""
    if type(data) is not list:
        raise TypeError(data)
    return data


def number(data: object) -> int:
    """Give a whole number; TypeError for anything else."""
    if type(data) is not int:
        raise TypeError(data)
    return data
