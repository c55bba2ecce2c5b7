"""What may be typed and what is marked: dropdowns, prompts, live checks, conditional formats, protection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.refusals import Reason
from dxkpi_xl.grid.sheet_rows import SheetRows
from dxkpi_xl.grid.styles import Mark

#: Excel parts a list at commas, and XlsxWriter writes quotes inside one as they are.
_LIST_BREAKERS = frozenset(',"\n')


@dataclass(frozen=True, kw_only=True)
class Dialog:
    """What Excel says at a cell: ``prompt`` when it is selected, ``error`` when the rule does not allow what was typed.

    Titles have at most 32 units, the prompt 255, the error 224.  ``on_error``: ``stop`` refuses, the others ask.
    """

    prompt_title: str = ""
    prompt: str = ""
    error_title: str = ""
    error: str = ""
    on_error: Literal["stop", "warning", "information"] = "stop"
    ignore_blank: bool = True


_SILENT = Dialog()


@dataclass(frozen=True, kw_only=True)
class Protection:
    """What a protected sheet still allows; there is no password, which stops nobody."""

    format_columns: bool = True
    format_rows: bool = True
    format_cells: bool = False
    autofilter: bool = True
    sort: bool = False
    select_locked: bool = True
    select_unlocked: bool = True
    edit_objects: bool = False


class SheetRules(SheetRows):
    """The methods that say what a cell accepts; a rule covers a bounded range, never a whole column."""

    def choices(self, cells: str, source: Sequence[str] | str, dialog: Dialog = _SILENT) -> None:
        """A dropdown: from choices said here (255 units joined by commas), or ``=…`` a range or a formula for one."""
        if isinstance(source, str):
            value: str | list[str] = self._checked(cells, source, limits.VALIDATION_FORMULA)
        else:
            value = list(source)
            self._refuse_list(cells, value)
        self._validation(cells, {"validate": "list", "source": value}, dialog)

    def text_length(self, cells: str, most: int, dialog: Dialog = _SILENT, least: int = 0) -> None:
        """A text of ``least`` to ``most`` UTF-16 units."""
        rule = {"validate": "length", "criteria": "between", "minimum": least, "maximum": most}
        self._validation(cells, rule, dialog)

    def custom_rule(self, cells: str, formula: str, dialog: Dialog = _SILENT) -> None:
        """A value for which the formula, written for the range's first cell, is true."""
        rule = {"validate": "custom", "value": self._checked(cells, formula, limits.VALIDATION_FORMULA)}
        self._validation(cells, rule, dialog)

    def prompt(self, cells: str, dialog: Dialog) -> None:
        """Only a prompt: anything may be typed."""
        self._validation(cells, {"validate": "any"}, dialog)

    def mark_when(self, cells: str, formula: str, mark: Mark, stop_if_true: bool = False) -> None:
        """A conditional format; the formula is written for the range's first cell, earlier marks win."""
        top, left, bottom, right = self._area(cells)
        criteria = self._checked(cells, formula, limits.FORMULA)
        options = {"type": "formula", "criteria": criteria, "format": self._formats.of(mark)}
        options["stop_if_true"] = stop_if_true
        bounds = (top - 1, left - 1, bottom - 1, right - 1)
        self._must(cells, self._worksheet.conditional_format, *bounds, options)

    def protect(self, protection: Protection | None = None) -> None:
        """Lock the cells whose style is locked."""
        allowed = protection or Protection()
        options = {
            "objects": allowed.edit_objects,
            "scenarios": allowed.edit_objects,
            "format_cells": allowed.format_cells,
            "format_columns": allowed.format_columns,
            "format_rows": allowed.format_rows,
            "autofilter": allowed.autofilter,
            "sort": allowed.sort,
            "select_locked_cells": allowed.select_locked,
            "select_unlocked_cells": allowed.select_unlocked,
        }
        self._must("", self._worksheet.protect, "", options)

    def editable(self, cells: Sequence[str], title: str) -> None:
        """範囲の編集の許可: these ranges stay editable even after a paste has locked their cells."""
        for one in cells:
            self._area(one)
        self._refuse_if_long(cells[0], "編集を許可する範囲の名前", title, limits.EDITABLE_RANGE_TITLE)
        if not title.strip() or title.casefold() in self._editable_titles:
            raise self._refused(Reason.BAD_NAME, cells[0], name=title, why="空か、重複しています")
        self._editable_titles.add(title.casefold())
        self._must(cells[0], self._worksheet.unprotect_range, " ".join(cells), title)

    def _refuse_list(self, cells: str, items: list[str]) -> None:
        if not items:
            raise self._refused(Reason.LIST_EMPTY, cells)
        for item in items:
            if not item or item != item.strip() or _LIST_BREAKERS & set(item):
                why = "空、半角のカンマと引用符、前後の空白、改行は使えません"
                raise self._refused(Reason.LIST_ITEM, cells, item=item, why=why)
        self._refuse_if_long(cells, "選択肢の合計", ",".join(items), limits.LIST_TEXT)

    def _validation(self, cells: str, rule: Mapping[str, object], dialog: Dialog) -> None:
        options = dict(rule) | {"ignore_blank": dialog.ignore_blank}
        for key, what, text, limit in (
            ("input_title", "入力時メッセージの題", dialog.prompt_title, limits.PROMPT_TITLE),
            ("input_message", "入力時メッセージ", dialog.prompt, limits.PROMPT_TEXT),
            ("error_title", "エラーメッセージの題", dialog.error_title, limits.ERROR_TITLE),
            ("error_message", "エラーメッセージ", dialog.error, limits.ERROR_TEXT),
        ):
            self._refuse_if_long(cells, what, text, limit)
            if text:
                options[key] = text
        options["error_type"] = dialog.on_error
        top, left, bottom, right = self._area(cells)
        self._must(cells, self._worksheet.data_validation, top - 1, left - 1, bottom - 1, right - 1, options)
