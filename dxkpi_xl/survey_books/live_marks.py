"""The marks that a state's words carry, and the text made of them, as a formula and as issued.

A mark stands before a column's label and a space after it, so that the counters, the colours and the link to the next
cell all read the same words: what is coloured is always also said.
"""

from __future__ import annotations

from dataclasses import dataclass

from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.survey_books.live_terms import Term

MISSING = "●"
ASK = "▲"
CHANGED = "◆"

DONE = "○入力済み"
_OPEN, _CLOSE = "〔", "〕"


@dataclass(frozen=True, kw_only=True)
class Section:
    """Words before a list of labels, each shown with its mark while its term holds."""

    heading: str
    mark: str
    items: tuple[tuple[str, Term], ...]

    @property
    def formula(self) -> str:
        """The formula of the whole line; only the heading is left of it when nothing holds."""
        parts = [f'IF({term.formula},{quoted(marked(self.mark, label))},"")' for label, term in self.items]
        return "&".join([quoted(self.heading), *parts])

    @property
    def text(self) -> str:
        """The line as issued, blank when nothing holds."""
        shown = "".join(marked(self.mark, label) for label, term in self.items if term.holds)
        return f"{self.heading}{shown}" if shown else ""


def marked(mark: str, label: str) -> str:
    """Give a label as it stands in a state: mark before, space after."""
    return f"{mark}{label} "


def state_formula(sections: tuple[Section, ...], done: str) -> str:
    """Give the formula of the lines that say something, ``done`` where none does.

    Each line is written with its heading and the empty ones are taken out afterwards, so that no term is calculated
    twice (Excel 2016 has no LET).
    """
    lines = "&CHAR(10)&".join(section.formula for section in sections)
    text = f'"{_OPEN}"&{lines}&CHAR(10)&"{_CLOSE}"'
    for section in sections:
        text = f'SUBSTITUTE({text},{quoted(section.heading)}&CHAR(10),"")'
    text = f'SUBSTITUTE({text},"{_OPEN}{_CLOSE}",{quoted(done)})'
    return f'SUBSTITUTE(SUBSTITUTE({text},CHAR(10)&"{_CLOSE}",""),"{_OPEN}","")'


def state_text(sections: tuple[Section, ...], done: str) -> str:
    """Give what the formula shows as issued."""
    return "\n".join(section.text for section in sections if section.text) or done
