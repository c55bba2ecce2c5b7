"""A second form needs only a second folder in templates/: other words, other columns, and no code."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from dxkpi_xl import workspace
from dxkpi_xl.cli import main


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of templates/ in which a second form stands beside the first."""
    folder = tmp_path / "templates"
    shutil.copytree(workspace.templates_folder(), folder)
    other = folder / "fukkou-1"
    shutil.copytree(folder / "shiryo-2-4", other)
    form = (other / "form.toml").read_text(encoding="utf-8")
    form = form.replace('id = "shiryo-2-4"', 'id = "fukkou-1"').replace('label = "基準値"', 'label = "現況値"')
    form = form.replace('heading = "基準値"', 'heading = "現況値"').replace("事業・KPI", "重点事業")
    form += '\n[[columns]]\nkey = "budget"\nlabel = "予算額(千円)"\nkind = "text"\nbelongs_to = "row"\n'
    form += 'open_in = ["original", "new"]\nmax_length = 20\nwidth = 12\nhelp = "当初予算額を千円で記入します。"\n'
    (other / "form.toml").write_text(form, encoding="utf-8")
    importlib.import_module("dxkpi_xl.pipeline")  # and with it all that looks for templates
    for name, module in list(sys.modules.items()):
        if name.startswith("dxkpi_xl.") and hasattr(module, "templates_folder"):
            monkeypatch.setattr(module, "templates_folder", lambda: folder)
    return folder


def test_a_year_runs_on_another_form(templates: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = json.loads((templates / "r6" / "register.json").read_text(encoding="utf-8"))
    register["cycle"] |= {"form": "fukkou-1", "document": "【資料1】", "title": "重点プロジェクト一覧({year_label})"}
    source = tmp_path / "register.json"
    source.write_text(json.dumps(register, ensure_ascii=False), encoding="utf-8")
    here = ["--workspace", str(tmp_path / "year")]
    assert main(["init", "--from", str(source), *here]) == 0
    assert main(["distribute", *here]) == 0
    book = next((tmp_path / "year" / "outbox" / "配布").glob("調査票_R6_土木部_*.xlsx"))
    workbook = load_workbook(book)
    texts = {str(cell.value) for row in workbook["重点事業"].iter_rows() for cell in row}
    assert {"現況値", "予算額(千円)"} <= texts
    (tmp_path / "year" / "inbox" / book.name).write_bytes(book.read_bytes())
    capsys.readouterr()
    assert main(["run", "--json", *here]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["annex"] == "outbox/資料1_R6.xlsx"
    annex = load_workbook(tmp_path / "year" / answer["annex"])
    headings = {str(cell.value) for row in annex.worksheets[0].iter_rows(max_row=6) for cell in row}
    assert "現況値" in headings
    assert "重点プロジェクト一覧(令和6年度)" in headings
