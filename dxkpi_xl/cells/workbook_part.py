"""The workbook part and what leads to it: which sheets there are, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath, split
from typing import NamedTuple

from dxkpi_xl.cells.model import Visibility
from dxkpi_xl.cells.package import Package
from dxkpi_xl.cells.same_parts import read_once
from dxkpi_xl.cells.shared_strings import plain_text
from dxkpi_xl.cells.unreadable import Unreadable, UnreadableCode
from dxkpi_xl.cells.xml_pass import TRUE, Attributes, XmlPart, xml_pass

_RELATIONSHIPS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_MOST_SHEETS = 2_000
_MOST_RELATIONS = 20_000
_VISIBILITIES: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "veryHidden"}


class Relation(NamedTuple):
    """Where a part points to: the last word of the relation's type ('worksheet'), and the part."""

    kind: str
    target: str


class SheetEntry(NamedTuple):
    name: str
    visibility: Visibility
    part: str


@dataclass(frozen=True, kw_only=True)
class WorkbookPart:
    """The sheets in the order of their tabs, the epoch, and the parts that all sheets share ('' where none)."""

    sheets: tuple[SheetEntry, ...]
    epoch_1904: bool
    shared_strings: str
    styles: str


def find_workbook(package: Package) -> str:
    """The workbook part named by the package, or the usual one; '' if neither is there."""
    usual = "xl/workbook.xml"
    if "_rels/.rels" in package:
        for relation in _relations(package, "").values():
            if relation.kind == "officeDocument" and relation.target in package:
                return relation.target
    return usual if usual in package else ""


def read_workbook(package: Package, part: str) -> WorkbookPart:
    """The workbook part.  Raises Unreadable: DAMAGED if a sheet leads nowhere."""
    listed, epoch_1904 = _listed(package.xml(part))
    relations = _relations(package, part)
    by_kind = {relation.kind: relation.target for relation in relations.values()}
    return WorkbookPart(
        sheets=tuple(_worksheets(listed, relations, part)),
        epoch_1904=epoch_1904,
        shared_strings=by_kind.get("sharedStrings", ""),
        styles=by_kind.get("styles", ""),
    )


@read_once
def _listed(part: XmlPart) -> tuple[list[tuple[str, str, str]], bool]:
    """Each sheet's name, state and relation; and whether days are counted from 1904."""
    listed: list[tuple[str, str, str]] = []
    epochs: list[bool] = []

    def sheet(attributes: Attributes) -> None:
        if len(listed) >= _MOST_SHEETS:
            raise Unreadable(UnreadableCode.TOO_LARGE, limit="sheets", allowed=_MOST_SHEETS)
        relation = next((value for key, value in attributes.items() if key.endswith(" id")), "")
        listed.append((plain_text(attributes.get("name", "")), attributes.get("state", ""), relation))

    def properties(attributes: Attributes) -> None:
        epochs.append(attributes.get("date1904") in TRUE)

    xml_pass(part, starts={"sheet": sheet, "workbookPr": properties}, ends={})
    return listed, any(epochs)


def _worksheets(listed: list[tuple[str, str, str]], relations: Mapping[str, Relation], part: str) -> list[SheetEntry]:
    sheets = []
    for name, state, identity in listed:
        relation = relations.get(identity)
        if relation is None:
            raise Unreadable(UnreadableCode.DAMAGED, reason="sheet leads nowhere", part=part, sheet=name)
        if relation.kind == "worksheet":  # not a chart, a dialog or a macro sheet: they hold no cells
            sheets.append(SheetEntry(name, _VISIBILITIES.get(state, "visible"), relation.target))
    return sheets


def _relations(package: Package, part: str) -> Mapping[str, Relation]:
    folder, name = split(part)
    return _relations_told(package.xml(join(folder, "_rels", f"{name}.rels")))


@read_once
def _relations_told(relations_part: XmlPart) -> Mapping[str, Relation]:
    folder, name = split(relations_part.name)
    part = join(dirname(folder), name.removesuffix(".rels"))
    relations: dict[str, Relation] = {}

    def relationship(attributes: Attributes) -> None:
        if len(relations) < _MOST_RELATIONS and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = attributes.get("Target", "").replace("\\", "/")
            relations[attributes.get("Id", "")] = Relation(kind, _resolve(part, target))

    xml_pass(relations_part, starts={"Relationship": relationship}, ends={}, namespaces=_RELATIONSHIPS)
    return relations


def _resolve(part: str, target: str) -> str:
    return normpath(join("/", dirname(part), target)).lstrip("/")
