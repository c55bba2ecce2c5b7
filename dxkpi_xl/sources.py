"""What a command starts from: the form, the catalogue and the register, out of the workspace's files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.cells.limits import Limits
from dxkpi_xl.cells.unreadable import Unreadable
from dxkpi_xl.cells.xlsx import read_xlsx
from dxkpi_xl.cycle.consistency import Places, register_findings
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.office import OfficeSettings
from dxkpi_xl.cycle.register_json import from_json, places_in_json
from dxkpi_xl.cycle.sharing import sharing
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.findings import Catalogue, Finding, Place, Severity, load_catalogue
from dxkpi_xl.fingerprint import fingerprint
from dxkpi_xl.form.columns import Form
from dxkpi_xl.form.load import load_form
from dxkpi_xl.ledger.given_ids import given_ids, with_given_ids
from dxkpi_xl.ledger.memory import reading_key, recall_reading, remember_reading
from dxkpi_xl.ledger.place_book import PlaceBook
from dxkpi_xl.ledger.read import find_tables, form_of_ledger, read_ledger
from dxkpi_xl.ledger.remembered import Known, Recalled
from dxkpi_xl.merge.lineage import History
from dxkpi_xl.merge.lineage_json import history_from_json, ids_from_record
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.survey_books.issue_findings import issue_findings

DEFAULT_FORM = "shiryo-2-4"
CATALOGUE_FILE = "findings.toml"
_MOST_DETAILS = 20
# The office's own ledger may be larger than anything that is returned: every row of a nationwide survey stands in it.
_OWN_LIMITS = Limits(
    file_bytes=500 * 2**20, part_bytes=2**30, total_bytes=2**31, tags=2**28, cells=10_000_000, characters=10**9
)


@dataclass(frozen=True, kw_only=True)
class Year:
    """One year as the office has defined it; ``office`` is what its ledger holds for the office alone.

    ``read_from`` is the SHA-256 of the ledger as it was read.
    """

    form: Form
    catalogue: Catalogue
    register: Register
    places: Places
    findings: tuple[Finding, ...] = ()
    office: OfficeSettings = field(default_factory=OfficeSettings)
    read_from: str = ""


@dataclass(frozen=True, kw_only=True)
class _Read:
    """A register as it was read, mistakes and all."""

    form: Form
    catalogue: Catalogue
    register: Register | None
    places: Places
    findings: tuple[Finding, ...]
    office: OfficeSettings = field(default_factory=OfficeSettings)


def load_templates(form_id: str = DEFAULT_FORM) -> tuple[Form, Catalogue]:
    """Load a form and its catalogue by the form's id; CannotProceed where there is no such form."""
    folder = ws.templates_folder() / ws.safe_name(form_id)
    if not folder.is_dir():
        raise CannotProceed(
            f"様式「{form_id}」がありません。", "templates フォルダーにある様式の名前を指定してください。"
        )
    return load_form(folder), load_catalogue(folder / CATALOGUE_FILE)


def this_year(
    workspace: ws.Workspace,
    passwords: tuple[str, ...] = (),
    *,
    remember: bool = False,
    issued: Register | None = None,
) -> Year:
    """Read the workspace's ledger; CannotProceed, with every place to mend, where it cannot be used.

    ``passwords`` are known to the office beside those of the ledger. A ledger that did not change since its reading
    was remembered is not read again; ``remember`` notes the reading for the next time. The register shares what it has
    in common with the ``issued`` one, where that is given: it is that one if the ledger says the same.
    Ids that were given to rows which the office added are written into the ledger, so that they are for life.
    """
    if not workspace.ledger.is_file():
        raise CannotProceed(
            f"このフォルダーに {ws.LEDGER} がありません。",
            "新しく始めるときは「dxkpi init --from 昨年度の調査台帳.xlsx --year R7」、"
            "試すときは「dxkpi demo」を実行してください。",
        )
    data = _bytes_of(workspace.ledger)
    key = reading_key(data)
    same = Known(register=issued, key=fingerprint((workspace.issued_record.read_bytes(),))) if issued else None
    known = recall_reading(workspace, key, same)
    year = _usable(_read(data, ws.LEDGER) if known is None else _known(known), ws.LEDGER)
    if issued is not None:
        year = _sharing(year, issued)
    given = given_ids(year.findings)
    if given:
        disk.write_whole(workspace.ledger, with_given_ids(data, given))
    elif known is None and remember:
        _remember(workspace, key, year, same)
    read_from = hashlib.sha256(data).hexdigest()
    return replace(year, office=year.office.with_passwords(passwords), read_from=read_from)


def read_register(path: Path) -> Year:
    """Read a register from register JSON or from a ledger workbook, by content; it must be free of mistakes."""
    return _usable(_read(_bytes_of(path), path.name), path.name)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotProceed(f"「{path.name}」を開けません。", "ファイルの場所と名前を確かめてください。") from error


def _usable(read: _Read, name: str) -> Year:
    if read.register is None or _wrong(read.findings, read.catalogue):
        raise _mistakes(name, read.findings, read.catalogue)
    return Year(
        form=read.form,
        catalogue=read.catalogue,
        register=read.register,
        places=read.places,
        findings=read.findings,
        office=read.office,
    )


def _known(known: Recalled) -> _Read:
    form, catalogue = load_templates(known.register.cycle.form or DEFAULT_FORM)
    return _Read(
        form=form,
        catalogue=catalogue,
        register=known.register,
        places=known.places,
        findings=known.findings,
        office=known.office,
    )


def _sharing(year: Year, issued: Register) -> Year:
    register = sharing(year.register, issued)
    if isinstance(year.places, PlaceBook):
        year.places.share({name: name for name in register.names})
    return replace(year, register=register)


def _remember(workspace: ws.Workspace, key: str, year: Year, same: Known | None) -> None:
    if isinstance(year.places, PlaceBook):  # not where it is JSON under the ledger's name, which is soon read
        remember_reading(
            workspace,
            key,
            Recalled(register=year.register, places=year.places, office=year.office, findings=year.findings),
            same,
        )


def issuable(year: Year) -> tuple[Finding, ...]:
    """Give what the office should know before it issues; CannotProceed where something cannot be issued at all."""
    findings = issue_findings(year.form, year.register, year.places)
    if _wrong(findings, year.catalogue):
        raise _mistakes(ws.LEDGER, findings, year.catalogue)
    return findings


def issued_record(workspace: ws.Workspace) -> tuple[Issued, Catalogue]:
    """Give what was issued without the ledger, with the catalogue of its form."""
    register = _issued_register(workspace)
    form, catalogue = load_templates(register.cycle.form)
    return Issued(form=form, register=register), catalogue


def started_register(workspace: ws.Workspace, issued: Register | None = None) -> Register | None:
    """Give the register that this cycle started from; None where none was recorded.

    It shares with the issued one, where that is given, what they have in common.
    """
    started = _recorded(workspace, workspace.started_record)
    return started if started is None or issued is None else sharing(started, issued)


def published_register(workspace: ws.Workspace) -> Register | None:
    """Give the register that was last published; None before the first time."""
    return _recorded(workspace, workspace.register)


def lineage_history(path: Path) -> History:
    """Read a history of lineage; an empty one where there is no file, CannotProceed where it is spoilt."""
    if not path.is_file():
        return History()
    data = path.read_bytes()
    history, findings = history_from_json(data.decode("utf-8"), path.name, judged=disk.is_sealed(path, data))
    if history is None:
        raise _mistakes(path.name, findings, load_templates()[1])
    return history


def lineage_ids(path: Path) -> frozenset[str]:
    """Give every id of a history of lineage, as ``lineage_history(path).ids``; nothing else of it is kept."""
    data = path.read_bytes() if path.is_file() else b""
    return ids_from_record(data) if disk.is_sealed(path, data) else lineage_history(path).ids


def _recorded(workspace: ws.Workspace, path: Path) -> Register | None:
    if not path.is_file():
        return None
    name = workspace.relative(path)
    data = path.read_bytes()
    register, findings = from_json(data.decode("utf-8"), name, judged=disk.is_sealed(path, data))
    if register is None:
        raise _mistakes(name, findings, load_templates()[1])
    return register


def _issued_register(workspace: ws.Workspace) -> Register:
    register = _recorded(workspace, workspace.issued_record)
    if register is None:
        raise CannotProceed("調査票をまだ配布していません。", "先に「dxkpi distribute」を実行してください。")
    return register


def _read(data: bytes, name: str) -> _Read:
    if data.lstrip()[:1] == b"{":
        return _read_json(data.decode("utf-8", errors="replace"), name)
    try:
        workbook = read_xlsx(data, limits=_OWN_LIMITS)
    except Unreadable as unreadable:
        raise CannotProceed(
            f"「{name}」は、調査台帳としても登録データとしても読み取れません。",
            "調査台帳(.xlsx)又は register.json を指定してください。",
        ) from unreadable
    form, catalogue = load_templates(form_of_ledger(workbook) or DEFAULT_FORM)
    tables = find_tables(workbook, name, form)
    del workbook  # its cells are most of what is in memory now
    reading, findings = read_ledger(tables)
    if reading is None:
        return _Read(form=form, catalogue=catalogue, register=None, places=_nowhere, findings=findings)
    return _Read(
        form=form,
        catalogue=catalogue,
        register=reading.register,
        places=reading.places,
        findings=findings,
        office=reading.office,
    )


def _read_json(text: str, name: str) -> _Read:
    register, findings = from_json(text, name)
    form, catalogue = load_templates(register.cycle.form if register else DEFAULT_FORM)
    places = _nowhere if register is None else places_in_json(text, name)
    if register is not None:
        findings = (*findings, *register_findings(register, places))
    return _Read(form=form, catalogue=catalogue, register=register, places=places, findings=findings)


def _nowhere(thing: str, field: str) -> Place:
    return Place(cell=f"{thing} {field}".strip())


def _wrong(findings: Iterable[Finding], catalogue: Catalogue) -> list[Finding]:
    return [finding for finding in findings if catalogue.severity(finding) is Severity.WRONG]


def _mistakes(name: str, findings: Iterable[Finding], catalogue: Catalogue) -> CannotProceed:
    worded = [catalogue.word(finding) for finding in _wrong(findings, catalogue)]
    details = tuple(f"{each.finding.place}: {each.message}{each.remedy}" for each in worded[:_MOST_DETAILS])
    more = len(worded) - len(details)
    if more > 0:
        details = (*details, f"ほか{more}件")
    return CannotProceed(
        f"「{name}」に直すところが{len(worded)}件あります。",
        "次の箇所を直して保存し、もう一度実行してください。",
        details,
    )
