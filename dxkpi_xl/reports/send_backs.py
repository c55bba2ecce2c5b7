"""差し戻し: for each department with something to mend, its own workbook as it was returned, marked, and a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl.findings import Catalogue
from dxkpi_xl.merge.settled import Settled
from dxkpi_xl.reports.send_back_answers import put_together
from dxkpi_xl.reports.send_back_files import SendBacks
from dxkpi_xl.reports.send_back_remarks import Remarks, to_mend
from dxkpi_xl.reports.status import AddresseeStatus
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return
from dxkpi_xl.survey_books.distribution import file_stem
from dxkpi_xl.survey_books.filled import REMARKS_SHEET, Filled
from dxkpi_xl.survey_books.mails import letter, mail_facts
from dxkpi_xl.survey_books.many import Wanted, batch
from dxkpi_xl.survey_books.offered import Offers
from dxkpi_xl.survey_books.remark_words import counted
from dxkpi_xl.workspace import safe_name, templates_folder

TEMPLATE = "mail_send_back.txt"
PREFIX = "差し戻し"
_TOGETHER = 4  # workbooks that are sent to a process together


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBack:
    """What goes back to one department: the name of both files but for their suffix, the workbook to be, the mail."""

    stem: str
    book: Wanted
    mail: str

    @property
    def made_of(self) -> str:
        """Tell apart all that the files are made of, beside the record of what was issued: of that is the survey."""
        survey = self.book.survey
        return repr((survey.id, survey.spare_rows, self.book.filled, self.mail))


def send_backs(
    issued: Issued,
    returns: Sequence[Return],
    findings: Sequence[Settled],
    statuses: Iterable[AddresseeStatus],
    catalogue: Catalogue,
) -> tuple[SendBack, ...]:
    """Give what goes back, in the order of the organisation.

    Findings of 誤り or 確認 that still count are listed; those that the office accepted, or that only the office can
    do something about, are not. A survey of which several returns count gets one workbook for all of them.
    """
    parts: dict[str, list[Return]] = {}
    for answer in returns:
        parts.setdefault(answer.survey_id, []).append(answer)
    own = _by_survey(to_mend(findings, catalogue), returns)
    ids = [status.survey_id for status in statuses if status.survey_id in own]
    return tuple(each for key in ids for each in _sent_back(issued, parts[key], own[key], catalogue))


def in_batches(folder: Path, issued: Issued, going: Sequence[SendBack]) -> tuple[SendBacks, ...]:
    """Give what goes back through a folder, some at a time, ready to be made."""
    offers = Offers(issued.register)
    some = (going[n : n + _TOGETHER] for n in range(0, len(going), _TOGETHER))
    return tuple(
        SendBacks(
            folder=folder,
            stems=tuple(each.stem for each in these),
            mails=tuple(each.mail for each in these),
            books=batch(issued.form, offers, [each.book for each in these]),
        )
        for these in some
    )


def _by_survey(findings: Iterable[Settled], returns: Iterable[Return]) -> Mapping[str, Sequence[Settled]]:
    survey_of = {answer.file: answer.survey_id for answer in returns}
    found: dict[str, list[Settled]] = {}
    for each in findings:
        if each.found.place.file in survey_of:
            found.setdefault(survey_of[each.found.place.file], []).append(each)
    return found


def _sent_back(
    issued: Issued, parts: Sequence[Return], findings: Sequence[Settled], catalogue: Catalogue
) -> Iterator[SendBack]:
    survey = issued.surveys[parts[0].survey_id]
    put = put_together(issued, survey, parts)
    remarks = Remarks(issued=issued, put=put, parts=parts, catalogue=catalogue).of(findings)
    if not remarks:
        return
    filled = Filled(
        answers=put.answers,
        head=put.head,
        remarks=remarks,
        leftovers=put.leftovers,
        sources=put.sources,
        numbers=put.numbers,
    )
    stem = f"{PREFIX}_{file_stem(survey)}"
    facts = mail_facts(issued.form, survey, f"{stem}.xlsx") | {
        "remarks": REMARKS_SHEET,
        "counts": counted(remarks),
        "received": "\n  ".join(put.sources),
        "answers": issued.form.sheets["answers"],
    }
    text = letter(templates_folder() / safe_name(issued.form.id), TEMPLATE, facts)
    yield SendBack(stem=stem, book=Wanted(survey=put.survey, filled=filled), mail=text)
