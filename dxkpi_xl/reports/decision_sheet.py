"""競合・判断: the sheet of the board on which the office sees two answers side by side and decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import Column
from dxkpi_xl.grid.book import Book
from dxkpi_xl.merge.decision import AS_ISSUED, TYPED, Decision, FieldDecision, side_choice
from dxkpi_xl.merge.decisions import decided_sides, fits, on_fields
from dxkpi_xl.merge.outcomes import Outcomes
from dxkpi_xl.merge.three_way import FieldOutcome, FieldState
from dxkpi_xl.reports.table import TableColumn, write_table

SHEET = "競合・判断"
SPARE_ROWS = 10
_LEAST_SIDES = 2

LISTING_ID, NAME, ITEM, ISSUED = "管理番号", "事業名", "項目", "発行時の値"
DECISION, VALUE, REASON, DECIDED_BY, DECIDED_ON = "判断", "手入力の内容", "理由", "決定者", "決定日"
STATE = "状態"
UNDECIDED, APPLIED, UNFIT = "未決", "反映済み", "回答が変わったため未反映"


# What was typed in rows that are not whole decisions yet, by (sheet, what the row is known by …).
Pending = Mapping[tuple[str, ...], tuple[str, ...]]
ANSWERS = (DECISION, VALUE, REASON, DECIDED_BY, DECIDED_ON)


@dataclass(frozen=True, kw_only=True)
class DecisionsRead:
    """What the office wrote on the board: whole decisions, what is missing on the others, and those others as typed.

    ``pending`` holds the texts of the cells to be filled in, by what their row is known by, so that nothing is lost.
    """

    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...]
    pending: Pending = field(default_factory=dict)


def add_decision_sheet(
    book: Book,
    register: Register,
    columns: Sequence[Column],
    outcomes: Outcomes,
    history: Sequence[Decision],
    pending: Pending,
) -> None:
    """Add the sheet: every conflict and every field that was decided, with both sides and their cells."""
    counting = on_fields(history)
    labels = {column.key: column.label for column in columns}
    conflicts = {(o.listing_id, o.column) for o in outcomes.happened if o.state is FieldState.CONFLICT}
    shown = list(outcomes.among(conflicts.union((listing_id, column) for listing_id, column in counting)))
    sides = max([_LEAST_SIDES, *(len(decided_sides(outcome)) for outcome in shown)])
    waiting = {key: typed for key, typed in pending.items() if key[0] == SHEET}
    rows = []
    for o in shown:
        typed = waiting.pop((SHEET, o.listing_id, labels[o.column]), ("",) * len(ANSWERS))
        rows.append(_row(register, labels[o.column], o, counting.get((o.listing_id, o.column)), sides, typed))
    rows += [(key[1], "", key[2], *("",) * (1 + 3 * sides), *typed, UNDECIDED) for key, typed in waiting.items()]
    write_table(
        book, SHEET, "競合・判断(黄色い欄に記入して保存し、もう一度実行してください)", _columns(sides), rows, SPARE_ROWS
    )


def _columns(sides: int) -> tuple[TableColumn, ...]:
    answers = [
        column
        for n in range(sides)
        for column in (
            TableColumn(heading=f"{side_choice(n)}の部局", width=12),
            TableColumn(heading=f"{side_choice(n)}の回答", width=34),
            TableColumn(heading=f"{side_choice(n)}の場所", width=20),
        )
    ]
    choices = (*(side_choice(n) for n in range(sides)), AS_ISSUED, TYPED)
    return (
        TableColumn(heading=LISTING_ID, width=10),
        TableColumn(heading=NAME, width=22),
        TableColumn(heading=ITEM, width=16),
        TableColumn(heading=ISSUED, width=34),
        *answers,
        TableColumn(
            heading=DECISION, width=13, answer=True, choices=choices, prompt="資料に載せる案を選んでください。"
        ),
        TableColumn(heading=VALUE, width=34, answer=True, prompt="「手入力」を選んだときに、載せる内容を記入します。"),
        TableColumn(heading=REASON, width=26, answer=True, prompt="そう決めた理由を記入します(必須)。"),
        TableColumn(heading=DECIDED_BY, width=12, answer=True, prompt="決めた方のお名前を記入します(必須)。"),
        TableColumn(heading=DECIDED_ON, width=12, answer=True, prompt="決めた日を記入します。"),
        TableColumn(heading=STATE, width=14),
    )


def _row(
    register: Register,
    label: str,
    outcome: FieldOutcome,
    decision: FieldDecision | None,
    sides: int,
    typed: tuple[str, ...],
) -> tuple[str, ...]:
    listing = register.listing_by_id.get(outcome.listing_id)
    changed = [side for side in outcome.sides if side.value != outcome.base]
    answers = [text for side in changed for text in (side.who, side.value, str(side.place))]
    answers += [""] * (3 * sides - len(answers))
    name = " ".join(register.project_of(listing).name.split()) if listing else ""
    state = UNDECIDED if decision is None else APPLIED if fits(decision, outcome) else UNFIT
    made = decision if decision is not None and state == APPLIED else None
    written = (
        (made.choice, made.value if made.choice == TYPED else "", made.reason, made.decided_by, made.decided_on)
        if made
        else typed
    )
    return (outcome.listing_id, name, label, outcome.base, *answers, *written, state)
