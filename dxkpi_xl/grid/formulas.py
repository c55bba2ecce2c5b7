"""Formulas that every Excel from 2016 on, and LibreOffice, can calculate without leaving the workbook."""

import re
import tomllib
from functools import lru_cache
from importlib import resources

from dxkpi_xl.grid import limits
from dxkpi_xl.grid.refusals import Reason, Refused

_FUNCTIONS = tomllib.loads((resources.files(__package__) / "excel_functions.toml").read_text(encoding="utf-8"))
NEWER_THAN_2016 = frozenset(_FUNCTIONS["newer_than_2016"])
REACHING_OUT = frozenset(_FUNCTIONS["reaching_out"])
PREFIXED = frozenset(_FUNCTIONS["prefixed"])

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"'(?:[^']|'')*'")
_CALL = re.compile(r"(?<![A-Z0-9_.])([A-Z][A-Z0-9.]*)\(", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]")
_SPILL = re.compile(r"[A-Z]\$?[0-9]+#", re.IGNORECASE)


@lru_cache(maxsize=4096)
def quoted(text: str) -> str:
    """A text as a constant inside a formula; refused beyond 255 units (join several with ``&``)."""
    _refuse_if_longer(limits.utf16_units(text), limits.FORMULA_TEXT, text, "quoted text")
    return '"' + text.replace('"', '""') + '"'


def checked(formula: str, limit: int = limits.FORMULA) -> str:
    """The formula with ``=`` and with prefixes where the file format wants them; refused if not usable everywhere.

    Function names are looked for inside quoted texts too: XlsxWriter does so and would make an array formula of it.
    """
    try:
        finished = _with_prefixes(formula) if _judged(_DIGIT.sub("0", formula)) else formula
    except Refused:
        _judged.__wrapped__(formula)
        raise
    _refuse_if_longer(limits.utf16_units(finished) - 1, limit, formula, "formula")
    return finished


@lru_cache(maxsize=256)
def _judged(formula: str) -> bool:
    """Refuse what is not usable everywhere; say whether a function needs a prefix.

    The formulas of a column differ in their row numbers alone, and no digit matters here: each shape is judged once.
    """
    if not formula.startswith("=") or len(formula) < 2:
        raise Refused(Reason.BAD_FORMULA, "", "", {"formula": formula, "why": "does not begin with ="})
    for function in _CALL.findall(formula):
        if function.upper() in NEWER_THAN_2016:
            raise Refused(Reason.NEWER_THAN_EXCEL_2016, "", "", {"function": function, "formula": formula})
    bare = _SHEET.sub("''", _TEXT.sub('""', formula))
    _refuse_outside(formula, bare)
    if _SPILL.search(bare) or "@" in bare:
        raise Refused(Reason.NEWER_THAN_EXCEL_2016, "", "", {"function": "# @", "formula": formula})
    if "_XL" in bare.upper():
        raise Refused(Reason.BAD_FORMULA, "", "", {"formula": formula, "why": "prefixes are added here"})
    if bare.count("(") != bare.count(")") or '"' in bare.replace('""', ""):
        raise Refused(Reason.BAD_FORMULA, "", "", {"formula": formula, "why": "unbalanced"})
    for text in _TEXT.findall(formula):
        _refuse_if_longer(limits.utf16_units(text[1:-1].replace('""', '"')), limits.FORMULA_TEXT, formula, "text")
    return not PREFIXED.isdisjoint(function.upper() for function in _CALL.findall(bare))


def _refuse_outside(formula: str, bare: str) -> None:
    names = {name.upper() for name in _CALL.findall(bare)}
    sheets = "".join(_SHEET.findall(_TEXT.sub('""', formula)))
    if names & REACHING_OUT or "[" in bare or "[" in sheets or "|" in bare:
        raise Refused(Reason.LEAVES_THE_WORKBOOK, "", "", {"formula": formula})


def _refuse_if_longer(length: int, limit: int, formula: str, what: str) -> None:
    if length > limit:
        why = f"{what}: {length} > {limit}"
        raise Refused(Reason.BAD_FORMULA, "", "", {"formula": formula[:60], "why": why})


def _with_prefixes(formula: str) -> str:
    def prefixed(call: re.Match[str]) -> str:
        name = call[1].upper()
        return f"_xlfn.{name}(" if name in PREFIXED else call[0]

    parts = re.split(r'("(?:[^"]|"")*"|\'(?:[^\']|\'\')*\')', formula)
    return "".join(part if part[:1] in ('"', "'") else _CALL.sub(prefixed, part) for part in parts)
