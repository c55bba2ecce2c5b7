"""Cells of a workbook that XlsxWriter wrote: read to be written again without our logic, or answered by hand."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping
from typing import NamedTuple

_SHEET = re.compile(r"xl/worksheets/sheet([0-9]+)\.xml")
_CELL = re.compile(r'<c r="([A-Z]+)([0-9]+)"(?: s="([0-9]+)")?(?: t="(\w+)")?(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA, _VALUE = re.compile(r"<f>(.*?)</f>", re.DOTALL), re.compile(r"<v>(.*?)</v>", re.DOTALL)
_STRING = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_TEXT = re.compile(r"<t(?: [^>]*)?>(.*?)</t>", re.DOTALL)
_STRINGS_PART = "xl/sharedStrings.xml"


class PlainCell(NamedTuple):
    """A cell as it stands: row and column from 0, its style's number, its formula or value."""

    row: int
    column: int
    style: int
    value: str | float | None
    formula: str


def cells_of(book: bytes) -> list[list[PlainCell]]:
    """Give the cells of every sheet in order."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        texts = ["".join(map(html.unescape, _TEXT.findall(each))) for each in _STRING.findall(_text(parts))]
        names = sorted((int(found[1]), each) for each in parts.namelist() if (found := _SHEET.fullmatch(each)))
        return [_sheet(parts.read(name).decode("utf-8"), texts) for _, name in names]


def _text(parts: zipfile.ZipFile) -> str:
    return parts.read(_STRINGS_PART).decode("utf-8")


def _sheet(xml: str, texts: list[str]) -> list[PlainCell]:
    return [_plain(found, texts) for found in _CELL.finditer(xml)]


def _plain(found: re.Match[str], texts: list[str]) -> PlainCell:
    letters, row, style, kind, inside = found.groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    written, formula = _VALUE.search(inside or ""), _FORMULA.search(inside or "")
    value: str | float | None = None
    if written:
        text = html.unescape(written[1])
        value = texts[int(text)] if kind == "s" else text if kind == "str" or not text else float(text)
    return PlainCell(int(row) - 1, column - 1, int(style or 0), value, html.unescape(formula[1]) if formula else "")


def answered(book: bytes, sheet: int, answers: Mapping[str, str]) -> bytes:
    """Give a book with texts typed into cells (by address) of a sheet (from 1), as Excel saves them: shared strings."""
    source = zipfile.ZipFile(io.BytesIO(book))
    saved = io.BytesIO()
    with source, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as target:
        strings = _text(source)
        first = len(_STRING.findall(strings))
        numbers = {cell: first + n for n, cell in enumerate(answers)}
        added = "".join(f'<si><t xml:space="preserve">{html.escape(text)}</t></si>' for text in answers.values())
        for name in source.namelist():
            data = source.read(name)
            if name == _STRINGS_PART:
                data = strings.replace("</sst>", f"{added}</sst>").encode("utf-8")
            elif name == f"xl/worksheets/sheet{sheet}.xml":
                data = _typed(data.decode("utf-8"), numbers).encode("utf-8")
            target.writestr(name, data)
    return saved.getvalue()


def _typed(xml: str, numbers: Mapping[str, int]) -> str:
    def typed(found: re.Match[str]) -> str:
        number = numbers.get(f"{found[1]}{found[2]}")
        if number is None:
            return found[0]
        return f'<c r="{found[1]}{found[2]}" s="{found[3] or 0}" t="s"><v>{number}</v></c>'

    return _CELL.sub(typed, xml)
