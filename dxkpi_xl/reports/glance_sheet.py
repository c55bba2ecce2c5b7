"""提出状況: the board's first sheet: who stands where, how many days are left, and how the answers came in by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from dxkpi_xl.cycle.model import Cycle
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.charts import Chart, Series
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Style
from dxkpi_xl.merge.accounting import Account
from dxkpi_xl.reports.state import State
from dxkpi_xl.reports.status import AddresseeStatus
from dxkpi_xl.reports.table import HEADING, HEADING_ROW, NUMBER, TEXT, TableColumn, write_table
from dxkpi_xl.returns.model import Receipt, Verdict

SHEET = "提出状況"
_COLUMNS = (
    TableColumn(heading="部局", width=20),
    TableColumn(heading="状態", width=12),
    TableColumn(heading="調査票ID", width=14),
    TableColumn(heading="採用したファイル", width=40),
    TableColumn(heading="行数", width=8),
    TableColumn(heading="新規", width=8),
    TableColumn(heading="誤り", width=8),
    TableColumn(heading="確認", width=8),
    TableColumn(heading="参考", width=8),
    TableColumn(heading="競合", width=8),
)
_GAP = 2
# What the days left say in a program that does not calculate.
_UNTIL_OPENED = "(残りの日数は、Excelで開くと表示されます)"


def add_glance_sheet(
    book: Book,
    cycle: Cycle,
    statuses: Sequence[AddresseeStatus],
    receipts: Sequence[Receipt],
    accounts: Mapping[Account, int],
) -> None:
    """Add the sheet; days left are a formula of Excel's own clock, so that the file does not change from day to day."""
    rows = [
        (s.addressee, s.state.value, s.survey_id, s.file, s.rows, s.new_rows, s.wrong, s.ask, s.note, s.conflicts)
        for s in statuses
    ]
    sheet = write_table(book, SHEET, f"{cycle.full_title} 回収状況", _COLUMNS, rows)
    _deadline(sheet, cycle)
    top = HEADING_ROW + len(rows) + _GAP
    counts = Counter(status.state for status in statuses)
    sheet.text(address(top, 1), "状態", HEADING)
    sheet.text(address(top, 2), "件数", HEADING)
    for n, state in enumerate(State, start=1):
        sheet.text(address(top + n, 1), state.value, TEXT)
        sheet.number(address(top + n, 2), counts[state], NUMBER)
    _accounts(sheet, top, accounts)
    _progress(sheet, top + max(len(State), len(Account) + 1) + _GAP, receipts, len(statuses))


def _accounts(sheet: Sheet, top: int, accounts: Mapping[Account, int]) -> None:
    """What became of the answered fields; the last line is their sum, so that none is lost unnoticed."""
    sheet.text(address(top, 4), "回答された欄の行方", HEADING)
    sheet.text(address(top, 5), "欄数", HEADING)
    for n, account in enumerate(Account, start=1):
        sheet.text(address(top + n, 4), account.value, TEXT)
        sheet.number(address(top + n, 5), accounts.get(account, 0), NUMBER)
    sheet.text(address(top + len(Account) + 1, 4), "合計(回答された欄の数)", TEXT.but(bold=True))
    sheet.number(address(top + len(Account) + 1, 5), sum(accounts.values()), NUMBER.but(bold=True))


def _deadline(sheet: Sheet, cycle: Cycle) -> None:
    if cycle.office_deadline is None:
        return
    words = Style(bold=True)
    sheet.text("A2", "事務局への提出期限", words)
    sheet.date("B2", cycle.office_deadline, words)
    sheet.formula(
        "C2",
        '=IF(TODAY()>B2,"期限を"&(TODAY()-B2)&"日過ぎています","期限まであと"&(B2-TODAY())&"日")',
        _UNTIL_OPENED,
        words,
    )


def _progress(sheet: Sheet, top: int, receipts: Sequence[Receipt], asked: int) -> None:
    """The answers by the day on which they arrived, summed up, with a chart beside."""
    days = Counter(r.arrived_words[:10] for r in receipts if r.verdict is Verdict.ACCEPTED)
    sheet.text(address(top, 1), "受け取った日", HEADING)
    sheet.text(address(top, 2), "受付(累計)", HEADING)
    sheet.text(address(top, 3), "照会した数", HEADING)
    total = 0
    for n, day in enumerate(sorted(days), start=1):
        total += days[day]
        sheet.text(address(top + n, 1), day, TEXT)
        sheet.number(address(top + n, 2), total, NUMBER)
        sheet.number(address(top + n, 3), asked, NUMBER)
    if days:
        last = top + len(days)
        days_shown = area(top + 1, 1, last, 1)
        series = (
            Series(name="受付(累計)", sheet=SHEET, categories=days_shown, values=area(top + 1, 2, last, 2)),
            Series(
                name="照会した数",
                sheet=SHEET,
                categories=days_shown,
                values=area(top + 1, 3, last, 3),
                dashed=True,
                colour=Colour.LINE,
            ),
        )
        text = f"受け取った回答の累計。{sorted(days)[-1]}までに{total}件(照会{asked}件)"
        chart = Chart(kind="line", title="回答の受付状況", alternative_text=text, series=series)
        sheet.chart(address(top, 5), chart)
