"""The document properties: title, subject, when it was saved, and what a program noted in custom ones."""

import datetime
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from dxkpi_xl.cells.package import Package
from dxkpi_xl.cells.saved_time import time_of_text
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xml_pass import Attributes, xml_pass

_CORE = ("http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/")
_CUSTOM = (
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    "http://purl.oclc.org/ooxml/officeDocument/customProperties",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes",
)
_MOST_CUSTOM = 1_000
_VALUES = ("lpwstr", "lpstr", "bstr", "i4", "int", "r8", "bool", "filetime", "date")


class Properties(NamedTuple):
    title: str
    subject: str
    custom: Mapping[str, str]
    modified: datetime.datetime | None


def read_properties(package: Package) -> Properties:
    """Title, subject, custom properties and the time; what is not there, or damaged, is empty."""
    core: dict[str, str] = {}
    custom: dict[str, str] = {}
    name = ""

    def note_title(text: str) -> None:
        core["title"] = text

    def note_subject(text: str) -> None:
        core["subject"] = text

    def note_modified(text: str) -> None:
        core["modified"] = text

    def note_name(attributes: Attributes) -> None:
        nonlocal name
        name = attributes.get("name", "")

    def note_value(text: str) -> None:
        if len(custom) < _MOST_CUSTOM:
            custom[name] = text

    values = dict.fromkeys(_VALUES, note_value)
    if "docProps/core.xml" in package:
        with _damage_forgiven():
            ends = {"title": note_title, "subject": note_subject, "modified": note_modified}
            xml_pass(package.xml("docProps/core.xml"), starts={}, ends=ends, namespaces=_CORE)
    if "docProps/custom.xml" in package:
        with _damage_forgiven():
            starts = {"property": note_name}
            xml_pass(package.xml("docProps/custom.xml"), starts=starts, ends=values, namespaces=_CUSTOM)
    return Properties(core.get("title", ""), core.get("subject", ""), custom, time_of_text(core.get("modified", "")))


@contextmanager
def _damage_forgiven() -> Iterator[None]:
    try:
        yield
    except Unreadable as unreadable:
        if unreadable.code is not UnreadableCode.DAMAGED:
            raise
