"""Findings in a department's words, each with its cell in the workbook that is sent back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dxkpi_xl.checks.grouped import FindingGroup, grouped
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import spare_id
from dxkpi_xl.findings import Catalogue, Finding, Severity
from dxkpi_xl.merge.merge import CONFLICTS
from dxkpi_xl.merge.settled import Settled
from dxkpi_xl.reports.send_back_answers import PutTogether, project_names
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Return
from dxkpi_xl.survey_books.filled import Remark, RemarkLine, Spot

_WEIGHTS = (Severity.WRONG, Severity.ASK)
_ROW = re.compile(r"[0-9]+$")
# What stands for the rows' 管理番号 in the words of a remark on several of them.
_THESE = "この{count}行"


def to_mend(settled: Sequence[Settled], catalogue: Catalogue) -> list[Settled]:
    """Give the findings that a department has to do something about.

    A conflict is the office's to decide: it goes back only where the office said so.
    """
    return [
        each
        for each in settled
        if catalogue.severity(each.finding) in _WEIGHTS
        and catalogue.entry(each.finding.code).to_bureau
        and each.finding.code not in CONFLICTS
    ]


@dataclass(frozen=True, kw_only=True)
class Remarks:
    """Makes the remarks of one workbook."""

    issued: Issued
    put: PutTogether
    parts: Sequence[Return]
    catalogue: Catalogue

    def of(self, settled: Sequence[Settled]) -> tuple[Remark, ...]:
        """Give the remarks, equal ones as one, 誤り first, then in the order of the sheet."""
        own = [each for each in settled if not self._is_of_another_part(each.found)]
        findings = [each.finding for each in own]
        by_finding = {id(finding): each for finding, each in zip(findings, own, strict=True)}
        names = project_names(self.issued, self.put)
        remarks = [self._remark(group, by_finding[id(group.first)], names) for group in grouped(findings)]
        return tuple(sorted(remarks, key=self._order))

    def _is_of_another_part(self, finding: Finding) -> bool:
        """Whether a finding is on a row that was left as issued, which another part of the answer changed."""
        row = self.put.rows.get((finding.place.file, finding.listing_id))
        return row is None and finding.listing_id in self.put.files

    def _remark(self, group: FindingGroup, settled: Settled, names: Mapping[str, str]) -> Remark:
        lines = tuple(dict.fromkeys(self._line(finding, names) for finding in group.findings))
        facts = dict(group.first.facts)
        if facts.get("id") == group.first.listing_id:
            facts["id"] = lines[0].spot.listing_id if len(lines) == 1 else _THESE.format(count=len(lines))
        worded = self.catalogue.word(replace(group.first, facts=facts))
        mending = worded.to_bureau
        if settled.decision is not None:
            mending = self.catalogue.word(settled.found).to_bureau or mending
        return Remark(
            severity=worded.severity,
            title=worded.title,
            reason=worded.message,
            remedy=mending,
            lines=tuple(sorted(lines, key=self._position)),
        )

    def _line(self, finding: Finding, names: Mapping[str, str]) -> RemarkLine:
        spot = self._spot(finding)
        if spot.in_head:
            item, value = self.issued.form.head_field(spot.column).label, self._head_value(spot.column)
        elif spot.column:
            item, value = self.issued.form.column(spot.column).label, self._value(spot)
        else:
            item, value = "シート全体", ""
        return RemarkLine(
            listing_id=spot.listing_id, project=names.get(spot.listing_id, ""), item=item, value=value, spot=spot
        )

    def _spot(self, finding: Finding) -> Spot:
        head = self._head_key(finding)
        if head:
            return Spot(column=head, in_head=True)
        known = {column.key for column in self.issued.columns}
        listing_id = self.put.rows.get((finding.place.file, finding.listing_id), finding.listing_id)
        if listing_id in self.put.survey.row_by_listing or listing_id in self.put.files:
            column = finding.column if finding.column in known else fields.LISTING_ID
            return Spot(listing_id=listing_id, column=column)
        if finding.column == fields.LISTING_ID:  # a row that has no place: where a new one would go
            return Spot(listing_id=self._free_row(), column=fields.LISTING_ID)
        if finding.column in known:
            return Spot(column=finding.column)
        return self._beside(finding)

    def _head_key(self, finding: Finding) -> str:
        if finding.listing_id or finding.column or not finding.place.cell:
            return ""
        for part in self.parts:
            places = {key: answer.place for key, answer in part.head.items()} | dict(part.head_places)
            for key, place in places.items():
                if place == finding.place:
                    return key
        return ""

    def _beside(self, finding: Finding) -> Spot:
        """Give the 備考 of the row beside which something stood; that column's heading where it was beside none."""
        number = _ROW.search(finding.place.cell)
        if number is None:
            return Spot()
        for part in self.parts:
            for row in (*part.rows, *part.new_rows):
                same = _ROW.search(row.place.cell)
                if part.file == finding.place.file and same is not None and same[0] == number[0]:
                    return Spot(listing_id=self.put.rows.get((part.file, row.listing_id), ""), column=fields.NOTE)
        return Spot(column=fields.NOTE)

    def _free_row(self) -> str:
        spare = (spare_id(n) for n in range(1, self.put.survey.spare_rows + 1))
        return next((each for each in spare if each not in self.put.files), "")

    def _head_value(self, key: str) -> str:
        shown = next((part.head_value(key) for part in self.parts if part.head_value(key)), "")
        return self.put.head.get(key, shown)

    def _value(self, spot: Spot) -> str:
        if spot.column == fields.LISTING_ID:
            return spot.listing_id
        row = self.put.survey.row_by_listing.get(spot.listing_id)
        issued = row.values.get(spot.column, "") if row else ""
        return self.put.answers.get((spot.listing_id, spot.column), issued)

    def _position(self, line: RemarkLine) -> tuple[int, int]:
        rows, columns = self._places
        row = line.spot.listing_id
        return (rows[row] if row else -1, columns.get(line.spot.column, -1))

    @cached_property
    def _places(self) -> tuple[Mapping[str, int], Mapping[str, int]]:
        """The places of rows, spare ones after the issued ones, and of columns."""
        spares = [spare_id(n) for n in range(1, self.put.survey.spare_rows + 1)]
        rows = [*self.put.survey.row_by_listing, *spares]
        keys = [column.key for column in self.issued.columns]
        return {row: n for n, row in enumerate(rows)}, {key: n for n, key in enumerate(keys)}

    def _order(self, remark: Remark) -> tuple[int, tuple[int, int]]:
        return (_WEIGHTS.index(remark.severity), self._position(remark.lines[0]))
