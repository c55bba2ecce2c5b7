"""What cannot be written to a workbook, said before it is written."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from dxkpi_xl.errors import CannotProceed


class Reason(StrEnum):
    """Why something is refused; ``WORDS`` says it to the official."""

    TEXT_TOO_LONG = "text_too_long"
    TOO_MANY_LINE_FEEDS = "too_many_line_feeds"
    NOT_UNICODE = "not_unicode"
    NOT_A_NUMBER = "not_a_number"
    BAD_ADDRESS = "bad_address"
    BAD_SHEET_NAME = "bad_sheet_name"
    SHEET_NAME_TAKEN = "sheet_name_taken"
    NO_VISIBLE_SHEET = "no_visible_sheet"
    LIST_EMPTY = "list_empty"
    LIST_ITEM = "list_item"
    BAD_FORMULA = "bad_formula"
    NEWER_THAN_EXCEL_2016 = "newer_than_excel_2016"
    LEAVES_THE_WORKBOOK = "leaves_the_workbook"
    BAD_NAME = "bad_name"
    BAD_PROPERTY = "bad_property"
    BAD_STYLE = "bad_style"
    ROW_TOO_HIGH = "row_too_high"
    COLUMN_TOO_WIDE = "column_too_wide"
    MERGE = "merge"
    TOO_MANY = "too_many"
    FONT_NOT_MEASURED = "font_not_measured"
    WRITER = "writer"


_SHORTEN = "短くしてから、もう一度実行してください。"
_MEND = "直してから、もう一度実行してください。"
_TELL = "様式の設定を確認してください。直らないときは、この文を添えてプログラムの担当者に連絡してください。"

#: reason -> (what is wrong, what to do next); the braces are keys of ``Refused.facts``.
WORDS: Mapping[Reason, tuple[str, str]] = MappingProxyType(
    {
        Reason.TEXT_TOO_LONG: ("{what}が{length}文字あります（Excelの上限は{limit}文字）:「{text}」。", _SHORTEN),
        Reason.TOO_MANY_LINE_FEEDS: ("1つのセルに改行が{length}個あります（Excelの上限は{limit}個）。", _SHORTEN),
        Reason.NOT_UNICODE: (
            "文字として保存できない符号があります。",
            "入力し直してから、もう一度実行してください。",
        ),
        Reason.NOT_A_NUMBER: ("数でない値「{value}」を数のセルに書こうとしました。", _TELL),
        Reason.BAD_ADDRESS: ("セルの番地「{address}」は正しくありません。", _TELL),
        Reason.BAD_SHEET_NAME: ("シート名「{name}」はExcelで使えません（{why}）。", _MEND),
        Reason.SHEET_NAME_TAKEN: ("シート名「{name}」が2つあります。", _MEND),
        Reason.NO_VISIBLE_SHEET: ("表示されるシートが1枚もありません。", _TELL),
        Reason.LIST_EMPTY: ("選択肢が1つもありません。", "選択肢を入力してから、もう一度実行してください。"),
        Reason.LIST_ITEM: ("選択肢「{item}」はExcelの一覧に使えません（{why}）。", _MEND),
        Reason.BAD_FORMULA: ("数式を書き込めません（{why}）: {formula}", _TELL),
        Reason.NEWER_THAN_EXCEL_2016: ("Excel 2016で使えない関数 {function} があります: {formula}", _TELL),
        Reason.LEAVES_THE_WORKBOOK: ("ブックの外を参照する数式は書き込めません: {formula}", _TELL),
        Reason.BAD_NAME: ("名前「{name}」はExcelで使えません（{why}）。", _TELL),
        Reason.BAD_PROPERTY: ("プロパティ「{name}」は書き込めません（{why}）。", _TELL),
        Reason.BAD_STYLE: ("書式の指定「{value}」は使えません（{why}）。", _TELL),
        Reason.ROW_TOO_HIGH: (
            "行の高さ{height}ptはExcelの上限{limit}ptを超えています。",
            "文章を短くするか、列の幅を広げてください。",
        ),
        Reason.COLUMN_TOO_WIDE: ("列の幅{width}はExcelの範囲（0～{limit}文字）にありません。", _MEND),
        Reason.MERGE: ("セル {area} を結合できません（{why}）。", _TELL),
        Reason.TOO_MANY: ("{what}が{length}個あります（Excelの上限は{limit}個）。", _TELL),
        Reason.FONT_NOT_MEASURED: (
            "標準フォントのサイズ{size}ptは使えません。",
            "{sizes} のいずれかを設定してください。",
        ),
        Reason.WRITER: ("Excelファイルの部品を書き込めません: {message}", _TELL),
    }
)


class Refused(CannotProceed):
    """Something Excel cannot hold: ``reason``, ``sheet`` and ``cell`` ("" if none), and ``facts`` for the words."""

    def __init__(self, reason: Reason, sheet: str, cell: str, facts: Mapping[str, object]) -> None:
        what, remedy = WORDS[reason]
        place = "!".join(part for part in (sheet, cell) if part)
        super().__init__((f"{place}: " if place else "") + what.format_map(facts), remedy.format_map(facts))
        self.reason = reason
        self.sheet = sheet
        self.cell = cell
        self.facts = MappingProxyType(dict(facts))
