"""Any spreadsheet becomes cells, each kind by its own reader; the kind is told by the content alone."""

from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import WorkbookCells
from dxkpi_xl.cells.sniff import FileKind, is_half_of_ole, sniff
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xlsx import read_xlsx

_DEFAULT_LIMITS = Limits()


def read_workbook(data: bytes, *, limits: Limits = _DEFAULT_LIMITS, passwords: tuple[str, ...] = ()) -> WorkbookCells:
    """The cells of an .xlsx, .xlsm, .xls, .ods or .csv, opened with one of the passwords where it is locked.

    Raises Unreadable, with any of its codes, and nothing else.  WRONG_KIND with the fact `kind` is also said of
    .xlsb: no reader for it is known that gave all cells of all programs' files; it must be saved as .xlsx.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable(UnreadableCode.TOO_LARGE, limit="file_bytes", allowed=limits.file_bytes)
    try:
        return _read(data, limits)
    except Unreadable as unreadable:
        if unreadable.code is not UnreadableCode.PASSWORD or sniff(data) not in (FileKind.ENCRYPTED, FileKind.XLS):
            raise
    from dxkpi_xl.cells.passwords import unlocked

    return _read(unlocked(data, passwords), limits)


def _read(data: bytes, limits: Limits) -> WorkbookCells:
    """The readers that are rarely needed are imported only then: each brings a library, or many parts."""
    try:
        return read_xlsx(data, limits=limits)
    except Unreadable as unreadable:
        kind = unreadable.facts.get("kind")
        if unreadable.code is not UnreadableCode.WRONG_KIND:
            raise
        if kind == FileKind.ODS:
            from dxkpi_xl.cells.ods import read_ods as read
        elif kind == FileKind.XLS:
            from dxkpi_xl.cells.xls import read_xls as read
        elif kind == FileKind.CSV:
            from dxkpi_xl.cells.csv_text import read_csv as read
        elif is_half_of_ole(data):
            raise Unreadable(UnreadableCode.DAMAGED, reason="half of a file") from None
        else:
            raise
    return read(data, limits=limits)
