"""The marks that a state's words carry, and the text made of them, as a formula and as issued.

A mark stands right before a column's label, white space before and after both, so that the counters, the colours and
the link to the next cell all read the same words: what is coloured is always also said.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.survey_books.live_terms import Term

MISSING = "●"
ASK = "▲"
CHANGED = "◆"

DONE = "○入力済み"
# They stand before each line and after the last one while the formula works, and never in its result.
_BEGIN, _END = "〔", "〕"


@dataclass(frozen=True, kw_only=True)
class Item:
    """A label that is shown while its term holds, and the condition (if there is one) under which it is looked at."""

    label: str
    term: Term
    condition: Term | None = None

    @property
    def holds(self) -> bool:
        """Whether it is shown as issued."""
        return self.term.holds and (self.condition is None or self.condition.holds)


@dataclass(frozen=True, kw_only=True)
class Section:
    """Words before a list of labels, each shown with its mark while it holds."""

    heading: str
    mark: str
    items: tuple[Item, ...]

    @property
    def formula(self) -> str:
        """The formula of the whole line; only the heading is left of it when nothing holds."""
        runs = groupby(self.items, key=lambda item: item.condition.formula if item.condition else "")
        return "&".join([quoted(self.heading), *(self._run(condition, tuple(run)) for condition, run in runs)])

    @property
    def text(self) -> str:
        """The line as issued, blank when nothing holds."""
        shown = "".join(marked(self.mark, item.label) for item in self.items if item.holds)
        return f"{self.heading}{shown}" if shown else ""

    def _run(self, condition: str, items: tuple[Item, ...]) -> str:
        """Give the labels of neighbours with one condition, which is written once: Excel takes 8,192 characters."""
        shown = "&".join(f'IF({item.term.formula},{quoted(marked(self.mark, item.label))},"")' for item in items)
        return f'IF({condition},{shown},"")' if condition else shown


def marked(mark: str, label: str) -> str:
    """Give a label as it stands in a state: a space, the mark, the label."""
    return f" {mark}{label}"


def says(mark: str, label: str, state: str) -> str:
    """Give the formula (without =) that a state names a label with a mark; ``label`` and ``state`` are references."""
    return f'ISNUMBER(FIND("{mark}"&{label}&" ",{spaced(state)}))'


def spaced(state: str) -> str:
    """Give the formula of a state on one line with a space at its end, so that every label ends at a space."""
    return f'SUBSTITUTE({state}&" ",CHAR(10)," ")'


def state_formula(sections: tuple[Section, ...], done: str) -> str:
    """Give the formula of the lines that say something, ``done`` where none does.

    Each line is written with its heading and the empty ones are taken out afterwards, so that no term is calculated
    twice (Excel 2016 has no LET).
    """
    text = "&".join(f'"{_BEGIN}"&{section.formula}&CHAR(10)' for section in sections)
    text = f'{text}&"{_BEGIN}{_END}"'
    for section in sections:
        text = f'SUBSTITUTE({text},{quoted(_BEGIN + section.heading)}&CHAR(10),"")'
    text = f'SUBSTITUTE({text},CHAR(10)&"{_BEGIN}{_END}","")'
    return f'SUBSTITUTE(SUBSTITUTE({text},"{_BEGIN}{_END}",{quoted(done)}),"{_BEGIN}","")'


def state_text(sections: tuple[Section, ...], done: str) -> str:
    """Give what the formula shows as issued."""
    return "\n".join(section.text for section in sections if section.text) or done
