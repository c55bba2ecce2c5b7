"""What the sheet KPI says of each KPI, in words and points; where it stands is the sheet's business."""

from __future__ import annotations

from dataclasses import dataclass

from dxkpi_xl.annex.kpi_points import KpiPoint, kpi_points, notes, units
from dxkpi_xl.annex.rows import NEW_NOTE
from dxkpi_xl.annex.side_paper import shortened
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Kpi, Register
from dxkpi_xl.form.columns import Form

DIRECTIONS = {"up": "増やす", "down": "減らす", "keep": "保つ"}

_NAME_SHOWN = 200  # letters: a tile is no place for more


@dataclass(frozen=True, kw_only=True)
class KpiTile:
    """One KPI as it stands on the sheet."""

    name: str
    about: str
    points: tuple[KpiPoint, ...]
    unit: str
    note: str

    @property
    def in_words(self) -> str:
        """What the chart shows, in words."""
        values = "、".join(f"{point.label} {point.written or '空欄'}" for point in self.points)
        return f"{self.name}の折れ線グラフ。{values}。{self.note}"


def kpi_tiles(form: Form, register: Register) -> tuple[KpiTile, ...]:
    """Give what is shown of each KPI, in printed order."""
    baseline = form.column(fields.BASELINE).label
    return tuple(
        _tile(register, register.kpi_by_id[kpi_id], f"KPI{n}", baseline)
        for kpi_id, n in register.numbering.kpis.items()
    )


def _tile(register: Register, kpi: Kpi, printed_number: str, baseline: str) -> KpiTile:
    points = kpi_points(kpi, baseline, register.cycle.years)
    found = units(points, kpi.unit)
    project = register.project_of(register.listing_by_id[kpi.defined_by])
    facts = [f"担当: {project.lead}"]
    facts += [f"単位: {'・'.join(found)}"] if found else []
    facts += [f"方向: {DIRECTIONS[kpi.direction]}"] if kpi.direction in DIRECTIONS else []
    new = f" {NEW_NOTE}" if kpi.is_new else ""
    return KpiTile(
        name=f"{printed_number} {shortened(kpi.name, _NAME_SHOWN)}{new}",
        about=" / ".join(facts),
        points=points,
        unit=found[0] if len(found) == 1 else "",
        note=notes(points, kpi.unit),
    )
