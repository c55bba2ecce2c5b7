"""Number formats of OpenDocument, told part by part, as the format code that Excel has for the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dxkpi_xl.cells.number_formats import GENERAL
from dxkpi_xl.cells.ods_names import NUMBER, STYLE
from dxkpi_xl.cells.xml_pass import TRUE, Attributes

_MOST_DIGITS = 30
_PLAIN_SIGNS = frozenset("/-:() ")  # need no quotes in a format code
_USUAL_CONDITIONS = frozenset({"value()>=0", "value()>0", "value()<0"})
_SHORT_AND_LONG = {  # the sign of each part of a date or time, repeated for its long form
    "day": ("d", "dd"),
    "day-of-week": ("aaa", "aaaa"),
    "hours": ("h", "hh"),
    "minutes": ("m", "mm"),
    "era": ("ggg", "ggg"),
    "am-pm": ("AM/PM", "AM/PM"),
    "text-content": ("@", "@"),
    "boolean": (GENERAL, GENERAL),
    "fraction": ("# ?/?", "# ?/?"),
    "scientific-number": ("0.00E+00", "0.00E+00"),
    "quarter": ('"Q"', '"Q"'),
    "week-of-year": ('"W"', '"W"'),
}
_KINDS = ("number", "percentage", "currency", "date", "time", "text", "boolean")
_STYLE_ELEMENTS = tuple(f"{kind}-style" for kind in _KINDS)


@dataclass(kw_only=True)
class _Format:
    percent: bool = False
    elapsed: bool = False  # hours may pass 24
    parts: list[str] = field(default_factory=list)
    sections: list[tuple[str, str]] = field(default_factory=list)  # (condition, the name of another format)


class OdsFormats:
    """The formats by name; each handler takes the tag that it is named for."""

    def __init__(self) -> None:
        self._formats: dict[str, _Format] = {}
        self._now: _Format | None = None

    def code(self, name: str) -> str:
        """The format code of a style; General for one that is not there."""
        found = self._formats.get(name)
        if found is None:
            return GENERAL
        sections = [_section(condition, self._formats.get(other)) for condition, other in found.sections]
        return ";".join([*sections, "".join(found.parts)]) or GENERAL

    def starts(self) -> Mapping[str, Callable[[Attributes], None]]:
        timed = {name: self._starter(name) for name in _SHORT_AND_LONG}
        kinds = {name: self._start_format(name) for name in _STYLE_ELEMENTS}
        return (
            kinds
            | timed
            | {
                "number": self._number,
                "year": self._year,
                "month": self._month,
                "seconds": self._seconds,
                "map": self._section,
            }
        )

    def ends(self) -> Mapping[str, Callable[[str], None]]:
        return dict.fromkeys(_STYLE_ELEMENTS, self._end_format) | {
            "text": self._literal,
            "currency-symbol": self._currency,
        }

    def _start_format(self, element: str) -> Callable[[Attributes], None]:
        def start(attributes: Attributes) -> None:
            overflow = attributes.get(f"{NUMBER} truncate-on-overflow") == "false"
            self._now = _Format(percent=element == "percentage-style", elapsed=overflow)
            self._formats[attributes.get(f"{STYLE} name", "")] = self._now

        return start

    def _starter(self, name: str) -> Callable[[Attributes], None]:
        short, long = _SHORT_AND_LONG[name]
        return lambda attributes: self._add(long if _is_long(attributes) else short)

    def _end_format(self, _: str) -> None:
        self._now = None

    def _add(self, part: str) -> None:
        if self._now is None:
            return
        if self._now.elapsed and part in {"h", "hh", "m", "mm", "s", "ss"}:
            self._now.elapsed = False
            part = f"[{part}]"
        self._now.parts.append(part)

    def _number(self, attributes: Attributes) -> None:
        places = attributes.get(f"{NUMBER} decimal-places")
        grouped = attributes.get(f"{NUMBER} grouping") in TRUE
        whole = _digits(attributes.get(f"{NUMBER} min-integer-digits", "1"))
        if places is None and not grouped and whole <= 1:
            self._add(GENERAL)
            return
        zeros = "0" * whole
        decimals = _digits(attributes.get(f"{NUMBER} min-decimal-places", places or "0"))
        wanted = "0" * decimals + "#" * (_digits(places or "0") - decimals)
        factor = attributes.get(f"{NUMBER} display-factor", "1")
        left = f"#,{zeros.rjust(3, '#')}" if grouped else zeros or "#"
        self._add(left + (f".{wanted}" if wanted else "") + "," * ((len(factor) - 1) // 3))

    def _year(self, attributes: Attributes) -> None:
        if attributes.get(f"{NUMBER} calendar") == "gengou":
            self._add("ee" if _is_long(attributes) else "e")
        else:
            self._add("yyyy" if _is_long(attributes) else "yy")

    def _month(self, attributes: Attributes) -> None:
        letters = 3 if attributes.get(f"{NUMBER} textual") in TRUE else 1
        self._add("m" * (letters + _is_long(attributes)))

    def _seconds(self, attributes: Attributes) -> None:
        self._add("ss" if _is_long(attributes) else "s")
        decimals = _digits(attributes.get(f"{NUMBER} decimal-places", "0"))
        if decimals:
            self._add("." + "0" * decimals)

    def _section(self, attributes: Attributes) -> None:
        if self._now is not None:
            condition = attributes.get(f"{STYLE} condition", "").replace(" ", "")
            self._now.sections.append((condition, attributes.get(f"{STYLE} apply-style-name", "")))

    def _literal(self, text: str) -> None:
        if self._now is not None and self._now.percent and "%" in text:
            before, _, after = text.partition("%")
            self._add(f"{_quoted(before)}%{_quoted(after)}")
        else:
            self._add(_quoted(text))

    def _currency(self, text: str) -> None:
        self._add(f"[${text.replace(']', '')}]")


def _section(condition: str, found: _Format | None) -> str:
    code = "".join(found.parts) if found is not None else GENERAL
    return code if condition in _USUAL_CONDITIONS else f"[{condition.removeprefix('value()')}]{code}"


def _quoted(text: str) -> str:
    if not text or _PLAIN_SIGNS.issuperset(text):
        return text
    return f'"{text.replace(chr(34), "")}"'


def _is_long(attributes: Attributes) -> bool:
    return attributes.get(f"{NUMBER} style") == "long"


def _digits(written: str) -> int:
    return min(int(written), _MOST_DIGITS) if written.isascii() and written.isdigit() and len(written) < 6 else 0
