"""What a file is, by its content alone: names and extensions lie."""

from codecs import getincrementaldecoder
from collections.abc import Callable
from enum import StrEnum

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.unreadable import Unreadable
from dxkpi_xl.cells.zip_parts import ZipParts


class FileKind(StrEnum):
    EMPTY = "empty"
    XLSX = "xlsx"
    XLSM = "xlsm"
    STRICT_XLSX = "strict_xlsx"  # "Strict Open XML": read like .xlsx
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    ENCRYPTED = "encrypted"  # a workbook (or document) locked with a password
    CSV = "csv"  # text with separators
    TEXT = "text"
    HTML = "html"
    XML = "xml"
    ZIP = "zip"
    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    PPTX = "pptx"
    LOCK_FILE = "lock_file"  # the ~$ file that Excel keeps beside an open workbook
    SYSTEM_FILE = "system_file"  # .DS_Store, ._x, Thumbs.db, desktop.ini: from a system, not from a person
    UNKNOWN = "unknown"


_SEEN = 65_536  # bytes of a text that are looked at
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (  # in this order: an encrypted workbook has only the first
    ("EncryptedPackage", FileKind.ENCRYPTED),
    ("WordDocument", FileKind.DOC),
    ("Workbook", FileKind.XLS),
    ("Book", FileKind.XLS),  # Excel 5 and 95
    ("Catalog", FileKind.SYSTEM_FILE),  # Thumbs.db
)
_CONTENT_TYPES = (  # in [Content_Types].xml, the type of the main part
    (b"sheet.binary.macroenabled", FileKind.XLSB),
    (b"ms-excel.sheet.macroenabled", FileKind.XLSM),
    (b"ms-excel.template.macroenabled", FileKind.XLSM),
    (b"spreadsheetml.sheet.main", FileKind.XLSX),
    (b"spreadsheetml.template.main", FileKind.XLSX),
    (b"wordprocessingml", FileKind.DOCX),
    (b"ms-word", FileKind.DOCX),
    (b"presentationml", FileKind.PPTX),
    (b"ms-powerpoint", FileKind.PPTX),
)
_MAIN_PARTS = (  # where there are no usable content types
    ("xl/workbook.bin", FileKind.XLSB),
    ("xl/workbook.xml", FileKind.XLSX),
    ("word/document.xml", FileKind.DOCX),
    ("ppt/presentation.xml", FileKind.PPTX),
)


def sniff(data: bytes) -> FileKind:
    """The kind of file `data` is; never raises, a damaged file is what its beginning says (UNKNOWN if nothing)."""
    if data.startswith(_OLE):
        return _sniff_ole(data)
    if data.startswith((b"PK\3\4", b"PK\5\6")):
        return _sniff_zip(data)
    for kind, is_of_kind in _SIGNS:
        if is_of_kind(data):
            return kind
    return _sniff_text(data[:_SEEN])


def _sniff_ole(data: bytes) -> FileKind:
    for name, kind in _OLE_STREAMS:
        if _has_ole_stream(data, name):
            return kind
    return FileKind.UNKNOWN


def is_half_of_ole(data: bytes) -> bool:
    """Does an OLE container end before its directory, so that nothing tells what it held [MS-CFB 2.2]?"""
    if not data.startswith(_OLE):
        return False
    sector_shift, directory = data[30:32], data[48:52]
    start = (int.from_bytes(directory, "little") + 1) << (int.from_bytes(sector_shift, "little") & 0xF)
    return len(data) < 512 or start >= len(data)


def _has_ole_stream(data: bytes, name: str) -> bool:
    """Is there a directory entry of that name: 128 bytes, aligned, the length of the name at 64 [MS-CFB 2.6.1]?"""
    wanted = name.encode("utf-16-le") + b"\0\0"
    position = data.find(wanted)
    while position >= 0:
        if position % 128 == 0 and data[position + 64 : position + 66] == len(wanted).to_bytes(2, "little"):
            return True
        position = data.find(wanted, position + 1)
    return False


def _sniff_zip(data: bytes) -> FileKind:
    try:
        return kind_of_zip(ZipParts(data, Limits()))
    except Unreadable:
        return _sniff_broken_zip(data)


def is_archive(data: bytes) -> bool:
    """Is `sniff(data)` ZIP?  Of a document that names its main part as usual no part is opened to tell."""
    return not _names_a_main_part(data) and sniff(data) is FileKind.ZIP


def _names_a_main_part(data: bytes) -> bool:
    """Whatever the other parts say, the name of this one would tell, also if they are damaged (`_sniff_broken_zip`)."""
    if not data.startswith(b"PK\3\4"):
        return False
    try:
        parts = ZipParts(data, Limits())
    except Unreadable:
        return False
    return any(name in parts and data.rfind(name.encode()) >= 0 for name, _ in _MAIN_PARTS)


def kind_of_zip(parts: ZipParts) -> FileKind:
    """The kind of an opened zip; ZIP if it is no document.  Raises Unreadable as reading a part does."""
    if "mimetype" in parts and parts.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return FileKind.ODS
    kind = FileKind.ZIP
    if "[Content_Types].xml" in parts:
        kind = _first(_CONTENT_TYPES, parts.read("[Content_Types].xml").lower())
    if kind is FileKind.ZIP:
        kind = next((kind for name, kind in _MAIN_PARTS if name in parts), FileKind.ZIP)
    if kind is FileKind.XLSX and "xl/workbook.xml" in parts:
        strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main" in parts.read("xl/workbook.xml")
        return FileKind.STRICT_XLSX if strict else kind
    return kind


def _first(choices: tuple[tuple[bytes, FileKind], ...], content: bytes) -> FileKind:
    return next((kind for sign, kind in choices if sign in content), FileKind.ZIP)


def _sniff_broken_zip(data: bytes) -> FileKind:
    """Half-copied: the names of the parts still stand at their beginnings."""
    return next((kind for name, kind in _MAIN_PARTS if name.encode() in data), FileKind.ZIP)


def _is_lock_file(data: bytes) -> bool:
    """165 bytes: the length of the user's name, the name padded to 54 with spaces, then the same in UTF-16."""
    return len(data) == 165 and data[0] <= 54 and not data[1 + data[0] : 55].strip(b" \0")


_SIGNS: tuple[tuple[FileKind, Callable[[bytes], bool]], ...] = (
    (FileKind.EMPTY, lambda data: not data),
    (FileKind.PDF, lambda data: b"%PDF-" in data[:1024]),
    (FileKind.LOCK_FILE, _is_lock_file),
    (FileKind.SYSTEM_FILE, lambda data: data.startswith((b"\0\0\0\1Bud1", b"\0\5\x16\7"))),  # .DS_Store, AppleDouble
    (FileKind.XLS, lambda data: data[:2] == b"\x09\x08"),  # a BIFF5-8 stream without its OLE container
)


def _sniff_text(beginning: bytes) -> FileKind:
    text = _decoded(beginning)
    if text is None:
        return FileKind.UNKNOWN
    start = text.lstrip("\ufeff \t\r\n").lower()
    if start.startswith("[.shellclassinfo]"):  # desktop.ini
        return FileKind.SYSTEM_FILE
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta")):
        return FileKind.HTML
    if start.startswith("<?xml"):
        return FileKind.HTML if "<html" in start else FileKind.XML
    return FileKind.CSV if "," in text or "\t" in text or ";" in text else FileKind.TEXT


def _decoded(beginning: bytes) -> str | None:
    """The text in UTF-8, CP932 or UTF-16 with a mark; None if it is none of these, or holds control characters."""
    for encoding in ("utf-16",) if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp932"):
        try:
            # Not final: the last character may be cut in two at the end of what is looked at.
            text = getincrementaldecoder(encoding)().decode(beginning, final=len(beginning) < _SEEN)
        except UnicodeDecodeError:
            continue
        if not any(character < " " and character not in "\t\r\n\f\x1a" for character in text):
            return text
    return None
