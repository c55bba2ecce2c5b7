"""What is published: the annex with its sheets, the merged register, the open data, and the proof on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.annex.book import annex_book
from dxkpi_xl.annex.layout import AnnexLayout, annex_layout
from dxkpi_xl.annex.paper import annex_paper
from dxkpi_xl.annex.pdf_proof import annex_pdf
from dxkpi_xl.annex.printed_sources import PrintedSource, printed_sources
from dxkpi_xl.annex.source_sheet import OfficeSheets, lists_all
from dxkpi_xl.annex.workbook import layout_workbook
from dxkpi_xl.beside import BesideAnnex
from dxkpi_xl.collected import Collected
from dxkpi_xl.filed import keep_given_ids, kept_originals
from dxkpi_xl.findings import Finding
from dxkpi_xl.made_before import Files, Lying, MadeBefore, Ready
from dxkpi_xl.merge.fates import FATE_COLUMNS, fates
from dxkpi_xl.merge.provenance import Sources
from dxkpi_xl.reports.changes.dry_run import dry_run_data, dry_run_lines
from dxkpi_xl.sources import published_register, started_register
from dxkpi_xl.taken_in import Progress

_PUBLISHING = "資料を作成"
_ANNEX, _PUBLIC_ANNEX, _BESIDE = "資料", "資料(公開用)", "資料に添えるもの"
_FEW_LISTINGS, _FEW_SEND_BACKS = 400, 20


@dataclass(frozen=True, kw_only=True)
class Published:
    """What publish wrote (relative paths), what it was made from, and what the proof on paper found."""

    files: tuple[str, ...]
    collected: Collected
    paper_findings: tuple[Finding, ...] = ()

    @property
    def annex(self) -> str:
        """The annex workbook."""
        return self.files[0]

    @property
    def needs_people(self) -> bool:
        """Whether somebody must look at something."""
        return self.collected.needs_people or bool(self.paper_findings)


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How publish is asked to publish: the council's copy instead of the office's, a proved PDF beside it.

    ``passwords`` are tried on files beside those of the ledger.
    """

    public: bool = False
    pdf: bool = False
    passwords: tuple[str, ...] = field(default=(), repr=False)


def is_small(found: Collected) -> bool:
    """Whether what is made of it takes less time than a child process does to start."""
    few_send_backs = sum(each.wrong + each.ask > 0 for each in found.statuses) < _FEW_SEND_BACKS
    return few_send_backs and len(found.merged.register.listings) < _FEW_LISTINGS


def beside_annex(workspace: ws.Workspace, found: Collected, before: MadeBefore) -> Ready:
    """Give what is published beside the annex, ready to be made; CannotProceed where a record of it is spoilt."""
    lying = before.again(_BESIDE, before.collected)
    if lying is not None:
        return Lying(lying)
    record = workspace.started_record
    by_itself = record.is_file() and disk.is_sealed(record, record.read_bytes())
    return BesideAnnex(
        workspace=workspace,
        form=found.year.form,
        start=None if by_itself else started_register(workspace, found.issued.register) or found.issued.register,
        register=found.merged.register,
        fates=fates(found.merged.outcome_of.values_in(FATE_COLUMNS)),
    )


@dataclass(frozen=True, kw_only=True)
class Annex:
    """The annex, made and not yet written: where it will stand, its bytes, how it is laid out.

    ``layout`` is None where it was not made but lay there.
    """

    path: Path
    data: bytes
    layout: AnnexLayout | None


def made_annex(
    workspace: ws.Workspace, found: Collected, before: MadeBefore, wishes: Wishes, progress: Progress
) -> Annex:
    """Make the annex with its sheets; CannotProceed where it cannot stand on its paper."""
    progress(_PUBLISHING, 0, 2)
    form, register = found.year.form, found.merged.register
    path = workspace.annex(register.cycle.document, register.cycle.year, public=wishes.public)
    # A PDF is proved against the layout.
    lying = None if wishes.pdf else before.again(_output(wishes), before.collected)
    if lying is not None and path in lying:
        return Annex(path=path, data=lying[path], layout=None)
    layout = annex_layout(form, register, annex_paper(register.cycle), found.unsettled_fields)
    office = None if wishes.public else _office_sheets(workspace, found, layout)
    data = annex_book(form, register, layout, found.issued.register, office)
    return Annex(path=path, data=data, layout=layout)


def _output(wishes: Wishes) -> str:
    return _PUBLIC_ANNEX if wishes.public else _ANNEX


def publish_annex(
    workspace: ws.Workspace,
    found: Collected,
    before: MadeBefore,
    wishes: Wishes,
    made: tuple[Annex, Files],
    progress: Progress,
) -> Published:
    """Write the annex and what is published beside it, as ``made``; with a PDF, prove it on paper."""
    progress(_PUBLISHING, 1, 2)
    annex, beside = made
    keep_given_ids(workspace, found)
    files = {annex.path: annex.data, **beside}
    findings: tuple[Finding, ...] = ()
    if wishes.pdf and annex.layout is not None:
        progress("PDFに変換して確かめています", 0, 1)
        pdf = annex.path.with_suffix(".pdf")
        files[pdf], findings = annex_pdf(layout_workbook(annex.layout), annex.layout, pdf.name)
    for path, data in files.items():
        disk.write_whole(path, data)
    disk.seal(workspace.lineage, files[workspace.lineage])
    before.keep(_output(wishes), before.collected, {annex.path: annex.data})
    before.keep(_BESIDE, before.collected, beside)
    progress(_PUBLISHING, 2, 2)
    return Published(files=tuple(workspace.relative(path) for path in files), collected=found, paper_findings=findings)


def arrivals_by_hash(collected: Collected) -> dict[str, str]:
    """Give when each file arrived, by SHA-256, in Japanese time."""
    return {r.sha256: r.arrived_words for r in collected.intake.receipts}


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """What a publication would change, in words and as data."""

    lines: tuple[str, ...]
    data: dict[str, Any]


def dry_run_of(workspace: ws.Workspace, found: Collected) -> DryRun:
    """Compare what would be published with what was."""
    before, after = published_register(workspace), found.merged.register
    said = fates(found.merged.outcome_of.values_in(FATE_COLUMNS))
    return DryRun(
        lines=tuple(dry_run_lines(before, after, found.year.form, said)),
        data=dict(dry_run_data(before, after, found.year.form, said)),
    )


def sources_of(
    found: Collected, layout: AnnexLayout, *, but_as_issued: bool = False, blank: bool = False
) -> Iterator[PrintedSource]:
    """Give the source of every printed cell, as ``printed_sources`` does."""
    register = found.merged.register
    sources = Sources(register, found.merged.outcome_of, found.year.places)
    return printed_sources(layout, register, sources, but_as_issued=but_as_issued, blank=blank)


def _office_sheets(workspace: ws.Workspace, found: Collected, layout: AnnexLayout) -> OfficeSheets:
    count = layout.printed_cells
    return OfficeSheets(
        printed=sources_of(found, layout, but_as_issued=not lists_all(count)),
        count=count,
        arrived=arrivals_by_hash(found),
        originals=kept_originals(workspace, found),
    )
