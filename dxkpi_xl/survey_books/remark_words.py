"""What the sheet 確認事項 says before its list: what it is, how it is answered, which returns it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.survey import SEND_BACK_LABEL
from dxkpi_xl.findings import Severity
from dxkpi_xl.survey_books.draft import Draft
from dxkpi_xl.survey_books.filled import Remark
from dxkpi_xl.survey_books.live_marks import ASK
from dxkpi_xl.survey_books.words import send_to


def opening_words(draft: Draft) -> Iterator[tuple[str, str]]:
    """Give the lines: what each is called, and what it says."""
    filled, form = draft.filled, draft.form
    written_on, note = form.head_field(fields.WRITTEN_ON).label, form.column(fields.NOTE).label
    answers = form.sheets["answers"]
    yield (
        "お願い",
        f"御提出いただいた調査票に、次の確認事項があります({counted(filled.remarks)})。お手数ですが、御確認をお願いします。",
    )
    yield (
        "(1) 直す",
        f"「直す欄」を押すと、シート「{answers}」のその欄に移ります。太い枠の欄です(同じ内容のメモを付けています)。"
        f"「{Severity.WRONG}」は、直してください。「{Severity.ASK}」は、改めるか、そのままでよい理由を"
        f"その行の「{note}」に御記入ください。",
    )
    yield (
        "(2) 確かめる",
        f"改めると、その行の「状態」から {ASK} が消えます(理由を「{note}」に御記入のときは、残っていても差し支え"
        "ありません)。ほかの欄は、御提出いただいた内容のままです。",
    )
    yield (
        "(3) 提出する",
        f"上の欄の「{written_on}」を提出する日に改め、このファイルのまま{send_to(draft.survey.cycle.contact)}へ"
        f"お送りください。後の「{written_on}」の御回答を採用します(改めなくても、このファイルの御回答が前の御回答に"
        "代わります)。",
    )
    yield "写した御回答", "\n".join(filled.sources)
    yield SEND_BACK_LABEL, " ".join(filled.numbers)


def counted(remarks: Sequence[Remark]) -> str:
    """Give how many remarks there are in words, by weight, and how many cells they are about: 確認 1件(6箇所)."""
    said = []
    for weight in (Severity.WRONG, Severity.ASK):
        cells = [len(remark.lines) for remark in remarks if remark.severity is weight]
        if cells:
            said.append(f"{weight} {len(cells)}件" + (f"({sum(cells)}箇所)" if sum(cells) > len(cells) else ""))
    return "、".join(said)
