"""Whether a KPI cell has the shape of a value, as a formula of Excel 2016.

A sound approximation of ``form.kinds.KPI_VALUE_PATTERN``: whatever the pattern takes, the formula takes; what it marks
is wrong for certain. A value begins with a digit, a sign or a word such as 約, and has no second number in it. The rest
(a unit's letters, the order of bounds and notes) is judged when the workbook comes back.
"""

from __future__ import annotations

from dxkpi_xl.survey_books.live_terms import LiveCell, Term

_DIGITS = "0123456789０１２３４５６７８９"
_IN_NUMBERS = _DIGITS + ",.，．"
# What a value may begin with: digits, signs, dashes for "not set", the first letters of 約 ほぼ おおむね 概ね.
_BEGINNINGS = "0123456789０１２３４５６７８９+＋-－−―–—ー‐‑─ｰ約ほお概"
# Beyond so many characters the length rule speaks.
_LONGEST = 24


def is_no_kpi_value(cell: LiveCell) -> Term:
    """Something stands in the cell that cannot be a KPI value."""
    text = f'SUBSTITUTE({cell.squeezed()}," ","")'
    here = _array(range(1, _LONGEST + 1))
    padded = f'{text}&REPT(" ",{_LONGEST})'  # FIND would find the nothing beyond a text's end
    one_earlier = '" "&' + padded
    begins = f"{_is_one_of(_DIGITS, padded, here)}*NOT({_is_one_of(_IN_NUMBERS, one_earlier, here)})"
    numbers = f"SUMPRODUCT({begins})"
    formula = f'AND({text}<>"",OR(ISERROR(FIND(LEFT({text},1),"{_BEGINNINGS}")),{numbers}>1))'
    return Term(formula=formula, holds=looks_wrong(cell.value))


def looks_wrong(written: str) -> bool:
    """Say what the formula says of a text."""
    text = "".join(character for character in written if character not in " 　\n")
    if not text:
        return False
    pairs = zip(f" {text}", text[:_LONGEST], strict=False)
    numbers = sum(here in _DIGITS and before not in _IN_NUMBERS for before, here in pairs)
    return text[0] not in _BEGINNINGS or numbers > 1


def _is_one_of(characters: str, text: str, positions: str) -> str:
    return f'ISNUMBER(FIND(MID({text},{positions},1),"{characters}"))'


def _array(numbers: range) -> str:
    return "{" + ",".join(str(number) for number in numbers) + "}"
