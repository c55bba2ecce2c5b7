"""The returns of one survey put together as one: each row's answers as they were written, and what has no place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import Survey, SurveyRow, send_back_number, spare_id
from dxkpi_xl.findings import Place
from dxkpi_xl.form.columns import Column
from dxkpi_xl.one_line import one_line
from dxkpi_xl.reports.send_back_texts import fitting, seen
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Answer, Return, ReturnedRow
from dxkpi_xl.returns.spoken_rows import changed_rows
from dxkpi_xl.returns.text import cleaned
from dxkpi_xl.survey_books.filled import Leftover

# Of these a text is kept as it was written; of the others, which are chosen from a list, the entry that was meant.
_FREE_KINDS = frozenset({"text", "kpi_value"})
_MOST_LEFTOVERS = 200


@dataclass(frozen=True, kw_only=True)
class PutTogether:
    """What is written into one workbook: the survey with as many spare rows as are needed, answers and head.

    ``rows`` is each returned row's 管理番号 in the new workbook, ``files`` the file that each of its rows is from.
    """

    survey: Survey
    answers: Mapping[tuple[str, str], str]
    head: Mapping[str, str]
    leftovers: tuple[Leftover, ...]
    sources: tuple[str, ...]
    numbers: tuple[str, ...]
    rows: Mapping[tuple[str, str], str]
    files: Mapping[str, str]


def put_together(issued: Issued, survey: Survey, parts: Sequence[Return]) -> PutTogether:
    """Put the returns of one survey together, the latest first in ``parts``: where two have a row, the later's wins.

    A row that a part left as issued is not its answer where another part changed it.
    """
    columns = {column.key: column for column in issued.columns}
    work = _Work(columns, survey)
    changed = [changed_rows(part, survey) for part in parts]
    rows = [{each.listing_id: each for each in reversed(part.rows)} for part in parts]
    for row in survey.rows:
        holders = [n for n in range(len(parts)) if row.listing_id in rows[n]]
        chosen = next((n for n in holders if row.listing_id in changed[n]), holders[0] if holders else None)
        if chosen is not None:
            work.take(row.listing_id, rows[chosen][row.listing_id], parts[chosen].file)
    for part in parts:
        work.take_unplaced(part)
    for part in parts:
        for returned in part.new_rows:
            work.take_new(returned, part.file)
    return PutTogether(
        survey=replace(survey, spare_rows=work.spare_rows),
        answers=work.answers,
        head=_head(issued, parts),
        leftovers=_bounded(work.leftovers),
        sources=tuple(_source(part, changed[n], len(parts)) for n, part in enumerate(parts)),
        numbers=tuple(dict.fromkeys(each for part in parts for each in (send_back_number(part.sha256), *part.mends))),
        rows=work.rows,
        files=work.files,
    )


class _Work:
    """The new workbook while it is being put together."""

    def __init__(self, columns: Mapping[str, Column], survey: Survey) -> None:
        self._columns = columns
        self._issued = survey.row_by_listing
        self._new: set[tuple[tuple[str, str], ...]] = set()
        self.spare_rows = survey.spare_rows
        self.answers: dict[tuple[str, str], str] = {}
        self.leftovers: list[Leftover] = []
        self.rows: dict[tuple[str, str], str] = {}
        self.files: dict[str, str] = {}

    def take(self, listing_id: str, returned: ReturnedRow, file: str) -> None:
        """Write a returned row's texts into a row of the workbook."""
        self.rows[file, returned.listing_id] = listing_id
        self.files[listing_id] = file
        for key, written in _texts(returned, self._columns).items():
            text = seen(written)
            kept = fitting(text)
            self.answers[listing_id, key] = kept
            if kept != text:
                why = "長すぎる、又はExcelに書けない文字があるため、書ける部分だけを写しました。"
                self._leave(returned.place, f"{listing_id} {self._columns[key].label}", why, text)

    def take_new(self, returned: ReturnedRow, file: str) -> None:
        """Write a new row into its own spare row, or into the next free one; once where two parts have the same."""
        texts = tuple(_texts(returned, self._columns).items())
        if texts in self._new:
            return
        self._new.add(texts)
        free = [each for n in range(1, self.spare_rows + 1) if (each := spare_id(n)) not in self.files]
        if not free:
            self.spare_rows += 1
            free = [spare_id(self.spare_rows)]
        self.take(returned.listing_id if returned.listing_id in free else free[0], returned, file)

    def take_unplaced(self, part: Return) -> None:
        """Write of repeated rows the one that has its own name and was changed most; the rest is left over."""
        unplaced = sorted(part.unplaced, key=self._unlikeness)
        for row in unplaced:
            if row.listing_id not in self._issued:
                self._leave_row(row, "発行していない管理番号の行のため", {})
            elif row.listing_id not in self.files:
                open_columns = self._issued[row.listing_id].open_columns
                blank = dict.fromkeys(open_columns, "")
                texts = {**blank, **{key: text for key, text in row.unusable.items() if key in open_columns}}
                self.take(row.listing_id, replace(row, unusable=texts), part.file)
            else:
                issued = self._issued[row.listing_id]
                kept = {key: self.answers.get((row.listing_id, key), "") for key in issued.open_columns}
                self._leave_row(row, "同じ管理番号の行が複数あるため", {**issued.values, **kept})

    def _unlikeness(self, row: ReturnedRow) -> tuple[bool, int]:
        issued = self._issued.get(row.listing_id)
        if issued is None:
            return (True, 0)
        changed = [
            key for key in issued.open_columns if cleaned(row.unusable.get(key, "")) != issued.values.get(key, "")
        ]
        return (fields.PROJECT in changed, -len(changed))

    def _leave_row(self, row: ReturnedRow, why: str, known: Mapping[str, str]) -> None:
        for key, text in row.unusable.items():
            if text.strip() and text != known.get(key, ""):
                self._leave(row.place, f"{row.listing_id} {self._columns[key].label}", why, text)

    def _leave(self, place: Place, item: str, why: str, text: str) -> None:
        self.leftovers.append(Leftover(place=one_line(str(place)), item=item, why=why, text=fitting(seen(text))))


def _texts(row: ReturnedRow, columns: Mapping[str, Column]) -> dict[str, str]:
    answered = {key: _text(columns[key], answer) for key, answer in row.answers.items()}
    unread = dict.fromkeys(sorted(row.unread), "")
    return {**answered, **unread, **row.unusable}


def _text(column: Column, answer: Answer) -> str:
    return answer.written if column.kind in _FREE_KINDS else answer.value


def _head(issued: Issued, parts: Sequence[Return]) -> dict[str, str]:
    """Give the head's answers as they were written in the latest part that has each."""
    found = {}
    for each in issued.form.head:
        if each.answered:
            written = (part.head[each.key].written for part in parts if part.head_value(each.key))
            found[each.key] = fitting(seen(next(written, "")))
    return found


def _source(part: Return, changed: Iterable[str], parts: int) -> str:
    rows = {row.listing_id for row in part.rows} & set(changed)
    more = f"(改められた{len(rows)}行、新しい{len(part.new_rows)}行)" if parts > 1 else ""
    return f"「{one_line(part.file)}」{more}"


def _bounded(leftovers: Sequence[Leftover]) -> tuple[Leftover, ...]:
    if len(leftovers) <= _MOST_LEFTOVERS:
        return tuple(leftovers)
    more = f"ほか{len(leftovers) - _MOST_LEFTOVERS}件"
    return (*leftovers[:_MOST_LEFTOVERS], Leftover(place="", item=more, why="", text="元のファイルを御覧ください。"))


def project_names(issued: Issued, put: PutTogether) -> dict[str, str]:
    """Give the name of each row's project on one line, by 管理番号; new rows by what was written or relisted."""
    return {listing_id: " ".join(name.split()) for listing_id, name in _names(issued, put)}


def _names(issued: Issued, put: PutTogether) -> Iterator[tuple[str, str]]:
    rows: Mapping[str, SurveyRow] = put.survey.row_by_listing
    for listing_id, row in rows.items():
        yield listing_id, put.answers.get((listing_id, fields.PROJECT)) or row.values[fields.PROJECT]
    for listing_id in put.files:
        if listing_id not in rows:
            relisted = issued.register.listing_by_id.get(put.answers.get((listing_id, fields.RELIST_OF), ""))
            name = issued.register.project_of(relisted).name if relisted else ""
            yield listing_id, put.answers.get((listing_id, fields.PROJECT)) or name
