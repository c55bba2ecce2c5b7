"""The styles of a workbook, as far as they change what a cell says: its number format, struck-through text."""

from collections.abc import Mapping
from typing import NamedTuple

from dxkpi_xl.cells.number_formats import BUILTIN_FORMATS, GENERAL, FormatMeaning, format_meaning
from dxkpi_xl.cells.same_parts import read_once
from dxkpi_xl.cells.shared_strings import is_struck
from dxkpi_xl.cells.xml_pass import Attributes, XmlPart, xml_pass

_BUILTIN_CODES = {str(number): code for number, code in BUILTIN_FORMATS.items()}

_MOST_FORMATS = 65_536  # Excel allows 65,490 cell formats


class Style(NamedTuple):
    number_format: str
    meaning: FormatMeaning
    struck: bool


PLAIN = Style(GENERAL, format_meaning(GENERAL), struck=False)


class _StylesPass:
    """Fonts and formats are numbered by their order in <fonts> and <cellXfs>; conditional formats have others."""

    def __init__(self) -> None:
        self.codes = dict(_BUILTIN_CODES)
        self.formats: list[Attributes] = []
        self.struck_fonts: set[str] = set()
        self._inside = ""
        self._fonts = 0

    def enter_number_formats(self, _: Attributes) -> None:
        self._inside = "numFmts"

    def enter_fonts(self, _: Attributes) -> None:
        self._inside = "fonts"

    def enter_formats(self, _: Attributes) -> None:
        self._inside = "cellXfs"

    def leave(self, _: str) -> None:
        self._inside = ""

    def number_format(self, attributes: Attributes) -> None:
        if self._inside == "numFmts" and len(self.codes) < _MOST_FORMATS:
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)

    def format(self, attributes: Attributes) -> None:
        if self._inside == "cellXfs" and len(self.formats) < _MOST_FORMATS:
            self.formats.append(attributes)

    def strike(self, attributes: Attributes) -> None:
        if self._inside == "fonts" and is_struck(attributes):
            self.struck_fonts.add(str(self._fonts))

    def end_font(self, _: str) -> None:
        self._fonts += self._inside == "fonts"

    def style(self, attributes: Attributes) -> Style:
        code = self.codes.get(attributes.get("numFmtId", "0"), GENERAL)
        return Style(code, format_meaning(code), attributes.get("fontId", "0") in self.struck_fonts)


@read_once
def read_styles(part: XmlPart) -> Mapping[str, Style]:
    """The cell styles by their index as a cell writes it ('0', '1' ..)."""
    styles = _StylesPass()
    starts = {
        "numFmts": styles.enter_number_formats,
        "fonts": styles.enter_fonts,
        "cellXfs": styles.enter_formats,
        "numFmt": styles.number_format,
        "xf": styles.format,
        "strike": styles.strike,
    }
    ends = {"numFmts": styles.leave, "fonts": styles.leave, "cellXfs": styles.leave, "font": styles.end_font}
    xml_pass(part, starts=starts, ends=ends)
    return {str(index): styles.style(attributes) for index, attributes in enumerate(styles.formats)}
