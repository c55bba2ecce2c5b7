"""Reads sheets.toml and binds it to a form, so many owners and years: the ledger's sheets as they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any

from dxkpi_xl.cycle import fields
from dxkpi_xl.form.columns import Form
from dxkpi_xl.ledger import choices
from dxkpi_xl.ledger.choices import Choices
from dxkpi_xl.ledger.columns import Kind, LedgerColumn, LedgerSheet, Live, Repeats, Setting, Sheets

_FILE = "sheets.toml"
_SETTINGS = "settings"

_CHOICES: Mapping[str, Choices] = {
    "flag": choices.FLAG,
    "direction": choices.DIRECTIONS,
    "kpi_role": choices.KPI_ROLES,
    "distribution": choices.DISTRIBUTION,
    "numbers": choices.NUMBERS,
    "fonts": choices.FONTS,
    "papers": choices.PAPERS,
    "conflicts": choices.CONFLICTS,
    "relistings": choices.RELISTINGS,
    "widths": choices.WIDTHS,
    "not_set": choices.NOT_SET,
    "romans": choices.ROMANS,
    "document_places": choices.DOCUMENT_PLACES,
    "switch": choices.SWITCH,
    "file_choices": choices.FILE_CHOICES,
}


def ledger_sheets(form: Form, owners: int, years: tuple[str, ...]) -> Sheets:
    """Give the ledger's sheets with places for so many owners a row and with these years' columns."""
    document = _document()
    tables = {entry["key"]: _sheet(entry, form, owners, years) for entry in document["sheets"]}
    return Sheets(
        guide=document["guide"],
        lists=document["lists"],
        memo=document["memo"],
        usage=tuple(document["usage"]),
        setting_rows=setting_rows(),
        **tables,
    )


def setting_rows() -> tuple[Setting, ...]:
    """Give the rows of the settings sheet, which are the same for every form."""
    return tuple(Setting(**_converted(entry)) for entry in _document()["settings"])


def settings_sheet() -> LedgerSheet:
    """Give the settings sheet alone, which is the same for every form."""
    entry = next(entry for entry in _document()["sheets"] if entry["key"] == _SETTINGS)
    columns = tuple(LedgerColumn(**_converted(each)) for each in entry["columns"])
    return LedgerSheet(key=_SETTINGS, name=entry["name"], purpose=entry["purpose"], columns=columns)


@cache
def _document() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8"))


def _sheet(entry: Mapping[str, Any], form: Form, owners: int, years: tuple[str, ...]) -> LedgerSheet:
    columns = [_column(each, form) for each in entry["columns"]]
    rest = {key: value for key, value in entry.items() if key != "columns"}
    return LedgerSheet(**rest, columns=tuple(_repeated(columns, form, owners, years)))


def _column(entry: Mapping[str, Any], form: Form) -> LedgerColumn:
    words = dict(entry)
    if "label" not in words:
        words["label"] = form.column(entry["key"]).label
    if "help" not in words:
        words["help"] = form.column(entry["key"]).help
    if words.get("choices") == "form":
        asked = form.column(entry["key"]).choices
        words["choices"] = choices.of_form(asked) if asked else None
    return LedgerColumn(**_converted(words))


def _converted(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Give an entry with its words turned into the program's own values."""
    converted = dict(entry)
    converted["help"] = entry["help"].replace("{new_id}", _document()["new_id"])
    converted["kind"] = Kind(entry.get("kind", Kind.LINE))
    for key, kind in (("live", Live), ("repeats", Repeats)):
        if key in entry:
            converted[key] = kind(entry[key])
    if isinstance(entry.get("choices"), str):
        converted["choices"] = _CHOICES[entry["choices"]]
    return converted


def _repeated(columns: list[LedgerColumn], form: Form, owners: int, years: tuple[str, ...]) -> Iterator[LedgerColumn]:
    pairs = [column for column in columns if column.repeats is Repeats.OWNER]
    for column in columns:
        if column.repeats is Repeats.YEAR:
            for year in years:
                asked = form.column(fields.target_key(year))
                yield replace(column, key=asked.key, label=asked.label, help=asked.help, optional=True)
        elif column.repeats is None:
            yield column
        elif column is pairs[0]:
            for owner in range(1, owners + 1):
                yield from (pair.for_owner(owner) for pair in pairs)
