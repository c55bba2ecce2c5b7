"""Compares two registers by the ids for life; a pure function."""

from __future__ import annotations

from collections.abc import Mapping

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.merge.change import Differences
from dxkpi_xl.merge.comparison import Comparison
from dxkpi_xl.merge.fates import Fate
from dxkpi_xl.merge.field_changes import field_changes
from dxkpi_xl.merge.frame_changes import heading_changes, organisation_changes
from dxkpi_xl.merge.order_changes import number_changes
from dxkpi_xl.merge.thing_changes import thing_changes


def compare(before: Register, after: Register, fates: Mapping[str, Fate] | None = None) -> Differences:
    """Give all that differs; ``fates`` (by listing id, see ``merge.fates``) say where what is gone went, and why.

    A row that came through a renumbered or renamed heading did not move; a project of a renamed bureau was not
    transferred. Equal registers give nothing.
    """
    pair = Comparison(before=before, after=after)
    frame = (*heading_changes(pair), *organisation_changes(pair))
    return Differences(
        changes=(*frame, *thing_changes(pair, fates or {})),
        fields=field_changes(pair),
        numbers=number_changes(pair),
        row_order=pair.row_order,
    )
