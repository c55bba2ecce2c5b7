"""What docs/ says of the rules is what the program does."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxkpi_xl.checks.docs import documents

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["rules.md", "return.schema.json"])
def test_the_generated_documents_are_fresh(name: str) -> None:
    fresh = documents()[name]
    assert (DOCS / name).read_text(encoding="utf-8") == fresh, "run: python -m dxkpi_xl.checks.docs docs"
