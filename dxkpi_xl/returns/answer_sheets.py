"""The answers of an identified workbook: usually one sheet; of several, which one counts, and what the others say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.returns.answers import quoted
from dxkpi_xl.returns.identify import Identity
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return
from dxkpi_xl.returns.reader import ReturnedFile, read_return

_MOST_DIFFERENCES = 5
_MOST_SHEETS = 20
# More findings than a person reads are not told one by one.
_MOST_FINDINGS = 1_000


def read_answers(issued: Issued, identity: Identity, file: ReturnedFile) -> tuple[Return, tuple[Finding, ...]]:
    """Read the sheet that counts: the first on which anything was answered; findings also on all that is not used."""
    survey = identity.survey
    readings = [read_return(issued, survey, table, file) for table in identity.tables[:_MOST_SHEETS]]
    answer, findings = readings[0]
    others: list[Finding] = []
    if len(readings) > 1:
        was = _issued_values(survey)
        labels = {column.key: column.label for column in issued.columns}
        answer, findings = next((each for each in readings if not _is_as_issued(each[0], was)), readings[0])
        others.extend(_other_answers(answer, [other for other, _ in readings], was, labels))
    found = [*_contradictions(identity, file), *_strange_sheets(identity, file), *others, *findings]
    bureau = survey.bureau.name
    if len(found) > _MOST_FINDINGS:
        facts = {"count": f"{len(found):,}", "shown": f"{_MOST_FINDINGS:,}"}
        found[_MOST_FINDINGS:] = [Finding(code="I028", place=Place(file=file.name), facts=facts, bureau=bureau)]
    return answer, tuple(found)


Values = Mapping[tuple[str, str], str]


def _issued_values(survey: Survey) -> Values:
    return {(row.listing_id, key): value for row in survey.rows for key, value in row.values.items()}


def _values(answer: Return) -> Values:
    rows = (*answer.rows, *answer.new_rows)
    return {(row.listing_id, key): value for row in rows for key, value in row.values().items()}


def _is_as_issued(answer: Return, was: Values) -> bool:
    return all(value == was.get(key, "") for key, value in _values(answer).items())


def _contradictions(identity: Identity, file: ReturnedFile) -> Iterator[Finding]:
    for each in identity.contradicting:
        where = f"シート「{each.sheet}」" if each.sheet else "ファイルのプロパティ"
        facts = {"used": identity.survey.id, "other": each.survey_id, "where": where}
        place = Place(file=file.name, sheet=each.sheet, cell=each.cell)
        yield Finding(code="I025", place=place, facts=facts, bureau=identity.survey.bureau.name)


def _strange_sheets(identity: Identity, file: ReturnedFile) -> Iterator[Finding]:
    for table, other in identity.strange[:_MOST_SHEETS]:
        sheet = quoted(table.sheet.name)
        facts = {"used": identity.survey.id, "other": other, "sheet": sheet}
        place = Place(file=file.name, sheet=sheet)
        yield Finding(code="I029", place=place, facts=facts, bureau=identity.survey.bureau.name)


def _other_answers(used: Return, readings: list[Return], was: Values, labels: Mapping[str, str]) -> Iterator[Finding]:
    """Find sheets of the same survey that say anything else than the one that counts."""
    said = _values(used)
    for other in readings:
        if other is used or _is_as_issued(other, was):
            continue
        values = _values(other)
        different = [key for key in dict.fromkeys((*said, *values)) if said.get(key, "") != values.get(key, "")]
        if different:
            yield _different(used, other, [f"{row}「{labels[key]}」" for row, key in different])


def _different(used: Return, other: Return, where: list[str]) -> Finding:
    more = "など" if len(where) > _MOST_DIFFERENCES else ""
    facts = {
        "used": quoted(used.sheet),
        "sheet": quoted(other.sheet),
        "count": str(len(where)),
        "where": "、".join(where[:_MOST_DIFFERENCES]) + more,
    }
    return Finding(code="I026", place=Place(file=used.file, sheet=quoted(other.sheet)), facts=facts)
