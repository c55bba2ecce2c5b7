"""What is typed changes states, counters and numbers as LibreOffice calculates them; no open cell holds a formula."""

from __future__ import annotations

import pytest

from .conftest import Opened, opened, recalculated

pytestmark = pytest.mark.libreoffice

HEAD = {("", "記入者"): "山田", ("", "内線"): "1234", ("", "記入日"): "2024/5/10"}
TYPED = {
    ("L0001", "区分"): "廃止",
    ("L0002", "区分"): "統合",
    ("L0002", "統合先の管理番号"): "L0001",
    ("L0002", "廃止・統合の理由"): "まとめて実施するため",
    ("L0003", "指標(KPI)・目標の別"): "指標(KPI)",
    ("L0004", "事業概要又は取組内容"): " 　\n",
    ("L0005", "事業概要又は取組内容"): "あ" * 1001,
    ("L0006", "R6目標値"): "未定",
    ("L0007", "R6目標値"): 0.482,
    ("L0009", "区分"): "やめる",
    ("L0013", "R6目標値"): "10〜20",
    ("L0014", "備考"): "=1+1",
    ("新01", "分野名称"): "I-4 1~3の取組を支える基盤整備",
    ("新01", "項目名称"): "(5) オフィス改革",
    ("新01", "指標(KPI)・目標の別"): "指標(KPI)",
    ("新02", "分野名称"): "I-3 公務能率の向上に向けた取組",
    ("新02", "項目名称"): "計画",
    ("新02", "再掲元の管理番号"): "L0045",
    ("新03", "分野名称"): "I-1 まず始めに実施すべき取組",
    ("新03", "項目名称"): "(5) オフィス改革",
    ("新03", "担当課"): "ない課",
}
STATES = {
    "L0001": "「廃止」「統合」を選ぶと必要です: ●廃止・統合の理由\n発行時から変更: ◆区分",
    "L0002": "○入力済み\n発行時から変更: ◆区分 ◆統合先の管理番号 ◆廃止・統合の理由",
    "L0003": "「指標(KPI)」を選ぶと必要です: ●指標名 ●基準値 ●R4目標値 ●R5目標値 ●R6目標値 ●R7目標値\n"
    "発行時から変更: ◆指標(KPI)・目標の別",
    "L0004": "未入力: ●事業概要又は取組内容\n発行時から変更: ◆事業概要又は取組内容",
    "L0005": "文字数が上限を超えています: ▲事業概要又は取組内容\n発行時から変更: ◆事業概要又は取組内容",
    "L0006": "値の書き方を御確認ください: ▲R6目標値\n発行時から変更: ◆R6目標値",
    "L0007": "○入力済み\n発行時から変更: ◆R6目標値",
    "L0009": "一覧から選び直してください: ▲区分\n発行時から変更: ◆区分",
    "L0013": "値の書き方を御確認ください: ▲R6目標値\n発行時から変更: ◆R6目標値",
    "L0014": "○入力済み\n発行時から変更: ◆備考",
    "L0018": "空欄でよいか御確認ください: ▲指標(KPI)又は目標",
    "新01": "未入力: ●担当課 ●事業名又は取組名 ●事業概要又は取組内容\n"
    "「指標(KPI)」を選ぶと必要です: ●指標名 ●基準値 ●R4目標値 ●R5目標値 ●R6目標値 ●R7目標値\n"
    "空欄でよいか御確認ください: ▲指標(KPI)又は目標",
    "新02": "【再掲】「デジタル変革(DX)推進事業(市町村DX推進トップセミナー事業)」"
    "(担当: 総務部 市町村行政課、企画調整部 デジタル変革課)です。事業名と担当課の記入は要りません。\n○入力済み",
    "新03": "未入力: ●事業名又は取組名 ●事業概要又は取組内容 ●指標(KPI)・目標の別\n"
    "空欄でよいか御確認ください: ▲指標(KPI)又は目標\n一覧から選び直してください: ▲項目名称 ▲担当課",
    "新04": "空き行です。新しい事業があるときに御記入ください。",
}


@pytest.fixture(scope="module")
def typed(somu: bytes) -> Opened:
    """総務部's workbook with everything of the table above typed in, as LibreOffice calculates it."""
    return recalculated(opened(somu).type(TYPED))


@pytest.mark.parametrize("key", STATES)
def test_the_state_follows_what_was_typed(typed: Opened, key: str) -> None:
    assert typed.state(key) == STATES[key]


def test_the_counter_counts_what_the_rows_say(typed: Opened) -> None:
    states = [typed.state(key) for key in typed.rows] + [str(typed.sheet["A5"].value)]
    missing, ask = (sum(state.count(mark) for state in states) for mark in "●▲")
    assert (missing, ask) == (20, 17)
    assert typed.sheet["A2"].value == f"未入力 {missing}件・要確認 {ask}件"


def test_numbers_and_bureaus_of_spare_rows_follow_what_was_chosen(typed: Opened) -> None:
    shown = {
        key: [typed.cell(key, label).value for label in ("分野No", "項目No", "担当部")]
        for key in ("新01", "新02", "新03")
    }
    assert shown == {
        "新01": ["I-4", "(5)", "総務部"],
        "新02": ["I-3", "計画", "総務部\n企画調整部"],
        "新03": ["I-1", None, "総務部"],
    }


def test_everything_filled_in_can_be_sent(somu: bytes) -> None:
    book = opened(somu)
    targets = {(key, "指標(KPI)又は目標"): "目標を定める。" for key in book.rows if key.startswith("L")}
    sheet = recalculated(book.type(HEAD | targets)).sheet
    assert [sheet[cell].value for cell in ("A2", "A4", "A5")] == [
        "提出できます",
        "記入の漏れはありません",
        "○上の欄は記入済みです",
    ]


def test_cached_values_as_issued_are_what_libreoffice_calculates(kikaku: bytes, empty_somu: bytes) -> None:
    for document in (kikaku, empty_somu):
        formulas, ours, theirs = opened(document), opened(document, values=True), recalculated(document)
        cells = [c.coordinate for row in formulas.sheet.iter_rows() for c in row if c.data_type == "f"]
        assert len(cells) > 60
        assert [theirs.sheet[cell].value or "" for cell in cells] == [ours.sheet[cell].value or "" for cell in cells]
