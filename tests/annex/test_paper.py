"""On paper: LibreOffice prints it, and the proof finds every character in its cell."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from dxkpi_xl.annex.layout import FIRST_ROW, AnnexLayout, annex_layout
from dxkpi_xl.annex.line_breaking import with_strict_line_breaks
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.pdf_clock import without_clock
from dxkpi_xl.annex.pdf_page import read_pdf
from dxkpi_xl.annex.pdf_proof import annex_pdf, prove
from dxkpi_xl.annex.workbook import layout_workbook
from dxkpi_xl.cycle.model import FULL_DASH, FULL_WIDTH, IN_HEADER, ROMAN_SIGNS, AnnexMargins, Register
from dxkpi_xl.findings import Catalogue, Finding
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.libreoffice import convert

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def printed(workbook: bytes, layout: AnnexLayout) -> tuple[bytes, tuple[Finding, ...]]:
    return annex_pdf(workbook, layout)


@pytest.fixture(scope="module")
def pdf_file(printed: tuple[bytes, tuple[Finding, ...]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "annex.pdf"
    path.write_bytes(printed[0])
    return path


def places(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.code, finding.place.cell) for finding in findings]


def test_r6_is_proved_on_paper(printed: tuple[bytes, tuple[Finding, ...]]) -> None:
    assert printed[1] == ()


def test_the_same_workbook_gives_the_same_pdf(
    workbook: bytes, layout: AnnexLayout, printed: tuple[bytes, tuple[Finding, ...]]
) -> None:
    assert annex_pdf(workbook, layout)[0] == printed[0]


@pytest.mark.parametrize(
    ("size", "body", "font"),
    [("A3", 9, "BIZ UD明朝"), ("A3", 10.5, "BIZ UDゴシック"), ("A4", 8, "BIZ UDゴシック"), ("B4", 8.5, "BIZ UD明朝")],
)
def test_hard_texts_are_proved_on_every_paper(
    form: Form, hard_register: Register, size: str, body: float, font: str
) -> None:
    layout = annex_layout(form, hard_register, annex_paper(hard_register.cycle, size=size, body=body, font=font))
    assert annex_pdf(layout_workbook(layout), layout)[1] == ()


def test_the_settings_of_the_cycle_are_proved_on_paper(form: Form, r6: Register) -> None:
    cycle = replace(
        r6.cycle,
        annex_body=10.5,
        margins=AnnexMargins(top=20, bottom=20, left=15, right=15),
        annex_date="令和6年6月1日現在",
        document_place=IN_HEADER,
        character_width=FULL_WIDTH,
        not_set_sign=FULL_DASH,
        roman_numerals=ROMAN_SIGNS,
    )
    layout = annex_layout(form, replace(r6, cycle=cycle), annex_paper(cycle))
    pdf, findings = annex_pdf(layout_workbook(layout), layout)
    assert findings == ()
    for page in read_pdf(pdf):
        in_order = sorted(page.characters, key=lambda character: (character.baseline, character.ink.left))
        assert "令和6年6月1日現在" in "".join(character.text for character in in_order)


def test_2000_rows_are_proved(form: Form, register_of_2000: Register) -> None:
    layout = annex_layout(form, register_of_2000, annex_paper(register_of_2000.cycle))
    assert annex_pdf(layout_workbook(layout), layout)[1] == ()


def test_a_clipped_cell_is_named(layout: AnnexLayout, catalogue: Catalogue) -> None:
    low = replace(layout, rows=(*layout.rows[:6], replace(layout.rows[6], height=30), *layout.rows[7:]))
    findings = prove(convert(layout_workbook(low), "pdf"), layout, "資料.pdf")
    assert places(findings) == [("P003", "I12"), ("P003", "J12")]
    assert "書面規制、対面規制" in catalogue.word(findings[0]).message


def test_a_number_that_does_not_fit_is_named(layout: AnnexLayout) -> None:
    narrow = replace(layout, widths=(*layout.widths[:-2], 3.5, layout.widths[-1]))
    findings = prove(convert(layout_workbook(narrow), "pdf"), layout)
    assert ("P003", "P18") in places(findings)


def test_a_page_too_many_is_told(layout: AnnexLayout) -> None:
    more = replace(layout, last_rows=(10, *layout.last_rows))
    [finding] = prove(convert(layout_workbook(more), "pdf"), layout)
    assert (finding.code, dict(finding.facts)) == ("P001", {"found": "7", "wanted": "6"})


def test_rows_on_another_page_than_planned_are_told(layout: AnnexLayout) -> None:
    moved = replace(layout, last_rows=(layout.last_rows[0] - 1, *layout.last_rows[1:]))
    findings = prove(convert(layout_workbook(moved), "pdf"), layout)
    assert [finding.code for finding in findings] == ["P002", "P002"]


def test_another_title_is_told(layout: AnnexLayout) -> None:
    findings = prove(convert(layout_workbook(replace(layout, title="別の題名")), "pdf"), layout)
    assert [finding.code for finding in findings] == ["P005"] * 6


def test_the_fonts_are_those_that_were_asked_for(pdf_file: Path) -> None:
    fonts = subprocess.run(["pdffonts", str(pdf_file)], capture_output=True, text=True, check=True).stdout
    names = {line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]}
    assert names == {"BIZUDGothic-Regular", "BIZUDGothic-Bold"}


def test_another_program_finds_the_same_pages_and_texts(pdf_file: Path, layout: AnnexLayout) -> None:
    """Poppler is the other judge: it reads the words of every row of a page, and the size of the paper."""
    assert shutil.which("pdftotext"), "poppler-utils is needed beside LibreOffice"
    words = subprocess.run(
        ["pdftotext", "-bbox", str(pdf_file), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = re.findall(r'<page width="([0-9.]+)" height="([0-9.]+)">(.*?)</page>', words, re.DOTALL)
    assert [(round(float(width)), round(float(height))) for width, height, _ in pages] == [(1191, 842)] * 6
    for rows, (_, _, page) in zip(layout.pages, pages, strict=True):
        found = re.findall(r"<word[^>]*>(.*?)</word>", page)
        for row in rows:
            assert layout.rows[row - FIRST_ROW].cells[0].text in found
        assert "".join(found).count("行政のDX等に係る令和6年度関連事業・KPI一覧") == 1


def test_the_type_on_paper_is_9_points(pdf_file: Path) -> None:
    import pdfplumber

    with pdfplumber.open(pdf_file) as pdf:
        sizes = {round(character["size"], 1) for page in pdf.pages for character in page.chars}
    assert sizes == {9.0, 14.0}


def test_strict_line_breaks_change_nothing_but_the_rule() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", '<style:paragraph-properties fo:text-align="center"/>')
        package.writestr("meta.xml", "<style:paragraph-properties/>")
    with zipfile.ZipFile(io.BytesIO(with_strict_line_breaks(written.getvalue()))) as package:
        assert package.namelist() == ["mimetype", "content.xml", "meta.xml"]
        wanted = b'<style:paragraph-properties style:line-break="strict" fo:text-align="center"/>'
        assert package.read("content.xml") == wanted
        assert package.read("meta.xml") == b"<style:paragraph-properties/>"


def test_no_line_begins_with_a_mark_that_must_not_begin_one(pdf_file: Path) -> None:
    words = subprocess.run(
        ["pdftotext", "-bbox", str(pdf_file), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert re.findall(r"<word[^>]*>([、。）)」』].*?)</word>", words) == []


def test_the_clock_is_taken_out_of_a_pdf_without_moving_a_byte() -> None:
    one = (
        b"/CreationDate(D:20241123150436Z')/ID [ <" + b"A" * 32 + b">\n<" + b"A" * 32 + b"> ]/DocChecksum /" + b"B" * 32
    )
    two = one.replace(b"20241123150436", b"20250401093000").replace(b"A", b"C").replace(b"B", b"D")
    assert without_clock(one) != one
    assert len(without_clock(one)) == len(one)
    assert without_clock(one).replace(b"C", b"A") == without_clock(two).replace(b"C", b"A")
