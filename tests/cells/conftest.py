"""Workbooks written by hand, tag by tag, so that a test shows the very bytes it is about."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

TRANSITIONAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATION = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def hand_made_parts(
    rows: str = "",
    *,
    shared: str = "",
    styles: str = "",
    after: str = "",
    before: str = "",
    sheet: str = '<sheet name="票" sheetId="1" r:id="rId1"/>',
    workbook: str = "",
    main: str = TRANSITIONAL,
) -> dict[str, str]:
    """The parts of a workbook with one sheet of `rows`."""
    relation = _RELATION[main]
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Override PartName="/xl/workbook.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{relation}/officeDocument" '
        'Target="/xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relation}">{workbook}'
        f"<sheets>{sheet}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{relation}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId3" Type="{relation}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId4" Type="{relation}/chartsheet" Target="chart.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    }


def zipped(parts: dict[str, str] | list[tuple[str, str]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip, in their order."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture(scope="session")
def hand_made() -> Callable[..., bytes]:
    """hand_made(rows, shared=.., styles=..) gives the bytes of a workbook."""

    def make(*arguments: str, **named: str) -> bytes:
        return zipped(hand_made_parts(*arguments, **named))

    return make


@pytest.fixture(scope="session")
def parts_of() -> Callable[..., dict[str, str]]:
    return hand_made_parts


@pytest.fixture(scope="session")
def zip_of() -> Callable[..., bytes]:
    return zipped
