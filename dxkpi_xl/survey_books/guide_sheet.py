"""The guide, generated: five steps, what the marks mean, every column with its limit and example, whom to call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.form.columns import ChoiceList, Column, Form, Role
from dxkpi_xl.grid import limits
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book
from dxkpi_xl.grid.paper import Band, Field, Margins, PrintSetup
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.styles import Colour, Line, Style
from dxkpi_xl.grid.text_height import CellText
from dxkpi_xl.survey_books.answers_head import WHO_FILLS, who_fills
from dxkpi_xl.survey_books.live_head import READY
from dxkpi_xl.survey_books.live_marks import ASK, CHANGED, DONE, MISSING
from dxkpi_xl.survey_books.offered import Offer
from dxkpi_xl.survey_books.words import date_in_words, send_to

# Five columns, in characters; they fit the width of an A4 portrait page.
_WIDTHS = (27.0, 11.0, 18.0, 48.0, 22.0)
_BODY = Style(wrap=True, valign="top", border=Line.THIN, border_colour=Colour.FAINT_LINE, size=10.5)
_HEADING = _BODY.but(bold=True, fill=Colour.HEADING_FILL)
_SECTION = Style(bold=True, size=12.0, colour=Colour.TITLE_FILL)
_TITLE = Style(bold=True, size=16.0)

_PLAIN = Style()

_LEAST_HEIGHT = 18.0
_ROLES = {Role.ORIGINAL: "事業の行", Role.RELISTED: "再掲の行", Role.NEW: "空き行"}


@dataclass(frozen=True, kw_only=True)
class GuideRow:
    """One row of the guide: its cells from left to right; the last one takes the columns that are left.

    ``lead`` is the look of the first cell where it differs from the others.
    """

    cells: tuple[str, ...]
    style: Style = _BODY
    lead: Style | None = None


def write_guide_sheet(book: Book, form: Form, offer: Offer, survey: Survey) -> None:
    """Write the guide of one survey's workbook."""
    sheet = book.sheet(form.sheets["guide"])
    for n, width in enumerate(_WIDTHS, start=1):
        sheet.column_width(n, n, width)
    rows = list(guide_rows(form, offer, survey))
    points = [book.normal.column_points(width) for width in _WIDTHS]
    for n, row in enumerate(rows, start=1):
        _write_row(book, sheet, n, row, points)
    sheet.hide_gridlines()
    sheet.tab_colour(Colour.TAB_GUIDE)
    sheet.print_setup(
        PrintSetup(
            paper="A4",
            landscape=False,
            area=area(1, 1, len(rows), len(_WIDTHS)),
            margins=Margins(left=12, right=12, top=12, bottom=14),
            footer=Band(left=(f"調査票ID {survey.id}",), centre=(Field.PAGE, "/", Field.PAGES)),
        )
    )
    sheet.protect()


def guide_rows(form: Form, offer: Offer, survey: Survey) -> Iterator[GuideRow]:
    """Give the guide from top to bottom."""
    yield GuideRow(cells=(f"{survey.cycle.year_label} {form.name} 記入要領",), style=_TITLE)
    parts = (
        ("お願いすること", _steps(form, survey)),
        ("色と印", _marks()),
        *((f"「{choices.label}」の選び方", _choices(choices)) for choices in form.choices),
        ("各欄の書き方", _columns(form.columns_for(survey.cycle.years))),
        ("管理番号の一覧(再掲元・統合先を選ぶときに御覧ください)", _listings(offer)),
    )
    for n, (title, rows) in enumerate(parts, start=1):
        yield GuideRow(cells=("",), style=_PLAIN)
        yield GuideRow(cells=(f"{n} {title}",), style=_SECTION)
        yield from rows


def _steps(form: Form, survey: Survey) -> Iterator[GuideRow]:
    cycle = survey.cycle
    facts = {
        "year_label": cycle.year_label,
        "addressee": survey.addressee,
        "lead_section": survey.bureau.lead_section or "部局主管課",
        "section_deadline": date_in_words(cycle.section_deadline),
        "office_deadline": date_in_words(cycle.office_deadline),
        "send_to": send_to(cycle.contact),
        "answers": form.sheets["answers"],
        "head_fields": "、".join(each.label for each in form.head if each.answered),
    }
    for n, step in enumerate(form.steps, start=1):
        yield GuideRow(cells=(f"({n}) {step.title}", step.text.format(**facts)), lead=_BODY.but(bold=True))
    yield GuideRow(cells=("お問合せ先", facts["send_to"]), lead=_BODY.but(bold=True))


def _marks() -> Iterator[GuideRow]:
    for words, meaning, fill in (
        ("黄色の欄", "御記入いただく欄です。ほかの表から貼り付けることもできます。", Colour.ANSWER_FILL),
        ("灰色の欄", "事務局の欄です。直す必要があるときは、備考でお知らせください。", Colour.OFFICE_FILL),
        (f"{MISSING} 未入力", "まだ記入がない必須の欄です。御記入いただくと消えます。", Colour.MISSING_FILL),
        (
            f"{ASK} 要確認",
            "御確認いただきたい欄です。そのままで正しいときは、備考に御説明ください。",
            Colour.WARNING_FILL,
        ),
        (
            f"{CHANGED} 発行時から変更",
            "お送りしたときから内容が変わった欄です。決裁の際に御覧ください。",
            Colour.CHANGED_FILL,
        ),
        (DONE, f"記入の漏れがない行です。全ての行が済むと、左上に「{READY}」と表示されます。", Colour.DONE_FILL),
    ):
        yield GuideRow(cells=(words, meaning), lead=_BODY.but(fill=fill, bold=True))
    for words, meaning in WHO_FILLS.items():
        yield GuideRow(cells=(words, meaning))


def _choices(choices: ChoiceList) -> Iterator[GuideRow]:
    for choice in choices.values:
        yield GuideRow(cells=(choice.value, choice.meaning))


def _columns(columns: Sequence[Column]) -> Iterator[GuideRow]:
    yield GuideRow(cells=("欄", "記入", "記入する行", "書き方", "例"), style=_HEADING)
    for column in columns:
        rows = "、".join(_ROLES[role] for role in column.open_in) or "(事務局の欄)"
        limit = f"({column.max_length}字まで)" if column.max_length else ""
        yield GuideRow(cells=(column.label, who_fills(column), rows, column.help + limit, column.example))


def _listings(offer: Offer) -> Iterator[GuideRow]:
    yield GuideRow(cells=("管理番号", "事業番号", "担当", "事業名"), style=_HEADING)
    for each in offer.listings:
        yield GuideRow(cells=(each.id, each.project_no, each.owners, each.name))


def _write_row(book: Book, sheet: Sheet, n: int, row: GuideRow, points: Sequence[float]) -> None:
    texts = []
    last = len(row.cells)
    for position, value in enumerate(row.cells, start=1):
        room = sum(points[position - 1 :]) if position == last else points[position - 1]
        cell = address(n, position)
        style = row.lead if row.lead is not None and position == 1 else row.style
        if position == last and last < len(_WIDTHS) and style.border is not Line.NONE:
            sheet.merge(area(n, position, n, len(_WIDTHS)), value, style)
        else:
            sheet.text(cell, value, style)
        texts.append(CellText(text=value, width=room, style=style, normal=book.normal))
    # A row of the listing names every owner; beyond Excel's highest row the screen shows what fits.
    sheet.row_height(n, min(limits.ROW_HEIGHT, max([_LEAST_HEIGHT, *(text.height for text in texts)])))
