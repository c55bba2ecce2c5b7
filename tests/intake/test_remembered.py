"""What was judged is not judged again, and whatever lies where it is remembered, the outputs are as from nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from dxkpi_xl.cells.isolated import Isolated
from dxkpi_xl.cells.isolated_process import Died
from dxkpi_xl.checks.alone import check_alone
from dxkpi_xl.cli import main
from dxkpi_xl.returns import remembered
from dxkpi_xl.returns.inbox import IntakeTerms, judged_inbox
from dxkpi_xl.returns.issued import Issued
from dxkpi_xl.returns.model import Verdict
from dxkpi_xl.returns.originals import Originals
from dxkpi_xl.returns.remembered import Memory, fingerprint_of
from dxkpi_xl.workspace import Workspace, templates_folder

from .conftest import tree
from .strange_files import with_password, zip_of

_ARRIVED = 1_716_000_000


def put(folder: Workspace, name: str, data: bytes) -> None:
    path = folder.inbox / name
    path.write_bytes(data)
    os.utime(path, (_ARRIVED, _ARRIVED))


@pytest.fixture
def judged_now(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were given to a child."""
    names: list[str] = []

    def watched(children: Isolated[tuple[Path, str], object], items: Sequence[tuple[Path, str]]) -> None:
        names.extend(name for _, name in items)
        give(children, items)

    give = Isolated.give
    monkeypatch.setattr(Isolated, "give", watched)
    return names


def run(folder: Workspace) -> None:
    assert main(["run", "--workspace", str(folder.root)]) in (0, 1)


@pytest.fixture
def begun(workspace: Workspace, returned: dict[str, bytes]) -> Workspace:
    """A year of which three bureaus have answered, one of them in a zip, and which was run once."""
    names = sorted(returned)
    put(workspace, "一.xlsx", returned[names[0]])
    put(workspace, "二.zip", zip_of({"回答.xlsx": returned[names[1]], "読んで.txt": "拝啓".encode()}))
    put(workspace, "三.xlsx", returned[names[2]])
    put(workspace, "案内.pdf", b"%PDF-1.4 x")
    run(workspace)
    return workspace


def test_one_new_file_is_judged_alone_and_all_is_as_if_nothing_had_been_remembered(
    begun: Workspace, returned: dict[str, bytes], tmp_path: Path, judged_now: list[str]
) -> None:
    put(begun, "四.xlsx", returned[sorted(returned)[3]])
    other = Workspace(root=tmp_path / "別")
    shutil.copytree(begun.root, other.root)
    other.judgements.unlink()
    run(begun)
    assert judged_now == ["四.xlsx"]
    judged_now.clear()
    run(other)
    assert sorted(judged_now) == ["一.xlsx", "三.xlsx", "二.zip", "四.xlsx", "案内.pdf"]
    assert tree(begun.outbox) == tree(other.outbox)


def test_only_what_still_lies_in_the_inbox_is_remembered(begun: Workspace, judged_now: list[str]) -> None:
    before = begun.judgements.read_bytes()
    (begun.inbox / "三.xlsx").unlink()
    run(begun)
    after = begun.judgements.read_bytes()
    assert set(after.splitlines()) < set(before.splitlines())
    assert (len(before.splitlines()), len(after.splitlines())) == (4, 3)
    assert judged_now == []


def test_a_file_under_another_name_is_judged_anew_as_its_findings_name_it(
    begun: Workspace, judged_now: list[str]
) -> None:
    (begun.inbox / "三.xlsx").rename(begun.inbox / "改名.xlsx")
    run(begun)
    assert judged_now == ["改名.xlsx"]


def test_a_run_that_leaves_nothing_behind_reads_what_is_remembered_and_writes_nothing(
    begun: Workspace, returned: dict[str, bytes], judged_now: list[str]
) -> None:
    put(begun, "四.xlsx", returned[sorted(returned)[3]])
    before = tree(begun.outbox)
    assert main(["publish", "--dry-run", "--workspace", str(begun.root)]) in (0, 1)
    assert judged_now == ["四.xlsx"]
    assert tree(begun.outbox) == before


def _sealed(line: bytes, told: bytes) -> bytes:
    """A line with another judgement, sealed as ours are: what somebody writes who means it."""
    key = line.split(b" ")[0]
    return b" ".join((key, remembered._seal(key, told), told))


def _swapped(lines: list[bytes]) -> list[bytes]:
    tolds = [line.split(b" ", 2)[2] for line in lines]
    return [_sealed(line, told) for line, told in zip(lines, tolds[1:] + tolds[:1], strict=True)]


_SPOILT: dict[str, Callable[[list[bytes]], bytes]] = {
    "blank": lambda lines: b"",
    "half": lambda lines: b"\n".join(lines)[: len(b"\n".join(lines)) // 2],
    "a letter less": lambda lines: b"\n".join(line[:-1] for line in lines),
    "another letter": lambda lines: b"\n".join(lines).replace(b'"F001"', b'"F002"'),
    "no text": lambda lines: bytes(range(256)) * 40,
    "line ends of another system": b"\r\n".join,
    "only keys": lambda lines: b"\n".join(line.split(b" ")[0] for line in lines),
    "a pickle": lambda lines: b"\n".join(_sealed(line, b"\x80\x04cos\nsystem\n.") for line in lines),
    "no judgement": lambda lines: b"\n".join(_sealed(line, b"[]") for line in lines),
    "another shape": lambda lines: b"\n".join(_sealed(line, b'[{"name":1}]') for line in lines),
    "deep": lambda lines: b"\n".join(_sealed(line, b"[" * 50_000) for line in lines),
    "no letters": lambda lines: b"\n".join(_sealed(line, b'"\xff\xfe"') for line in lines),
    "another's content": lambda lines: b"\n".join(_swapped(lines)),
    "hostile values": lambda lines: b"\n".join(
        _sealed(line, line.split(b" ", 2)[2].replace(b'"size":', b'"size":"').replace(b',"sheet"', b'","sheet"'))
        for line in lines
    ),
}


@pytest.mark.parametrize("spoil", _SPOILT.values(), ids=_SPOILT)
def test_whatever_was_done_to_the_memory_the_outputs_are_as_from_nothing(
    begun: Workspace, judged_now: list[str], spoil: Callable[[list[bytes]], bytes]
) -> None:
    expected = tree(begun.outbox)
    begun.judgements.write_bytes(spoil(begun.judgements.read_bytes().splitlines()))
    assert main(["collect", "--workspace", str(begun.root)]) in (0, 1)
    assert judged_now  # what is whole still counts: half of the memory is the first half of its lines
    assert tree(begun.outbox) == expected


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links and pipes")
@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_is_no_memory(begun: Workspace, judged_now: list[str], kind: str) -> None:
    before = begun.judgements.read_bytes()
    begun.judgements.unlink()
    if kind == "folder":
        begun.judgements.mkdir()
    elif kind == "link":
        begun.judgements.symlink_to("/dev/zero")
    else:
        os.mkfifo(begun.judgements)
    assert main(["collect", "--workspace", str(begun.root)]) in (0, 1)
    assert len(judged_now) == 4
    assert kind == "folder" or begun.judgements.read_bytes() == before


def test_nothing_is_remembered_of_what_a_password_opens(
    workspace: Workspace, returned: dict[str, bytes], judged_now: list[str]
) -> None:
    put(workspace, "鍵.xlsx", with_password(returned[sorted(returned)[0]], "ひみつ"))
    command = ["collect", "--workspace", str(workspace.root)]
    assert main(command) == 1
    assert workspace.judgements.read_bytes() == b""
    assert main([*command, "--password", "ひみつ"]) in (0, 1)
    assert workspace.judgements.read_bytes() == b""
    assert judged_now == ["鍵.xlsx", "鍵.xlsx"]


def _terms(workspace: Workspace, issued: Issued, folder: Path, fingerprint: str) -> IntakeTerms:
    memory = Memory(path=workspace.judgements, fingerprint=fingerprint)
    return IntakeTerms(issued=issued, originals=Originals(folder=folder), check=check_alone, memory=memory)


def test_what_was_judged_against_something_else_is_judged_again(
    workspace: Workspace, returned: dict[str, bytes], issued: Issued, tmp_path: Path, judged_now: list[str]
) -> None:
    put(workspace, "一.xlsx", returned[sorted(returned)[0]])
    found = []
    for fingerprint in ("a", "a", "b", "b"):
        terms = _terms(workspace, issued, tmp_path, fingerprint)
        found.append(judged_inbox(workspace.inbox, terms, lambda *_: None))
    assert judged_now == ["一.xlsx", "一.xlsx"]
    assert found[0] == found[1] == found[2] == found[3]
    assert [receipt.verdict for receipt, _ in found[0]] == [Verdict.ACCEPTED]


def test_a_reader_that_dies_is_asked_again(
    workspace: Workspace, issued: Issued, tmp_path: Path, judged_now: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace, "一.xlsx", b"PK\x03\x04 half of a file")

    def died(_children: object, _progress: object) -> Iterator[Died]:
        return iter([Died(reason="time")])

    terms = _terms(workspace, issued, tmp_path, "a")
    with monkeypatch.context() as patch:
        patch.setattr(Isolated, "outcomes", died)
        first = judged_inbox(workspace.inbox, terms, lambda *_: None)
    second = judged_inbox(workspace.inbox, terms, lambda *_: None)
    assert [receipt.verdict for receipt, _ in (*first, *second)] == [Verdict.TOO_LARGE, Verdict.DAMAGED]
    assert judged_now == ["一.xlsx", "一.xlsx"]


def test_the_fingerprint_is_another_for_another_record_form_or_policy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = "shiryo-2-4"
    before = fingerprint_of(form, b"record")
    assert fingerprint_of(form, b"record") == before
    assert fingerprint_of(form, b"another") != before
    templates = tmp_path / "templates"
    shutil.copytree(templates_folder(), templates)
    monkeypatch.setattr(remembered, "templates_folder", lambda: templates)
    assert fingerprint_of(form, b"record") == before
    policy = templates / form / "text_policy.toml"
    policy.write_bytes(policy.read_bytes() + b"\n")
    assert fingerprint_of(form, b"record") != before
    changed = fingerprint_of(form, b"record")
    monkeypatch.setattr(remembered, "program_fingerprint", lambda: "another")
    assert len({before, changed, fingerprint_of(form, b"record")}) == 3
