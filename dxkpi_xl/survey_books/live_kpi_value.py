"""Whether a KPI cell has the shape of a value, as a formula of Excel 2016.

A sound approximation of ``form.kinds.KPI_VALUE_PATTERN``: whatever the pattern takes, the formula takes; what it marks
is wrong for certain. A value begins with a digit, a sign or a word such as 約, and has no second number in it. The rest
(a unit's letters, the order of bounds and notes) is judged when the workbook comes back.
"""

from __future__ import annotations

from dxkpi_xl.survey_books.live_terms import LiveCell, Term

_DIGITS = "0123456789０１２３４５６７８９"
# A digit after one of these goes on with a number; spaces in a value are left out when it is read.
_WITHIN = _DIGITS + ",.，． 　"
# What a value may begin with: digits, signs, dashes for "not set", the first letters of 約 ほぼ おおむね 概ね.
_BEGINNINGS = _DIGITS + "+＋-－−―–—ー‐‑─ｰ約ほお概　"
# Beyond so many characters the length rule speaks.
_LONGEST = 20
_POSITIONS = "{" + ",".join(str(n) for n in range(1, _LONGEST + 1)) + "}"


def is_no_kpi_value(cell: LiveCell) -> Term:
    """Something stands in the cell that cannot be a KPI value."""
    begins_wrong = f'ISERROR(FIND(LEFT(TRIM({cell.ref})),"{_BEGINNINGS}"))'
    # Beyond the text's end MID gives nothing; the dashes keep both ends from being taken for digits.
    is_digit = f'ISNUMBER(FIND(MID({cell.ref}&"-",{_POSITIONS},1),"{_DIGITS}"))'
    is_first = f'ISERROR(FIND(MID("-"&{cell.ref},{_POSITIONS},1),"{_WITHIN}"&CHAR(10)))'
    # FIND finds nothing everywhere in Excel and nowhere in LibreOffice: ask for a blank first.
    formula = f'AND(TRIM({cell.ref})<>"",OR({begins_wrong},SUMPRODUCT({is_digit}*{is_first})>1))'
    return Term(formula=formula, holds=looks_wrong(cell.value))


def looks_wrong(written: str) -> bool:
    """Say what the formula says of a text."""
    pairs = zip(f"-{written}", written[:_LONGEST], strict=False)
    numbers = sum(here in _DIGITS and before not in _WITHIN + "\n" for before, here in pairs)
    return written.strip(" ")[:1] not in _BEGINNINGS or numbers > 1
