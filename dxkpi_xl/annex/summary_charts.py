"""The charts of the sheet 集計: each draws columns of a table that stands on the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxkpi_xl.annex import side_paper as side
from dxkpi_xl.annex.summary_tables import Table
from dxkpi_xl.grid.addresses import area
from dxkpi_xl.grid.charts import Chart, Series

# Dark beside light, so that neighbours differ in grey print as well; more series could not be told apart.
SHADES = ("#1F3A5F", "#F2C14E", "#5B8DB8", "#FFFFFF", "#7A4E2D", "#BFD7EA", "#404040", "#E8A87C")
_SERIES_NAME = 100  # of the 255 letters that a chart's text may have


@dataclass(frozen=True, kw_only=True)
class PlacedTable:
    """A table and where its first row stands on its sheet."""

    sheet: str
    table: Table
    first_row: int

    @property
    def count(self) -> int:
        """Its rows but for the total."""
        return len(self.table.rows) - 1

    def cells(self, column: int) -> str:
        """Give the range of a column (from 1) but for the total."""
        return area(self.first_row, column, self.first_row + self.count - 1, column)

    def series(self, column: int, colour: str) -> Series:
        """Give a column as a series, named by its heading."""
        return Series(
            name=self.table.headings[column - 1][:_SERIES_NAME],
            sheet=self.sheet,
            categories=self.cells(self.table.category),
            values=self.cells(column),
            colour=colour,
        )

    def in_words(self, columns: Sequence[int]) -> str:
        """Say the values of some columns."""
        rows = self.table.rows[:-1]
        return "、".join(
            f"{row[self.table.category - 1]} {'・'.join(str(row[c - 1]) for c in columns)}" for row in rows
        )


def stacked_chart(placed: PlacedTable, columns: Sequence[int], title: str, font: str) -> Chart | None:
    """Give stacked columns; None where there is nothing to draw, or more series than can be told apart."""
    if not placed.count or not 0 < len(columns) <= len(SHADES):
        return None
    sums = placed.in_words([columns[-1] + 1])
    series = tuple(placed.series(column, shade) for column, shade in zip(columns, SHADES, strict=False))
    words = side.shortened(f"{title}の積み上げ縦棒グラフ。計は {sums}。内訳は表のとおり。")
    return Chart(
        kind="stacked_column", title=title, alternative_text=words, series=series, legend="right", y_least=0, font=font
    )


def compared_chart(placed: PlacedTable, columns: tuple[int, int], title: str, font: str) -> Chart | None:
    """Give columns side by side, a whole and its part, with their numbers; None where there is nothing to draw."""
    if not placed.count:
        return None
    series = tuple(placed.series(column, shade) for column, shade in zip(columns, SHADES, strict=False))
    words = side.shortened(f"{title}の縦棒グラフ。{placed.in_words(columns)}。")
    return Chart(
        kind="column",
        title=title,
        alternative_text=words,
        series=series,
        data_labels=True,
        y_least=0,
        font=font,
    )
