"""What goes out with the workbooks: the list with hashes, and a mail for each."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from dxkpi_xl.cycle.model import PER_SECTION, Bureau, Register, Section
from dxkpi_xl.errors import CannotProceed, TemplateBroken
from dxkpi_xl.form.columns import Form
from dxkpi_xl.survey_books.distribution import LIST_FILE, distribution_files, file_stem
from dxkpi_xl.survey_books.mails import mail_text
from dxkpi_xl.workspace import templates_folder

from .conftest import ANSWERS, opened, survey_of

SOMU = "調査票_R6_総務部_R6-01-0"


def no_progress(done: int, of: int) -> None:
    """Say nothing."""


def test_one_workbook_and_one_mail_for_each_bureau_and_a_list_of_them(form: Form, r6: Register) -> None:
    made = distribution_files(form, r6, None, no_progress)
    assert [addressee for addressee, _ in made.addressees] == [bureau.name for bureau in r6.bureaus]
    assert len(made.files) == 2 * 6 + 1
    rows = list(load_workbook(io.BytesIO(made.files[LIST_FILE])).active.iter_rows(min_row=3, values_only=True))
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first == {
        "部局": "総務部",
        "課": None,
        "主管課(送付先)": "行政経営課",
        "メール": None,
        "ファイル": f"{SOMU}.xlsx",
        "メール文": f"{SOMU}_メール文.txt",
        "行数": 24,
        "空き行": 10,
        "調査票ID": "R6-01-0",
        "主管課への期限": "令和6年5月17日(金)",
        "事務局への期限": "令和6年5月24日(金)",
        "SHA-256": hashlib.sha256(made.files[f"{SOMU}.xlsx"]).hexdigest(),
    }


def test_issuing_one_bureau_again_keeps_all_in_the_list(form: Form, r6: Register) -> None:
    every = distribution_files(form, r6, None, no_progress)
    one = distribution_files(form, r6, "土木部", no_progress)
    assert sorted(one.files) == sorted(
        ["調査票_R6_土木部_R6-03-W.xlsx", "調査票_R6_土木部_R6-03-W_メール文.txt", LIST_FILE]
    )
    assert one.files[LIST_FILE] == every.files[LIST_FILE]


def test_an_unknown_addressee_is_told_whom_there_is(form: Form, r6: Register) -> None:
    with pytest.raises(CannotProceed) as caught:
        distribution_files(form, r6, "総務課", no_progress)
    assert caught.value.what == "「総務課」という部局はありません。"
    assert "総務部、企画調整部" in caught.value.remedy


def test_the_mail_says_subject_deadline_attachment_and_where_to_send(form: Form, r6: Register) -> None:
    mail = mail_text(templates_folder() / form.id, form, survey_of(form, r6, "総務部"), f"{SOMU}.xlsx")
    assert mail.splitlines()[0] == "件名: 行政のDX等に係る令和6年度関連事業・KPI一覧について(照会)"
    for words in (
        "令和6年5月24日(金)までに御回答くださるようお願いします。",
        f"{SOMU}.xlsx(調査票ID R6-01-0、24行)",
        "企画調整部デジタル変革課 DX推進担当 内線 2000 dx-survey@pref.example.jp",
    ):
        assert words in mail
    assert "{" not in mail


def test_each_section_gets_its_own_workbook_sent_by_the_lead_section(form: Form, r6: Register) -> None:
    register = replace(r6, cycle=replace(r6.cycle, distribute_to=PER_SECTION))
    survey = survey_of(form, register, "総務部 税務課")
    made = distribution_files(form, register, "総務部", no_progress)
    assert len(made.addressees) == 8
    document = made.files[f"{file_stem(survey)}.xlsx"]
    book = opened(document)
    assert book.cell("", "部局").value == "総務部 税務課"
    assert [book.cell(key, "担当課").value for key in book.rows if key.startswith("L")] == ["税務課"] * len(survey.rows)
    assert [cell.value for (cell,) in book.book["選択肢"]["G2:G3"]] == ["税務課", None]
    mail = made.files[f"{file_stem(survey)}_メール文.txt"].decode("utf-8-sig")
    assert "総務部行政経営課です。" in mail
    assert "令和6年5月17日(金)までに御回答くださるようお願いします。" in mail
    assert ANSWERS in book.book.sheetnames


def test_names_of_files_are_safe_whatever_a_bureau_is_called(form: Form, r6: Register) -> None:
    strange = Bureau(code="99", name="CON/..\\部:局?*", sections=(Section(code="9901", name="課"),))
    register = replace(r6, bureaus=(strange,), projects=(), kpis=(), listings=())
    stem = file_stem(survey_of(form, register, strange.name))
    assert not set(stem) & set('/\\:*?"<>|')
    assert stem.startswith("調査票_R6_")


def test_a_mail_template_that_quotes_what_there_is_not_is_refused(form: Form, r6: Register, tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "mail_bureau.txt").write_text("件名: {subject}", encoding="utf-8")
    with pytest.raises(TemplateBroken) as caught:
        mail_text(tmp_path, form, survey_of(form, r6, "総務部"), "x.xlsx")
    assert (caught.value.file, caught.value.entry) == ("mail_bureau.txt", "{subject}")
