"""The R6 annex: laid out once, written once."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxkpi_xl.annex.layout import AnnexLayout, annex_layout
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.workbook import layout_workbook
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form


@pytest.fixture(scope="session")
def transcript(r6_folder: Path) -> dict[str, Any]:
    """The transcribed original."""
    document: dict[str, Any] = json.loads((r6_folder / "annex.json").read_text(encoding="utf-8"))
    return document


@pytest.fixture(scope="session")
def layout(form: Form, r6: Register) -> AnnexLayout:
    """R6 on its own paper (A3)."""
    return annex_layout(form, r6, annex_paper(r6.cycle))


@pytest.fixture(scope="session")
def workbook(layout: AnnexLayout) -> bytes:
    """The R6 annex as .xlsx."""
    return layout_workbook(layout)


HARD_TEXTS = (
    "https://www.pref.example.lg.jp/sec/11045b/very-long-path/that-never-ends/index.html?q=DX&y=R6#section-2-4を参照",
    "あ" * 1000,
    "𠮷野家と髙島屋、﨑と鷗、が、①②③Ⅰ㈱㎡～〜－―ー" * 8,
    "（括弧）「かぎ」『二重』【隅】〔亀甲〕《二重山》" * 12,
    "supercalifragilisticexpialidocious " * 10,
    "行政手続を見直す。" * 111,
    "KPI-14 and A-B-C-D " * 20 + "ﾊﾝｶｸ" * 5,
    "改行\n\nあり\n" * 20,
    "  先頭の空白 と　全角空白　",
    "=1+1",
    "<r>100%・3,000件/年(R6→R7)・±5℃・½・…‥</r>",
)


@pytest.fixture(scope="session")
def hard_register(r6: Register) -> Register:
    """R6 with hard texts for outlines and targets."""
    listings = list(r6.listings)
    for position, text in enumerate(HARD_TEXTS):
        listings[position] = replace(listings[position], outline=text)
        listings[position + 20] = replace(listings[position + 20], target=text)
    return replace(r6, listings=tuple(listings))


@pytest.fixture(scope="session")
def register_of_2000(r6: Register) -> Register:
    """R6 again and again, under ids of its own, 2,000 rows of it."""
    copies = range(-(-2000 // len(r6.listings)))
    listings = [
        replace(row, id=f"{row.id}-{n}", project_id=f"{row.project_id}-{n}", kpi_id=row.kpi_id and f"{row.kpi_id}-{n}")
        for n in copies
        for row in r6.listings
    ]
    kpis = (replace(kpi, id=f"{kpi.id}-{n}", defined_by=f"{kpi.defined_by}-{n}") for n in copies for kpi in r6.kpis)
    return replace(
        r6,
        projects=tuple(replace(project, id=f"{project.id}-{n}") for n in copies for project in r6.projects),
        kpis=tuple(kpis),
        listings=tuple(listings[:2000]),
    )
