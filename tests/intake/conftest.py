"""A year that has been distributed and answered, and the means to let anything at all land in its inbox."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dxkpi_xl.cli import main
from dxkpi_xl.cycle.model import Register
from dxkpi_xl.demo.bureaus import answered, transcribed_answers
from dxkpi_xl.form.columns import Form
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.judge import Judged, judge
from dxkpi_xl.workspace import Workspace

REGISTER_JSON = "register.json"


@pytest.fixture(scope="session")
def distributed(tmp_path_factory: pytest.TempPathFactory, r6_folder: Path) -> Path:
    """A workspace whose surveys have been sent; never written to again."""
    root = tmp_path_factory.mktemp("distributed")
    assert main(["init", "--from", str(r6_folder / REGISTER_JSON), "--workspace", str(root)]) == 0
    assert main(["distribute", "--workspace", str(root)]) == 0
    return root


@pytest.fixture(scope="session")
def returned(distributed: Path, form: Form, r6: Register, r6_folder: Path) -> dict[str, bytes]:
    """The six bureaus' genuine returns, by bureau."""
    transcript = json.loads((r6_folder / "annex.json").read_text(encoding="utf-8"))
    by_row = dict(transcribed_answers(transcript))
    answers = {listing.id: by_row[row] for listing, row in zip(r6.listings, sorted(by_row), strict=True)}
    sent = sorted((distributed / "outbox" / "配布").glob("調査票_*.xlsx"))
    return {path.name.split("_")[2]: answered(path.read_bytes(), form, r6.cycle.years, answers) for path in sent}


@pytest.fixture
def workspace(distributed: Path, tmp_path: Path) -> Workspace:
    """A copy of the distributed year of one's own."""
    root = tmp_path / "年度"
    shutil.copytree(distributed, root)
    return Workspace(root=root)


@pytest.fixture(scope="session")
def issued(form: Form, r6: Register) -> Issued:
    return Issued(form=form, register=r6)


@pytest.fixture
def judged(issued: Issued) -> Callable[[bytes], Judged]:
    return lambda data: judge(data, "回答.xlsx", issued)


def tree(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by its relative path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
