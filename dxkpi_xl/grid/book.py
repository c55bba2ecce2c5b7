"""A workbook being written; the same calls give the same bytes."""

import datetime
import io
from dataclasses import dataclass

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.addresses import is_like_a_cell
from dxkpi_xl.grid.fonts import NormalFont, font_properties
from dxkpi_xl.grid.formulas import checked, quoted
from dxkpi_xl.grid.package import PackedWorkbook
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.sheet import Sheet
from dxkpi_xl.grid.sheet_base import Formats, must, refuse_text
from dxkpi_xl.grid.worksheet import GrowingWorksheet

#: The creation time in every workbook: a clock would make each run's bytes differ.
_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, kw_only=True)
class Properties:
    """The document's properties: what and whose office, never a person."""

    title: str
    subject: str = ""
    company: str = ""


class Book:
    """A workbook: make sheets, fill them, take the bytes once with ``to_bytes``."""

    def __init__(self, properties: Properties, normal: NormalFont | None = None) -> None:
        self.normal = normal or NormalFont()
        self._file = io.BytesIO()
        self._workbook = PackedWorkbook(self._file, workbook_options(self.normal))
        self._formats = Formats(self._workbook)
        self._sheets: list[Sheet] = []
        self._finished = b""
        texts = {"title": properties.title, "subject": properties.subject, "company": properties.company}
        for name, text in texts.items():
            refuse_text("", "", name, text, limits.PROPERTY_TEXT)
        must("", "", self._workbook.set_properties, texts | {"created": _CREATED})

    def sheet(self, name: str) -> Sheet:
        """Add a sheet; refused for a name that Excel does not take or that is there already, letter case ignored."""
        why = _wrong_with_sheet_name(name)
        if why:
            raise Refused(Reason.BAD_SHEET_NAME, "", "", {"name": name, "why": why})
        if name.casefold() in {sheet.name.casefold() for sheet in self._sheets}:
            raise Refused(Reason.SHEET_NAME_TAKEN, "", "", {"name": name})
        worksheet = self._workbook.add_worksheet(name, GrowingWorksheet)
        sheet = Sheet(self._workbook, worksheet, self._formats)
        self._sheets.append(sheet)
        return sheet

    def define_name(self, name: str, refers_to: str, hidden: bool = False) -> None:
        """A name for a range or a formula, such as ``項目一覧`` for ``='リスト'!$A$2:$A$80``."""
        why = _wrong_with_name(name)
        if why:
            raise Refused(Reason.BAD_NAME, "", "", {"name": name, "why": why})
        must("", "", self._workbook.define_name, name, checked(refers_to))
        self._workbook.defined_names[-1][3] = hidden

    def define_constant(self, name: str, value: str | int) -> None:
        """A hidden name for a constant: identity that survives a copied sheet (in 12 of 20 re-saves)."""
        self.define_name(name, "=" + (quoted(value) if isinstance(value, str) else str(value)), hidden=True)

    def custom_property(self, name: str, value: str) -> None:
        """A property of the file; its name is ASCII because re-saves lose others more often."""
        if not name.isascii() or not name.isidentifier():
            raise Refused(Reason.BAD_PROPERTY, "", "", {"name": name, "why": "ASCII"})
        refuse_text("", "", name, value, limits.PROPERTY_TEXT)
        must("", "", self._workbook.set_custom_property, name, value, "text")

    def to_bytes(self) -> bytes:
        """Close the workbook and give its bytes; refused without a visible sheet.  Later calls give the same bytes."""
        if not self._finished:
            self._show_a_visible_sheet()
            must("", "", self._workbook.close)
            self._finished = self._file.getvalue()
        return self._finished

    def _show_a_visible_sheet(self) -> None:
        visible = [sheet for sheet in self._workbook.worksheets() if not sheet.hidden]
        if not visible:
            raise Refused(Reason.NO_VISIBLE_SHEET, "", "", {})
        if self._workbook.worksheet_meta.activesheet not in {sheet.index for sheet in visible}:
            visible[0].activate()


def workbook_options(normal: NormalFont) -> dict[str, object]:
    """XlsxWriter's options of a book: made in memory, and a text is a text whatever it looks like."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
        "default_format_properties": font_properties(normal.name) | {"font_size": normal.size},
        "default_row_height": normal.default_row_pixels,
        "default_column_width": normal.default_column_pixels,
    }


def _wrong_with_sheet_name(name: str) -> str:
    length = limits.utf16_units(name)
    if not name.strip():
        return "空です"
    if length > limits.SHEET_NAME:
        return f"{length}文字、上限は{limits.SHEET_NAME}文字"
    if set(name) & set(limits.SHEET_NAME_FORBIDDEN) or not name.isprintable():
        return f"{limits.SHEET_NAME_FORBIDDEN} と制御文字は使えません"
    if name[0] == "'" or name[-1] == "'":
        return "始めと終わりに ' は使えません"
    if name.casefold() in limits.SHEET_NAME_RESERVED:
        return "Excelが予約している名前です"
    return ""


def _wrong_with_name(name: str) -> str:
    if limits.utf16_units(name) > limits.DEFINED_NAME:
        return f"上限は{limits.DEFINED_NAME}文字"
    if is_like_a_cell(name):
        return "セルの番地と同じ形です"
    if name[:1].isdigit() or not name.replace(".", "_").isidentifier():
        return "文字、数字、下線、ピリオドだけが使えます"
    return ""
