"""Texts as a workbook keeps them: the shared strings, and the escapes of ST_Xstring."""

import re
from typing import NamedTuple

from dxkpi_xl.cells.xml_pass import Attributes, XmlPart, xml_pass

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FALSE = frozenset({"0", "false"})


class SharedStrings(NamedTuple):
    """The texts by index, and which of them are struck through in part."""

    texts: list[str]
    struck: frozenset[int]


NO_STRINGS = SharedStrings([], frozenset())


def plain_text(written: str) -> str:
    """The text behind `_xHHHH_` (ECMA-376 part 1, 22.9.2.19), line ends as LF; half a surrogate pair becomes U+FFFD."""
    if "_x" in written:
        written = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), written)
        if any("\ud800" <= character <= "\udfff" for character in written):
            written = written.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return written.replace("\r\n", "\n").replace("\r", "\n") if "\r" in written else written


def is_struck(attributes: Attributes) -> bool:
    """Is a <strike/> on?"""
    return attributes.get("val") not in _FALSE


def read_shared_strings(part: XmlPart) -> SharedStrings:
    """The shared strings, rich runs joined, without the phonetic ones; the counts told are not trusted."""
    texts: list[str] = []
    struck: set[int] = set()
    runs: list[str] = []
    phonetic = False

    def start_phonetic(_: Attributes) -> None:
        nonlocal phonetic
        phonetic = True

    def end_phonetic(_: str) -> None:
        nonlocal phonetic
        phonetic = False

    def end_text(text: str) -> None:
        if not phonetic:
            runs.append(text)

    def strike(attributes: Attributes) -> None:
        if is_struck(attributes):
            struck.add(len(texts))

    def end_item(_: str) -> None:
        texts.append(plain_text("".join(runs)))
        runs.clear()

    starts = {"rPh": start_phonetic, "strike": strike}
    xml_pass(part, starts=starts, ends={"t": end_text, "rPh": end_phonetic, "si": end_item})
    return SharedStrings(texts, frozenset(struck))
