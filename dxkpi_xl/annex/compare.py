"""Compares an annex that was read back with the transcribed original, cell by cell, trusting only the transcript."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A cell that differs: row of the original (from 1), heading, what the original says and what was found."""

    row: int
    heading: str
    expected: str
    found: str


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How an annex compares with the original: rows and cells compared, and the cells that differ."""

    rows: int
    cells: int
    differences: tuple[Difference, ...]

    @property
    def equal_rows(self) -> int:
        """Rows without a differing cell."""
        return self.rows - len({difference.row for difference in self.differences})

    @property
    def equal_cells(self) -> int:
        """Cells that are as in the original."""
        return self.cells - len(self.differences)


def compare_with_transcript(rows: Sequence[Sequence[str]], transcript: Mapping[str, Any]) -> Comparison:
    """Compare rows of texts with a transcribed annex; a row too few or too many differs where it is not blank."""
    headings: Sequence[str] = transcript["headings"]
    expected = expected_texts(transcript)
    pairs = list(zip_longest(expected, rows, fillvalue=("",) * len(headings)))
    differences = tuple(
        Difference(row=number, heading=heading, expected=wanted, found=found)
        for number, (original, read) in enumerate(pairs, start=1)
        for heading, wanted, found in zip(headings, original, read, strict=True)
        if wanted != found
    )
    return Comparison(rows=len(pairs), cells=len(pairs) * len(headings), differences=differences)


def expected_texts(transcript: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    """Give the texts that the original prints, in the order of its headings."""
    return tuple(tuple(_texts(row)) for row in transcript["rows"])


def _texts(row: Mapping[str, Any]) -> Iterator[str]:
    yield from (row["number"], row["area_no"], row["area_name"], row["item_no"], row["item_name"])
    yield "\n".join(bureau for bureau, _ in row["owners"])
    yield "\n".join(section for _, section in row["owners"])
    yield row["project"] + (f"\n※再掲:No{row['relisted_from']}" if row["relisted_from"] else "")
    yield row["outline"]
    yield "\n".join(text for text in (f"【{row['target_kind']}】" if row["target_kind"] else "", row["target"]) if text)
    yield row["kpi_no"]
    yield row["kpi_name"] + _kpi_note(row)
    yield from (row["baseline"], *row["targets"].values())


def _kpi_note(row: Mapping[str, Any]) -> str:
    if row["kpi_relisted_from"]:
        return f"\n※再掲:No{row['kpi_relisted_from']}"
    return "\n※新規" if row["kpi_new"] else ""
