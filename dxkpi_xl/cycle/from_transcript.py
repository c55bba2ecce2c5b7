"""Makes a register out of a transcribed annex (rows as printed): ids are given, sharing and relisting resolved.

``python -m dxkpi_xl.cycle.from_transcript annex.json cycle.json`` prints the register; templates/r6 was made so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dxkpi_xl.cycle.kpi_value import parse
from dxkpi_xl.cycle.model import Area, Bureau, Item, Kpi, Listing, Owner, Project, Register, Section
from dxkpi_xl.cycle.numbering import RELISTED
from dxkpi_xl.cycle.register_json import cycle_from_json, to_json

Row = Mapping[str, Any]


def register_from_transcript(document: Mapping[str, Any], cycle: Mapping[str, Any]) -> Register:
    """Give the register of a transcribed annex; ``cycle`` holds the settings that an annex does not print."""
    rows: Sequence[Row] = document["rows"]
    projects = {row["number"]: _project(row) for row in rows if row["number"] != RELISTED}
    kpis = {row["kpi_no"]: _kpi(row) for row in rows if row["kpi_no"] not in ("", RELISTED)}
    return Register(
        cycle=cycle_from_json(cycle["cycle"]),
        plan=_plan(rows),
        bureaus=_bureaus(rows, cycle["lead_sections"]),
        projects=tuple(projects.values()),
        kpis=tuple(kpis.values()),
        listings=tuple(_listing(row, projects, kpis) for row in rows),
    )


def _project(row: Row) -> Project:
    owners = tuple(Owner(bureau=bureau, section=section) for bureau, section in row["owners"])
    return Project(id=f"P{int(row['number']):04}", name=row["project"], owners=owners)


def _listing_id(row: Row) -> str:
    return f"L{row['row']:04}"


def _kpi(row: Row) -> Kpi:
    targets = {year: value for year, value in row["targets"].items() if value}
    return Kpi(
        id=f"K{int(row['kpi_no']):04}",
        defined_by=_listing_id(row),
        name=row["kpi_name"],
        is_new=row["kpi_new"],
        direction=_direction([row["baseline"], *targets.values()]),
        baseline=row["baseline"],
        targets=targets,
    )


def _direction(written: Sequence[str]) -> str:
    parsed = [value.number for value in map(parse, written) if value is not None and value.number is not None]
    first, last = parsed[0], parsed[-1]
    return "keep" if first == last else "up" if last > first else "down"


def _listing(row: Row, projects: Mapping[str, Project], kpis: Mapping[str, Kpi]) -> Listing:
    project = projects[row["relisted_from"] or row["number"]]
    kpi_no = row["kpi_relisted_from"] or row["kpi_no"]
    return Listing(
        id=_listing_id(row),
        project_id=project.id,
        area_no=row["area_no"],
        item_no=row["item_no"],
        name_layout=row["project"] if row["project"] != project.name else "",
        outline=row["outline"],
        target_kind=row["target_kind"],
        target=row["target"],
        kpi_id=kpis[kpi_no].id if kpi_no else "",
    )


def _plan(rows: Sequence[Row]) -> tuple[Area, ...]:
    names: dict[str, str] = {}
    items: dict[str, dict[str, Item]] = {}
    for row in rows:
        names[row["area_no"]] = row["area_name"]
        items.setdefault(row["area_no"], {})[row["item_no"]] = Item(no=row["item_no"], name=row["item_name"])
    return tuple(Area(no=no, name=name, items=tuple(items[no].values())) for no, name in names.items())


def _bureaus(rows: Sequence[Row], lead_sections: Mapping[str, str]) -> tuple[Bureau, ...]:
    sections: dict[str, dict[str, None]] = {}
    for row in rows:
        for bureau, section in row["owners"]:
            sections.setdefault(bureau, {})[section] = None
    found = []
    for number, (name, names) in enumerate(sections.items(), start=1):
        listed = tuple(Section(code=f"{number:02}{n:02}", name=each) for n, each in enumerate(names, start=1))
        found.append(Bureau(code=f"{number:02}", name=name, sections=listed, lead_section=lead_sections[name]))
    return tuple(found)


if __name__ == "__main__":
    _document, _cycle = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
    sys.stdout.buffer.write(to_json(register_from_transcript(_document, _cycle)).encode("utf-8"))
