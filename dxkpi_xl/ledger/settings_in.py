"""The settings sheet becomes a Cycle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from typing import Any

from dxkpi_xl.cycle.model import AnnexMargins, Contact, Cycle
from dxkpi_xl.form.columns import folded
from dxkpi_xl.ledger import columns, values_in
from dxkpi_xl.ledger.columns import PASSWORDS, Kind, Setting, Sheets
from dxkpi_xl.ledger.faults import NO_HEADING, Faults
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.table_in import Table
from dxkpi_xl.ledger.written import Written

CYCLE = "cycle"
_CONTACT, _MARGINS = "contact.", "margins."


@dataclass(frozen=True, kw_only=True)
class SettingsRead:
    """The cycle, None where the year or the year columns cannot be read; and the passwords, no part of it."""

    cycle: Cycle | None
    passwords: tuple[str, ...] = field(repr=False)


def read_settings(table: Table, sheets: Sheets, form_id: str, faults: Faults, places: PlaceBook) -> SettingsRead:
    """Give the settings. Places are of ``cycle``."""
    written = _by_key(table, sheets, faults)
    places.add(CYCLE, written)
    if PASSWORDS in written:
        faults.keep_secret(written[PASSWORDS].place)
    found = {setting.key: _value(setting, written[setting.key], faults) for setting in _present(sheets, written)}
    _check_form(found, written, sheets, form_id, faults)
    _check_deadlines(found, written, faults)
    lines = str(found.pop(PASSWORDS, "")).splitlines()
    passwords = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
    return SettingsRead(cycle=_cycle(found), passwords=passwords)


def _cycle(found: Mapping[str, Any]) -> Cycle | None:
    if not found.get("year") or not found.get("years"):
        return None
    # What is blank or could not be read keeps the model's own default; where that matters it has been told.
    plain = {key: value for key, value in found.items() if "." not in key and value not in ("", None)}
    blank = {each.name: "" for each in dataclass_fields(Cycle) if each.name in _ALWAYS_GIVEN}
    contact, margins = Contact(**_part(found, _CONTACT)), AnnexMargins(**_part(found, _MARGINS))
    return Cycle(**{**blank, **plain, "contact": contact, "margins": margins})


def _part(found: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {k.removeprefix(prefix): v for k, v in found.items() if k.startswith(prefix) and v is not None}


# What a row of the settings without a name is called.
_NO_NAME = "(名前のない行)"
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
            # The value is not quoted: it may be a password, one row too low.
            faults.add("T043", label.place, heading=label.text or _NO_NAME, memo=sheets.memo)
    for setting in sheets.setting_rows:
        if setting.required and setting.key not in found:
            faults.add(NO_HEADING, table.place, heading=setting.label)
    return found


def _present(sheets: Sheets, written: Mapping[str, Written]) -> list[Setting]:
    return [setting for setting in sheets.setting_rows if setting.key in written]


def _value(setting: Setting, written: Written, faults: Faults) -> Any:
    return _READ_AS.get(setting.kind, values_in.text)(setting, written, faults)


_READ_AS: Mapping[Kind, Callable[[Setting, Written, Faults], Any]] = {
    Kind.DATE: values_in.day,
    Kind.YEAR: values_in.year,
    Kind.YEARS: values_in.fiscal_years,
    Kind.INTEGER: values_in.integer,
    Kind.DECIMAL: values_in.decimal,
    Kind.SWITCH: values_in.switch,
}


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
