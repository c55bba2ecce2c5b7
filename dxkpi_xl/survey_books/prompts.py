"""What Excel says beside a selected cell and when it refuses one, from the column's own words."""

from __future__ import annotations

from dxkpi_xl.errors import TemplateBroken
from dxkpi_xl.form.columns import Column
from dxkpi_xl.form.load import FORM_FILE
from dxkpi_xl.grid import limits
from dxkpi_xl.grid.limits import utf16_units
from dxkpi_xl.grid.sheet_rules import Dialog


def dialog(column: Column) -> Dialog:
    """Give the prompt and the refusal of a column; TemplateBroken where Excel cannot show its label or help."""
    _refuse_long(column, "label", column.label, limits.PROMPT_TITLE)
    _refuse_long(column, "help", column.help, limits.PROMPT_TEXT)
    return Dialog(
        prompt_title=column.label,
        prompt=_prompt(column),
        error_title=column.label,
        error=_error(column),
    )


def _prompt(column: Column) -> str:
    """The help, then the limit and an example as far as Excel's 255 units reach."""
    text = column.help
    more = [
        f"({column.max_length}字まで)" if column.max_length else "",
        f"例: {column.example}" if column.example else "",
    ]
    for addition in filter(None, more):
        longer = f"{text}\n{addition}"
        if utf16_units(longer) <= limits.PROMPT_TEXT:
            text = longer
    return text


def _error(column: Column) -> str:
    if column.max_length:
        return f"{column.max_length}字までで御記入ください。長くなるときは、備考に続きを御記入ください。"
    return "一覧から選んでください。「キャンセル」を押すと、元の値に戻ります。"


def _refuse_long(column: Column, name: str, text: str, limit: int) -> None:
    length = utf16_units(text)
    if length > limit:
        where = f"[[columns]] key={column.key} {name}"
        raise TemplateBroken(FORM_FILE, where, f"{length}字あります(Excelで示せるのは{limit}字まで)。")
