"""What is written to the ledger is what is read from it, also after other programs saved it."""

from __future__ import annotations

import datetime
import io
import json
from dataclasses import asdict, replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.office import OfficeSettings
from dxkpi_xl.cycle.register_json import from_json, to_json
from dxkpi_xl.cycle.register_schema import SCHEMA_ID
from dxkpi_xl.form.columns import Form
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.ledger.workbook import ledger_workbook

from .conftest import Read, edited
from .registers import office_settings, registers

# Texts that a program may take for something else: formulas, numbers, dates, escapes, quotes, blanks at the ends.
AWKWARD = (
    "=1+1",
    "-",
    "+48.2%",
    "@名前",
    "'引用",
    "0012",
    "1-2",
    "_x0041_",
    "<b>&amp;",
    "  前後の空白  ",
    "一行目\n\n三行目\n",
    "𠮷野家①㈱髙Ⅰ",
    "48.2%",
    "40万枚",
    "TRUE",
    "#REF!",
)


def awkward(r6: Register, texts: tuple[str, ...] = AWKWARD) -> Register:
    """R6 with awkward texts where departments write."""
    listings = list(r6.listings)
    for position, text in enumerate(texts):
        listings[position] = replace(listings[position], outline=text, target=f"{text}。")
    kpis = tuple(
        replace(kpi, baseline=text.strip(), unit=text.strip(), targets={**kpi.targets, "R3": text.strip()})
        for kpi, text in zip(r6.kpis, (*texts, *texts), strict=False)
    )
    return replace(r6, listings=tuple(listings), kpis=kpis)


def test_the_real_register_comes_back_equal_and_without_a_finding(ledger: bytes, r6: Register, read: Read) -> None:
    reading, findings = read(ledger)
    assert findings == ()
    assert reading is not None
    assert reading.register == r6


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(register=registers(), office=office_settings())
def test_any_register_comes_back_equal(form: Form, read: Read, register: Register, office: OfficeSettings) -> None:
    reading, findings = read(ledger_workbook(form, register, office))
    assert findings == ()
    assert reading is not None
    assert reading.register == register
    assert reading.office == office


@given(register=registers())
def test_any_register_comes_back_equal_from_json(register: Register) -> None:
    assert from_json(to_json(register), "register.json") == (register, ())
    document = {"$schema": SCHEMA_ID, **asdict(register)}
    by_the_library = json.dumps(document, ensure_ascii=False, indent=2, default=datetime.date.isoformat)
    assert to_json(register) == by_the_library + "\n"


def test_awkward_texts_come_back_after_openpyxl_saved_them(form: Form, r6: Register, read: Read) -> None:
    # openpyxl decodes _x0041_ when it reads and does not encode it again when it writes.
    register = awkward(r6, tuple(text for text in AWKWARD if not text.startswith("_x")))
    reading, findings = read(edited(ledger_workbook(form, register), lambda workbook: None))
    assert findings == ()
    assert reading is not None
    assert reading.register == register


@pytest.mark.libreoffice
def test_awkward_texts_come_back_after_libreoffice_saved_them(form: Form, r6: Register, read: Read) -> None:
    register = awkward(r6)
    reading, findings = read(convert(ledger_workbook(form, register), "xlsx"))
    assert findings == ()
    assert reading is not None
    assert reading.register == register


def test_the_same_register_gives_the_same_bytes(form: Form, r6: Register, ledger: bytes) -> None:
    assert ledger_workbook(form, r6) == ledger


@pytest.mark.libreoffice
def test_the_lists_behind_the_dropdowns_stay_the_same_when_calculated(ledger: bytes) -> None:
    def lists(document: bytes) -> list[tuple[object, ...]]:
        sheet = openpyxl.load_workbook(io.BytesIO(document), data_only=True)["一覧"]
        return [tuple(value or "" for value in row) for row in sheet.iter_rows(values_only=True)]

    assert lists(convert(ledger, "xlsx")) == lists(ledger)


@pytest.mark.libreoffice
def test_a_section_and_an_item_inserted_by_the_office_join_the_lists(ledger: bytes) -> None:
    def insert(workbook: openpyxl.Workbook) -> None:
        workbook["計画"]["A44"], workbook["計画"]["C44"], workbook["計画"]["D44"] = "III-1", "(1)", "新しい\n項目"
        workbook["組織"]["B17"], workbook["組織"]["F17"] = "教育庁", "教育総務課"

    calculated = openpyxl.load_workbook(io.BytesIO(convert(edited(ledger, insert), "xlsx")), data_only=True)["一覧"]
    areas = [calculated.cell(row, 2).value for row in range(2, 9)]
    assert areas == ["I-1", "I-2", "I-3", "I-4", "II-1", "II-2", "III-1"]
    assert calculated["C43"].value == "(1) 新しい 項目"
    assert [calculated.cell(row, 5).value for row in range(7, 9)] == ["警察本部", "教育庁"]
