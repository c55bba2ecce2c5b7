"""The kinds of value a column may have; each says all its faces once: JSON type, pattern, how it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# A KPI value as people write it, after NFKC: "-" for not set; or an optional ほぼ/約, a number with or without
# commas, an optional 万/億 and unit, an optional bound (以上…), an optional note such as (累計).
KPI_VALUE_PATTERN = (
    r"^(-|(ほぼ|約|おおむね|概ね)?[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?"
    r"(%|千|万|億)?[^0-9\s%+*/=()-]{0,8}?(以上|以下|超|未満|程度|以内)?(\((累計|累積|延べ|見込み|速報)\))?)$"
)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of value: ``json`` is its JSON Schema fragment, ``as_text`` says its cells are text cells (``@``)."""

    name: str
    json: Mapping[str, object]
    multiline: bool = False


_TEXT = {"type": "string"}

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(name="id", json=_TEXT),
        Kind(name="choice", json=_TEXT),
        Kind(name="computed", json=_TEXT),
        Kind(name="area_no", json=_TEXT),
        Kind(name="area", json=_TEXT),
        Kind(name="item_no", json=_TEXT),
        Kind(name="item", json=_TEXT),
        Kind(name="bureau", json=_TEXT),
        Kind(name="section", json=_TEXT),
        Kind(name="text", json=_TEXT, multiline=True),
        Kind(name="kpi_value", json={"type": "string", "pattern": KPI_VALUE_PATTERN}),
        Kind(name="listing_ref", json=_TEXT),
    )
}
