"""Files made to hurt are refused, each with its own code, soon and without much memory."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xlsx import read_xlsx

Make = Callable[..., bytes]
Parts = Callable[..., dict[str, str]]
ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


def refusal(data: bytes, **limits: int) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read_xlsx(data, limits=Limits(**limits))
    return caught.value


def code_and(data: bytes, fact: str, **limits: int) -> tuple[UnreadableCode, object]:
    refused = refusal(data, **limits)
    return refused.code, refused.facts.get(fact)


def directory_entry(data: bytes, name: str) -> int:
    """Where the entry of a part stands in the directory."""
    return data.index(name.encode(), data.index(b"PK\1\2")) - 46


def patched(data: bytes, position: int, layout: str, value: int) -> bytes:
    changed = bytearray(data)
    struct.pack_into(layout, changed, position, value)
    return bytes(changed)


@pytest.mark.parametrize(
    ("limit", "allowed"),
    [
        ("file_bytes", 1_000),
        ("entries", 6),
        ("part_bytes", 100),
        ("total_bytes", 500),
        ("tags", 20),
        ("cells", 1),
        ("characters", 3),
    ],
)
def test_more_than_allowed_is_too_large(hand_made: Make, limit: str, allowed: int) -> None:
    rows = '<row r="1"><c r="A1"><v>12</v></c><c r="B1"><v>34</v></c></row>'
    assert code_and(hand_made(rows), "limit", **{limit: allowed}) == (UnreadableCode.TOO_LARGE, limit)


def test_a_bomb_stops_at_the_limit(parts_of: Parts, zip_of: Make) -> None:
    parts = parts_of()
    parts[SHEET] = " " * 101 * 1024 * 1024
    assert code_and(zip_of(parts), "limit") == (UnreadableCode.TOO_LARGE, "part_bytes")


def test_a_bomb_that_tells_a_small_size_stops_all_the_same(parts_of: Parts, zip_of: Make) -> None:
    parts = parts_of()
    parts[SHEET] = " " * 2_000_000
    data = zip_of(parts)
    lying = patched(data, directory_entry(data, SHEET) + 24, "<L", 100)
    assert code_and(lying, "limit", part_bytes=1_000_000) == (UnreadableCode.TOO_LARGE, "part_bytes")
    assert code_and(lying, "reason") == (UnreadableCode.DAMAGED, "checksum")


def test_many_entries_are_counted_before_they_are_read(zip_of: Make) -> None:
    data = zip_of([(f"{number}.xml", "") for number in range(2_001)], zipfile.ZIP_STORED)
    assert code_and(data, "limit") == (UnreadableCode.TOO_LARGE, "entries")


def test_one_sheet_part_named_by_many_sheets_is_counted_each_time(hand_made: Make) -> None:
    sheets = "".join(f'<sheet name="{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, 500))
    data = hand_made(ROWS + " " * 10_000, sheet=sheets)
    assert code_and(data, "limit", total_bytes=1_000_000) == (UnreadableCode.TOO_LARGE, "total_bytes")


def test_a_long_shared_string_used_by_many_cells_is_too_large(hand_made: Make) -> None:
    rows = "<row>" + '<c t="s"><v>0</v></c>' * 1_000 + "</row>"
    data = hand_made(rows, shared=f"<si><t>{'あ' * 60_000}</t></si>")
    assert code_and(data, "limit") == (UnreadableCode.TOO_LARGE, "characters")


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", SHEET, "xl/sharedStrings.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">', "<!DOCTYPE a>"],
)
def test_a_doctype_is_unsafe_in_every_part(parts_of: Parts, zip_of: Make, part: str, doctype: str) -> None:
    parts = parts_of(ROWS)
    parts[part] = doctype + parts[part]
    assert code_and(zip_of(parts), "reason") == (UnreadableCode.UNSAFE, "doctype")


def test_a_doctype_in_utf_16_is_unsafe_too(parts_of: Parts) -> None:
    parts: dict[str, str | bytes] = dict(parts_of(ROWS))
    parts[SHEET] = ("<!DOCTYPE a>" + str(parts[SHEET])).encode("utf-16")
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert code_and(stream.getvalue(), "reason") == (UnreadableCode.UNSAFE, "doctype")


@pytest.mark.parametrize("encoding", ["shift_jis", "rot13", "utf-7", "no-such"])
def test_an_encoding_no_workbook_has_is_damage(parts_of: Parts, zip_of: Make, encoding: str) -> None:
    parts = parts_of(ROWS)
    parts[SHEET] = f'<?xml version="1.0" encoding="{encoding}"?>' + parts[SHEET]
    assert code_and(zip_of(parts), "reason") == (UnreadableCode.DAMAGED, "encoding")


@pytest.mark.parametrize("second", [SHEET, SHEET.upper(), SHEET.replace("/", "\\")])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_unsafe(parts_of: Parts, zip_of: Make, second: str) -> None:
    parts = [*parts_of(ROWS).items(), (second, "other")]
    assert code_and(zip_of(parts), "reason") == (UnreadableCode.UNSAFE, "duplicate part")


def test_parts_that_share_bytes_are_unsafe(hand_made: Make) -> None:
    data = hand_made(ROWS)
    first = data.index(b"PK\1\2")
    entry = directory_entry(data, SHEET)
    (packed,) = struct.unpack_from("<L", data, entry + 20)
    assert code_and(patched(data, entry + 20, "<L", packed + 200), "reason") == (UnreadableCode.UNSAFE, "overlap")
    assert code_and(patched(data, entry + 42, "<L", 0), "reason") == (UnreadableCode.UNSAFE, "overlap")
    assert code_and(patched(data, entry + 42, "<L", first + 9), "reason") == (UnreadableCode.UNSAFE, "overlap")


def test_a_part_with_two_names_is_unsafe(hand_made: Make) -> None:
    data = hand_made(ROWS)
    changed = data.replace(SHEET.encode(), SHEET.replace("1", "2").encode(), 1)
    assert code_and(changed, "reason") == (UnreadableCode.UNSAFE, "two names")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_unsafe(parts_of: Parts, zip_of: Make, method: int) -> None:
    assert code_and(zip_of(parts_of(ROWS), method), "reason") == (UnreadableCode.UNSAFE, "compression")


def test_stored_parts_are_read(parts_of: Parts, zip_of: Make) -> None:
    assert read_xlsx(zip_of(parts_of(ROWS), zipfile.ZIP_STORED)).sheets[0].cells[1, 1].text == "1"


def test_a_part_with_a_password_asks_for_it(hand_made: Make) -> None:
    data = hand_made(ROWS)
    assert refusal(patched(data, directory_entry(data, SHEET) + 8, "<H", 1)).code is UnreadableCode.PASSWORD


def test_a_file_cut_anywhere_is_damaged(hand_made: Make) -> None:
    data = hand_made(ROWS)
    assert {refusal(data[:length]).code for length in range(4, len(data), 7)} == {UnreadableCode.DAMAGED}


def test_a_changed_byte_in_a_part_is_damage(parts_of: Parts, zip_of: Make) -> None:
    data = zip_of(parts_of('<row r="1"><c r="A1"><v>75600</v></c></row>'), zipfile.ZIP_STORED)
    assert code_and(data.replace(b"75600", b"75601"), "reason") == (UnreadableCode.DAMAGED, "checksum")


def test_a_missing_part_is_damage(parts_of: Parts, zip_of: Make) -> None:
    parts = parts_of(ROWS)
    del parts[SHEET]
    assert code_and(zip_of(parts), "part") == (UnreadableCode.DAMAGED, SHEET)


def test_a_limit_of_nothing_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="below 1"):
        Limits(cells=0)
