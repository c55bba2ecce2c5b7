"""督促: a letter for everybody who has not answered after the deadline, ready to be sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from dxkpi_xl.reports.state import State
from dxkpi_xl.reports.status import AddresseeStatus
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.survey_books.distribution import file_stem
from dxkpi_xl.survey_books.mails import letter, mail_facts
from dxkpi_xl.workspace import safe_name, templates_folder

# How the letters' names begin.
PREFIX = "督促_"
TEMPLATE = "mail_reminder.txt"


def reminders(issued: Issued, statuses: Iterable[AddresseeStatus], today: datetime.date) -> Mapping[str, bytes]:
    """Give the letters by file name: one for each addressee that has not returned anything past its deadline."""
    deadline = issued.register.cycle.office_deadline
    if deadline is None or today <= deadline:
        return {}
    folder = templates_folder() / safe_name(issued.form.id)
    found = {}
    for status in statuses:
        if status.state is State.NOT_RETURNED:
            survey = issued.surveys[status.survey_id]
            stem = file_stem(survey)
            text = letter(folder, TEMPLATE, mail_facts(issued.form, survey, f"{stem}.xlsx"))
            found[f"{PREFIX}{stem}.txt"] = text.replace("\n", "\r\n").encode("utf-8-sig")
    return found
