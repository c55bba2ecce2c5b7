"""A file is taken for what it contains, whatever it is called."""

from collections.abc import Callable
from io import BytesIO

import pytest
from odf.opendocument import OpenDocumentSpreadsheet

from dxkpi_xl.cells.sniff import FileKind, sniff
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xlsx import read_xlsx

Make = Callable[..., bytes]
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def ole(stream: str) -> bytes:
    """A container as far as its directory: one entry, in the sector after the header."""
    name = stream.encode("utf-16-le") + b"\0\0"
    entry = name.ljust(64, b"\0") + len(name).to_bytes(2, "little") + bytes(62)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry


def content_type(kind: str) -> list[tuple[str, str]]:
    return [("[Content_Types].xml", f'<Types><Override ContentType="application/{kind}"/></Types>')]


def lock_file(user: str) -> bytes:
    name = user.encode("cp932")
    return bytes([len(name)]) + name.ljust(54) + bytes([len(user), 0]) + user.ljust(54).encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", FileKind.EMPTY),
        (ole("Workbook"), FileKind.XLS),
        (ole("Book"), FileKind.XLS),
        (ole("EncryptedPackage"), FileKind.ENCRYPTED),
        (ole("WordDocument"), FileKind.DOC),
        (ole("Other"), FileKind.UNKNOWN),
        (b"\x09\x08\x10\0\0\x06\x05\0", FileKind.XLS),
        (b"%PDF-1.7\n%\xe2\xe3", FileKind.PDF),
        (lock_file("山田 太郎"), FileKind.LOCK_FILE),
        ("管理番号,事業名\r\n1,あ\r\n".encode("cp932"), FileKind.CSV),
        ("管理番号\t事業名\r\n".encode("utf-16"), FileKind.CSV),
        ("\ufeff管理番号,事業名\n".encode(), FileKind.CSV),
        (("あ," * 60_000).encode(), FileKind.CSV),
        (("あ" * 60_000).encode("cp932"), FileKind.TEXT),
        ("該当なしと回答します。".encode(), FileKind.TEXT),
        (b"<html><table></table></html>", FileKind.HTML),
        (b'<?xml version="1.0"?><Workbook/>', FileKind.XML),
        (b"\0\1\2\3\xff\xfe", FileKind.UNKNOWN),
        (b"PK\3\4 half-copied xl/workbook.xml", FileKind.XLSX),
        (b"PK\3\4 half-copied", FileKind.ZIP),
    ],
)
def test_a_file_is_known_by_its_content(data: bytes, kind: FileKind) -> None:
    assert sniff(data) is kind


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ([("調査票.xlsx", "x")], FileKind.ZIP),
        (content_type("vnd.ms-excel.sheet.binary.macroEnabled.main"), FileKind.XLSB),
        (content_type("vnd.ms-excel.sheet.macroEnabled.main+xml"), FileKind.XLSM),
        (content_type("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"), FileKind.XLSX),
        (content_type("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"), FileKind.DOCX),
        (content_type("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), FileKind.PPTX),
        ([("xl\\workbook.bin", "")], FileKind.XLSB),
        ([("word/document.xml", "")], FileKind.DOCX),
    ],
)
def test_a_zip_is_known_by_its_parts_and_not_read_as_another(
    zip_of: Make, parts: list[tuple[str, str]], kind: FileKind
) -> None:
    data = zip_of(parts)
    assert sniff(data) is kind
    with pytest.raises(Unreadable) as caught:
        read_xlsx(data)
    if kind in {FileKind.XLSX, FileKind.XLSM}:
        assert caught.value.code is UnreadableCode.NO_SHEET
    else:
        assert (caught.value.code, caught.value.facts["kind"]) == (UnreadableCode.WRONG_KIND, kind.value)


def test_both_kinds_of_open_xml_are_told_apart(hand_made: Make) -> None:
    assert sniff(hand_made()) is FileKind.XLSX
    assert sniff(hand_made(main=STRICT)) is FileKind.STRICT_XLSX


def test_an_opendocument_spreadsheet_is_known() -> None:
    stream = BytesIO()
    OpenDocumentSpreadsheet().write(stream)
    assert sniff(stream.getvalue()) is FileKind.ODS


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", UnreadableCode.EMPTY),
        (ole("EncryptedPackage"), UnreadableCode.PASSWORD),
        (ole("Workbook"), UnreadableCode.WRONG_KIND),
        (b"%PDF-1.7", UnreadableCode.WRONG_KIND),
        (b"a,b\n", UnreadableCode.WRONG_KIND),
        (b"PK\3\4", UnreadableCode.DAMAGED),
    ],
)
def test_what_is_no_workbook_is_refused_with_its_reason(data: bytes, code: UnreadableCode) -> None:
    with pytest.raises(Unreadable) as caught:
        read_xlsx(data)
    assert caught.value.code is code
