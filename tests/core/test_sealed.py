"""What we wrote and nobody changed is not judged again; whatever else stands there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.register_json import to_json
from dxkpi_xl.disk import is_sealed, write_sealed
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.sources import lineage_history, lineage_ids, started_register
from dxkpi_xl.workspace import Workspace


def test_a_sealed_file_is_known_until_a_byte_changes(tmp_path: Path) -> None:
    path = tmp_path / "台帳.json"
    write_sealed(path, b"{}")
    assert is_sealed(path, path.read_bytes())
    assert not is_sealed(path, b"{ }")
    assert not is_sealed(tmp_path / "ほか.json", b"{}")


def test_a_record_that_somebody_spoilt_is_judged_in_spite_of_its_seal(tmp_path: Path, r6: Register) -> None:
    workspace = Workspace(root=tmp_path)
    write_sealed(workspace.started_record, to_json(r6).encode("utf-8"))
    assert started_register(workspace) == r6
    spoilt = to_json(r6).replace('"K0001"', "1")
    workspace.started_record.write_text(spoilt, encoding="utf-8")
    with pytest.raises(CannotProceed):
        started_register(workspace)


def test_a_lineage_that_somebody_spoilt_is_judged_in_spite_of_its_seal(tmp_path: Path) -> None:
    path = Workspace(root=tmp_path).lineage
    text = '{"years": [{"year": "R6", "events": [{"id": "P0001", "thing": "事業", "kind": "継続"}]}]}\n'
    write_sealed(path, text.encode("utf-8"))
    assert lineage_history(path).ids == lineage_ids(path) == {"P0001"}
    path.write_text(text.replace('"P0001"', "1"), encoding="utf-8")
    with pytest.raises(CannotProceed):
        lineage_history(path)
    with pytest.raises(CannotProceed):
        lineage_ids(path)


def test_a_lineage_without_a_seal_is_judged_and_read(tmp_path: Path) -> None:
    path = tmp_path / "系譜.json"
    assert lineage_ids(path) == frozenset()
    path.write_text(
        '{"years": [{"year": "R6", "events": [{"id": "K0001", "thing": "KPI", "kind": "継続"}]}]}', encoding="utf-8"
    )
    assert lineage_ids(path) == {"K0001"}
