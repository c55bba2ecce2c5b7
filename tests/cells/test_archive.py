"""A zip is opened to its files: each with a name that is shown, and its bytes or a reason."""

import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
import pyzipper

from dxkpi_xl.cells.archive import Member, members
from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.sniff import FileKind, sniff
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode

Make = Callable[..., bytes]
UTF_8 = 0x800


def named(files: list[tuple[bytes, bytes]], flags: int = 0) -> bytes:
    """A zip of stored files whose names are those bytes."""
    body, directory = b"", b""
    for name, content in files:
        crc = zlib.crc32(content)
        common = struct.pack("<5H3L2H", 20, flags, 0, 0, 0, crc, len(content), len(content), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 0, len(body)) + name
        body += b"PK\3\4" + common + name + content
    end = struct.pack("<4H2LH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def names(data: bytes) -> list[str]:
    return [member.name for member in members(data)]


def contents(data: bytes, *passwords: str, **limits: int) -> dict[str, object]:
    """The bytes by name; of an unreadable one its code, and the limit or reason."""
    found: dict[str, object] = {}
    for member in members(data, passwords=passwords, limits=Limits(**limits)):
        content = member.content
        if isinstance(content, Unreadable):
            reason = content.facts.get("limit") or content.facts.get("reason")
            found[member.name] = (content.code, reason) if reason else content.code
        else:
            found[member.name] = content
    return found


def test_files_come_in_the_order_of_the_zip(zip_of: Make) -> None:
    data = zip_of([("回答/調査票.xlsx", "b"), ("a.xlsx", "a"), ("空/", "")])
    assert list(members(data)) == [
        Member(name="回答/調査票.xlsx", content=b"b"),
        Member(name="a.xlsx", content=b"a"),
    ]


@pytest.mark.parametrize(
    ("written", "flags", "shown"),
    [
        ("調査票.xlsx".encode("cp932"), 0, "調査票.xlsx"),
        ("調査票.xlsx".encode(), UTF_8, "調査票.xlsx"),
        ("調査票.xlsx".encode(), 0, "調査票.xlsx"),
        ("か\u3099票.xlsx".encode(), UTF_8, "が票.xlsx"),
        ("ソース表示.xlsx".encode("cp932"), 0, "ソース表示.xlsx"),  # its second byte is a back-slash
        ("㈱①.xlsx".encode("cp932"), 0, "㈱①.xlsx"),
        ("票😀👩\u200d💻.xlsx".encode(), UTF_8, "票😀👩\u200d💻.xlsx"),
        (b"answers\\a.xlsx", 0, "answers/a.xlsx"),
        (b"../../etc/passwd", 0, "../../etc/passwd"),
        (b"C:\\Windows\\a.xlsx", 0, "C:/Windows/a.xlsx"),
        (b"a\x1b[31m\r\n.xlsx", 0, "a\ufffd[31m\ufffd\ufffd.xlsx"),
        ("票\u202excod.exe".encode(), UTF_8, "票\ufffdxcod.exe"),
        (b"\xff\xfe.xlsx", UTF_8, "\ufffd\ufffd.xlsx"),
        (b"", 0, ""),
        (b"n" * 60_000 + b".xlsx", 0, "n" * 215 + "…" + "n" * 34 + ".xlsx"),
    ],
)
def test_a_name_is_shown_and_never_a_path(written: bytes, flags: int, shown: str) -> None:
    assert names(named([(written, b"x")], flags)) == [shown]


def test_two_files_of_one_name_are_told_apart() -> None:
    assert names(named([(b"a.xlsx", b"1"), (b"a.xlsx", b"2"), (b"A.xlsx", b"3")])) == [
        "a.xlsx",
        "a.xlsx #2",
        "A.xlsx",
    ]


def test_what_systems_leave_in_a_zip_is_told_as_such(zip_of: Make) -> None:
    litter = ["__MACOSX/._票.xlsx", "__MACOSX/a/b.xlsx", ".DS_Store", "a/Thumbs.db", "a/._b.xlsx", "desktop.ini"]
    data = zip_of([(name, "x") for name in litter] + [("票.xlsx", "y")])
    found = list(members(data))
    assert [(member.name, member.litter) for member in found] == [(name, True) for name in litter] + [
        ("票.xlsx", False)
    ]
    assert isinstance(found[0].content, Unreadable)
    assert (found[0].content.code, found[0].content.facts) == (UnreadableCode.WRONG_KIND, {"kind": "system_file"})


@pytest.mark.parametrize(
    "data", [b"\0\0\0\1Bud1\0\0", b"\0\5\x16\7\0\2\0\0Mac OS X", "[.ShellClassInfo]\r\n".encode("utf-16")]
)
def test_a_file_of_a_system_is_known_by_its_content(data: bytes) -> None:
    assert sniff(data) is FileKind.SYSTEM_FILE


def test_a_zip_within_is_opened_once(zip_of: Make) -> None:
    inner = zip_of([("票.xlsx", "x")])
    middle = named([(b"inner.zip", inner), (b"b.xlsx", b"b")])
    outer = named([(b"middle.zip", middle), (b"last.xlsx", b"z")])
    assert contents(outer) == {
        "middle.zip/inner.zip": (UnreadableCode.TOO_LARGE, "zips within zips"),
        "middle.zip/b.xlsx": b"b",
        "last.xlsx": b"z",
    }


def test_a_workbook_in_a_zip_is_a_file_and_not_a_zip_within(hand_made: Make) -> None:
    book = hand_made('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert contents(named([(b"a.zip", book)])) == {"a.zip": book}


def test_a_damaged_member_costs_no_other(zip_of: Make) -> None:
    data = zip_of([("a.xlsx", "first" * 50), ("b.xlsx", "second" * 50)])
    at = data.index(b"a.xlsx") + len("a.xlsx") + 3
    damaged = contents(data[:at] + b"\xff\xff" + data[at + 2 :])
    assert damaged["b.xlsx"] == b"second" * 50
    assert damaged["a.xlsx"] in [(UnreadableCode.DAMAGED, "deflate"), (UnreadableCode.DAMAGED, "checksum")]


def test_too_many_entries_are_refused_before_they_are_read(zip_of: Make) -> None:
    data = zip_of([(f"{number}.xlsx", "") for number in range(100_000)], zipfile.ZIP_STORED)
    begun = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        members(data)
    assert (caught.value.code, caught.value.facts["limit"]) == (UnreadableCode.TOO_LARGE, "entries")
    assert time.perf_counter() - begun < 0.1


def test_entries_of_zips_within_are_counted_together(zip_of: Make) -> None:
    inner = named([(b"%d" % number, b"") for number in range(6)])
    outer = named([(b"1.zip", inner), (b"2.zip", inner), (b"a.xlsx", b"a")])
    found = contents(outer, entries=10)
    assert len(found) == 8
    assert found["2.zip"] == (UnreadableCode.TOO_LARGE, "entries")
    assert found["a.xlsx"] == b"a"


def test_bombs_stop_at_the_limits_and_cost_no_other_member(zip_of: Make) -> None:
    bomb = "0" * 3_000_000
    data = zip_of([("a.xlsx", "a"), *[(f"bomb{n}.xlsx", bomb) for n in range(3)], ("z.xlsx", "z")])
    found = contents(data, file_bytes=1_000_000, total_bytes=2_500_000)
    assert found == {
        "a.xlsx": b"a",
        "bomb0.xlsx": (UnreadableCode.TOO_LARGE, "file_bytes"),
        "bomb1.xlsx": (UnreadableCode.TOO_LARGE, "file_bytes"),
        "bomb2.xlsx": (UnreadableCode.TOO_LARGE, "total_bytes"),
        "z.xlsx": (UnreadableCode.TOO_LARGE, "total_bytes"),
    }


def test_a_zip_cut_short_is_damaged(zip_of: Make) -> None:
    data = zip_of([("a.xlsx", "a")])
    with pytest.raises(Unreadable) as caught:
        members(data[:-10])
    assert caught.value.code is UnreadableCode.DAMAGED


CONTENT = b"PK" + bytes(range(256)) * 700


def locked_with_aes(password: bytes, bits: int, method: int = pyzipper.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with pyzipper.AESZipFile(stream, "w", compression=method, encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password)
        archive.setencryption(pyzipper.WZ_AES, nbits=bits)
        archive.writestr("票.xlsx", CONTENT)
    return stream.getvalue()


@pytest.mark.parametrize("bits", [128, 192, 256])
@pytest.mark.parametrize("method", [pyzipper.ZIP_DEFLATED, pyzipper.ZIP_STORED])
def test_aes_is_opened_with_one_of_the_passwords(bits: int, method: int) -> None:
    data = locked_with_aes("秘密".encode(), bits, method)
    assert contents(data, "other", "秘密") == {"票.xlsx": CONTENT}
    assert contents(data, "other") == {"票.xlsx": UnreadableCode.PASSWORD}
    assert contents(data) == {"票.xlsx": UnreadableCode.PASSWORD}


def test_a_password_in_the_writing_of_windows_is_tried_too() -> None:
    assert contents(locked_with_aes("秘密".encode("cp932"), 256), "秘密") == {"票.xlsx": CONTENT}


def test_changed_bytes_under_aes_never_pass(zip_of: Make) -> None:
    data = bytearray(locked_with_aes(b"pw", 256, pyzipper.ZIP_STORED))
    data[5_000] ^= 1
    assert contents(bytes(data), "pw") == {"票.xlsx": UnreadableCode.PASSWORD}


def locked_with_zip_crypto(password: bytes) -> bytes:
    """As PKWARE describes it; zipfile, which only opens such zips, is the judge below."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(value: int, byte: int) -> int:
        return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def turn(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134_775_813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    for byte in password:
        turn(byte)
    packer = zlib.compressobj(wbits=-15)
    plain = bytes(11) + bytes([zlib.crc32(CONTENT) >> 24]) + packer.compress(CONTENT) + packer.flush()
    locked = bytearray()
    for byte in plain:
        mask = keys[2] | 2
        locked.append(byte ^ ((mask * (mask ^ 1)) >> 8) & 0xFF)
        turn(byte)
    name = b"a.xlsx"
    common = struct.pack("<5H3L2H", 20, 1, 8, 0, 0, zlib.crc32(CONTENT), len(locked), len(CONTENT), len(name), 0)
    body = b"PK\3\4" + common + name + locked
    entry = b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<3H2L", 0, 0, 0, 0, 0) + name
    return body + entry + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, len(entry), len(body), 0)


def test_zip_crypto_is_opened_as_zipfile_opens_it() -> None:
    data = locked_with_zip_crypto(b"himitsu")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.read("a.xlsx", b"himitsu") == CONTENT
    assert contents(data, "himitsu") == {"a.xlsx": CONTENT}


def test_no_wrong_password_opens_zip_crypto() -> None:
    data = locked_with_zip_crypto(b"himitsu")
    wrong = [f"wrong{number}" for number in range(600)]  # two of them pass the check of one byte
    assert contents(data, *wrong) == {"a.xlsx": UnreadableCode.PASSWORD}


def test_a_bomb_behind_a_password_stops_at_the_limit() -> None:
    assert contents(locked_with_aes(b"pw", 256), "pw", file_bytes=100_000) == {
        "票.xlsx": (UnreadableCode.TOO_LARGE, "file_bytes")
    }
