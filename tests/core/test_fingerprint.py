"""What is kept between runs belongs to one program and one content."""

from pathlib import Path

import pytest

from dxkpi_xl import fingerprint as told_apart
from dxkpi_xl.fingerprint import contents, fingerprint, program_fingerprint


def test_parts_are_told_apart_by_where_one_ends() -> None:
    assert fingerprint([b"ab", b"c"]) == fingerprint([b"ab", b"c"])
    assert len({fingerprint(parts) for parts in ([b"ab", b"c"], [b"a", b"bc"], [b"abc"], [b"abc", b""])}) == 4


def test_files_are_given_by_name_and_content_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("z.py", "b/a.toml", "b/c.txt"):
        (tmp_path / name).write_text(name)
    assert list(contents(tmp_path, "*.py", "*.toml")) == [b"b/a.toml", b"b/a.toml", b"z.py", b"z.py"]


@pytest.mark.parametrize(("name", "value"), [("__version__", "0.0.0"), ("_READERS", ("pytest",))])
def test_another_version_or_reader_is_another_program(
    monkeypatch: pytest.MonkeyPatch, name: str, value: object
) -> None:
    before = program_fingerprint.__wrapped__()
    assert before == program_fingerprint()
    monkeypatch.setattr(told_apart, name, value)
    assert program_fingerprint.__wrapped__() != before
