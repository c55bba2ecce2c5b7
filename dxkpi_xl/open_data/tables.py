"""The tables of the open data, with their keys and the references between them."""

from __future__ import annotations

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.open_data.columns import kpi_columns, kpi_value_columns, listing_columns, owner_columns
from dxkpi_xl.open_data.records import Records
from dxkpi_xl.open_data.table import OpenTable, Reference

LISTINGS, OWNERS, KPIS, KPI_VALUES = "listings", "owners", "kpis", "kpi_values"


def open_tables(form: Form, register: Register) -> tuple[OpenTable, ...]:
    """Give the four tables of a register."""
    records = Records(register)
    to_kpi = Reference(key="kpi_id", table=KPIS, to_key="kpi_id")
    return (
        OpenTable(
            name=LISTINGS,
            title="掲載行",
            about="資料の一行を一件とする表。再掲の行も一件とする",
            columns=listing_columns(form),
            primary_key=(fields.LISTING_ID,),
            references=(to_kpi,),
            records=tuple(records.listings()),
        ),
        OpenTable(
            name=OWNERS,
            title="担当",
            about="事業を担当する課を一件とする表",
            columns=owner_columns(),
            primary_key=("owner_id",),
            records=tuple(records.owners()),
        ),
        OpenTable(
            name=KPIS,
            title="KPI",
            about="KPI(重要業績評価指標)を一件とする表",
            columns=kpi_columns(form),
            primary_key=("kpi_id",),
            references=(Reference(key="defined_by", table=LISTINGS, to_key=fields.LISTING_ID),),
            records=tuple(records.kpis()),
        ),
        OpenTable(
            name=KPI_VALUES,
            title="KPIの値",
            about="KPIの基準値と各年度の目標値を一件とする縦長の表",
            columns=kpi_value_columns(form),
            primary_key=("value_id",),
            references=(to_kpi,),
            records=tuple(records.kpi_values()),
        ),
    )
