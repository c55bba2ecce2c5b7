"""Whatever happens to the bytes, the answer is cells or a refusal, and soon."""

import random
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from dxkpi_xl.cells.model import WorkbookCells
from dxkpi_xl.cells.read import read_workbook
from dxkpi_xl.cells.sniff import FileKind, is_archive, sniff
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xlsx import read_xlsx

MUTANTS = 400
SECONDS_EACH = 2.0  # a sound file of this size takes some milliseconds


def seed_workbook() -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("調査票")
    percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": 27})
    for row in range(12):
        sheet.write_string(row, 0, f"L{row:04d}")
        sheet.write_rich_string(row, 1, "事業", book.add_format({"bold": True}), f"{row}")
        sheet.write_number(row, 2, 0.482, percent)
        sheet.write_number(row, 3, 45_383 + row, day)
        sheet.write_formula(row, 4, f"=A{row + 1}", None, "x")
    sheet.merge_range("A20:C20", "合計")
    sheet.protect()
    book.close()
    return stream.getvalue()


def changed(content: bytes, chance: random.Random) -> bytes:
    """Some bytes overwritten, cut out, or copied elsewhere."""
    mutant = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(mutant)), chance.randint(1, 40)
        piece = bytes(mutant[at : at + length])
        other = chance.randrange(len(mutant))
        kind = chance.randrange(4)
        if kind == 0:
            mutant[at] = chance.randrange(256)
        elif kind == 1 and len(mutant) > length + 1:
            del mutant[at : at + length]
        elif kind == 2:
            mutant[other:other] = piece
        else:
            mutant[at : at + 1] = chance.choice([b"<", b">", b"&", b'"', b"0", b"99999999999", b"\xff", b"\0"])
        if not mutant:
            return b""
    return bytes(mutant)


def changed_inside(data: bytes, chance: random.Random) -> bytes:
    """The same done to the XML of one part, in a sound zip."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as sound, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        chosen = chance.choice([name for name in sound.namelist() if name.endswith((".xml", ".rels"))])
        for name in sound.namelist():
            content = sound.read(name)
            archive.writestr(name, changed(content, chance) if name == chosen else content)
    return stream.getvalue()


def read_in_time(data: bytes) -> str:
    started = time.perf_counter()
    try:
        assert isinstance(read_xlsx(data), WorkbookCells)
        outcome = "read"
    except Unreadable as unreadable:
        outcome = unreadable.code.value
    assert is_archive(data) == (sniff(data) is FileKind.ZIP)
    assert time.perf_counter() - started < SECONDS_EACH
    return outcome


def outcomes(mutate: Callable[[bytes, random.Random], bytes]) -> set[str]:
    chance, data = random.Random(20_260), seed_workbook()  # noqa: S311 - the same mutants every time
    return {read_in_time(mutate(data, chance)) for _ in range(MUTANTS)}


def test_a_file_with_changed_bytes_is_read_or_refused() -> None:
    assert {"damaged", "unsafe"} <= outcomes(changed)


def test_a_workbook_with_changed_xml_is_read_or_refused() -> None:
    assert {"read", "damaged"} <= outcomes(changed_inside)


def overwritten(content: bytes, chance: random.Random) -> bytes:
    """Some bytes overwritten after the header, so that the container stays whole."""
    mutant = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        mutant[chance.randrange(512, len(mutant))] = chance.choice((0, 1, 128, 255, chance.randrange(256)))
    return bytes(mutant)


def outcome_of_any(data: bytes) -> str:
    try:
        assert isinstance(read_workbook(data), WorkbookCells)
    except Unreadable as unreadable:
        return unreadable.code.value
    return "read"


@pytest.mark.parametrize(("name", "mutate"), [("form.xls", overwritten), ("form.ods", changed_inside)])
def test_a_changed_xls_or_ods_is_read_or_refused(name: str, mutate: Callable[[bytes, random.Random], bytes]) -> None:
    data = (Path(__file__).parent / name).read_bytes()
    chance = random.Random(7)  # noqa: S311 - the same mutants every time
    mutants = [mutate(data, chance) for _ in range(MUTANTS)]
    found = {outcome_of_any(mutant) for mutant in mutants}
    assert {"read", "damaged"} <= found <= {"read", *UnreadableCode}
