"""Texts as a workbook keeps them: the shared strings, and the escapes of ST_Xstring."""

import re
from typing import NamedTuple

from dxkpi_xl.cells.xml_pass import Attributes, XmlPart, is_plain, xml_pass

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FALSE = frozenset({"0", "false"})


# One text of one run, as it was typed; Excel in Japan adds how it is read aloud.
_PLAIN_ITEM = re.compile(
    rb"<si>(?:<t(?: xml:space=\"preserve\")?>([^<]*)</t>|<t ?/>)"
    rb"(?:<rPh [^<>]*><t(?: xml:space=\"preserve\")?>[^<]*</t></rPh>)*(?:<phoneticPr [^<>]*/>)?</si>"
)
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


def decoded(written: bytes, *, cut: bool = False) -> str:
    """The text between two tags of a well-formed part in UTF-8: line ends LF, references resolved (XML 2.11, 4.1).

    `cut`: only its beginning is given, and its last character or reference may be cut in two.
    """
    text = written.decode(errors="ignore" if cut else "strict")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&" not in text:
        return text
    if "&#" in text:
        return _REFERENCE.sub(_referred, text)
    for name, character in _ENTITIES.items():
        text = text.replace(f"&{name};", character)
    return text


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
    written = _PLAIN_ITEM.findall(part.data)
    if len(written) != part.data.count(b"<si"):
        return None
    return SharedStrings([plain_text(decoded(text)) for text in written], frozenset())


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
