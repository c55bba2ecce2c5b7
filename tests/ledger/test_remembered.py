"""What is remembered of a reading is all that reading gave, and nothing else is taken for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.office import OfficeSettings
from dxkpi_xl.cycle.register_json import to_json
from dxkpi_xl.form.columns import Form
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.remembered import Recalled, recall, to_remember
from dxkpi_xl.ledger.workbook import ledger_workbook

from .conftest import Read, edited
from .registers import office_settings, registers

KEY = "this ledger, this program"
FIELDS = (
    "id",
    "name",
    "code",
    "mail",
    "outline",
    "item_no",
    "kpi_id",
    "targets.R6",
    "owners",
    "owners/0/section",
    "no",
)


def things(register: Register) -> Iterator[str]:
    """What a place may be asked of, and what has none."""
    yield from ("cycle", "ない")
    for area in register.plan:
        yield from (area.no, *(f"{area.no} {item.no}" for item in area.items))
    for bureau in register.bureaus:
        yield from (bureau.name, bureau.code, *(f"{bureau.name} {section.name}" for section in bureau.sections))
    yield from (each.id for each in (*register.projects, *register.kpis, *register.listings))


def reading_of(read: Read, document: bytes) -> Recalled:
    reading, findings = read(document)
    assert reading is not None
    assert isinstance(reading.places, PlaceBook)
    return Recalled(register=reading.register, places=reading.places, office=reading.office, findings=findings)


def assert_same(recalled: Recalled | None, reading: Recalled) -> None:
    assert recalled is not None
    assert recalled.register == reading.register
    # The order of a KPI's years, and 9 or 9.0, show in the text alone.
    assert to_json(recalled.register) == to_json(reading.register)
    assert recalled.findings == reading.findings
    assert recalled.office == reading.office
    decisions = zip(recalled.office.file_decisions, reading.office.file_decisions, strict=True)
    assert all(ours.place == theirs.place for ours, theirs in decisions)
    for thing in things(reading.register):
        assert [recalled.places(thing, each) for each in FIELDS] == [reading.places(thing, each) for each in FIELDS]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(register=registers(), office=office_settings())
def test_any_reading_is_recalled_whole_but_none_with_a_password(
    form: Form, read: Read, register: Register, office: OfficeSettings
) -> None:
    reading = reading_of(read, ledger_workbook(form, register, office))
    kept = to_remember(reading, KEY)
    if office.passwords:
        assert kept is None
        reading = reading_of(
            read, ledger_workbook(form, register, OfficeSettings(file_decisions=office.file_decisions))
        )
        kept = to_remember(reading, KEY)
    assert kept is not None
    assert_same(recall(kept, KEY), reading)


def test_findings_are_recalled_with_their_places_and_facts(ledger: bytes, read: Read) -> None:
    def edit(workbook: Workbook) -> None:
        workbook["掲載行"]["N4"].font = Font(strike=True)
        workbook["掲載行"]["S2"] = "担当者の覚え"
        workbook["掲載行"]["S9"] = "x"

    reading = reading_of(read, edited(ledger, edit))
    assert [finding.code for finding in reading.findings] == ["T043", "T047"]
    kept = to_remember(reading, KEY)
    assert kept is not None
    assert_same(recall(kept, KEY), reading)


@pytest.fixture(scope="module")
def kept(ledger: bytes, read: Read) -> bytes:
    """The real R6 as it is kept."""
    text = to_remember(reading_of(read, ledger), KEY)
    assert text is not None
    return text


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b'"key": "this', b'"key": "that'),
        (b'"key"', b'"kez"'),
        (b'"listings": [', b'"listings": [{}, '),
        (b'"kpis": [', b'"kpis": {"a": '),
        (b'"first": {', b'"first": {"L": 99999999999, '),
        (b'"first": {', b'"first": {"L": -1, '),
        (b'"first": {', b'"first": {"L": "1", '),
        (b'"first": {', b'"first": {"L": [1], '),
        (b'"further": {', b'"further": {"L": [1], '),
        (b'"further": {', b'"further": {"L0001": [99999999999], '),
        (b'"further": {', b'"further": {"L0001": 5, '),
        (b'"columns": [', b'"columns": [[1, {"id": 1}], '),
        (b'"columns": [', b'"columns": [["a", {"id": 0}], '),
        (b'"columns": [', b'"columns": [["a"], '),
        (b'"register": {', b'"register": "another", "r": {'),
        (b'"findings": []', b'"findings": [{"code": "T047"}]'),
        (b'"file_decisions": []', b'"file_decisions": 5'),
        (b'"annex_body": ', b'"annex_boby": '),
        (b'"year"', b"\xff"),
    ],
)
def test_what_was_spoilt_is_not_recalled(kept: bytes, was: bytes, becomes: bytes) -> None:
    assert kept.count(was) >= 1
    assert recall(kept.replace(was, becomes, 1), KEY) is None


@pytest.mark.parametrize("text", [b"", b"[]", b"5", b"null", b"[" * 100_000, b'{"key": "this ledger, this program"}'])
def test_what_is_no_reading_is_not_recalled(text: bytes) -> None:
    assert recall(text, KEY) is None


def test_what_was_cut_off_is_not_recalled(kept: bytes) -> None:
    assert recall(kept, KEY) is not None
    assert recall(kept[: len(kept) // 2], KEY) is None


def test_a_text_that_utf8_cannot_hold_is_not_kept(ledger: bytes, read: Read) -> None:
    reading = reading_of(read, ledger)
    strange = replace(reading.register.listings[0], outline="\ud800")
    register = replace(reading.register, listings=(strange, *reading.register.listings[1:]))
    assert to_remember(replace(reading, register=register), KEY) is None
