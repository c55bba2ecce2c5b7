"""Entries of a zip locked with a password: ZipCrypto, which Windows opens, and AES, as WinZip and 7-Zip write it.

Written here, as zipfile has no AES and the library that has it would bring a second one for cryptography.
Sources: PKWARE APPNOTE 6.1 (ZipCrypto); WinZip "AES Encryption Information" (AE-1, AE-2).
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.zip_directory import Entry, extra_field, inflated, is_sound

_AES = 99
_AES_FIELD = 0x9901
_AES_SALTS = {1: 8, 2: 12, 3: 16}  # bytes of salt by strength; the key is twice as long
_AES_ROUNDS = 1_000
_AES_CHECK, _AES_SEAL = 2, 10  # bytes after the salt, and at the end
_BLOCK = 16
_AT_ONCE = 65_536  # blocks
_CRYPTO_HEAD = 12
_DESCRIPTOR_FLAG = 0x8


class Unlocked(NamedTuple):
    """Did the password fit, and the bytes once inflated: None if they are more than allowed."""

    fits: bool
    content: bytes | None


_NOT_FITTING = Unlocked(fits=False, content=None)


def unlocked(packed: bytes, entry: Entry, password: bytes, most: int) -> Unlocked:
    """An encrypted entry under a password.  Raises Unreadable: UNSAFE for another encryption, DAMAGED."""
    if entry.method == _AES:
        terms = _aes_terms(entry)
        opened = _opened_aes(packed, terms, password)
        return _NOT_FITTING if opened is None else Unlocked(True, inflated(opened, terms.method, most))
    opened = _opened_zip_crypto(packed, entry, password)
    if opened is None:
        return _NOT_FITTING
    # The check of ZipCrypto lets one wrong password of 256 pass: its bytes are no deflate, or not those packed.
    try:
        content = inflated(opened, entry.method, most)
    except Unreadable as unreadable:
        if unreadable.code is not UnreadableCode.DAMAGED:
            raise
        return _NOT_FITTING
    return Unlocked(True, content) if content is None or is_sound(content, entry) else _NOT_FITTING


class _AesTerms(NamedTuple):
    salt: int  # bytes
    method: int  # of the compression within


def _aes_terms(entry: Entry) -> _AesTerms:
    field = extra_field(entry.extra, _AES_FIELD)
    if len(field) != 7 or field[4] not in _AES_SALTS:
        raise Unreadable(UnreadableCode.UNSAFE, reason="encryption")
    return _AesTerms(_AES_SALTS[field[4]], int.from_bytes(field[5:7], "little"))


def _opened_aes(packed: bytes, terms: _AesTerms, password: bytes) -> bytes | None:
    start, key_length = terms.salt + _AES_CHECK, 2 * terms.salt
    if len(packed) < start + _AES_SEAL:
        raise Unreadable(UnreadableCode.DAMAGED, reason="encryption")
    keys = hashlib.pbkdf2_hmac("sha1", password, packed[: terms.salt], _AES_ROUNDS, 2 * key_length + _AES_CHECK)
    if keys[-_AES_CHECK:] != packed[terms.salt : start]:
        return None
    body, seal = packed[start:-_AES_SEAL], packed[-_AES_SEAL:]
    if not hmac.compare_digest(hmac.digest(keys[key_length : 2 * key_length], body, "sha1")[:_AES_SEAL], seal):
        return None
    return b"".join(_aes_pieces(body, keys[:key_length]))


def _aes_pieces(body: bytes, key: bytes) -> Iterator[bytes]:
    """The plain bytes; the counter runs from 1, lowest byte first, as no library counts: it is encrypted as a text."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    encrypt = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - this is the keystream of CTR
    for start in range(0, len(body), _BLOCK * _AT_ONCE):
        piece = body[start : start + _BLOCK * _AT_ONCE]
        first = start // _BLOCK + 1
        counters = b"".join(n.to_bytes(_BLOCK, "little") for n in range(first, first + -(-len(piece) // _BLOCK)))
        stream = encrypt.update(counters)[: len(piece)]
        yield (int.from_bytes(piece, "little") ^ int.from_bytes(stream, "little")).to_bytes(len(piece), "little")


def _opened_zip_crypto(packed: bytes, entry: Entry, password: bytes) -> bytes | None:
    if len(packed) < _CRYPTO_HEAD:
        raise Unreadable(UnreadableCode.DAMAGED, reason="encryption")
    decrypt = _zip_crypto(password)
    head = decrypt(packed[:_CRYPTO_HEAD])
    check = entry.time >> 8 if entry.flags & _DESCRIPTOR_FLAG else entry.crc >> 24
    return decrypt(packed[_CRYPTO_HEAD:]) if head[-1] == check else None


def _zip_crypto(password: bytes) -> Callable[[bytes], bytes]:
    """The decryption of bytes one after another: three keys turned by each plain byte."""
    table = _crc_table()
    key0, key1, key2 = 0x12345678, 0x23456789, 0x34567890

    def turn(byte: int) -> None:
        nonlocal key0, key1, key2
        key0 = (key0 >> 8) ^ table[(key0 ^ byte) & 0xFF]
        key1 = ((key1 + (key0 & 0xFF)) * 134_775_813 + 1) & 0xFFFFFFFF
        key2 = (key2 >> 8) ^ table[(key2 ^ (key1 >> 24)) & 0xFF]

    for byte in password:
        turn(byte)

    def decrypt(data: bytes) -> bytes:
        plain = bytearray(data)
        for at, byte in enumerate(data):
            mask = key2 | 2
            plain[at] = byte ^ ((mask * (mask ^ 1)) >> 8) & 0xFF
            turn(plain[at])
        return bytes(plain)

    return decrypt


@cache
def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
        table.append(value)
    return tuple(table)


_PASSWORD_ENCODINGS = ("utf-8", "cp932")


def password_bytes(password: str) -> tuple[bytes, ...]:
    """A password as programs turn it into bytes: in UTF-8, or as Windows in Japan does."""
    written: dict[bytes, None] = {}
    for encoding in _PASSWORD_ENCODINGS:
        try:
            written[password.encode(encoding)] = None
        except UnicodeEncodeError:
            continue
    return tuple(written)


def check_supported(entry: Entry) -> None:
    """Raises Unreadable (UNSAFE) for an encryption that no password opens here."""
    if entry.method == _AES:
        _aes_terms(entry)
    elif entry.flags & 0x40:  # PKWARE's strong encryption
        raise Unreadable(UnreadableCode.UNSAFE, reason="encryption")
