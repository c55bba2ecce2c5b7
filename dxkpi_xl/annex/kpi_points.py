"""What can be drawn of a KPI: its values as points, and in words what the drawing cannot show."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dxkpi_xl.cycle.kpi_value import KpiValue, parse
from dxkpi_xl.cycle.model import Kpi

# Beyond, a cell's number is no longer exact (15 digits: Excel specifications and limits).
_MOST = Decimal(10) ** 15
_QUOTED = 20  # letters of a value that a note quotes


@dataclass(frozen=True, kw_only=True)
class KpiPoint:
    """One value: its label on the axis, the text as written, and what it says (None where it cannot be read)."""

    label: str
    written: str
    value: KpiValue | None

    @property
    def number(self) -> Decimal | None:
        """The number that is drawn; None is a gap."""
        found = self.value.number if self.value else None
        return found if found is not None and abs(found) < _MOST else None


def kpi_points(kpi: Kpi, baseline_label: str, years: tuple[str, ...]) -> tuple[KpiPoint, ...]:
    """Give the baseline and the target of each year."""
    written = {baseline_label: kpi.baseline} | {year: kpi.targets.get(year, "") for year in years}
    return tuple(KpiPoint(label=label, written=text, value=parse(text)) for label, text in written.items())


def units(points: tuple[KpiPoint, ...], unit: str) -> tuple[str, ...]:
    """Give the units that stand in the values, or the KPI's own where they have none."""
    found = dict.fromkeys(point.value.unit for point in points if point.value and point.value.unit)
    return tuple(found) or ((unit,) if unit else ())


def notes(points: tuple[KpiPoint, ...], unit: str) -> str:
    """Say what the drawing cannot: bounds, rough values, gaps, several units; blank where there is nothing to say."""
    drawn = [point.value for point in points if point.value and point.number is not None]
    said: list[str] = []
    bounds = dict.fromkeys(value.written for value in drawn if value.comparator != "=")
    rough = dict.fromkeys(value.written for value in drawn if value.approximate)
    if bounds:
        said.append(f"{_quoted(bounds)}は、境目の値を図示しています。")
    if rough:
        said.append(f"{_quoted(rough)}は、およその値です。")
    if any(point.number is None and (point.value or not point.written) for point in points):
        said.append("値の定めのないところは、線を切っています。")
    unread = dict.fromkeys(point.written for point in points if point.written and point.value is None)
    if unread:
        said.append(f"{_quoted(unread)}は、数として図示できません。")
    if len(units(points, unit)) > 1:
        said.append("単位の異なる値があります。")
    return "".join(said)


def _quoted(texts: dict[str, None]) -> str:
    return "".join(f"「{text if len(text) <= _QUOTED else text[:_QUOTED] + '…'}」" for text in texts)
