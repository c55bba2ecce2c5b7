"""Which printed cells a person means: 17, 17.R6, KPI5.R7, L0017, or a cell of the annex such as J14."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from dxkpi_xl.annex.printed_sources import PrintedSource
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import folded

_PROJECT = re.compile(r"(?:No\.?)?([0-9]+)(?:\.(.+))?", re.IGNORECASE)
_KPI = re.compile(r"KPI([0-9]+)(?:\.(.+))?", re.IGNORECASE)
_CELL = re.compile(r"[A-Z]{1,2}[0-9]+", re.IGNORECASE)
_LISTING = re.compile(r"(L[0-9]{4,})(?:\.(.+))?", re.IGNORECASE)


def asked_listing(asked: str) -> str:
    """Give the listing id that is meant, whatever part of the row after it; "" where no listing is."""
    listing = _LISTING.fullmatch(_folded(asked))
    return listing[1].upper() if listing else ""


def asked_cells(asked: str, cells: Iterable[PrintedSource], kpi_keys: frozenset[str]) -> tuple[PrintedSource, ...]:
    """Give the printed cells that are meant, in printed order; CannotProceed where there is none.

    A project's number means its first row, a KPI's number the row that defines it; a part after the dot is a year or
    a word of the heading. Of ``cells``, those that are printed blank are meant by a part or by their own address only.
    """
    text = _folded(asked)
    listing, kpi, project = _LISTING.fullmatch(text), _KPI.fullmatch(text), _PROJECT.fullmatch(text)
    one = "." in text or (_CELL.fullmatch(text) and not listing)
    printed = (each for each in cells if each.printed or one)
    part = ""
    if listing:
        found, part = [each for each in printed if each.listing_id.casefold() == listing[1].casefold()], listing[2]
    elif kpi:
        found = _first_row([e for e in printed if e.kpi_no == kpi[1] and e.key in kpi_keys])
        part = kpi[2]
    elif project:
        found, part = _first_row([each for each in printed if each.project_no == project[1]]), project[2]
    elif _CELL.fullmatch(text):
        found = [each for each in printed if each.cell == text.upper()]
    else:
        found = []
    found = [each for each in found if not part or folded(part) in folded(each.heading)]
    if not found:
        raise CannotProceed(
            f"「{asked}」に当たる印刷された欄がありません。",
            "事業番号(17)、年度を添えたもの(17.R6)、KPI番号(KPI5.R7)、資料のセル(J14)、管理番号(L0017)のいずれかで指定してください。",
        )
    return tuple(found)


def _folded(asked: str) -> str:
    return unicodedata.normalize("NFKC", asked).strip()


def _first_row(found: Sequence[PrintedSource]) -> list[PrintedSource]:
    return [each for each in found if each.listing_id == found[0].listing_id]
