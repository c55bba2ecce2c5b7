"""Machine values of the register and the Japanese labels under which the office chooses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.cycle.model import (
    ABOVE_TABLE,
    AS_ISSUED,
    AS_WRITTEN,
    BY_LEAD,
    COMMA,
    FULL_DASH,
    FULL_WIDTH,
    HALF_DASH,
    HALF_WIDTH,
    IN_HEADER,
    ORIGINAL_CONTENT,
    OWN_CONTENT,
    PER_BUREAU,
    PER_SECTION,
    ROMAN_LETTERS,
    ROMAN_SIGNS,
)
from dxkpi_xl.cycle.office import IGNORE, USE
from dxkpi_xl.form.columns import ChoiceList, folded
from dxkpi_xl.grid.fonts import BIZ_UD_GOTHIC, BIZ_UD_MINCHO, MS_GOTHIC, MS_MINCHO


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of the register, its label in the ledger, and other spellings taken for it."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """All that is taken for it."""
        return (self.value, self.label, *self.aliases)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """A list to choose from; an ``open`` one only suggests, anything else is taken as written."""

    values: tuple[Choice, ...]
    open: bool = False

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in order."""
        return tuple(choice.label for choice in self.values)

    def label_of(self, value: str) -> str:
        """Give the label of a value; a value that is not in the list is its own label."""
        return next((choice.label for choice in self.values if choice.value == value), value)

    def value_of(self, written: str) -> str | None:
        """Give the value that a text stands for, else width, case and aliases folded; None for none."""
        found = self._by_spelling.get(written) or self._by_folded.get(folded(written))
        return written if found is None and self.open else found

    @cached_property
    def _by_spelling(self) -> Mapping[str, str]:
        return {each: choice.value for choice in reversed(self.values) for each in choice.spellings}

    @cached_property
    def _by_folded(self) -> Mapping[str, str]:
        return {folded(each): choice.value for choice in reversed(self.values) for each in choice.spellings}


def of_form(choices: ChoiceList) -> Choices:
    """Give a list of the form as it stands: value and label are one."""
    return Choices(
        values=tuple(Choice(value=each.value, label=each.value, aliases=each.aliases) for each in choices.values)
    )


# The circle has three code points that look alike, U+25CB, U+3007 and U+25EF; a tick box gives TRUE.
YES, NO = "yes", "no"
FLAG = Choices(values=(Choice(value=YES, label="○", aliases=("〇", "◯", "新規", "新", "TRUE", "1", "はい")),))

DIRECTIONS = Choices(
    values=(
        Choice(value="up", label="増やす", aliases=("上げる", "増加", "上昇", "増", "↑", "高める")),
        Choice(value="down", label="減らす", aliases=("下げる", "減少", "低下", "減", "↓", "低める")),
        Choice(value="keep", label="保つ", aliases=("維持", "維持する", "現状維持", "→")),
    )
)

DEFINES, RELISTS = "defines", "relists"
KPI_ROLES = Choices(
    values=(
        Choice(value=DEFINES, label="定める", aliases=("定義", "この行で定める", "KPI")),
        Choice(value=RELISTS, label="再掲", aliases=("再掲する", "他の行のKPI")),
    )
)

DISTRIBUTION = Choices(
    values=(
        Choice(value=PER_BUREAU, label="部ごとに1冊", aliases=("部局", "部ごと", "部単位")),
        Choice(value=PER_SECTION, label="課ごとに1冊", aliases=("所属", "課ごと", "課単位")),
    )
)
NUMBERS = Choices(
    values=(
        Choice(value=COMMA, label="3桁ごとにコンマ", aliases=("コンマ", "カンマ", "75,600")),
        Choice(value=AS_WRITTEN, label="書かれたとおり", aliases=("そのまま", "75600")),
    )
)
PAPERS = Choices(values=(Choice(value="A3", label="A3"), Choice(value="A4", label="A4")))
FONTS = Choices(
    values=tuple(Choice(value=name, label=name) for name in (BIZ_UD_GOTHIC, BIZ_UD_MINCHO, MS_GOTHIC, MS_MINCHO)),
    open=True,
)

CONFLICTS = Choices(
    values=(
        Choice(value=AS_ISSUED, label="発行時の内容", aliases=("発行時", "前年度のまま")),
        Choice(value=BY_LEAD, label="主担当の回答", aliases=("主担当",)),
    )
)
RELISTINGS = Choices(
    values=(
        Choice(value=OWN_CONTENT, label="行に内容があればその内容", aliases=("その行の内容",)),
        Choice(value=ORIGINAL_CONTENT, label="常に元の行の内容", aliases=("元の行の内容",)),
    )
)
_AS_WRITTEN = Choice(value=AS_WRITTEN, label="書かれたとおり", aliases=("そのまま",))
WIDTHS = Choices(
    values=(
        _AS_WRITTEN,
        Choice(value=HALF_WIDTH, label="半角"),
        Choice(value=FULL_WIDTH, label="全角"),
    )
)
# Folded, both signs are one: the labels say more than the sign.
NOT_SET = Choices(
    values=(
        Choice(value=HALF_DASH, label="半角(-)", aliases=("半角",)),
        Choice(value=FULL_DASH, label="全角(－)", aliases=("全角",)),
    )
)
ROMANS = Choices(
    values=(
        _AS_WRITTEN,
        Choice(value=ROMAN_LETTERS, label="英字(IIの2文字)", aliases=("英字",)),
        Choice(value=ROMAN_SIGNS, label="記号(Ⅱの1文字)", aliases=("記号",)),
    )
)
DOCUMENT_PLACES = Choices(
    values=(
        Choice(value=ABOVE_TABLE, label="表の上"),
        Choice(value=IN_HEADER, label="ヘッダー", aliases=("ヘッダ",)),
    )
)
SWITCH = Choices(
    values=(
        Choice(value=YES, label="付ける", aliases=("はい", "TRUE", "1")),
        Choice(value=NO, label="付けない", aliases=("いいえ", "FALSE", "0")),
    )
)
FILE_CHOICES = Choices(
    values=(
        Choice(value=USE, label="使う", aliases=("採用", "採用する")),
        Choice(value=IGNORE, label="使わない", aliases=("不採用", "採用しない", "除く")),
    )
)
