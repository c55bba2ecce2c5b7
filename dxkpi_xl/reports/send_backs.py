"""差し戻し: for each department with something to mend, its own workbook as it was returned, marked, and a mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dxkpi_xl.findings import Catalogue
from dxkpi_xl.merge.settled import Settled
from dxkpi_xl.reports.send_back_answers import put_together
from dxkpi_xl.reports.send_back_remarks import Remarks, to_mend
from dxkpi_xl.reports.status import AddresseeStatus
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return
from dxkpi_xl.survey_books.distribution import file_stem
from dxkpi_xl.survey_books.filled import REMARKS_SHEET, Filled
from dxkpi_xl.survey_books.mails import letter, mail_facts
from dxkpi_xl.survey_books.remark_words import counted
from dxkpi_xl.survey_books.workbook import survey_workbook
from dxkpi_xl.workspace import safe_name, templates_folder

TEMPLATE = "mail_send_back.txt"
PREFIX = "差し戻し"


def send_backs(
    issued: Issued,
    returns: Sequence[Return],
    findings: Sequence[Settled],
    statuses: Iterable[AddresseeStatus],
    catalogue: Catalogue,
) -> Mapping[str, bytes]:
    """Give the workbooks and mails by file name, in the order of the organisation.

    Findings of 誤り or 確認 that still count are listed; those that the office accepted, or that only the office can
    do something about, are not. A survey of which several returns count gets one workbook for all of them.
    """
    found: dict[str, bytes] = {}
    for status in statuses:
        parts = [answer for answer in returns if answer.survey_id == status.survey_id]
        own = to_mend(findings, frozenset(part.file for part in parts), catalogue)
        found.update(_sent_back(issued, parts, own, catalogue) if own else ())
    return found


def _sent_back(
    issued: Issued, parts: Sequence[Return], findings: Sequence[Settled], catalogue: Catalogue
) -> Iterator[tuple[str, bytes]]:
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
    yield f"{stem}.xlsx", survey_workbook(issued.form, issued.register, put.survey, filled)
    facts = mail_facts(issued.form, survey, f"{stem}.xlsx") | {
        "remarks": REMARKS_SHEET,
        "counts": counted(remarks),
        "received": "\n  ".join(put.sources),
        "answers": issued.form.sheets["answers"],
    }
    text = letter(templates_folder() / safe_name(issued.form.id), TEMPLATE, facts)
    yield f"{stem}_メール文.txt", text.replace("\n", "\r\n").encode("utf-8-sig")
