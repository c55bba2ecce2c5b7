"""The settings sheet becomes a Cycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Any

from dxkpi_xl.cycle.model import Contact, Cycle
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger import columns, values_in
from dxkpi_xl.ledger.columns import Kind, Setting, Sheets
from dxkpi_xl.ledger.faults import Faults, PlaceBook
from dxkpi_xl.ledger.table_in import Table, Written

CYCLE = "cycle"
_CONTACT = "contact."


def read_settings(table: Table, sheets: Sheets, form_id: str, faults: Faults, places: PlaceBook) -> Cycle | None:
    """Give the cycle; None where the year or the year columns cannot be read. Places are of ``cycle``."""
    written = _by_key(table, sheets, faults)
    for key, cell in written.items():
        places.add(CYCLE, key, cell.place)
    found = {setting.key: _value(setting, written[setting.key], faults) for setting in _present(sheets, written)}
    _check_form(found, written, sheets, form_id, faults)
    _check_deadlines(found, written, faults)
    if not found.get("year") or not found.get("years"):
        return None
    contact = {key.removeprefix(_CONTACT): value for key, value in found.items() if key.startswith(_CONTACT)}
    # What is blank or could not be read keeps the model's own default; where that matters it has been told.
    plain = {key: value for key, value in found.items() if "." not in key and value not in ("", None)}
    blank = {field.name: "" for field in dataclass_fields(Cycle) if field.name in _ALWAYS_GIVEN}
    return Cycle(**{**blank, **plain, "contact": Contact(**contact)})


_ALWAYS_GIVEN = ("form", "title", "document")


def _by_key(table: Table, sheets: Sheets, faults: Faults) -> Mapping[str, Written]:
    by_label = {folded(setting.label): setting.key for setting in sheets.setting_rows}
    found: dict[str, Written] = {}
    for row in table.rows:
        label = row[columns.SETTING]
        key = by_label.get(folded(label.text))
        if key in found:
            faults.add("T032", label.place, heading=label.text, other=found[key].place.cell)
        elif key is not None:
            found[key] = row[columns.VALUE]
        elif row[columns.VALUE].text and not label.text.startswith(sheets.memo):
            faults.add("T043", label.place, heading=label.text or row[columns.VALUE].text, memo=sheets.memo)
    for setting in sheets.setting_rows:
        if setting.required and setting.key not in found:
            faults.add("T031", table.place, heading=setting.label)
    return found


def _present(sheets: Sheets, written: Mapping[str, Written]) -> list[Setting]:
    return [setting for setting in sheets.setting_rows if setting.key in written]


def _value(setting: Setting, written: Written, faults: Faults) -> Any:
    match setting.kind:
        case Kind.DATE:
            return values_in.day(setting, written, faults)
        case Kind.YEAR:
            return values_in.year(setting, written, faults)
        case Kind.YEARS:
            return values_in.fiscal_years(setting, written, faults)
        case Kind.INTEGER:
            return values_in.integer(setting, written, faults)
    return values_in.text(setting, written, faults)


def _check_form(
    found: Mapping[str, Any], written: Mapping[str, Written], sheets: Sheets, form_id: str, faults: Faults
) -> None:
    if found.get("form") and found["form"] != form_id:
        label = next(setting.label for setting in sheets.setting_rows if setting.key == "form")
        cell = written["form"]
        faults.add("T038", cell.place, what=label, value=cell.text, allowed=form_id)


def _check_deadlines(found: Mapping[str, Any], written: Mapping[str, Written], faults: Faults) -> None:
    section, office = found.get("section_deadline"), found.get("office_deadline")
    if section and office and section > office:
        facts = {"section": section.isoformat(), "office": office.isoformat()}
        faults.add("T050", written["section_deadline"].place, **facts)
