"""datapackage.json: the tables described for programs (Frictionless Data Package 1.0 with Table Schema)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from dxkpi_xl import years
from dxkpi_xl.cycle.model import Cycle
from dxkpi_xl.open_data.csv_text import LINE_END
from dxkpi_xl.open_data.dictionary import DICTIONARY, GUARD_NOTE, codes_in_words
from dxkpi_xl.open_data.settings import OpenDataSettings
from dxkpi_xl.open_data.table import OpenColumn, OpenTable, Reference

# A resource's name may hold only small letters, digits and . - _ (Data Package 1.0).
_RESOURCE_NAMES = {DICTIONARY: "data_dictionary"}
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def datapackage(
    cycle: Cycle, tables: Sequence[OpenTable], files: Mapping[str, bytes], settings: OpenDataSettings
) -> bytes:
    """Give datapackage.json for tables and other files, by their bytes (size and SHA-256 are in it)."""
    by_name = {table.name: table for table in tables}
    in_tables = {table.path for table in tables}
    others = [_other_resource(path, data) for path, data in files.items() if path not in in_tables]
    document = {
        "profile": "data-package",
        "name": "-".join(part for part in ("dxkpi", _plain_name(cycle.prefecture_code), str(_year(cycle))) if part),
        "title": cycle.full_title,
        "description": f"{cycle.prefecture} {cycle.year_label} {GUARD_NOTE}。".strip(),
        **({"licenses": [settings.licence.entry()]} if settings.licence else {}),
        "resources": [*(_table_resource(table, files[table.path], by_name) for table in tables), *others],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _year(cycle: Cycle) -> int:
    return years.western(cycle.year)


def _plain_name(text: str) -> str:
    return _NOT_IN_NAMES.sub("", text.lower())


def _resource_name(table: OpenTable) -> str:
    return _RESOURCE_NAMES.get(table.name, table.name)


def _file(path: str, data: bytes) -> dict[str, Any]:
    return {"path": path, "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}


def _table_resource(table: OpenTable, data: bytes, by_name: Mapping[str, OpenTable]) -> dict[str, Any]:
    return {
        "name": _resource_name(table),
        "title": table.title,
        "description": table.about,
        "profile": "tabular-data-resource",
        "type": "table",
        **_file(table.path, data),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": LINE_END,
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": _schema(table, by_name),
    }


def _schema(table: OpenTable, by_name: Mapping[str, OpenTable]) -> dict[str, Any]:
    foreign_keys = [_foreign_key(table, each, by_name) for each in table.references]
    return {
        "fields": [_field(column, is_key=(column.key,) == table.primary_key) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [table.column(key).name for key in table.primary_key],
        **({"foreignKeys": foreign_keys} if foreign_keys else {}),
    }


def _foreign_key(table: OpenTable, reference: Reference, by_name: Mapping[str, OpenTable]) -> dict[str, Any]:
    target = by_name[reference.table]
    return {
        "fields": [table.column(reference.key).name],
        "reference": {"resource": _resource_name(target), "fields": [target.column(reference.to_key).name]},
    }


def _other_resource(path: str, data: bytes) -> dict[str, Any]:
    name = path.removesuffix(".json").replace(".", "_")
    return {
        "name": name,
        "type": "json",
        **_file(path, data),
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
    }


def _field(column: OpenColumn, *, is_key: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if is_key:
        constraints["unique"] = True
    if column.codes:
        constraints["enum"] = [code.value for code in column.codes]
    words = codes_in_words(column.codes)
    return {
        "name": column.name,
        "title": column.name,
        "key": column.key,
        "description": f"{column.about}({words})" if words else column.about,
        "type": str(column.type),
        **({"constraints": constraints} if constraints else {}),
    }
