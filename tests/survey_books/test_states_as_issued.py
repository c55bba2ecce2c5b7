"""The state of each row as issued, in words; the same words carry the colours, the counters and the link."""

from __future__ import annotations

import pytest

from .conftest import opened


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("L0001", "○入力済み"),
        ("L0018", "空欄でよいか御確認ください: ▲指標(KPI)又は目標"),
        (
            "L0008",
            "【共管】主担当: 総務部 行政経営課 共同: 企画調整部 デジタル変革課(同じ内容で御回答ください)\n○入力済み",
        ),
        ("新01", "空き行です。新しい事業があるときに御記入ください。"),
    ],
)
def test_a_row_with_answers_says_what_it_is(somu: bytes, key: str, state: str) -> None:
    assert opened(somu, values=True).state(key) == state


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("L0051", "【再掲】事業番号45の再掲です。黄色の欄だけ改められます。\n○入力済み"),
        ("L0010", "【KPI再掲】KPI番号3の再掲です。指標と値は元の行で改めます。\n○入力済み"),
        (
            "L0062",
            "【再掲】事業番号51の再掲です。黄色の欄だけ改められます。\n"
            "空欄のままなら元の行と同じ内容で載せます。\n○入力済み",
        ),
    ],
)
def test_relisted_rows_say_so_and_what_may_be_edited(kikaku: bytes, key: str, state: str) -> None:
    assert opened(kikaku, values=True).state(key) == state


def test_an_empty_row_names_every_missing_column(empty_somu: bytes) -> None:
    assert opened(empty_somu, values=True).state("L0001") == (
        "未入力: ●事業概要又は取組内容 ●指標(KPI)・目標の別\n空欄でよいか御確認ください: ▲指標(KPI)又は目標"
    )


def test_the_head_counts_the_marks_of_all_rows_and_of_its_own_fields(somu: bytes, empty_somu: bytes) -> None:
    assert opened(somu, values=True).sheet["A2"].value == "要確認 9件\n御確認の上、提出できます"
    assert opened(empty_somu, values=True).sheet["A2"].value == "未入力 44件・要確認 25件"
    assert opened(somu, values=True).sheet["A5"].value == "上の欄に御記入ください: ▲記入者 ▲内線 ▲記入日"
