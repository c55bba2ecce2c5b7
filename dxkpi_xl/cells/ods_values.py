"""What an OpenDocument cell says: its typed value under its format, as the same cell of an .xlsx would say it."""

import re
from datetime import date

from dxkpi_xl.cells.number_formats import Shows, format_meaning
from dxkpi_xl.cells.ods_names import CALCEXT, OFFICE, TABLE
from dxkpi_xl.cells.shown import Shown, show_number
from dxkpi_xl.cells.styles_part import Style
from dxkpi_xl.cells.xml_pass import TRUE, Attributes

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d(?:\.\d{1,9})?))?Z?", re.ASCII)
_TIME = re.compile(r"P(?:(\d{1,7})D)?T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?", re.ASCII)
_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_SAFE_SERIAL = 61  # 1900-03-01: before it Excel counts a day that never was
_DAY = 86_400
_FORMAT_OF_TYPE = {  # where the style is lost, the type of the value still tells
    "percentage": ("0.00%", frozenset({Shows.PERCENT})),
    "date": ("yyyy/m/d h:mm", frozenset({Shows.DATE, Shows.DATE_TIME})),
    "time": ("[h]:mm:ss", frozenset({Shows.TIME, Shows.DURATION, Shows.DATE, Shows.DATE_TIME})),
}
# What LibreOffice makes of a boolean in an .xlsx: it is written as a number.
_BOOLEAN_FORMULAS = frozenset({"of:=TRUE()", "of:=FALSE()"})
_REFERENCE = re.compile(r'"(?:[^"]|"")*"|\[([^\]]*)\]|;')


def typed_style(kind: str, style: Style) -> Style:
    """The style of a cell, mended where its format contradicts the type of the value."""
    fallback, fitting = _FORMAT_OF_TYPE.get(kind, ("", frozenset({style.meaning.shows})))
    return style if style.meaning.shows in fitting else Style(fallback, format_meaning(fallback), style.struck)


def shown_value(attributes: Attributes, written: str | None, style: Style) -> Shown:
    """The value of a cell; `written` is the text of its paragraphs, None without any."""
    kind = attributes.get(f"{OFFICE} value-type", "string")
    told = attributes.get(f"{OFFICE} string-value")
    text = (written or "") if told is None else told
    if attributes.get(f"{CALCEXT} value-type") == "error":
        return Shown(written or "#N/A", written or "#N/A", "error")
    if kind == "boolean" or attributes.get(f"{TABLE} formula") in _BOOLEAN_FORMULAS:
        told = attributes.get(f"{OFFICE} boolean-value") or attributes.get(f"{OFFICE} value", "")
        text = "TRUE" if told in TRUE else "FALSE"
        return Shown(text, text, "bool")
    if kind == "date":
        return _shown_date(attributes.get(f"{OFFICE} date-value", ""), style)
    if kind == "time":
        return _shown_time(attributes.get(f"{OFFICE} time-value", ""), style)
    if kind in {"float", "percentage", "currency"}:
        return show_number(attributes.get(f"{OFFICE} value", ""), style.meaning, epoch_1904=False)
    return Shown(text, text, "text")


def excel_formula(written: str) -> str:
    """An OpenFormula as Excel writes it, as far as references and separators go: `of:=SUM([.A1:.B2];1)`."""
    body = written.partition("=")[2] if ":=" in written[:8] else written.removeprefix("=")
    return _REFERENCE.sub(_in_excel, body)


def _in_excel(match: re.Match[str]) -> str:
    if match[1] is not None:
        sheets_and_cells = [end.rpartition(".") for end in match[1].split(":")]
        return ":".join(f"{sheet.lstrip('$')}!{cell}" if sheet else cell for sheet, _, cell in sheets_and_cells)
    return "," if match[0] == ";" else match[0]


def _shown_date(written: str, style: Style) -> Shown:
    match = _DATE.fullmatch(written)
    try:
        days = date(*(int(part) for part in match.group(1, 2, 3))).toordinal() - _EPOCH if match else 0
    except ValueError:
        match = None
    if match is None or days < _FIRST_SAFE_SERIAL:
        return Shown(written.replace("T", " "), written, "date")
    hours, minutes, seconds = (float(part or 0) for part in match.group(4, 5, 6))
    return _show_serial(days + (hours * 3600 + minutes * 60 + seconds) / _DAY, style)


def _shown_time(written: str, style: Style) -> Shown:
    match = _TIME.fullmatch(written)
    if match is None:
        return Shown(written, written, "text")
    days, hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in match.groups())
    return _show_serial(days + (hours * 3600 + minutes * 60 + seconds) / _DAY, style)


def _show_serial(serial: float, style: Style) -> Shown:
    return show_number(repr(serial), style.meaning, epoch_1904=False)
