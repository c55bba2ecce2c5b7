"""What a row is, in words, before its state: relisted, co-owned, who is in the lead, what may be edited there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import SurveyRow
from dxkpi_xl.form.columns import Role
from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.survey_books.filled import REMARKS_SHEET
from dxkpi_xl.survey_books.layout import AnswerLayout, LaidRow
from dxkpi_xl.survey_books.pick_lists import LISTED_NAMES, LISTED_OWNERS, PickLists

_PIECE = 100
_NOT_NEEDED = "事業名と担当課の記入は要りません。"


@dataclass(frozen=True, kw_only=True)
class RowNote:
    """Words before a row's state: the formula (without =, blank for none) and the text as issued."""

    formula: str = ""
    text: str = ""


def row_note(row: LaidRow, layout: AnswerLayout, lists: PickLists, remarks: Sequence[int] = ()) -> RowNote:
    """Give the note of a row: fixed words on an issued row, the chosen project on a spare one.

    ``remarks`` are the numbers of the remarks on the row, which stand before all else.
    """
    lines = [f"【{REMARKS_SHEET} {'・'.join(map(str, remarks))}】"] if remarks else []
    if row.issued is not None:
        lines += _lines(row.issued)
    formulas = [f"{_constant(line)}&CHAR(10)" for line in lines]
    text = "".join(f"{line}\n" for line in lines)
    if row.issued is None:
        chosen = _chosen_project(row, layout, lists)
        formulas.append(chosen.formula)
        text += chosen.text
    return RowNote(formula="&".join(formulas), text=text)


def _lines(row: SurveyRow) -> list[str]:
    found = []
    if row.role is Role.RELISTED:
        found.append(f"【再掲】事業番号{row.relisted_number}の再掲です。黄色の欄だけ改められます。")
    if row.shares_block:
        found.append("空欄のままなら元の行と同じ内容で載せます。")
    if row.kpi_number:
        found.append(f"【KPI再掲】KPI番号{row.kpi_number}の再掲です。指標と値は元の行で改めます。")
    if row.is_co_owned:
        others = "、".join(str(owner) for owner in row.owners[1:])
        found.append(f"【共管】主担当: {row.owners[0]} 共同: {others}(同じ内容で御回答ください)")
    return found


def _constant(text: str) -> str:
    """Give a text of any length as a formula: one quoted piece holds 255 UTF-16 units (100 characters always do)."""
    return "&".join(quoted(text[n : n + _PIECE]) for n in range(0, len(text), _PIECE))


def _chosen_project(row: LaidRow, layout: AnswerLayout, lists: PickLists) -> RowNote:
    id_cell = layout.cell(row, fields.RELIST_OF)
    name, owners = (lists.of_listing(heading, id_cell) for heading in (LISTED_NAMES, LISTED_OWNERS))
    chosen = f'"【再掲】「"&SUBSTITUTE({name},CHAR(10),"")&"」(担当: "&{owners}&")です。"'
    words = f"{chosen}&{quoted(_NOT_NEEDED)}&CHAR(10)"
    shown = [lists.listed(heading, row.values.get(fields.RELIST_OF, "")) for heading in (LISTED_NAMES, LISTED_OWNERS)]
    text = f"【再掲】「{shown[0].replace(chr(10), '')}」(担当: {shown[1]})です。{_NOT_NEEDED}\n" if shown[0] else ""
    return RowNote(formula=f'IF({id_cell}="","",IFERROR({words},""))', text=text)
