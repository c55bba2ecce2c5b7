"""What one row of the annex holds: cells of text in runs, and the rows of a whole annex."""

from __future__ import annotations

from dataclasses import dataclass, field

from dxkpi_xl.form.columns import Column

# One piece of a text, and whether it is bold.
Run = tuple[str, bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnexCell:
    """One printed cell: its column's key, its text in runs, its number where it is written as one.

    ``text`` is what paper shows (``75,600``), ``number`` what the workbook holds (75600); ``across`` counts the
    columns it spans to the right (the cells it covers are blank). ``is_bold``: some of its text is.
    """

    key: str
    runs: tuple[Run, ...] = ()
    number: int | None = None
    across: int = 1
    text: str = field(init=False, repr=False, compare=False)
    is_bold: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for several times of each cell: when it is measured, written, traced.
        object.__setattr__(self, "text", "".join(text for text, _ in self.runs))
        object.__setattr__(self, "is_bold", any(bold for _, bold in self.runs))


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnexRow:
    """One row: a listing's cells in the columns' order, and where its words come from.

    ``content_id`` is the listing whose outline, target and KPI it prints. ``joins``: the row above shows the same
    content, so that those cells may be one with it, merged down; the cells here are complete all the same, because a
    block higher than a page has to be cut somewhere.
    """

    listing_id: str
    item_key: tuple[str, str]
    cells: tuple[AnnexCell, ...]
    content_id: str
    kpi_id: str = ""
    joins: bool = False


@dataclass(frozen=True, kw_only=True)
class AnnexRows:
    """The annex's columns in order, its rows, and the keys of the columns that a joined row shares."""

    columns: tuple[Column, ...]
    shared_keys: frozenset[str]
    rows: tuple[AnnexRow, ...]

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Give the texts of every row as printed: what stands in the row above is blank."""
        return tuple(
            tuple("" if row.joins and cell.key in self.shared_keys else cell.text for cell in row.cells)
            for row in self.rows
        )
