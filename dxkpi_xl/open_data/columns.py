"""Every column of the open data, said once; a column that the form has too is headed by the form's own label."""

from __future__ import annotations

from dxkpi_xl.cycle import fields
from dxkpi_xl.form.columns import Form
from dxkpi_xl.open_data.table import Code, OpenColumn, Type

INTEGER, NUMBER, BOOLEAN = Type.INTEGER, Type.NUMBER, Type.BOOLEAN

FIRST_LISTED, RELISTED = "初掲", "再掲"
KPI_DEFINED, KPI_RELISTED, NO_KPI = "定義", "再掲", "なし"
AS_NUMBER, NOT_SET, BLANK, AS_TEXT = "数値", "未設定", "空欄", "文章"
BASELINE, TARGET = "基準値", "目標値"
CUMULATIVE = "累計"

LISTING_KINDS = (
    Code(value=FIRST_LISTED, meaning="その事業を初めて掲載する行"),
    Code(value=RELISTED, meaning="既に掲載した事業を別の項目に再び掲載する行"),
)
KPI_KINDS = (
    Code(value=KPI_DEFINED, meaning="この行でKPIを定めている"),
    Code(value=KPI_RELISTED, meaning="他の行で定めたKPIを再び掲載している"),
    Code(value=NO_KPI, meaning="KPIがない"),
)
DIRECTIONS = (
    Code(value="up", meaning="値が大きいほどよい"),
    Code(value="down", meaning="値が小さいほどよい"),
    Code(value="keep", meaning="値を保つ"),
)
CUMULATIONS = (Code(value=CUMULATIVE, meaning="指標名又は値に累計と明記されている"),)
VALUE_KINDS = (
    Code(value=BASELINE, meaning="計画を始めた時点の値"),
    Code(value=TARGET, meaning="その年度の目標とする値"),
)
STATES = (
    Code(value=AS_NUMBER, meaning="値の列に数値がある"),
    Code(value=NOT_SET, meaning="「-」と書かれており、値を定めていない"),
    Code(value=BLANK, meaning="何も書かれていない(0ではない)"),
    Code(value=AS_TEXT, meaning="数値として読み取れない書き方。表記(原文)の列を参照"),
)
COMPARATORS = (
    Code(value="eq", meaning="等しい"),
    Code(value="ge", meaning="以上"),
    Code(value="le", meaning="以下"),
    Code(value="gt", meaning="超"),
    Code(value="lt", meaning="未満"),
)

_PLACE_AND_YEAR = (
    OpenColumn(
        key="prefecture_code",
        name="都道府県コード",
        about="全国地方公共団体コード(6桁、先頭の0を含む文字列)",
    ),
    OpenColumn(key="prefecture", name="地方公共団体名", about="地方公共団体の名称"),
    OpenColumn(
        key="survey_year", name="調査年度(西暦)", about="調査の年度。4月に始まる年", type=INTEGER, required=True
    ),
    OpenColumn(key="survey_year_label", name="調査年度(和暦)", about="調査の年度を和暦で示したもの", required=True),
)


def listing_columns(form: Form) -> tuple[OpenColumn, ...]:
    """Give the columns of listings.csv: one row for each 掲載行."""
    return (
        *_PLACE_AND_YEAR,
        OpenColumn(key="position", name="掲載順", about="資料に掲載する順", type=INTEGER, required=True),
        _of(form, fields.LISTING_ID, "掲載行に付けた、年度が変わっても変わらない番号", required=True),
        OpenColumn(
            key="project_id", name="事業ID", about="事業に付けた、年度が変わっても変わらない番号", required=True
        ),
        _of(form, fields.NUMBER, "資料に印刷する事業の番号。年度ごとに変わり、再掲の行は空欄", Type.INTEGER),
        OpenColumn(
            key="listing_kind",
            name="再掲区分",
            about="初めての掲載か、再掲か",
            required=True,
            codes=LISTING_KINDS,
        ),
        OpenColumn(
            key="relisted_number", name="再掲元事業番号", about="再掲の行が指す事業の事業番号", type=Type.INTEGER
        ),
        _of(form, fields.RELIST_OF, "再掲の行が指す、その事業を初めて掲載した行の管理番号"),
        _of(form, fields.AREA_NO, "計画の分野の番号(分野のコード)", required=True),
        _of(form, fields.AREA_NAME, "計画の分野の名称", required=True),
        _of(form, fields.ITEM_NO, "計画の項目の番号。分野の番号と合わせて項目を定める", required=True),
        _of(form, fields.ITEM_NAME, "計画の項目の名称。名称のない項目は空欄"),
        *_owner("lead_", "主担当"),
        OpenColumn(
            key="owners",
            name="担当数",
            about="担当する課の数。全ての担当はowners.csvを参照",
            type=INTEGER,
            required=True,
        ),
        _of(form, fields.PROJECT, "事業の名称。印刷のための改行は半角空白に改めている", required=True),
        OpenColumn(
            key="content_of",
            name="内容の管理番号",
            about="以下の列の内容を記した行の管理番号。内容を他の行と共にする再掲の行では、その元の行を指す",
            required=True,
        ),
        _of(form, fields.OUTLINE, "事業の概要。改行は段落の区切り"),
        _of(form, fields.TARGET_KIND, "数値で測るKPIを定めるか、文章で目標を示すか"),
        _of(form, fields.TARGET, "今年度の目標の文章。改行は段落の区切り"),
        OpenColumn(key="kpi_kind", name="KPI再掲区分", about="この行のKPIの定め方", required=True, codes=KPI_KINDS),
        OpenColumn(key="kpi_id", name="KPI管理番号", about="KPIに付けた、年度が変わっても変わらない番号"),
        _of(form, fields.KPI_NO, "資料に印刷するKPIの番号。年度ごとに変わる", Type.INTEGER),
        _of(form, fields.KPI_NAME, "KPIの名称"),
    )


def owner_columns() -> tuple[OpenColumn, ...]:
    """Give the columns of owners.csv: one row for each 課 in charge of a 事業."""
    return (
        OpenColumn(key="owner_id", name="担当ID", about="事業IDと担当順をつないだ番号", required=True),
        OpenColumn(key="project_id", name="事業ID", about="担当する事業の番号", required=True),
        OpenColumn(key="position", name="担当順", about="1が主担当", type=INTEGER, required=True),
        *_owner("", "担当"),
    )


def kpi_columns(form: Form) -> tuple[OpenColumn, ...]:
    """Give the columns of kpis.csv: one row for each KPI."""
    return (
        *_PLACE_AND_YEAR,
        OpenColumn(
            key="kpi_id", name="KPI管理番号", about="KPIに付けた、年度が変わっても変わらない番号", required=True
        ),
        _of(form, fields.KPI_NO, "資料に印刷するKPIの番号。年度ごとに変わる", Type.INTEGER, required=True),
        _of(form, fields.KPI_NAME, "KPIの名称"),
        OpenColumn(key="defined_by", name="KPIを定める管理番号", about="KPIを定めている掲載行", required=True),
        OpenColumn(key="unit", name="単位", about="値に付いた単位。複数あるときは;で区切る"),
        OpenColumn(key="direction", name="方向", about="目指す方向", codes=DIRECTIONS),
        OpenColumn(key="cumulative", name="累計区分", about="累計の値か。明記がなければ空欄", codes=CUMULATIONS),
        OpenColumn(key="is_new", name="新規KPI", about="今年度から新たに定めたKPIか", type=BOOLEAN, required=True),
    )


def kpi_value_columns(form: Form) -> tuple[OpenColumn, ...]:
    """Give the columns of kpi_values.csv: one row for each value of a KPI."""
    return (
        OpenColumn(key="value_id", name="値ID", about="KPI管理番号と、年度又はbaseをつないだ番号", required=True),
        OpenColumn(key="kpi_id", name="KPI管理番号", about="値を持つKPI", required=True),
        _of(form, fields.KPI_NO, "資料に印刷するKPIの番号", Type.INTEGER, required=True),
        _of(form, fields.KPI_NAME, "KPIの名称"),
        OpenColumn(key="value_kind", name="値の区分", about="何の値か", required=True, codes=VALUE_KINDS),
        OpenColumn(key="year", name="年度(西暦)", about="値の年度。4月に始まる年。基準値は空欄", type=INTEGER),
        OpenColumn(key="year_label", name="年度(和暦)", about="値の年度を和暦で示したもの。基準値は空欄"),
        OpenColumn(
            key="number",
            name="値",
            about="数値。万や億は掛けて示し、百分率は百分率の数(48.2%は48.2)で示す。数値がなければ空欄",
            type=NUMBER,
        ),
        OpenColumn(key="unit", name="単位", about="値に付いた単位"),
        OpenColumn(key="comparator", name="比較記号", about="値との大小の関係。数値がなければ空欄", codes=COMPARATORS),
        OpenColumn(key="approximate", name="概数", about="ほぼ、約、程度と書かれた値か", type=BOOLEAN, required=True),
        OpenColumn(key="state", name="値の状態", about="値の列が空欄のとき、その理由", required=True, codes=STATES),
        OpenColumn(key="written", name="表記(原文)", about="書かれたままの値"),
    )


def _owner(prefix: str, word: str) -> tuple[OpenColumn, ...]:
    return (
        OpenColumn(key=f"{prefix}bureau_code", name=f"{word}部コード", about="部局に付けた番号"),
        OpenColumn(key=f"{prefix}bureau", name=f"{word}部", about="担当する部局の名称", required=True),
        OpenColumn(key=f"{prefix}section_code", name=f"{word}課コード", about="課に付けた番号"),
        OpenColumn(key=f"{prefix}section", name=f"{word}課", about="担当する課の名称"),
    )


def _of(form: Form, key: str, about: str, kind: Type = Type.STRING, *, required: bool = False) -> OpenColumn:
    column = form.column(key)
    chosen = column.choices.values if column.choices else ()
    codes = tuple(Code(value=choice.value, meaning=choice.meaning) for choice in chosen)
    return OpenColumn(key=key, name=column.label, about=about, type=kind, required=required, codes=codes)
