"""Machine values of the register and the Japanese labels under which the office chooses them."""

from __future__ import annotations

from dataclasses import dataclass

from dxkpi_xl.cycle.model import AS_WRITTEN, COMMA, PER_BUREAU, PER_SECTION
from dxkpi_xl.form.columns import ChoiceList, folded
from dxkpi_xl.grid.fonts import BIZ_UD_GOTHIC, BIZ_UD_MINCHO, MS_GOTHIC, MS_MINCHO


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of the register, its label in the ledger, and other spellings taken for it."""

    value: str
    label: str
    aliases: tuple[str, ...] = ()


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
        """Give the value that a text stands for, width, case and aliases folded; None for none."""
        wanted = folded(written)
        for choice in self.values:
            if wanted in {folded(spelling) for spelling in (choice.value, choice.label, *choice.aliases)}:
                return choice.value
        return written if self.open else None


def of_form(choices: ChoiceList) -> Choices:
    """Give a list of the form as it stands: value and label are one."""
    return Choices(
        values=tuple(Choice(value=each.value, label=each.value, aliases=each.aliases) for each in choices.values)
    )


# The circle has three code points that look alike, U+25CB, U+3007 and U+25EF; a tick box gives TRUE.
YES = "yes"
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
