"""Ids given to new rows and KPIs, kept from run to run: an id is for life, whoever else answers later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property

from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.form.columns import folded


@dataclass(frozen=True, kw_only=True)
class GivenRow:
    """The ids of one new row: which survey's, its spare 管理番号, its project's name folded, and the ids."""

    survey_id: str
    row: str
    name: str
    listing_id: str
    project_id: str


@dataclass(frozen=True, kw_only=True)
class Given:
    """All ids ever given in this cycle, KPIs by the listing that defines them; ``used`` are those of other years."""

    rows: tuple[GivenRow, ...] = ()
    kpis: dict[str, str] = field(default_factory=dict)
    used: frozenset[str] = frozenset()

    @property
    def taken(self) -> frozenset[str]:
        """Every id that must not be given again."""
        rows = {id_ for row in self.rows for id_ in (row.listing_id, row.project_id)}
        return self.used | rows | set(self.kpis.values())

    @cached_property
    def _rows_of(self) -> Mapping[str, Sequence[GivenRow]]:
        found: dict[str, list[GivenRow]] = {}
        for row in self.rows:
            found.setdefault(row.survey_id, []).append(row)
        return found

    def row_of(self, survey_id: str, row: str, name: str, present: Iterable[str]) -> GivenRow | None:
        """Give the ids that a new row was given before; None for a row that is new.

        A row is known by its project's name; a renamed one by its spare 管理番号, as long as the former name does not
        stand in another row (``present`` are the names in the survey's rows now).
        """
        own = self._rows_of.get(survey_id, ())
        wanted, names = folded(name), {folded(each) for each in present}
        by_name = next((each for each in own if each.name == wanted), None)
        by_row = next((each for each in own if each.row == row and each.name not in names), None)
        return by_name or by_row


NONE_GIVEN = Given()


def given_to_json(given: Given) -> str:
    """Give the record as text; ids of other years are recorded where they were given."""
    document = {"rows": [asdict(row) for row in given.rows], "kpis": given.kpis}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def given_from_json(text: str, file: str, used: frozenset[str]) -> Given:
    """Read the record; CannotProceed where somebody spoilt it."""
    try:
        document = json.loads(text)
        rows = tuple(GivenRow(**row) for row in document["rows"])
        return Given(rows=rows, kpis={str(k): str(v) for k, v in document["kpis"].items()}, used=used)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CannotProceed(
            f"番号の記録({file})を読み取れません。", "このファイルは書き換えず、控えから元に戻してください。"
        ) from error
