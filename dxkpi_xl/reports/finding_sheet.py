"""指摘一覧: every finding on a sheet of the board, with what the office decides about it; out and in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dxkpi_xl.cells.model import Cell, WorkbookCells
from dxkpi_xl.findings import Catalogue, Finding, Place
from dxkpi_xl.form.columns import Column, folded
from dxkpi_xl.grid.book import Book
from dxkpi_xl.merge.decision import ACCEPT, SEND_BACK, Decision, FindingDecision
from dxkpi_xl.merge.settled import Settled, finding_key
from dxkpi_xl.one_line import one_line
from dxkpi_xl.reports.decision_sheet import DecisionsRead, Pending
from dxkpi_xl.reports.table import TableColumn, write_table
from dxkpi_xl.reports.table_in import rows_of, text_of

SHEET = "指摘一覧"
CODE, BUREAU, LISTING_ID, MESSAGE, ITEM = "符号", "部局", "管理番号", "内容", "項目"
CHOICE, REASON, DECIDED_BY, DECIDED_ON = "対応", "理由", "決定者", "決定日"
_ANSWERS = (CHOICE, REASON, DECIDED_BY, DECIDED_ON)
_COLUMNS = (
    TableColumn(heading="重さ", width=7),
    TableColumn(heading=BUREAU, width=14),
    TableColumn(heading=LISTING_ID, width=10),
    TableColumn(heading=ITEM, width=16),
    TableColumn(heading="ファイル", width=26),
    TableColumn(heading="シート", width=12),
    TableColumn(heading="セル", width=8),
    TableColumn(heading="指摘", width=24),
    TableColumn(heading=MESSAGE, width=52),
    TableColumn(heading="直し方", width=46),
    TableColumn(
        heading=CHOICE,
        width=11,
        answer=True,
        choices=(ACCEPT, SEND_BACK),
        prompt="このまま受け取るか、差し戻すかを選べます。消すと元に戻ります。",
    ),
    TableColumn(heading=REASON, width=26, answer=True, prompt="そう決めた理由を記入します(必須)。"),
    TableColumn(heading=DECIDED_BY, width=12, answer=True, prompt="決めた方のお名前を記入します(必須)。"),
    TableColumn(heading=DECIDED_ON, width=12, answer=True, prompt="決めた日を記入します。"),
    TableColumn(heading=CODE, width=7),
)


def add_finding_sheet(
    book: Book, findings: Sequence[Settled], columns: Sequence[Column], catalogue: Catalogue, pending: Pending
) -> None:
    """Add the sheet: a finding that was decided keeps its own words, its weight is the one that counts now."""
    labels = {column.key: column.label for column in columns}
    title = "指摘一覧(黄色い欄に記入して保存し、もう一度実行してください)"
    write_table(book, SHEET, title, _COLUMNS, [_row(each, labels, catalogue, pending) for each in findings])


def _row(each: Settled, labels: Mapping[str, str], catalogue: Catalogue, pending: Pending) -> tuple[str, ...]:
    found, made = each.found, each.decision
    typed = pending.get((SHEET, *finding_key(found, each.message)), ("",) * len(_ANSWERS))
    worded = catalogue.word(found)
    return (
        catalogue.severity(each.finding).value,
        found.bureau,
        found.listing_id,
        labels.get(found.column, ""),
        found.place.file,
        found.place.sheet,
        found.place.cell,
        worded.title,
        worded.message,
        worded.remedy,
        *((made.choice, made.reason, made.decided_by, made.decided_on) if made else typed),
        found.code,
    )


def read_finding_sheet(workbook: WorkbookCells, file: str, columns: Sequence[Column]) -> DecisionsRead:
    """Read what the office decided about findings; a row without 対応 takes back what was decided of it before."""
    keys = {folded(column.label): column.key for column in columns}
    decisions: list[Decision] = []
    findings: list[Finding] = []
    pending: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in rows_of(workbook, SHEET, (CODE, MESSAGE, CHOICE)):
        if not text_of(row, CODE):
            continue
        read = _decision(row, keys)
        typed = tuple(text_of(row, heading) for heading in _ANSWERS)
        finding = _incomplete(row, file)
        if finding is not None:
            findings.append(finding)
        else:
            decisions.append(read)
        if any(typed) and (finding is not None or read.is_taken_back):
            pending[SHEET, *read.key] = typed
    return DecisionsRead(decisions=tuple(decisions), findings=tuple(findings), pending=pending)


def _incomplete(row: Mapping[str, Cell], file: str) -> Finding | None:
    """Say what keeps a row from being a decision: a 対応 that is not in the list, no reason, no name."""
    written = text_of(row, CHOICE)
    if not written:
        return None
    facts = {"id": text_of(row, LISTING_ID), "label": text_of(row, ITEM), "sheet": SHEET}
    place = Place(file=file, sheet=SHEET, cell=row[CHOICE].address)
    if not _choice(written):
        facts |= {"value": one_line(written), "choices": f"{ACCEPT}・{SEND_BACK}"}
        return Finding(code="K006", place=place, facts=facts)
    missing = [name for name in (REASON, DECIDED_BY) if not text_of(row, name)]
    facts["missing"] = "と".join(f"「{name}」" for name in missing)
    return Finding(code="K004", place=place, facts=facts) if missing else None


def _decision(row: Mapping[str, Cell], keys: Mapping[str, str]) -> FindingDecision:
    choice = _choice(text_of(row, CHOICE))
    return FindingDecision(
        code=text_of(row, CODE),
        bureau=text_of(row, BUREAU),
        listing_id=text_of(row, LISTING_ID),
        column=keys.get(folded(text_of(row, ITEM)), ""),
        message=text_of(row, MESSAGE),
        choice=choice,
        reason=text_of(row, REASON) if choice else "",
        decided_by=text_of(row, DECIDED_BY) if choice else "",
        decided_on=text_of(row, DECIDED_ON) if choice else "",
    )


def _choice(written: str) -> str:
    return next((each for each in (ACCEPT, SEND_BACK) if folded(each) == folded(written)), "")
