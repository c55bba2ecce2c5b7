"""The mail that carries a survey workbook, from the form's template: 件名, 本文 with deadline, 添付, 提出先."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

from dxkpi_xl.cycle.survey import Survey
from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.form.columns import Form
from dxkpi_xl.survey_books.words import date_in_words, send_to

TO_BUREAU = "mail_bureau.txt"
TO_SECTION = "mail_section.txt"


def mail_text(folder: Path, form: Form, survey: Survey, file: str) -> str:
    """Give the mail of a survey; with a workbook for each section, it is the bureau's 主管課 that sends it.

    Raises ``TemplateBroken`` where the template of ``folder`` is missing or quotes what it cannot.
    """
    return letter(folder, TO_SECTION if survey.section else TO_BUREAU, mail_facts(form, survey, file))


def letter(folder: Path, name: str, facts: Mapping[str, str]) -> str:
    """Give a letter from a template file of a form's folder, what it quotes filled in; raises ``TemplateBroken``."""
    try:
        return _filled(name, (folder / name).read_text(encoding="utf-8"), facts)
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateBroken(name, "全体", f"読み取れません({error})。") from error


def mail_facts(form: Form, survey: Survey, file: str) -> dict[str, str]:
    """Give what a mail may quote, by name."""
    cycle, bureau = survey.cycle, survey.bureau
    return {
        "title": cycle.full_title,
        "document": cycle.document,
        "meeting": cycle.meeting,
        "prefecture": cycle.prefecture,
        "addressee": survey.addressee,
        "bureau": bureau.name,
        "lead_section": bureau.lead_section or "主管課",
        "lead_mail": bureau.mail,
        "office_section": cycle.contact.section,
        "section_deadline": date_in_words(cycle.section_deadline),
        "office_deadline": date_in_words(cycle.office_deadline),
        "send_to": send_to(cycle.contact),
        "guide": form.sheets["guide"],
        "survey_id": survey.id,
        "rows": str(len(survey.rows)),
        "file": file,
    }


def _filled(name: str, template: str, facts: Mapping[str, str]) -> str:
    try:
        wanted = {field for _, field, spec, turn in string.Formatter().parse(template) if field is not None}
    except ValueError as error:
        raise TemplateBroken(name, "全体", f"括弧 {{ }} が正しくありません({error})。") from error
    strange = sorted(wanted - set(facts))
    if strange:
        raise TemplateBroken(name, f"{{{strange[0]}}}", f"使える名前は {'、'.join(sorted(facts))} です。")
    return template.format(**{field: facts[field] for field in wanted})
