""".ods, as LibreOffice, Excel and Google Sheets write it: bytes to cells, in the same strict pass as .xlsx."""

from dxkpi_xl.cells.collected import Allowance
from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.model import WorkbookCells
from dxkpi_xl.cells.ods_content import ContentPass
from dxkpi_xl.cells.ods_names import CONTENT, DUBLIN_CORE, META
from dxkpi_xl.cells.ods_styles import OdsStyles
from dxkpi_xl.cells.package import Package
from dxkpi_xl.cells.saved_time import time_of_text
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xml_pass import Attributes, xml_pass

_DEFAULT_LIMITS = Limits()
_MANIFEST = "META-INF/manifest.xml"
_MOST_CUSTOM = 1_000


def read_ods(data: bytes, *, limits: Limits = _DEFAULT_LIMITS) -> WorkbookCells:
    """All sheets of an OpenDocument spreadsheet.  Raises Unreadable, with any of its codes, and nothing else."""
    package = Package(data, limits)
    if "encrypted-package" in package or _is_encrypted(package):
        raise Unreadable(UnreadableCode.PASSWORD, kind="ods")
    styles = OdsStyles()
    styles_read = _read_styles(package, styles)
    content = ContentPass(styles, Allowance(limits))
    xml_pass(
        package.xml("content.xml"),
        starts={**styles.starts(), **content.starts()},
        ends={**styles.ends(), **content.ends()},
        namespaces=CONTENT,
        characters=content.characters,
    )
    if not content.sheets:
        raise Unreadable(UnreadableCode.NO_SHEET)
    properties = _read_properties(package)
    title, subject, modified = (properties.pop(name, "") for name in ("dc title", "dc subject", "dc date"))
    return WorkbookCells(
        sheets=tuple(content.sheets),
        title=title,
        subject=subject,
        custom=properties,
        modified=time_of_text(modified),
        styles_read=styles_read,
    )


def _is_encrypted(package: Package) -> bool:
    return _MANIFEST in package and b"encryption-data" in package.parts.read(_MANIFEST)


def _read_styles(package: Package, styles: OdsStyles) -> bool:
    if "styles.xml" not in package:
        return True
    try:
        xml_pass(package.xml("styles.xml"), starts=styles.starts(), ends=styles.ends(), namespaces=CONTENT)
    except Unreadable as unreadable:
        if unreadable.code is not UnreadableCode.DAMAGED:
            raise
        return False
    return True


def _read_properties(package: Package) -> dict[str, str]:
    """Title, subject, time as 'dc title', 'dc subject', 'dc date', and those that a program added, by their names."""
    found: dict[str, str] = {}
    name = ""

    def note_name(attributes: Attributes) -> None:
        nonlocal name
        name = attributes.get(f"{META} name", "")

    def note(key: str, text: str) -> None:
        if len(found) < _MOST_CUSTOM:
            found[key] = text

    if "meta.xml" in package:
        ends = {
            "title": lambda text: note("dc title", text),
            "subject": lambda text: note("dc subject", text),
            "date": lambda text: note("dc date", text),
            "user-defined": lambda text: note(name, text),
        }
        try:
            part = package.xml("meta.xml")
            xml_pass(part, starts={"user-defined": note_name}, ends=ends, namespaces=(META, DUBLIN_CORE))
        except Unreadable as unreadable:
            if unreadable.code is not UnreadableCode.DAMAGED:
                raise
    return found
