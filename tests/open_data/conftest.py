"""The R6 open data, made once."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping

import pytest

from dxkpi_xl.cycle.model import Register
from dxkpi_xl.form.columns import Form
from dxkpi_xl.open_data.files import open_data_files


@pytest.fixture(scope="session")
def files(form: Form, r6: Register) -> Mapping[str, bytes]:
    """The files of R6 by name."""
    return open_data_files(form, r6)


@pytest.fixture(scope="session")
def rows(files: Mapping[str, bytes]) -> Callable[[str], list[dict[str, str]]]:
    """The rows of one CSV of R6, by heading, read by Python's own reader."""

    def read(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"), newline="")))

    return read
