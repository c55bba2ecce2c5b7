"""Bytes of files that are no return: made here, so that nobody's real file lies in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from openpyxl import Workbook, load_workbook

SHEET = "xl/worksheets/sheet2.xml"
_CONTENT_TYPES = "[Content_Types].xml"


def zip_of(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def zip_with_cp932_names(parts: Mapping[str, bytes]) -> bytes:
    """A zip as Windows in Japan makes it: the names in CP932, and nothing that says so."""
    placeholders = {f"{n:02d}{'x' * (len(name.encode('cp932')) - 2)}": name for n, name in enumerate(parts)}
    data = zip_of({ascii_name: parts[name] for ascii_name, name in placeholders.items()})
    for ascii_name, name in placeholders.items():
        data = data.replace(ascii_name.encode("ascii"), name.encode("cp932"))
    return data


def parts_of(workbook: bytes) -> dict[str, bytes]:
    """The parts of a workbook, by name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(workbook: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed."""
    parts = parts_of(workbook)
    parts[name] = change(parts[name])
    return zip_of(parts)


def bomb(workbook: bytes) -> bytes:
    """A workbook of a few hundred KiB, one sheet of which is 110 MiB of blanks."""
    return with_part(workbook, SHEET, lambda _: b" " * (110 * 1024 * 1024))


def with_entities(workbook: bytes) -> bytes:
    """A workbook whose sheet would grow quadratically through an entity."""
    doctype = b'<!DOCTYPE worksheet [<!ENTITY a "' + b"a" * 50_000 + b'">]>'
    return with_part(workbook, SHEET, lambda _: doctype + b"<worksheet>" + b"&a;" * 50_000 + b"</worksheet>")


def with_doctype(workbook: bytes) -> bytes:
    """A workbook whose sheet points to a file of the reader's."""
    outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'
    return with_part(workbook, SHEET, lambda part: outside + part[part.index(b"<worksheet") :])


def with_duplicated_part(workbook: bytes) -> bytes:
    """A workbook with its sheet twice: which one counts depends on the program."""
    stream = io.BytesIO(workbook)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(SHEET.upper(), parts_of(workbook)[SHEET])
    return stream.getvalue()


def half_of(data: bytes) -> bytes:
    """What lies there when copying stopped in the middle."""
    return data[: len(data) // 2]


def another_form() -> bytes:
    """A workbook of something else."""
    book = Workbook()
    book.active.append(["氏名", "所属", "出席"])
    return saved(book)


def document() -> bytes:
    """A Word document."""
    types = b'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document"/>'
    return zip_of({_CONTENT_TYPES: types + b"</Types>", "word/document.xml": b"<w/>"})


def lock_file() -> bytes:
    """What Excel lays beside an open workbook: the user's name twice."""
    name = "dx"
    return (
        bytes([len(name)]) + name.encode().ljust(54) + struct.pack("<H", len(name)) + name.ljust(54).encode("utf-16-le")
    )


def thumbs_db() -> bytes:
    """An OLE container with the stream that Windows Explorer keeps its small pictures in."""
    entry = "Catalog".encode("utf-16-le") + b"\0\0"
    directory = entry.ljust(64, b"\0") + struct.pack("<H", len(entry)) + b"\2" + bytes(61)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(30, b"\0") + b"\x09\0" + bytes(480) + directory + bytes(512)


def ds_store() -> bytes:
    """The first bytes of what macOS lays into every folder."""
    return b"\0\0\0\1Bud1\0\0\x10\0" + bytes(4_000)


def with_password(workbook: bytes, password: str) -> bytes:
    """The workbook encrypted as Excel does it (ECMA-376 agile)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt(password, locked)
    return locked.getvalue()


def with_id(workbook: bytes, was: str, now: str) -> bytes:
    """The workbook with every copy of its 調査票ID replaced, hidden ones too."""
    return zip_of({name: part.replace(was.encode(), now.encode()) for name, part in parts_of(workbook).items()})


def copied_into_another_workbook(workbook: bytes) -> bytes:
    """The values of the answer sheet alone, in somebody's own workbook, after a sheet of their own."""
    book = Workbook()
    book.active.title = "打合せメモ"
    sheet = book.create_sheet("コピー ～ 調査票")
    for row in load_workbook(io.BytesIO(workbook))["事業・KPI"].iter_rows():
        for cell in row:
            if cell.value is not None and cell.data_type != "f":
                target = sheet.cell(cell.row + 3, cell.column + 2)
                target.value, target.number_format = cell.value, cell.number_format
    return saved(book)


def rebuilt(workbook: bytes) -> bytes:
    """Hidden sheets and properties gone, sheets renamed, rows and a column put in: the same answers."""
    book = load_workbook(io.BytesIO(workbook))
    for sheet in list(book.worksheets):
        if sheet.sheet_state != "visible":
            del book[sheet.title]
    for n, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{n}"
    book.properties.subject = book.properties.title = None
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook of openpyxl."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
