"""What every part of a sheet needs: the XlsxWriter sheet, its formats, and a call that cannot fail in silence."""

import re
import warnings
from collections.abc import Callable
from typing import Any

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.addresses import address
from dxkpi_xl.grid.refusals import Reason, Refused
from dxkpi_xl.grid.styles import Mark, Style, mark_properties, style_properties
from dxkpi_xl.grid.worksheet import GrowingWorksheet

#: A cell: its address (``J14``), or its row and column, counted from 1.
At = str | tuple[int, int]

_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class _Made(dict[Style | Mark, Format]):
    """The formats of one workbook: each style is made once, in the order of first use."""

    def __init__(self, workbook: Workbook) -> None:
        super().__init__()
        self._workbook = workbook

    def __missing__(self, style: Style | Mark) -> Format:
        properties = style_properties(style) if isinstance(style, Style) else mark_properties(style)
        made = self[style] = self._workbook.add_format(properties)
        return made


class _Numbers(dict[Style, int]):
    """The numbers by which finished cells name their formats, in the order of first use."""

    def __init__(self, made: _Made) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, style: Style) -> int:
        number = self[style] = int(self._made[style]._get_xf_index())
        return number


class Formats:
    """The formats of one workbook; ``numbers`` are those of cells, of which each is a style's at its first use."""

    def __init__(self, workbook: Workbook) -> None:
        self._made = _Made(workbook)
        self.numbers = _Numbers(self._made)

    def of(self, style: Style | Mark) -> Format:
        """XlsxWriter's format of a style or a mark."""
        return self._made[style]


class SheetPart:
    """One sheet; its methods take addresses such as ``J14`` and ``A1:C3`` (rows and columns count from 1)."""

    def __init__(self, workbook: Workbook, worksheet: GrowingWorksheet, formats: Formats) -> None:
        self._workbook = workbook
        self._worksheet = worksheet
        self._formats = formats
        self._editable_titles: set[str] = set()
        self._ignored: dict[str, list[str]] = {}
        self._links = 0

        self.name = str(worksheet.get_name())

    def _must(self, cell: str, action: Callable[..., object], *arguments: Any) -> None:
        """Do it; a warning, an error code or an exception of XlsxWriter becomes a refusal."""
        must(self.name, cell, action, *arguments)

    def _put(self, cell: At, action: Callable[..., object], *arguments: Any) -> None:
        """Do it, as ``_must``, where XlsxWriter has nothing to warn of: it answers by a code, or what it would warn of
        was refused before.

        Listening to warnings costs as much as writing a cell.
        """
        try:
            code = action(*arguments)
        except (XlsxWriterException, ValueError, TypeError) as error:
            raise self._refused(Reason.WRITER, cell, message=str(error)) from error
        if code:
            raise self._refused(Reason.WRITER, cell, message=f"{action.__name__}: {code}")

    def _refused(self, reason: Reason, cell: At, **facts: object) -> Refused:
        return Refused(reason, self.name, named(cell), facts)

    def _refuse_if_long(self, cell: At, what: str, text: str, limit: int) -> None:
        refuse_text(self.name, cell, what, text, limit)


def must(sheet: str, cell: str, action: Callable[..., object], *arguments: Any) -> None:
    """Call XlsxWriter; a warning, an error code or an exception becomes ``Refused``.

    XlsxWriter answers -1 … -5 and goes on without the rule or the rest of the text.  Python's warnings are shared by
    threads: write workbooks in one thread, or in several processes.
    """
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        try:
            code = action(*arguments)
        except (XlsxWriterException, ValueError, TypeError) as error:
            raise Refused(Reason.WRITER, sheet, cell, {"message": str(error)}) from error
    if heard or (isinstance(code, int) and code != 0):
        message = " / ".join(str(warning.message) for warning in heard) or f"{action.__name__}: {code}"
        raise Refused(Reason.WRITER, sheet, cell, {"message": message})


def named(cell: At) -> str:
    """The address of a cell, as a refusal says it."""
    return cell if isinstance(cell, str) else address(*cell)


def refuse_text(sheet: str, cell: At, what: str, text: str, limit: int) -> None:
    """Refuse a text beyond the limit, or one that XML cannot hold (a control character, half a surrogate pair)."""
    refuse_length(sheet, cell, what, text, limit)
    if _NOT_IN_XML.search(text):
        raise Refused(Reason.NOT_UNICODE, sheet, named(cell), {})


def refuse_length(sheet: str, cell: At, what: str, text: str, limit: int) -> None:
    """Refuse a text beyond the limit, or with half a surrogate pair; control characters are escaped in cells."""
    if len(text) * 2 > limit and (length := limits.utf16_units(text)) > limit:
        facts = {"what": what, "length": length, "limit": limit, "text": text[:40]}
        raise Refused(Reason.TEXT_TOO_LONG, sheet, named(cell), facts)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Refused(Reason.NOT_UNICODE, sheet, named(cell), {}) from error
