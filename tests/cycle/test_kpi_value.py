"""KPI values as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dxkpi_xl.cycle.kpi_value import KpiValue, parse, plain
from dxkpi_xl.cycle.model import Register


@pytest.mark.parametrize(
    ("written", "number", "unit", "comparator", "approximate", "cumulative"),
    [
        ("20862", "20862", "", "=", False, False),
        ("75,600件", "75600", "件", "=", False, False),
        ("48.2%", "48.2", "%", "=", False, False),
        ("４８．２％", "48.2", "%", "=", False, False),
        ("40万枚", "400000", "枚", "=", False, False),
        ("1.5億円", "150000000", "円", "=", False, False),
        ("4以上", "4", "", ">=", False, False),
        ("71.5%以上", "71.5", "%", ">=", False, False),
        ("3日以内", "3", "日", "<=", False, False),
        ("ほぼ100%", "100", "%", "=", True, False),
        ("約300", "300", "", "=", True, False),
        ("850名程度", "850", "名", "=", True, False),
        ("59団体(累計)", "59", "団体", "=", False, True),
        ("59団体（累計）", "59", "団体", "=", False, True),
        ("0", "0", "", "=", False, False),
        ("100㎡", "100", "平方メートル", "=", False, False),
        ("-5", "-5", "", "=", False, False),
    ],
)
def test_a_value_is_parsed_into_number_unit_bound_and_roughness(
    written: str, number: str, unit: str, comparator: str, approximate: bool, cumulative: bool
) -> None:
    assert parse(written) == KpiValue(
        written=written,
        number=Decimal(number),
        unit=unit,
        comparator=comparator,
        approximate=approximate,
        cumulative=cumulative,
    )


@pytest.mark.parametrize("written", ["-", "－", "―", "–", "ー", "−", " - "])
def test_a_dash_alone_means_not_set(written: str) -> None:
    value = parse(written)
    assert value is not None
    assert value.number is None
    assert plain(written) == "-"


@pytest.mark.parametrize(
    "written", ["", "未定", "〃", "同上", "なし", "2024-05-01", "1,23", "8→10", "=1+1", "10件、20件"]
)
def test_what_has_no_shape_of_a_value_is_none(written: str) -> None:
    assert parse(written) is None


def test_every_value_of_the_real_annex_is_understood(r6: Register) -> None:
    values = [value for kpi in r6.kpis for value in (kpi.baseline, *kpi.targets.values())]
    assert len(values) == 105
    assert [value for value in values if parse(value) is None] == []
