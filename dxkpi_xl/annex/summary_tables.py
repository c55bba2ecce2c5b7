"""The figures and tables of the sheet 集計, as values."""

from __future__ import annotations

from dataclasses import dataclass

from dxkpi_xl.annex.counts import Counts
from dxkpi_xl.annex.rows import NEW_NOTE
from dxkpi_xl.cycle import fields
from dxkpi_xl.form.columns import Form

TOTAL = "計"
NAMING_COLUMNS = 2  # of a table, the first ones: a number and a name
_MOST_COLUMNS = 50  # of bureaus; more cannot be read on one sheet's width, and stand in the table of bureaus

# A float is a share of 1.
Cell = str | int | float


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table on the sheet; its last row is the total, ``category`` the column (from 1) that names a row on a chart."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    category: int


def key_figures(found: Counts) -> tuple[tuple[str, Cell], ...]:
    """Give the figures at the head of the sheet."""
    figures: list[tuple[str, Cell]] = [
        ("掲載行", found.of()),
        ("うち再掲", found.of(relisted=True)),
        ("事業", found.projects),
        ("KPIのある事業", found.projects_with_kpi),
        ("KPIのある事業の割合", share(found.projects_with_kpi, found.projects)),
        ("KPI", found.kpis),
        (f"うち「{NEW_NOTE}」のKPI", found.new_kpis),
    ]
    for what, change in found.changes.items():
        figures += [(f"新たに加わった{what}", change.new), (f"終わった{what}", change.ended)]
    return tuple(figures)


def area_table(form: Form, found: Counts) -> Table:
    """Give the rows of each area by the bureau in the lead."""
    names = [each.bureau.name for each in found.bureaus] if len(found.bureaus) <= _MOST_COLUMNS else []

    def row(no: str, name: str, area_no: str) -> tuple[Cell, ...]:
        whole, with_kpi = found.of(area_no=area_no), found.of(area_no=area_no, has_kpi=True)
        by_bureau = [found.of(area_no=area_no, bureau=bureau) for bureau in names]
        again = found.of(area_no=area_no, relisted=True)
        return (no, name, *by_bureau, whole, again, with_kpi, share(with_kpi, whole))

    return Table(
        title="分野別・部局別の掲載行数(主担当の部局で数え、再掲を含む)",
        headings=(
            form.column(fields.AREA_NO).label,
            form.column(fields.AREA_NAME).label,
            *names,
            TOTAL,
            "うち再掲",
            "KPIのある行",
            "その割合",
        ),
        rows=(*(row(each.no, each.name, each.no) for each in found.areas), row(TOTAL, "", "")),
        category=1,
    )


def bureau_table(form: Form, found: Counts) -> Table:
    """Give the projects and KPIs of each bureau."""

    def row(code: str, name: str, led: int, with_kpi: int, joined: int, kpis: int) -> tuple[Cell, ...]:
        return (code, name, led, with_kpi, share(with_kpi, led), joined, kpis)

    each = [(b.bureau.code, b.bureau.name, b.led, b.with_kpi, b.joined, b.kpis) for b in found.bureaus]
    led, with_kpi, joined, kpis = (
        sum(number) for number in zip((0, 0, 0, 0), *(numbers for _, _, *numbers in each), strict=True)
    )
    return Table(
        title="部局別の事業数とKPI数",
        headings=(
            "部局コード",
            form.column(fields.BUREAU).label,
            "主担当の事業",
            "KPIのある事業",
            "その割合",
            "共同で担当",
            "KPI",
        ),
        rows=(*(row(*values) for values in each), row(TOTAL, "", led, with_kpi, joined, kpis)),
        category=2,
    )


def share(part: int, whole: int) -> Cell:
    """Give a share of 1; blank where there is nothing to share."""
    return part / whole if whole else ""
