""".xlsx and .xlsm, transitional and strict: bytes to cells.

A part that is not needed is never opened; macros are such parts.
"""

from collections.abc import Mapping

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import WorkbookCells
from dxkpi_xl.cells.package import Package
from dxkpi_xl.cells.properties_parts import read_properties
from dxkpi_xl.cells.shared_strings import NO_STRINGS, read_shared_strings
from dxkpi_xl.cells.sheet_context import SheetContext
from dxkpi_xl.cells.sheet_part import read_sheet
from dxkpi_xl.cells.sniff import FileKind, kind_of_zip, sniff
from dxkpi_xl.cells.styles_part import Style, read_styles
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.workbook_part import WorkbookPart, find_workbook, read_workbook

_DEFAULT_LIMITS = Limits()
_READ_HERE = frozenset({FileKind.XLSX, FileKind.XLSM, FileKind.STRICT_XLSX})
_NOT_THIS_KIND = {FileKind.EMPTY: UnreadableCode.EMPTY, FileKind.ENCRYPTED: UnreadableCode.PASSWORD}


def read_xlsx(data: bytes, *, limits: Limits = _DEFAULT_LIMITS) -> WorkbookCells:
    """All worksheets of a workbook.  Raises Unreadable, with any of its codes, and nothing else."""
    package = _open(data, limits)
    workbook = _workbook(package)
    styles = _styles(package, workbook.styles)
    strings = workbook.shared_strings
    context = SheetContext(
        strings=read_shared_strings(package.xml(strings)) if strings in package else NO_STRINGS,
        styles=styles or {},
        epoch_1904=workbook.epoch_1904,
        limits=limits,
        cells_left=limits.cells,
        characters_left=limits.characters,
    )
    sheets = tuple(read_sheet(package.xml(entry.part), entry, context) for entry in workbook.sheets)
    told = read_properties(package)
    return WorkbookCells(sheets=sheets, **told._asdict(), styles_read=styles is not None)


def _open(data: bytes, limits: Limits) -> Package:
    if data.startswith(b"PK\3\4"):
        return Package(data, limits)
    kind = sniff(data)
    if kind in _NOT_THIS_KIND:
        raise Unreadable(_NOT_THIS_KIND[kind])
    raise Unreadable(UnreadableCode.WRONG_KIND, kind=kind.value)


def _workbook(package: Package) -> WorkbookPart:
    part = find_workbook(package)
    workbook = read_workbook(package, part) if part.lower().endswith(".xml") else None
    if workbook is not None and workbook.sheets:
        return workbook
    kind = kind_of_zip(package.parts)
    if kind in _READ_HERE:
        raise Unreadable(UnreadableCode.NO_SHEET)
    raise Unreadable(UnreadableCode.WRONG_KIND, kind=kind.value)


def _styles(package: Package, part: str) -> Mapping[str, Style] | None:
    """The styles, none where the workbook names none; None if they are damaged or lost: no answer is lost by it."""
    if not part:
        return {}
    try:
        return read_styles(package.xml(part))
    except Unreadable as unreadable:
        if unreadable.code is not UnreadableCode.DAMAGED:
            raise
        return None
