"""A survey as issued: which rows one bureau (or section) receives, what stands in them, what it may fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from dxkpi_xl.cycle import fields
from dxkpi_xl.cycle.model import PER_SECTION, Bureau, Cycle, Listing, Owner, Register, Section
from dxkpi_xl.cycle.survey_id import survey_id
from dxkpi_xl.form.columns import Column, Form, Role

# As many surveys as are asked for again before others: those of one addressee's files and rows.
_MOST_KEPT = 64

# How the 管理番号 of a spare row begins.
SPARE_PREFIX = "新"


# The heading of the live column that every survey workbook carries beside the form's own columns.
STATE_LABEL = "状態"

# What stands left of the numbers of the returns that a sent-back workbook holds.
SEND_BACK_LABEL = "差し戻し番号"
_NUMBER_DIGITS = 12


def send_back_number(sha256: str) -> str:
    """Give the number by which a sent-back workbook names a return; no program takes it for a quantity."""
    return f"sb{sha256[:_NUMBER_DIGITS]}"


@dataclass(frozen=True, kw_only=True, slots=True)
class SurveyRow:
    """One prefilled row: what it is, its values by column key, and the columns open to the department.

    ``relisted_number`` is the 事業番号 of the first listing where the row is relisted; ``kpi_number`` that of a KPI
    which the row only relists; both blank otherwise. ``shares_block``: it says nothing of its own.
    """

    listing_id: str
    role: Role
    values: Mapping[str, str]
    open_columns: frozenset[str]
    owners: tuple[Owner, ...]
    relisted_number: str = ""
    kpi_number: str = ""
    shares_block: bool = False

    @property
    def is_co_owned(self) -> bool:
        """Whether more than one owner is in charge."""
        return len(self.owners) > 1


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What one bureau (or one of its sections) is asked: its ID, its rows, how many spare rows."""

    id: str
    cycle: Cycle
    bureau: Bureau
    section: Section | None
    form_version: str
    rows: tuple[SurveyRow, ...]
    spare_rows: int

    @property
    def addressee(self) -> str:
        """Whom it is for, in words: 総務部, or 総務部 人事課."""
        return _addressee(self.bureau, self.section)

    @cached_property
    def row_by_listing(self) -> Mapping[str, SurveyRow]:
        """Rows by listing id."""
        return {row.listing_id: row for row in self.rows}


def spare_id(n: int) -> str:
    """Give the 管理番号 of the n-th spare row: ``新01``."""
    return f"{SPARE_PREFIX}{n:02d}"


def form_version(form: Form, cycle: Cycle) -> str:
    """Give the 様式版 as shown in the workbook's head: form, version and year."""
    return f"{form.id} {form.version} ({cycle.year})"


def surveys(form: Form, register: Register) -> tuple[Survey, ...]:
    """Give the survey of every bureau (or section, where the cycle says so), in the organisation's order."""
    return tuple(Surveys(form, register).values())


class Surveys(Mapping[str, Survey]):
    """The surveys of a register by 調査票ID, in the organisation's order, each made when it is asked for.

    The rows of all of them are as large as the register once more: only those asked for last are kept. Whom each is
    for is known without making any.
    """

    def __init__(self, form: Form, register: Register) -> None:
        self.cycle = register.cycle
        self._form = form
        self._register = register
        self._columns = form.columns_for(register.cycle.years)
        self._whom = {survey_id(register.cycle.year, *_codes(*whom)): whom for whom in _addressed(register)}
        self._open: dict[tuple[Role, bool], frozenset[str]] = {}
        self._kept: dict[str, Survey] = {}

    def __getitem__(self, key: str) -> Survey:
        """Give the survey of an ID; KeyError where none was issued under it."""
        survey = self._kept.get(key)
        if survey is None:
            survey = self._kept[key] = self._survey(key)
            if len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        return survey

    def __contains__(self, key: object) -> bool:
        """Whether a survey was issued under an ID."""
        return key in self._whom

    def __iter__(self) -> Iterator[str]:
        """Give the IDs."""
        return iter(self._whom)

    def __len__(self) -> int:
        """Give the number of surveys."""
        return len(self._whom)

    @cached_property
    def addressees(self) -> Mapping[str, str]:
        """Whom each is for, in words, by ID."""
        return {key: _addressee(*whom) for key, whom in self._whom.items()}

    def whom(self, key: str) -> tuple[Bureau, Section | None]:
        """Give the bureau, or the section of it, that a survey is for."""
        return self._whom[key]

    def listings(self, key: str) -> Iterator[Listing]:
        """Give the listings that are a survey's rows."""
        bureau, section = self._whom[key]
        for listing in self._register.listings_of_bureau.get(bureau.name, ()):
            if any(_is_for(owner, bureau, section) for owner in self._register.project_of(listing).owners):
                yield listing

    def _survey(self, key: str) -> Survey:
        bureau, section = self._whom[key]
        register = self._register
        return Survey(
            id=key,
            cycle=register.cycle,
            bureau=bureau,
            section=section,
            form_version=form_version(self._form, register.cycle),
            rows=tuple(self._row(listing) for listing in self.listings(key)),
            spare_rows=register.cycle.spare_rows,
        )

    def _row(self, listing: Listing) -> SurveyRow:
        register, numbering = self._register, self._register.numbering
        kpi = register.kpi_of(listing)
        shows_other_kpi = kpi is not None and kpi.defined_by != listing.id
        role = Role.RELISTED if numbering.is_relisted(listing) else Role.ORIGINAL
        return SurveyRow(
            listing_id=listing.id,
            role=role,
            values=fields.listing_values(register, numbering, listing),
            open_columns=self._open_columns(role, shows_other_kpi),
            owners=register.project_of(listing).owners,
            relisted_number=str(numbering.projects[listing.project_id]) if role is Role.RELISTED else "",
            kpi_number=str(numbering.kpis[kpi.id]) if kpi is not None and shows_other_kpi else "",
            shares_block=role is Role.RELISTED and listing.is_bare,
        )

    def _open_columns(self, role: Role, shows_other_kpi: bool) -> frozenset[str]:
        """Give the columns open in a kind of row: one value for all of its rows."""
        kind = (role, shows_other_kpi)
        if kind not in self._open:
            self._open[kind] = frozenset(c.key for c in self._columns if _is_open(c, role, shows_other_kpi))
        return self._open[kind]


def _addressed(register: Register) -> Iterator[tuple[Bureau, Section | None]]:
    for bureau in register.bureaus:
        if register.cycle.distribute_to == PER_SECTION:
            yield from ((bureau, section) for section in bureau.sections)
        else:
            yield bureau, None


def _codes(bureau: Bureau, section: Section | None) -> tuple[str, ...]:
    return (bureau.code, section.code) if section else (bureau.code,)


def _addressee(bureau: Bureau, section: Section | None) -> str:
    return f"{bureau.name} {section.name}" if section else bureau.name


def _is_for(owner: Owner, bureau: Bureau, section: Section | None) -> bool:
    return owner.bureau == bureau.name and (section is None or owner.section == section.name)


def _is_open(column: Column, role: Role, shows_other_kpi: bool) -> bool:
    # A relisted KPI is filled in where it is defined, so that one number is never asked twice.
    return role in column.open_in and not (shows_other_kpi and column.belongs_to == "kpi")
