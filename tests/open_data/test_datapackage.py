"""datapackage.json, judged by frictionless: a Table Schema validator of another make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pytest

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.open_data.files import open_data_files
from dxkpi_xl.open_data.settings import CC_BY_4, OpenDataSettings


def validated(files: Mapping[str, bytes], folder: Path) -> frictionless.Report:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return frictionless.validate(str(folder / "datapackage.json"))


@pytest.mark.parametrize("bom", [True, False])
def test_another_validator_accepts_every_table(form: Form, r6: Register, tmp_path: Path, bom: bool) -> None:
    report = validated(open_data_files(form, r6, OpenDataSettings(bom=bom)), tmp_path)
    assert report.valid, report.to_summary()
    rows = {task.place: task.stats.get("rows") for task in report.tasks}
    assert rows == {
        "listings.csv": 64,
        "owners.csv": 54,
        "kpis.csv": 21,
        "kpi_values.csv": 105,
        "データ辞書.csv": 61,
        "register.json": None,
        "register.schema.json": None,
        "return.schema.json": None,
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "error"),
    [
        ("kpi_values.csv", b'"48.2","%"', b'"48.2%","%"', "type-error"),
        ("kpi_values.csv", b'"eq"', b'"=="', "constraint-error"),
        ("listings.csv", b'"K0001"', b'"K9999"', "foreign-key"),
        ("listings.csv", b'"L0002","P', b'"L0001","P', "primary-key"),
        ("kpis.csv", "指標名".encode(), "名前".encode(), "incorrect-label"),
    ],
)
def test_it_notices_a_spoilt_table(  # so its acceptance means something
    files: Mapping[str, bytes], tmp_path: Path, file: str, old: bytes, new: bytes, error: str
) -> None:
    assert old in files[file]
    spoilt = {**files, file: files[file].replace(old, new, 1)}
    package: dict[str, Any] = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    spoilt["datapackage.json"] = json.dumps(package).encode("utf-8")
    report = validated(spoilt, tmp_path)
    assert error in {each for task in report.tasks for each in (e.type for e in task.errors)}


def test_a_changed_byte_is_noticed_by_its_hash(files: Mapping[str, bytes], tmp_path: Path) -> None:
    report = validated({**files, "owners.csv": files["owners.csv"].replace(b"P0001", b"P9991", 1)}, tmp_path)
    assert not report.valid
    package = json.loads(files["datapackage.json"])
    owners = next(each for each in package["resources"] if each["name"] == "owners")
    assert owners["hash"] == f"sha256:{hashlib.sha256(files['owners.csv']).hexdigest()}"
    assert owners["bytes"] == len(files["owners.csv"])


def test_it_names_the_survey_and_states_a_licence_only_where_decided(form: Form, r6: Register) -> None:
    def package(settings: OpenDataSettings) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(open_data_files(form, r6, settings)["datapackage.json"])
        return document

    assert package(OpenDataSettings())["name"] == "dxkpi-070009-2024"
    assert package(OpenDataSettings())["title"] == "行政のDX等に係る令和6年度関連事業・KPI一覧"
    assert "licenses" not in package(OpenDataSettings())
    assert package(OpenDataSettings(licence=CC_BY_4))["licenses"][0]["name"] == "CC-BY-4.0"


def test_hostile_texts_are_accepted_as_texts(form: Form, r6: Register, tmp_path: Path) -> None:
    texts = ("=1+1", '"引用", と,カンマ', "改行\nと\r\n改行", "'先頭", "@x", "𠮷野家①㈱")
    listings = list(r6.listings)
    for position, text in enumerate(texts):
        listings[position] = replace(listings[position], outline=text)
    report = validated(open_data_files(form, replace(r6, listings=tuple(listings))), tmp_path)
    assert report.valid, report.to_summary()
