"""What is written to a CSV is what is read from it, and no spreadsheet makes a formula of it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.open_data.csv_text import cell_text, csv_bytes, guarded, unguarded
from dxkpi_xl.open_data.table import OpenColumn, OpenTable, Type

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=40)
FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    " =1+1",
    "\t=1+1",
    "\n=1+1",
    "=HYPERLINK(\"http://example.jp\",\"x\")",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "-2+3+cmd",
    "=\"a\"&\"b\"",
    "--1",
    "+A1",
    "-A1",
    "=1;2",
    "=SUM(1,2)",
)  # fmt: skip


def table_of(texts: list[str], kind: Type = Type.STRING) -> OpenTable:
    columns = (
        OpenColumn(key="n", name="番号", about="", type=Type.INTEGER),
        OpenColumn(key="text", name="文", about="", type=kind),
    )
    records = tuple({"n": n, "text": text} for n, text in enumerate(texts))
    return OpenTable(name="t", title="", about="", columns=columns, primary_key=("n",), records=records)


@given(st.lists(TEXTS, max_size=6), st.booleans())
def test_any_text_comes_back_to_the_letter(texts: list[str], bom: bool) -> None:
    data = csv_bytes(table_of(texts), bom=bom).decode("utf-8-sig")
    read = [row["文"] for row in csv.DictReader(io.StringIO(data, newline=""))]
    assert [unguarded(cell) for cell in read] == texts


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_text_comes_back_to_the_letter_by_pandas(texts: list[str]) -> None:
    frame = pd.read_csv(io.BytesIO(csv_bytes(table_of(texts), bom=True)), dtype=str, keep_default_na=False)
    assert [unguarded(cell) for cell in frame["文"]] == texts


@given(TEXTS)
def test_a_guarded_text_never_begins_like_a_formula_unless_it_is_a_number_or_a_dash(text: str) -> None:
    cell = guarded(text)
    begins = cell.lstrip().startswith(("=", "+", "-", "@"))
    assert not begins or re.fullmatch(r"[+-][0-9][0-9,]*(\.[0-9]+)?%?|-", cell)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("＠ホーム", "'＠ホーム"),
        ("'90年代", "''90年代"),
        ("-", "-"),
        ("－", "－"),
        ("-5", "-5"),
        ("+1.5%", "+1.5%"),
        ("-5+3", "'-5+3"),
        ("・-5", "・-5"),
        ("", ""),
    ],
)
def test_only_what_could_be_a_formula_gets_an_apostrophe(text: str, cell: str) -> None:
    assert guarded(text) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), (True, "true"), (False, "false"), (0, "0"), (-5, "-5"), (Decimal("37.50"), "37.50"),
     (Decimal("1E+3"), "1000"), ("x", "x")],
)  # fmt: skip
def test_a_value_stands_as_a_plain_text(value: str | int | Decimal | bool | None, cell: str) -> None:
    assert cell_text(value) == cell


@pytest.mark.libreoffice
def test_libreoffice_makes_no_formula_of_any_text() -> None:
    bare = "\r\n".join('"' + text.replace('"', '""') + '"' for text in FORMULAS).encode("utf-8-sig")
    assert formulas(bare) > 0  # without the apostrophe it does, quoted or not
    assert formulas(csv_bytes(table_of(list(FORMULAS)), bom=True)) == 0


def formulas(data: bytes) -> int:
    """Count the formulas in what LibreOffice makes of a CSV."""
    with zipfile.ZipFile(io.BytesIO(convert(data, "xlsx", suffix=".csv"))) as package:
        return len(re.findall(r"<f[ >]", package.read("xl/worksheets/sheet1.xml").decode("utf-8")))
