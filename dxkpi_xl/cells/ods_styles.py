"""The styles of an OpenDocument spreadsheet, as far as they change what a cell says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dxkpi_xl.cells.number_formats import format_meaning
from dxkpi_xl.cells.ods_formats import OdsFormats
from dxkpi_xl.cells.ods_names import STYLE, TABLE
from dxkpi_xl.cells.styles_part import PLAIN, Style
from dxkpi_xl.cells.xml_pass import Attributes

_DEEPEST = 20  # styles between a style and the one it descends from
_MOST_STYLES = 65_536


@dataclass(kw_only=True)
class _Told:
    """What one style says itself."""

    parent: str
    data_style: str
    struck: bool | None = None
    displayed: bool = True


class OdsStyles:
    """The styles of styles.xml and content.xml; both are passed over by these handlers."""

    def __init__(self) -> None:
        self.formats = OdsFormats()
        self._told: dict[tuple[str, str], _Told] = {}  # by family and name
        self._now: _Told | None = None
        self._cell_styles: dict[str, Style] = {}

    def starts(self) -> Mapping[str, Callable[[Attributes], None]]:
        own = {"style": self._style, "text-properties": self._text, "table-properties": self._table}
        return {**self.formats.starts(), **own}

    def ends(self) -> Mapping[str, Callable[[str], None]]:
        return {**self.formats.ends(), "style": self._end_style}

    def cell_style(self, name: str) -> Style:
        """The style of a cell; ask only after the styles were read."""
        found = self._cell_styles.get(name)
        if found is None:
            line = self._line("table-cell", name)
            data_style = next((told.data_style for told in line if told.data_style), "")
            code = self.formats.code(data_style)
            found = Style(code, format_meaning(code), self._is_struck("table-cell", name))
            self._cell_styles[name] = found if line else PLAIN
        return self._cell_styles[name]

    def strikes_text(self, name: str) -> bool:
        """Does this style of a part of a text strike it through?"""
        return self._is_struck("text", name)

    def shows_table(self, name: str) -> bool:
        """False for the style of a hidden sheet."""
        told = self._told.get(("table", name))
        return told is None or told.displayed

    def _is_struck(self, family: str, name: str) -> bool:
        return bool(next((told.struck for told in self._line(family, name) if told.struck is not None), False))

    def _line(self, family: str, name: str) -> list[_Told]:
        """A style and those it descends from."""
        line: list[_Told] = []
        told = self._told.get((family, name))
        while told is not None and len(line) < _DEEPEST:
            line.append(told)
            told = self._told.get((family, told.parent))
        return line

    def _style(self, attributes: Attributes) -> None:
        parent, data = attributes.get(f"{STYLE} parent-style-name", ""), attributes.get(f"{STYLE} data-style-name", "")
        self._now = _Told(parent=parent, data_style=data)
        if len(self._told) < _MOST_STYLES:
            self._told[attributes.get(f"{STYLE} family", ""), attributes.get(f"{STYLE} name", "")] = self._now

    def _end_style(self, _: str) -> None:
        self._now = None

    def _text(self, attributes: Attributes) -> None:
        lines = [attributes.get(f"{STYLE} text-line-through-{side}") for side in ("style", "type")]
        if self._now is not None and lines != [None, None]:
            self._now.struck = any(line not in (None, "none") for line in lines)

    def _table(self, attributes: Attributes) -> None:
        if self._now is not None:
            self._now.displayed = attributes.get(f"{TABLE} display") != "false"
