"""All that goes out: the survey workbooks, a mail text beside each, and the list of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass

from dxkpi_xl import workspace
from dxkpi_xl.cycle.model import Cycle, Register
from dxkpi_xl.cycle.survey import Survey, Surveys
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.addresses import address, area
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.fonts import NormalFont
from dxkpi_xl.grid.paper import Band, Field, PrintSetup
from dxkpi_xl.grid.styles import Colour, Line, Style
from dxkpi_xl.survey_books.mails import mail_text
from dxkpi_xl.survey_books.many import OnDemand, Progress, Wanted, workbooks
from dxkpi_xl.survey_books.words import date_in_words

# How the names of what goes out begin: the workbooks and their mails.
BOOK_PREFIX = "調査票_"
LIST_FILE = "配布一覧.xlsx"
_SHEET = "配布一覧"
# Heading and width in characters of each column of the list.
_COLUMNS = (
    ("部局", 14.0),
    ("課", 16.0),
    ("主管課(送付先)", 18.0),
    ("メール", 30.0),
    ("ファイル", 40.0),
    ("メール文", 40.0),
    ("行数", 7.0),
    ("空き行", 7.0),
    ("調査票ID", 14.0),
    ("主管課への期限", 20.0),
    ("事務局への期限", 20.0),
    ("SHA-256", 68.0),
)
_HEADING_ROW = 3
_BODY = Style(border=Line.THIN, border_colour=Colour.FAINT_LINE)
_HEADING = _BODY.but(bold=True, fill=Colour.HEADING_FILL, wrap=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedBook:
    """One workbook that goes out: for which survey, what the list says of that, its name, its bytes and its mail."""

    survey_id: str
    addressee: str
    listed: tuple[str | int, ...]
    file: str
    mail_file: str
    data: bytes
    mail: str

    @property
    def sha256(self) -> str:
        """The SHA-256 of the workbook's bytes."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """What one distribution makes: bytes by file name, and (addressee, workbook's file name) of those asked for."""

    files: Mapping[str, bytes]
    addressees: tuple[tuple[str, str], ...]


def distribution_files(
    form: Form,
    register: Register,
    addressee: str | None,
    progress: Progress,
    into: MutableMapping[str, bytes] | None = None,
) -> Distribution:
    """Make the workbooks and mails of all addressees, or of one bureau or section, and the list of all of them.

    The files are put into ``into``, where one is given: all of them need not be held in memory.
    The list always covers everybody, so that issuing one workbook again does not lose the others from it.
    Raises ``CannotProceed`` for an unknown addressee and for what Excel or the template cannot hold.
    """
    every = Surveys(form, register)
    names = every.addressees
    asked = {key for key, name in names.items() if addressee in (None, name, every.whom(key)[0].name)}
    if not asked:
        raise CannotProceed(
            f"「{addressee}」という部局はありません。", f"次のどれかを指定してください: {'、'.join(names.values())}"
        )
    keys = tuple(every)
    wanted = OnDemand(len(keys), lambda n: every[keys[n]])
    files = {} if into is None else into
    addressees, rows = [], []
    for book in issued_books(form, register, wanted, progress):
        rows.append((*book.listed, book.sha256))
        if book.survey_id in asked:
            addressees.append((book.addressee, book.file))
            files[book.file] = book.data
            files[book.mail_file] = book.mail.replace("\n", "\r\n").encode("utf-8-sig")
    files[LIST_FILE] = distribution_list(register.cycle, rows)
    return Distribution(files=files, addressees=tuple(addressees))


def issued_books(
    form: Form, register: Register, wanted: Sequence[Survey], progress: Progress, workers: int | None = None
) -> Iterator[IssuedBook]:
    """Make the workbooks one after the other, in the order of the surveys."""
    as_issued = OnDemand(len(wanted), lambda n: Wanted(survey=wanted[n]))
    made = workbooks(form, register, as_issued, progress, workers)
    return (_issued(form, wanted[n], data) for n, data in enumerate(made))


def file_stem(survey: Survey) -> str:
    """Give the name of a survey's files without suffix; the 調査票ID in it keeps names apart after cleaning."""
    return workspace.safe_name(f"{BOOK_PREFIX}{survey.cycle.year}_{survey.addressee.replace(' ', '_')}_{survey.id}")


def distribution_list(cycle: Cycle, rows: Sequence[Sequence[str | int]]) -> bytes:
    """Give 配布一覧.xlsx: one row for each workbook, its values in the order of the columns."""
    title = f"{cycle.year_label} 調査票 配布一覧"
    book = Book(Properties(title=title, company=cycle.prefecture), NormalFont(name=cycle.survey_font))
    sheet = book.sheet(_SHEET)
    sheet.text("A1", title, Style(bold=True, size=14))
    for n, (heading, width) in enumerate(_COLUMNS, start=1):
        sheet.column_width(n, n, width)
        sheet.text(address(_HEADING_ROW, n), heading, _HEADING)
    for row, values in enumerate(rows, start=_HEADING_ROW + 1):
        for n, value in enumerate(values, start=1):
            cell = address(row, n)
            if isinstance(value, int):
                sheet.number(cell, value, _BODY)
            else:
                sheet.text(cell, value, _BODY)
    last = max(_HEADING_ROW + len(rows), _HEADING_ROW + 1)
    sheet.autofilter(area(_HEADING_ROW, 1, last, len(_COLUMNS)))
    sheet.freeze(address(_HEADING_ROW + 1, 2))
    footer = Band(centre=(Field.PAGE, "/", Field.PAGES))
    sheet.print_setup(PrintSetup(paper="A4", repeat_rows=(_HEADING_ROW, _HEADING_ROW), footer=footer))
    return book.to_bytes()


def _issued(form: Form, survey: Survey, data: bytes) -> IssuedBook:
    stem = file_stem(survey)
    file, mail_file = f"{stem}.xlsx", f"{stem}_メール文.txt"
    folder = workspace.templates_folder() / workspace.safe_name(form.id)
    return IssuedBook(
        survey_id=survey.id,
        addressee=survey.addressee,
        listed=_listed(survey, file, mail_file),
        file=file,
        mail_file=mail_file,
        data=data,
        mail=mail_text(folder, form, survey, file),
    )


def _listed(survey: Survey, file: str, mail_file: str) -> tuple[str | int, ...]:
    """Give the columns of the list but for the hash."""
    cycle = survey.cycle
    return (
        survey.bureau.name,
        survey.section.name if survey.section else "",
        survey.bureau.lead_section,
        survey.bureau.mail,
        file,
        mail_file,
        len(survey.rows),
        survey.spare_rows,
        survey.id,
        date_in_words(cycle.section_deadline),
        date_in_words(cycle.office_deadline),
    )
