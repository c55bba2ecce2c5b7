"""Texts as a workbook keeps them: the shared strings, and the escapes of ST_Xstring."""

import re
from typing import NamedTuple

from dxkpi_xl.cells.xml_pass import Attributes, XmlPart, is_plain, xml_pass

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FALSE = frozenset({"0", "false"})


# One text of one run, as it was typed; Excel in Japan adds how it is read aloud.
_PLAIN_ITEM = re.compile(
    r'<si>(?:<t(?: xml:space="preserve")?>([^<]*)</t>|<t ?/>)'
    r'(?:<rPh [^<>]*><t(?: xml:space="preserve")?>[^<]*</t></rPh>)*(?:<phoneticPr [^<>]*/>)?</si>'
)
_SPECIAL = ("&", "\r", "_x")  # text without them says what it means
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([a-z]+));")
_ENTITIES = {"lt": "<", "gt": ">", "quot": '"', "apos": "'", "amp": "&"}  # in this order: &amp;lt; is &lt;


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


def resolved(written: str) -> str:
    """The text that stands between two tags of a sound part: line ends LF, references resolved (XML 2.11, 4.1)."""
    if "\r" in written:
        written = written.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in written:
        return written
    if "&#" in written:
        return _REFERENCE.sub(_referred, written)
    for name, character in _ENTITIES.items():
        written = written.replace(f"&{name};", character)
    return written


def _referred(reference: re.Match[str]) -> str:
    base_16, base_10, name = reference.groups()
    return _ENTITIES[name] if name else chr(int(base_16, 16) if base_16 else int(base_10.lstrip("0")))


def is_struck(attributes: Attributes) -> bool:
    """Is a <strike/> on?"""
    return attributes.get("val") not in _FALSE


def read_shared_strings(part: XmlPart) -> SharedStrings:
    """The shared strings, rich runs joined, without the phonetic ones; the counts told are not trusted."""
    return _plain_strings(part) or _passed_over(part)


def _plain_strings(part: XmlPart) -> SharedStrings | None:
    """The strings where each is one plain text, and stands plainly; None for others."""
    if not is_plain(part):
        return None
    text = part.data.decode()
    written: list[str] = _PLAIN_ITEM.findall(text)
    if len(written) != part.data.count(b"<si"):
        return None
    if any(sign in text for sign in _SPECIAL):
        written = [plain_text(resolved(each)) for each in written]
    return SharedStrings(written, frozenset())


def _passed_over(part: XmlPart) -> SharedStrings:
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
