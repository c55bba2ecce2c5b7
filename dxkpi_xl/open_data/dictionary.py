"""データ辞書: every column of every table, as a table of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dxkpi_xl.open_data.csv_text import GUARD
from dxkpi_xl.open_data.table import Code, OpenColumn, OpenTable, Record, Type

DICTIONARY = "データ辞書"

GUARD_NOTE = (
    f"先頭が = + - @ (全角を含む)又は {GUARD} である文字列は、"
    f"表計算ソフトで数式とならないよう先頭に {GUARD} を1つ付けている。"
    f"プログラムで読むときは先頭の {GUARD} を1つ除くと原文になる(数と、「-」1文字だけの値には付けない)"
)
_TYPE_WORDS = {Type.STRING: "文字列", Type.INTEGER: "整数", Type.NUMBER: "数値", Type.BOOLEAN: "真偽(true又はfalse)"}

_COLUMNS = (
    OpenColumn(key="file", name="ファイル", about="列があるファイル", required=True),
    OpenColumn(key="position", name="列の順", about="左からの順", type=Type.INTEGER, required=True),
    OpenColumn(key="name", name="列名", about="CSVの見出し", required=True),
    OpenColumn(key="key", name="英字名", about="プログラムで使う名前", required=True),
    OpenColumn(key="type", name="型", about="値の型", required=True),
    OpenColumn(key="required", name="必須", about="空欄がない列か", type=Type.BOOLEAN, required=True),
    OpenColumn(key="about", name="説明", about="列が表すもの", required=True),
    OpenColumn(key="codes", name="取り得る値", about="値と意味。;で区切る"),
    OpenColumn(key="link", name="鍵", about="主キーか、どの表のどの列を参照するか"),
    OpenColumn(key="guard", name="読取り上の注意", about="文字列の列の、数式とならないための印"),
)


def dictionary_table(tables: Sequence[OpenTable]) -> OpenTable:
    """Give the dictionary of some tables."""
    return OpenTable(
        name=DICTIONARY,
        title=DICTIONARY,
        about="全ての表の全ての列の説明",
        columns=_COLUMNS,
        primary_key=("file", "position"),
        records=tuple(_records(tables)),
    )


def _records(tables: Sequence[OpenTable]) -> Iterator[Record]:
    by_name = {table.name: table for table in tables}
    for table in tables:
        for position, column in enumerate(table.columns, start=1):
            yield {
                "file": table.path,
                "position": position,
                "name": column.name,
                "key": column.key,
                "type": _TYPE_WORDS[column.type],
                "required": column.required,
                "about": column.about,
                "codes": codes_in_words(column.codes),
                "link": _link(table, column, by_name),
                "guard": GUARD_NOTE if column.type is Type.STRING and not column.codes else "",
            }


def codes_in_words(codes: Sequence[Code]) -> str:
    """Give the codes of a column with their meanings on one line."""
    return ";".join(f"{code.value}={code.meaning}" for code in codes)


def _link(table: OpenTable, column: OpenColumn, by_name: dict[str, OpenTable]) -> str:
    if column.key in table.primary_key:
        return "主キー"
    for reference in table.references:
        if reference.key == column.key:
            target = by_name[reference.table]
            return f"{target.path}の「{target.column(reference.to_key).name}」を参照"
    return ""
