"""Whatever spreadsheet arrives, the same cells come out, or the reason why not."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import Cell
from dxkpi_xl.cells.read import read_workbook
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xlsx import read_xlsx

Make = Callable[..., bytes]
ROWS = '<row r="1"><c r="A1" t="str"><v>事業</v></c></row>'
LOCKED_XLS = Path(__file__).with_name("locked_by_libreoffice.xls").read_bytes()  # its password: himitsu
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(data: bytes, *passwords: str, **limits: int) -> tuple[UnreadableCode, object]:
    with pytest.raises(Unreadable) as caught:
        read_workbook(data, passwords=passwords, limits=Limits(**limits))
    facts = caught.value.facts
    return caught.value.code, facts.get("kind") or facts.get("limit") or facts.get("reason")


def texts(data: bytes) -> dict[str, str]:
    (sheet,) = read_workbook(data).sheets
    assert {cell.kind for cell in sheet.cells.values()} <= {"text"}
    assert (sheet.name, sheet.visibility, sheet.protected) == ("CSV", "visible", False)
    return {cell.address: cell.text for cell in sheet.cells.values()}


def test_an_xlsx_is_read_as_by_its_own_reader(hand_made: Make) -> None:
    assert read_workbook(hand_made(ROWS)) == read_xlsx(hand_made(ROWS))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_in_each_of_its_writings(encoding: str, separator: str, line_end: str) -> None:
    rows = [["管理番号", "事業名", "達成率"], ["L0001", "髙知、㈱①", "48.2%"], ["", "", "=1+1"], [" x ", "007", "NA"]]
    data = line_end.join(separator.join(row) for row in rows).encode(encoding)
    assert texts(data) == {
        "A1": "管理番号", "B1": "事業名", "C1": "達成率",
        "A2": "L0001", "B2": "髙知、㈱①", "C2": "48.2%",
        "C3": "=1+1",
        "A4": " x ", "B4": "007", "C4": "NA",
    }  # fmt: skip


def test_quotes_keep_separators_and_lines_in_a_field() -> None:
    data = '管理番号,概要\r\nL1,"一行目\r\n二、""三"", 四"\r\nL2,\t\t\r\n\x1a'.encode("cp932")
    assert texts(data) == {
        "A1": "管理番号", "B1": "概要", "A2": "L1", "B2": '一行目\n二、"三", 四', "A3": "L2", "B3": "\t\t"
    }  # fmt: skip


def test_separators_within_quotes_do_not_choose_the_separator() -> None:
    assert texts(b'"a,b,c,d"\t"e,f,g"\nx\ty') == {"A1": "a,b,c,d", "B1": "e,f,g", "A2": "x", "B2": "y"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", (UnreadableCode.EMPTY, None)),
        (b"%PDF-1.7", (UnreadableCode.WRONG_KIND, "pdf")),
        ("回答はありません。".encode(), (UnreadableCode.WRONG_KIND, "text")),
        (b"<html><table></table></html>", (UnreadableCode.WRONG_KIND, "html")),
        (b'a,"' + b"x" * 200_000, (UnreadableCode.DAMAGED, "csv")),
        (("あ," * 40_000).encode() + b"\xff\xff", (UnreadableCode.DAMAGED, "encoding")),
        (OLE + bytes(600), (UnreadableCode.WRONG_KIND, "unknown")),
        (LOCKED_XLS[:3_000], (UnreadableCode.DAMAGED, "half of a file")),
        (LOCKED_XLS[:300], (UnreadableCode.DAMAGED, "half of a file")),
        (b"\x09\x08\x10\0\0\x06\x05\0", (UnreadableCode.DAMAGED, "xls")),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, expected: tuple[UnreadableCode, object]) -> None:
    assert refusal(data) == expected


def test_an_xlsb_is_not_guessed_at(zip_of: Make) -> None:
    assert refusal(zip_of([("xl/workbook.bin", "")])) == (UnreadableCode.WRONG_KIND, "xlsb")


def test_a_zip_of_files_is_told_apart(zip_of: Make) -> None:
    assert refusal(zip_of([("調査票.xlsx", "x")])) == (UnreadableCode.WRONG_KIND, "zip")


@pytest.mark.parametrize("limit", ["file_bytes", "cells", "characters"])
def test_limits_hold_for_csv_and_xls(limit: str) -> None:
    assert refusal("事業,名".encode(), **{limit: 1}) == (UnreadableCode.TOO_LARGE, limit)
    assert refusal(LOCKED_XLS, "himitsu", **{limit: 1}) == (UnreadableCode.TOO_LARGE, limit)


def test_a_locked_xls_is_opened_with_one_of_the_passwords() -> None:
    (sheet,) = read_workbook(LOCKED_XLS, passwords=("other", "himitsu")).sheets
    assert tuple(sheet.cells.values()) == (
        Cell(1, 1, "管理番号", "text", None, "General", "管理番号", struck=False),
        Cell(1, 2, "48.2%", "number", None, "0.0%", "0.482", struck=False),
    )
    assert refusal(LOCKED_XLS, "other") == refusal(LOCKED_XLS) == (UnreadableCode.PASSWORD, None)


def locked(data: bytes, password: str) -> bytes:
    """Locked by msoffcrypto, which spoils what is smaller than 4 KiB."""
    stream = BytesIO()
    OOXMLFile(BytesIO(data)).encrypt(password, stream)
    return stream.getvalue()


@pytest.fixture(scope="session")
def large(parts_of: Callable[..., dict[str, str]], zip_of: Make) -> bytes:
    return zip_of({**parts_of(ROWS), "padding": "x" * 8_000}, zipfile.ZIP_STORED)


def test_a_locked_xlsx_is_opened_with_one_of_the_passwords(large: bytes) -> None:
    data = locked(large, "秘密の言葉")
    assert read_workbook(data, passwords=("other", "秘密の言葉")) == read_xlsx(large)
    assert refusal(data, "other") == refusal(data) == (UnreadableCode.PASSWORD, None)


def test_a_workbook_that_excel_opens_without_asking_is_opened(large: bytes) -> None:
    assert read_workbook(locked(large, "VelvetSweatshop")) == read_xlsx(large)


def test_what_is_locked_but_no_workbook_is_refused_as_what_it_is(
    parts_of: Callable[..., dict[str, str]], zip_of: Make
) -> None:
    types = "[Content_Types].xml"
    word = {types: parts_of()[types].replace("spreadsheetml", "wordprocessingml"), "word/document.xml": "x" * 8_000}
    assert refusal(locked(zip_of(word, zipfile.ZIP_STORED), "pw"), "pw") == (UnreadableCode.WRONG_KIND, "docx")


def test_a_damaged_encryption_is_damage(large: bytes) -> None:
    data = locked(large, "pw").replace(b"<keyData", b"<<eyData")
    assert refusal(data, "pw") == (UnreadableCode.DAMAGED, "encryption")
