"""One strict pass over the XML of a part: no DOCTYPE, no entity, no more tags than allowed."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar
from xml.parsers import expat

from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode

Attributes = dict[str, str]
OnStart = Callable[[Attributes], None]
OnEnd = Callable[[str], None]
_Handler = TypeVar("_Handler")

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # Strict OOXML
)
TRUE = frozenset({"1", "true", "on"})

_ENCODINGS = frozenset({"utf-8", "utf-16", "utf8", "us-ascii", "ascii", "iso-8859-1"})
_UTF_8 = frozenset({"utf-8", "utf8"})


class TagCount:
    """How many tags of a file may still be read."""

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed
        self._left = allowed

    def spend(self, data: bytes) -> None:
        self._left -= data.count(b"<")
        if self._left < 0:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="tags", allowed=self._allowed)


class XmlPart(NamedTuple):
    """A part as it was inflated, its tags counted."""

    name: str
    data: bytes


def xml_pass(
    part: XmlPart,
    *,
    starts: Mapping[str, OnStart],
    ends: Mapping[str, OnEnd],
    namespaces: tuple[str, ...] = MAIN,
    characters: OnEnd | None = None,
) -> None:
    """Calls `starts[name](attributes)` and `ends[name](text since the last tag)` for each element in the namespaces.

    `characters`, where given, gets all text piece by piece besides: for text that has tags within.
    Raises Unreadable: DAMAGED if it is not well-formed, UNSAFE for a DOCTYPE.
    """
    pieces: list[str] = []
    clear, on_start, on_end = pieces.clear, _qualified(starts, namespaces).get, _qualified(ends, namespaces).get

    def start(name: str, attributes: Attributes) -> None:
        if pieces:
            clear()
        handle = on_start(name)
        if handle is not None:
            handle(attributes)

    def end(name: str) -> None:
        handle = on_end(name)
        if handle is not None:
            if pieces:
                handle("".join(pieces))
                clear()
            else:
                handle("")

    def text(piece: str) -> None:
        pieces.append(piece)
        if characters is not None:
            characters(piece)

    parser = _strict_parser(part.name)
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = pieces.append if characters is None else text
    _parse(parser, part)


def is_plain(part: XmlPart) -> bool:
    """Whether the bytes of a well-formed part may be searched for tags as they stand, each '<' being one.

    So they may in UTF-8, with the main namespace as the default and under no other name, without comments, CDATA and
    instructions: as spreadsheet programs write.  Raises Unreadable as `xml_pass` does; it costs a fifth of it.
    """
    main: list[tuple[str | None, str]] = []
    roots: list[str] = []
    encodings: list[str] = []
    others: list[bool] = []
    parser = _strict_parser(part.name, encodings.append)

    def note_root(name: str, _: Attributes) -> None:
        roots.append(name.rpartition(" ")[0])
        parser.StartElementHandler = None

    def note_namespace(prefix: str | None, uri: str) -> None:
        if (prefix is None or uri in MAIN) and len(main) < 2:
            main.append((prefix, uri))

    def note_other(*_: object) -> None:
        others[:] = [True]

    parser.StartElementHandler = note_root
    parser.StartNamespaceDeclHandler = note_namespace
    parser.CommentHandler = parser.StartCdataSectionHandler = parser.ProcessingInstructionHandler = note_other
    _parse(parser, part)
    is_utf_8 = set(encodings) <= _UTF_8 and b"\0" not in part.data[:4]  # UTF-16 has zeros there
    return is_utf_8 and not others and main == [(None, *roots)] and roots[0] in MAIN


def _parse(parser: expat.XMLParserType, part: XmlPart) -> None:
    try:
        parser.Parse(part.data, True)  # whole: expat before 2.6 is quadratic when a long token comes in pieces
    except expat.ExpatError as error:
        raise Unreadable(UnreadableCode.DAMAGED, reason="xml", part=part.name, line=error.lineno) from None


def _qualified(handlers: Mapping[str, _Handler], namespaces: tuple[str, ...]) -> dict[str, _Handler]:
    return {f"{namespace} {name}": handler for namespace in namespaces for name, handler in handlers.items()}


def _strict_parser(part: str, on_encoding: OnEnd | None = None) -> expat.XMLParserType:
    def refuse_doctype(*_: object) -> None:
        raise Unreadable(UnreadableCode.UNSAFE, reason="doctype", part=part)

    def check_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise Unreadable(UnreadableCode.DAMAGED, reason="encoding", part=part)
        if on_encoding is not None and encoding is not None:
            on_encoding(encoding.lower())

    parser = expat.ParserCreate(None, " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.XmlDeclHandler = check_encoding
    return parser
