"""What all tests share: the real form and register, and the rule that a skipped judge is never silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.cycle.register_json import from_json
from dxkpi_xl.findings import Catalogue, load_catalogue
from dxkpi_xl.form.columns import Form
from dxkpi_xl.form.load import load_form
from dxkpi_xl.grid.libreoffice import LibreOfficeMissing, find_soffice
from dxkpi_xl.workspace import templates_folder

_MISSING = "LibreOffice is not installed: this independent judge was not heard"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nothing-skipped", action="store_true", help="a skipped test is a failure (used in CI)")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    try:
        find_soffice()
    except LibreOfficeMissing:
        for item in items:
            if item.get_closest_marker("libreoffice"):
                item.add_marker(pytest.mark.skip(reason=_MISSING))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = len(terminalreporter.stats.get("skipped", []))
    if skipped:
        terminalreporter.section(f"NOT JUDGED: {skipped} tests were skipped", sep="!", red=True, bold=True)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if exitstatus == 0 and session.config.getoption("--nothing-skipped") and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def form() -> Form:
    """The form of 資料2-4."""
    return load_form(templates_folder() / "shiryo-2-4")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Its message catalogue."""
    return load_catalogue(templates_folder() / "shiryo-2-4" / "findings.toml")


@pytest.fixture(scope="session")
def r6_folder() -> Path:
    """The example cycle."""
    return templates_folder() / "r6"


@pytest.fixture(scope="session")
def r6(r6_folder: Path) -> Register:
    """The register of the real R6 annex."""
    register, findings = from_json((r6_folder / "register.json").read_text(encoding="utf-8"), "register.json")
    assert findings == ()
    assert register is not None
    return register
