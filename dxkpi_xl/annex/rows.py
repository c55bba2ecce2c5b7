"""What the annex prints: for each listing of the register its cells, by the form's annex columns."""

from __future__ import annotations

from collections.abc import Mapping

from dxkpi_xl.annex.bold_names import bold_parts
from dxkpi_xl.annex.house_style import HouseStyle
from dxkpi_xl.annex.row_cells import AnnexCell, AnnexRow, AnnexRows
from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.content import content_of
from dxkpi_xl.cycle.model import FULL_WIDTH, Kpi, Listing, Register
from dxkpi_xl.cycle.numbering import RELISTED, Numbering, relisting_note
from dxkpi_xl.form.columns import Column, Form

NEW_NOTE = "※新規"
UNDECIDED_NOTE = "※調整中"

# Fields whose value is not decided yet: (listing id, column key).
Undecided = frozenset[tuple[str, str]]
# Letters up to which a text is often another row's as well: a name, a value, no sentence.
_REPEATED = 24


def annex_columns(form: Form, years: tuple[str, ...]) -> tuple[Column, ...]:
    """Give the columns that are printed, in the form's order, those that stand once per year repeated."""
    return tuple(column for column in form.columns_for(years) if column.annex is not None)


def annex_rows(form: Form, register: Register, undecided: Undecided = frozenset()) -> AnnexRows:
    """Give the printed rows of a register in its order.

    A row that says nothing of its own prints the content of its project's first row; where it follows a row that
    shows that same content, it joins it. ``undecided`` fields are marked as such on paper.
    """
    columns = annex_columns(form, register.cycle.years)
    shared = frozenset(column.key for column in columns if is_shared(column))
    printer = _RowPrinter(register, columns, shared, undecided)
    rows: list[AnnexRow] = []
    for listing in register.listings:
        content = printer.content_of(listing)
        joins = bool(rows) and rows[-1].content_id == content.id != listing.id
        rows.append(printer.row(listing, content, joins=joins))
    return AnnexRows(columns=columns, shared_keys=shared, rows=tuple(rows))


def is_shared(column: Column) -> bool:
    """Whether a row that shows another's content shows that row's words in this column."""
    return column.key in fields.LISTING_ANSWERS or column.belongs_to == "kpi"


class _RowPrinter:
    """Prints rows of one register."""

    def __init__(
        self, register: Register, columns: tuple[Column, ...], shared: frozenset[str], undecided: Undecided
    ) -> None:
        self._register = register
        self._undecided = undecided
        self._numbering = register.numbering
        self._style = HouseStyle(cycle=register.cycle)
        self._columns = columns
        self._shared = shared
        places = {column.key: n for n, column in enumerate(columns)}
        self._item = (places.get(fields.ITEM_NO), places.get(fields.ITEM_NAME))
        self._kept: dict[str, dict[str, AnnexCell]] = {column.key: {} for column in columns}

    def content_of(self, listing: Listing) -> Listing:
        """Give the listing whose outline, target and KPI a row prints."""
        return content_of(self._register, self._numbering, listing)

    def row(self, listing: Listing, content: Listing, *, joins: bool) -> AnnexRow:
        """Give the printed row of a listing."""
        texts = self._texts(listing, content)
        # The same cell for the same short text: most rows repeat those of others.
        cells = [
            self._kept[column.key].get(texts[column.key]) or self._cell(column, listing, texts[column.key])
            for column in self._columns
        ]
        if self._undecided:
            marked = self._marked(listing, content)
            cells = [_undecided(cell) if cell.key in marked else cell for cell in cells]
        return AnnexRow(
            listing_id=listing.id,
            item_key=listing.item_key,
            cells=tuple(self._spanning(cells)),
            content_id=content.id,
            kpi_id=content.kpi_id,
            joins=joins,
        )

    def _marked(self, listing: Listing, content: Listing) -> frozenset[str]:
        """Give the keys of the cells whose field is not decided yet; a row that may end is marked at its name."""
        kpi = self._register.kpi_of(content)
        held = [(listing.id, fields.PROJECT), *((content.id, key) for key in fields.LISTING_ANSWERS)]
        marked = {key for holder, key in held if (holder, key) in self._undecided}
        if kpi is not None:
            marked |= {c.key for c in self._columns if (kpi.defined_by, c.key) in self._undecided and is_shared(c)}
        if fields.TARGET_KIND in marked:
            marked.add(fields.TARGET)
        if (listing.id, fields.CHANGE_KIND) in self._undecided:
            marked.add(fields.PROJECT)
        return frozenset(marked)

    def _texts(self, listing: Listing, content: Listing) -> Mapping[str, str]:
        register, numbering = self._register, self._numbering
        values = fields.listing_values(register, numbering, listing)
        if content is not listing:
            shown = fields.listing_values(register, numbering, content)
            values |= {key: shown[key] for key in (*self._shared, fields.TARGET_KIND) if key in shown}
        kpi = register.kpi_of(content)
        if kpi is not None:
            is_elsewhere = kpi.defined_by != listing.id
            values[fields.KPI_NO] = RELISTED if is_elsewhere else values[fields.KPI_NO]
            values[fields.KPI_NAME] = _lines(kpi.name, _kpi_note(kpi, numbering, is_elsewhere=is_elsewhere))
        values[fields.TARGET] = _lines(_bracketed(values[fields.TARGET_KIND]), values[fields.TARGET])
        return values

    def _cell(self, column: Column, listing: Listing, text: str) -> AnnexCell:
        if column.key == fields.PROJECT:
            return self._project_cell(column, listing, text)  # with a note of its own
        cell = self._new_cell(column, text)
        if len(text) <= _REPEATED:
            self._kept[column.key][text] = cell
        return cell

    def _new_cell(self, column: Column, text: str) -> AnnexCell:
        if not text:
            return AnnexCell(key=column.key)
        style = self._style
        whole = style.number(text) if column.kind == "kpi_value" else None
        if whole is None:
            return AnnexCell(key=column.key, runs=((style.printed(column, text), False),))
        # A number cell has no full-width digits: printed so, it is a text.
        is_wide = self._register.cycle.character_width == FULL_WIDTH
        written = style.in_width(f"{whole:,}")
        return AnnexCell(key=column.key, runs=((written, False),), number=None if is_wide else whole)

    def _project_cell(self, column: Column, listing: Listing, name: str) -> AnnexCell:
        note = self._numbering.relisted_from(listing)
        runs = bold_parts(name) + ((("\n" + note, False),) if note else ())
        return AnnexCell(key=column.key, runs=tuple((self._style.printed(column, text), bold) for text, bold in runs))

    def _spanning(self, cells: list[AnnexCell]) -> list[AnnexCell]:
        """Let the number of an item without a name stand across both of its columns (「計画」)."""
        number, name = self._item
        if number is None or name != number + 1 or cells[name].text:
            return cells
        spanning = AnnexCell(key=fields.ITEM_NO, runs=cells[number].runs, across=2)
        return [*cells[:number], spanning, *cells[number + 1 :]]


def _undecided(cell: AnnexCell) -> AnnexCell:
    # A number cell cannot carry words: the value is printed as text with the mark below it.
    return AnnexCell(key=cell.key, runs=(*cell.runs, (("\n" if cell.runs else "") + UNDECIDED_NOTE, False)))


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)


def _bracketed(target_kind: str) -> str:
    return f"【{target_kind}】" if target_kind else ""


def _kpi_note(kpi: Kpi, numbering: Numbering, *, is_elsewhere: bool) -> str:
    if is_elsewhere:
        return relisting_note(numbering.kpis[kpi.id])
    return NEW_NOTE if kpi.is_new else ""
