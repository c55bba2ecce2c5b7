"""The real R6 annex as issued, and what is to be said of it as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxkpi_xl.checks.example_returns import example_returns
from dxkpi_xl.checks.examples import Answers
from dxkpi_xl.checks.run import check_all
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.findings import Finding
from dxkpi_xl.form.columns import Form
from dxkpi_xl.returns.issued import Issued


@pytest.fixture(scope="session")
def issued(form: Form, r6: Register) -> Issued:
    return Issued(form=form, register=r6)


@pytest.fixture(scope="session")
def as_it_stands(issued: Issued) -> tuple[Finding, ...]:
    """The findings on the annex itself, returned unchanged."""
    return check_all(issued, example_returns(issued, Answers()))


@pytest.fixture(scope="session")
def examples_folder(r6_folder: Path) -> Path:
    return r6_folder
