"""The files of the folder オープンデータ, by name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from dxkpi_xl.cycle.model import Contact, Register
from dxkpi_xl.cycle.register_json import RegisterTexts
from dxkpi_xl.cycle.register_schema import SCHEMA_ID, register_schema
from dxkpi_xl.form.columns import Form
from dxkpi_xl.form.schema import return_schema
from dxkpi_xl.open_data.csv_text import csv_bytes
from dxkpi_xl.open_data.datapackage import datapackage
from dxkpi_xl.open_data.dictionary import dictionary_table
from dxkpi_xl.open_data.settings import OpenDataSettings
from dxkpi_xl.open_data.tables import open_tables

REGISTER_FILE = "register.json"
RETURN_SCHEMA_FILE = "return.schema.json"
DATAPACKAGE_FILE = "datapackage.json"


def open_data_files(
    form: Form, register: Register, settings: OpenDataSettings | None = None, texts: RegisterTexts | None = None
) -> Mapping[str, bytes]:
    """Give the open data of a register: file names and bytes, the same for the same register.

    Persons, telephone numbers and mail addresses are left out of all of them. ``texts`` has what was already put into
    words of this register.
    """
    settings = settings or OpenDataSettings()
    public = without_persons(register)
    tables = open_tables(form, public)
    tables = (*tables, dictionary_table(tables))
    files = {table.path: csv_bytes(table, bom=settings.bom) for table in tables}
    files[REGISTER_FILE] = (texts or RegisterTexts()).of(public).encode("utf-8")
    years = register.cycle.years
    for name, schema in ((SCHEMA_ID, register_schema()), (RETURN_SCHEMA_FILE, return_schema(form, years))):
        files[name] = (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return {**files, DATAPACKAGE_FILE: datapackage(public.cycle, tables, files, settings)}


def without_persons(register: Register) -> Register:
    """Give the register without what is for the office alone: the contact's person, telephone and mail addresses."""
    contact = Contact(section=register.cycle.contact.section)
    return replace(
        register,
        cycle=replace(register.cycle, contact=contact),
        bureaus=tuple(replace(bureau, mail="") for bureau in register.bureaus),
    )
