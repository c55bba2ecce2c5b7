"""回収状況.html: the board as one self-contained page that prints well; the template escapes respondents' text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dxkpi_xl.cycle.model import Cycle
from dxkpi_xl.findings import Catalogue, Finding
from dxkpi_xl.reports.state import State
from dxkpi_xl.reports.status import AddresseeStatus
from dxkpi_xl.returns.model import Receipt
from dxkpi_xl.workspace import templates_folder

_TEMPLATE = "status_page.html"
_ROW_CLASS = {State.SENT_BACK: "wrong", State.TO_ASK: "ask", State.RETURNED: "ask", State.DONE: "done"}


def status_page(
    cycle: Cycle,
    statuses: Sequence[AddresseeStatus],
    findings: Sequence[Finding],
    receipts: Sequence[Receipt],
    catalogue: Catalogue,
) -> bytes:
    """Give the page, UTF-8; it loads nothing and runs no script."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(templates_folder()), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    states = Counter(each.state for each in statuses)
    returned = len(statuses) - states[State.NOT_RETURNED]
    page = environment.get_template(_TEMPLATE).render(
        title=cycle.full_title,
        deadline=cycle.office_deadline.isoformat() if cycle.office_deadline else "",
        returned=returned,
        percent=round(100 * returned / len(statuses)) if statuses else 0,
        counts=[(state.value, states[state]) for state in State],
        statuses=[
            {**vars(each), "state": each.state.value, "row_class": _ROW_CLASS.get(each.state, "")} for each in statuses
        ],
        findings=[_finding(finding, catalogue) for finding in findings],
        receipts=[_receipt(receipt, catalogue) for receipt in receipts],
    )
    return page.encode("utf-8")


def _finding(finding: Finding, catalogue: Catalogue) -> dict[str, str]:
    worded = catalogue.word(finding)
    return {
        "severity": worded.severity.value,
        "bureau": finding.bureau,
        "listing_id": finding.listing_id,
        "place": str(finding.place),
        "message": worded.message,
        "remedy": worded.remedy,
    }


def _receipt(receipt: Receipt, catalogue: Catalogue) -> dict[str, str]:
    worded = catalogue.word(receipt.finding())
    return {
        "arrived": receipt.arrived_words,
        "file": receipt.file,
        "title": worded.title,
        "message": worded.message,
    }
