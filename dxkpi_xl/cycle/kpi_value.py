"""A KPI value as people write it: kept as text, and parsed into number, unit, bound and roughness beside it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dxkpi_xl.form.columns import folded
from dxkpi_xl.form.kinds import KPI_VALUE_PATTERN

NOT_SET = "-"

# Dashes that people type alone for "not set": full-width, minus, horizontal bar, en and em dash, the long-vowel mark.
_DASHES = frozenset("-－−―–—ー‐‑─ｰ")
# NFKC would make a digit of the square and the cube: 100㎡ would read as 100m2.
_SQUARES = str.maketrans({"㎡": "平方メートル", "㎢": "平方キロメートル", "㎥": "立方メートル"})
_SHAPE = re.compile(KPI_VALUE_PATTERN)
_PARTS = re.compile(
    r"(?P<about>ほぼ|約|おおむね|概ね)?(?P<number>[+-]?[0-9,]+(?:\.[0-9]+)?)(?P<scale>千|万|億)?"
    r"(?P<unit>[^0-9\s]*?)(?P<bound>以上|以下|超|未満|程度|以内)?(?P<note>\((?:累計|累積|延べ|見込み|速報)\))?"
)
_SCALES = {"千": 1_000, "万": 10_000, "億": 100_000_000}
# Longer ones are no values, but whatever a respondent wrote there.
_LONGEST_REMEMBERED = 40
_COMPARATORS = {"以上": ">=", "以下": "<=", "超": ">", "未満": "<", "以内": "<="}


@dataclass(frozen=True, kw_only=True)
class KpiValue:
    """A value as written and what it says: ``number`` in ``unit`` (scale 万 multiplied out), None where not set.

    ``comparator`` is one of ``=``, ``>=``, ``<=``, ``>``, ``<``; ``approximate`` is true of ほぼ, 約 and 程度.
    """

    written: str
    number: Decimal | None
    unit: str = ""
    comparator: str = "="
    approximate: bool = False
    cumulative: bool = False


def plain(written: str) -> str:
    """Give the text in which a value is parsed and compared: NFKC, no white space, one dash for "not set"."""
    text = "".join(unicodedata.normalize("NFKC", written.translate(_SQUARES)).split())
    return NOT_SET if text and set(text) <= _DASHES else text.replace("−", "-")


def is_not_set(written: str) -> bool:
    """Say whether ``plain`` gives ``NOT_SET``: folding, which other rules do to the same text, tells a dash as well."""
    flat = folded(written)
    return flat != "" and _DASHES.issuperset(flat)


def parse(written: str) -> KpiValue | None:
    """Parse a value as written; None where it has no shape of a KPI value (a blank has none either)."""
    return _parsed_before(written) if len(written) <= _LONGEST_REMEMBERED else _parsed(written)


def _parsed(written: str) -> KpiValue | None:
    text = plain(written)
    if not _SHAPE.match(text):
        return None
    if text == NOT_SET:
        return KpiValue(written=written, number=None)
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return None
    scale = _SCALES.get(parts["scale"] or "", 1)
    return KpiValue(
        written=written,
        number=Decimal(parts["number"].replace(",", "")) * scale,
        unit=parts["unit"],
        comparator=_COMPARATORS.get(parts["bound"] or "", "="),
        approximate=bool(parts["about"]) or parts["bound"] == "程度",
        cumulative=bool(parts["note"]) and parts["note"] in ("(累計)", "(累積)"),
    )


# The same few values are asked about by one rule after another.
_parsed_before = lru_cache(maxsize=16_384)(_parsed)
