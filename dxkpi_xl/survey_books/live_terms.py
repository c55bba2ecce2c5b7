"""Formula pieces that are true or false, each with the value it has as issued, so that caches are right from the start.

Only functions of Excel 2016 and older are used, and only those that LibreOffice calculates alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dxkpi_xl.grid.formulas import quoted
from dxkpi_xl.grid.limits import utf16_units

BETWEEN = "／"  # joins two texts into one key


@dataclass(frozen=True, kw_only=True)
class LiveCell:
    """A cell as formulas see it: its address, and what stands in it as issued."""

    ref: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Term:
    """A formula that is true or false, and whether it holds as issued."""

    formula: str
    holds: bool


def is_blank(cell: LiveCell) -> Term:
    """Nothing but white space stands in it: TRIM leaves the full-width space, CLEAN takes the line feed."""
    return Term(formula=f'TRIM(CLEAN(SUBSTITUTE({cell.ref},"　","")))=""', holds=_stripped(cell.value) == "")


def all_blank(cells: Iterable[LiveCell]) -> Term:
    """Nothing but white space stands in any of them."""
    many = tuple(cells)
    together = LiveCell(ref="&".join(cell.ref for cell in many), value="".join(cell.value for cell in many))
    return is_blank(together)


def is_one_of(cell: LiveCell, values: Iterable[str]) -> Term:
    """One of the values stands in it; ``""`` is a blank cell."""
    options = tuple(values)
    tests = [is_blank(cell).formula if value == "" else f"{cell.ref}={quoted(value)}" for value in options]
    holds = (_stripped(cell.value) == "" and "" in options) or cell.value in options
    return Term(formula=tests[0] if len(tests) == 1 else f"OR({','.join(tests)})", holds=holds)


def is_not(term: Term) -> Term:
    """The contrary."""
    return Term(formula=f"NOT({term.formula})", holds=not term.holds)


def all_of(terms: Iterable[Term]) -> Term:
    """All of them hold."""
    many = tuple(terms)
    if len(many) == 1:
        return many[0]
    return Term(formula=f"AND({','.join(term.formula for term in many)})", holds=all(term.holds for term in many))


def is_longer(cell: LiveCell, limit: int) -> Term:
    """Its text has more than ``limit`` UTF-16 units, which is how Excel counts characters."""
    return Term(formula=f"LEN({cell.ref})>{limit}", holds=utf16_units(cell.value) > limit)


def not_in_list(cell: LiveCell, where: str, options: Iterable[str], beside: LiveCell | None = None) -> Term:
    """Something stands in it that the list does not have; ``where`` is the list's range or an array constant.

    With ``beside`` the list holds that cell's value, ``BETWEEN`` and this cell's.
    """
    wanted = _in_any_case(tuple(options))
    sought = joined(beside.ref, cell.ref) if beside else cell.ref
    value = f"{beside.value}{BETWEEN}{cell.value}" if beside else cell.value
    formula = f'AND({cell.ref}<>"",ISERROR(MATCH({as_pattern(sought)},{where},0)))'
    return Term(formula=formula, holds=cell.value != "" and value.casefold() not in wanted)


@lru_cache(maxsize=64)
def _in_any_case(options: tuple[str, ...]) -> frozenset[str]:
    return frozenset(option.casefold() for option in options)


def joined(first: str, second: str) -> str:
    """Give the formula of two cells' texts as one key."""
    return f'{first}&"{BETWEEN}"&{second}'


def is_same_as(cell: LiveCell, kept: LiveCell) -> Term:
    """Its text is the one that was kept in another cell."""
    return Term(formula=f"EXACT({cell.ref},{kept.ref})", holds=cell.value == kept.value)


def as_pattern(ref: str) -> str:
    """Give the formula of a cell's text as MATCH and COUNTIF want it: ~ is their escape sign (1~3の取組)."""
    return f'SUBSTITUTE({ref},"~","~~")'


def _stripped(text: str) -> str:
    return "".join(character for character in text if character >= " " and character != "　").strip(" ")
