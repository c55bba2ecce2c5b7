"""Proves an annex on paper: every character of every cell stands inside its cell, on the page where it belongs."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dxkpi_xl.annex.layout import FIRST_HEADING_ROW, FIRST_ROW, AnnexLayout
from dxkpi_xl.annex.line_breaking import with_strict_line_breaks
from dxkpi_xl.annex.pdf_clock import without_clock
from dxkpi_xl.annex.pdf_page import Box, PdfCharacter, PdfPage, page_count, read_pdf
from dxkpi_xl.annex.printed_cells import PrintedCell, body_cells, by_place, heading_cells
from dxkpi_xl.findings import Finding, Place
from dxkpi_xl.grid.libreoffice import convert

# How far ink may reach over the middle of a border, in points: half a thin line and the rounding of a PDF.
_OVER = 0.5
# Characters whose baselines are nearer than this stand on one line, in points.
_ONE_LINE = 3.0


def annex_pdf(workbook: bytes, layout: AnnexLayout, file: str = "") -> tuple[bytes, tuple[Finding, ...]]:
    """Convert an annex to PDF by LibreOffice, its lines broken by the Japanese rules, and prove it on paper.

    ``file`` names the PDF in the findings. Raises ``LibreOfficeMissing`` and ``LibreOfficeFailed``.
    """
    pdf = without_clock(convert(with_strict_line_breaks(convert(workbook, "ods")), "pdf", suffix=".ods"))
    return pdf, prove(pdf, layout, file)


def prove(pdf: bytes, layout: AnnexLayout, file: str = "") -> tuple[Finding, ...]:
    """Give what is wrong on paper, cell by cell; nothing where everything printed stands where it belongs."""
    found, wanted = page_count(pdf), layout.pages
    proof = _Proof(layout, file)
    if found != len(wanted):
        return (proof.finding("P001", "", found=str(found), wanted=str(len(wanted))),)
    numbered = enumerate(zip(read_pdf(pdf), wanted, strict=True), start=1)
    return tuple(finding for number, (page, rows) in numbered for finding in proof.page(page, number, rows))


class _Proof:
    """Proves the pages of one annex."""

    def __init__(self, layout: AnnexLayout, file: str) -> None:
        self._layout = layout
        self._file = file
        self._pages = len(layout.pages)
        self._cell_at = by_place([*heading_cells(layout), *body_cells(layout)])

    def page(self, page: PdfPage, number: int, rows: range) -> Iterator[Finding]:
        """Give what is wrong on one page, which should print these rows of the sheet."""
        sheet_rows = [*range(FIRST_HEADING_ROW, FIRST_ROW), *rows]
        table = _Table(page, sheet_rows, len(self._layout.columns))
        yield from self._around(table, page, number)
        if not table.is_ruled:
            yield self.finding("P002", "", page=str(number), wanted=table.wanted_lines, found=table.found_lines)
            return
        inside = self._sorted_into_cells(table, page)
        cells = dict.fromkeys(self._cell_at[row, column] for row in sheet_rows for column in table.columns)
        yield from self._cells(cells, table, inside, number)

    def finding(self, code: str, cell: str, **facts: str) -> Finding:
        """Give a finding at a cell of the annex's sheet."""
        return Finding(code=code, place=Place(file=self._file, sheet=self._layout.sheet_name, cell=cell), facts=facts)

    def _sorted_into_cells(self, table: _Table, page: PdfPage) -> Mapping[PrintedCell, list[PdfCharacter]]:
        inside: dict[PrintedCell, list[PdfCharacter]] = {}
        for character in page.characters:
            place = table.place(character)
            if place is not None:
                inside.setdefault(self._cell_at[place], []).append(character)
        return inside

    def _cells(
        self, cells: Iterable[PrintedCell], table: _Table, inside: Mapping[PrintedCell, list[PdfCharacter]], page: int
    ) -> Iterator[Finding]:
        """Give one finding for each cell that is not as it should be.

        What a cell has too much is missing from another: it is said only where no cell of the page misses anything.
        """
        too_much: list[Finding] = []
        some_missing = False
        for cell in cells:
            found = inside.get(cell, [])
            read, wanted, box = _bare(_read(found)), _bare(cell.text), table.box(cell)
            out = [character for character in found if character.ink.reaches_out_of(box, _OVER)]
            if read != wanted and (len(read) == len(wanted) or Counter(wanted) - Counter(read)):
                some_missing = True
                yield self.finding("P003", cell.address, page=str(page), wanted=cell.text, found=_read(found))
            elif read != wanted:
                too_much.append(
                    self.finding("P003", cell.address, page=str(page), wanted=cell.text, found=_read(found))
                )
            elif out:
                yield self.finding("P004", cell.address, page=str(page), text=_read(out))
        if not some_missing:
            yield from too_much

    def _around(self, table: _Table, page: PdfPage, number: int) -> Iterator[Finding]:
        top, bottom = max(page.level_lines, default=0.0), min(page.level_lines, default=0.0)
        above = _bare(_read(c for c in page.characters if c.baseline > top))
        below = _bare(_read(c for c in page.characters if c.baseline < bottom))
        count = f"{number}/{self._pages}"
        for text, where in ((self._layout.document, above), (self._layout.title, above), (count, below)):
            if _bare(text) not in where:
                yield self.finding("P005", "", page=str(number), text=text)


class _Table:
    """The ruled table of one page: which lines bound which rows and columns of the sheet."""

    def __init__(self, page: PdfPage, rows: Sequence[int], columns: int) -> None:
        self._rows = rows
        self._across = page.upright_lines
        self._down = tuple(-y for y in reversed(page.level_lines))  # growing downwards, as rows do
        self._position = {row: position for position, row in enumerate(rows)}
        self.columns = range(1, columns + 1)

    @property
    def is_ruled(self) -> bool:
        """Whether the page has just the lines that its rows and columns need."""
        return self.found_lines == self.wanted_lines

    @property
    def wanted_lines(self) -> str:
        """The lines that should be there, in words."""
        return _lines(len(self.columns) + 1, len(self._rows) + 1)

    @property
    def found_lines(self) -> str:
        """The lines that are there, in words."""
        return _lines(len(self._across), len(self._down))

    def place(self, character: PdfCharacter) -> tuple[int, int] | None:
        """Give (row, column) of the sheet where a character stands; None outside the table."""
        x, y = character.middle
        across, down = bisect_right(self._across, x) - 1, bisect_right(self._down, -y) - 1
        if not (0 <= across < len(self.columns) and 0 <= down < len(self._rows)):
            return None
        return self._rows[down], across + 1

    def box(self, cell: PrintedCell) -> Box:
        """Give the box of a cell between the middles of its borders."""
        area = cell.area
        top, bottom = self._down[self._position[area.top]], self._down[self._position[area.bottom] + 1]
        return Box(left=self._across[area.left - 1], bottom=-bottom, right=self._across[area.right], top=-top)


def _lines(upright: int, level: int) -> str:
    return f"縦{upright}本・横{level}本"


def _read(characters: Iterable[PdfCharacter]) -> str:
    """Read characters line by line, from the top, left to right."""
    lines: list[list[PdfCharacter]] = []
    for character in sorted(characters, key=lambda each: -each.baseline):
        if lines and lines[-1][0].baseline - character.baseline < _ONE_LINE:
            lines[-1].append(character)
        else:
            lines.append([character])
    return "\n".join("".join(c.text for c in sorted(line, key=lambda each: each.x)) for line in lines)


def _bare(text: str) -> str:
    """Fold a text for comparison: without spaces and invisible signs; a PDF may name a compatible character."""
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", text)
        if not character.isspace() and unicodedata.category(character) not in ("Cc", "Cf", "Mn")
    )
