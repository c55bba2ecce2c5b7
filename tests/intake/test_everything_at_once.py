"""Everything at once in one inbox: each file gets its verdict, every genuine return is merged, nothing is touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dxkpi_xl.cli import main
from dxkpi_xl.cycle.survey_id import survey_id
from dxkpi_xl.grid.libreoffice import find_soffice
from dxkpi_xl.returns.model import Verdict
from dxkpi_xl.workspace import Workspace

from . import strange_files as strange
from .conftest import tree

pytestmark = [
    pytest.mark.libreoffice,
    pytest.mark.skipif(os.name == "nt", reason="names and pipes that Windows does not have"),
]

_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
_SECONDS = 60.0
_MEMORY = 900 * 1024  # KiB at the most, of the command or of one of its children


def by_libreoffice(folder: Path, data: bytes, kind: str) -> bytes:
    """A workbook saved by LibreOffice in another format."""
    source = folder / "票.xlsx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(find_soffice()), "--headless", profile, "--convert-to", kind, "--outdir", str(folder / "out")]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    (made,) = (folder / "out").iterdir()
    converted = made.read_bytes()
    made.unlink()
    return converted


@dataclass
class Inbox:
    """An inbox that is filled by name (bytes where no text has them), and what each file must be taken for."""

    folder: Path
    expected: dict[str, Verdict] = field(default_factory=dict)

    def put(self, name: str | bytes, data: bytes, verdict: Verdict, shown: str = "") -> None:
        path = os.path.join(os.fsencode(self.folder), os.fsencode(name))  # noqa: PTH118  # bytes have no Path
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as stream:  # noqa: PTH123
            stream.write(data)
        self.expect(shown or os.fsdecode(name), verdict)

    def expect(self, shown: str, verdict: Verdict) -> None:
        self.expected[shown] = verdict


def genuine(inbox: Inbox, returned: dict[str, bytes], folder: Path) -> None:
    """The six returns, each once, by another program, in another wrapping, under another kind of name."""
    from_office = by_libreoffice(folder, returned["企画調整部"], "xlsx")
    xls = by_libreoffice(folder, returned["土木部"], "xls")
    ods = by_libreoffice(folder, returned["出納局"], "ods")
    csv = by_libreoffice(folder, returned["議会事務局"], _CSV)
    copied = strange.copied_into_another_workbook(returned["警察本部"])
    taken = Verdict.ACCEPTED
    inbox.put("総務部 調査票 か\u3099んは\u3099り\U0001f4c8(最終)(2).xlsx", strange.rebuilt(returned["総務部"]), taken,
              "総務部 調査票 がんばり\U0001f4c8(最終)(2).xlsx")  # fmt: skip
    parts = {"回答/企画調整部.xlsx": from_office, "回答/〃.txt": "よろしく".encode("cp932")}
    inbox.put("cp932.zip", strange.zip_with_cp932_names(parts), taken, "cp932.zip/回答/企画調整部.xlsx")
    inbox.expect("cp932.zip/回答/〃.txt", Verdict.WRONG_KIND)
    inbox.put("土木部(拡張子違い).xlsx", xls, taken)
    inbox.put("深い/ところ/出納局", ods, taken)
    inbox.put("議会" * 40 + ".pdf", csv, taken)
    inner = strange.zip_of({"票.xlsx": copied, ".DS_Store": strange.ds_store()})
    inbox.put("警察.bin", strange.zip_of({"内側.zip": inner}), Verdict.IDENTICAL, "警察.bin/内側.zip/票.xlsx")
    inbox.expect("警察.bin/内側.zip/.DS_Store", Verdict.WRONG_KIND)
    inbox.put(b"\xff\xfe\x1b[31mcopy.xlsx", ods, Verdict.IDENTICAL, "\ufffd\ufffd\ufffd[31mcopy.xlsx")
    inbox.put("か\u3099.zip", inner, taken, "が.zip/票.xlsx")
    inbox.expect("が.zip/.DS_Store", Verdict.WRONG_KIND)


def no_returns(inbox: Inbox, returned: dict[str, bytes]) -> None:
    """What else people, programs and the hostile lay into an inbox."""
    one = returned["土木部"]
    number, last_year, nobody = survey_id("R6", "03"), survey_id("R5", "03"), survey_id("R6", "77")
    table: list[tuple[str, bytes, Verdict]] = [
        ("空.xlsx", b"", Verdict.DAMAGED),
        ("半分.xlsx", strange.half_of(one), Verdict.DAMAGED),
        ("半分.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(300), Verdict.DAMAGED),
        ("doctype.xlsx", strange.with_doctype(one), Verdict.DAMAGED),
        ("entities.xlsx", strange.with_entities(one), Verdict.DAMAGED),
        ("二つのシート.xlsx", strange.with_duplicated_part(one), Verdict.DAMAGED),
        ("bomb.xlsx", strange.bomb(one), Verdict.TOO_LARGE),
        ("bomb.zip", strange.zip_of({"大きい": b" " * (60 * 1024 * 1024)}), Verdict.TOO_LARGE),
        ("回答.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", Verdict.WRONG_KIND),
        ("回答.docx", strange.document(), Verdict.WRONG_KIND),
        ("実は Word.xlsx", strange.document(), Verdict.IDENTICAL),
        ("メール本文.txt", "総務部です。継続でお願いします。".encode(), Verdict.WRONG_KIND),
        ("~$調査票.xlsx", strange.lock_file(), Verdict.WRONG_KIND),
        ("Thumbs.db", strange.thumbs_db(), Verdict.WRONG_KIND),
        (".DS_Store", strange.ds_store(), Verdict.WRONG_KIND),
        ("空.zip", strange.zip_of({}), Verdict.WRONG_KIND),
        ("フォルダーだけ.zip", strange.zip_of({"フォルダー/": b""}), Verdict.WRONG_KIND),
        ("ロック.xlsx", strange.with_password(one, "ひみつ"), Verdict.PASSWORD),
        ("昨年度.xlsx", strange.with_id(one, number, last_year), Verdict.OTHER_YEAR),
        ("知らない部.xlsx", strange.with_id(one, number, nobody), Verdict.UNKNOWN_BUREAU),
        ("出欠.xlsx", strange.another_form(), Verdict.OTHER_FORM),
        ("名簿.csv", "氏名,所属\n山田,総務部\n".encode("cp932"), Verdict.OTHER_FORM),
        (".gitkeep", b"not empty", Verdict.WRONG_KIND),
    ]
    for name, data, verdict in table:
        shown = {"bomb.zip": "bomb.zip/大きい"}.get(name, name)
        inbox.put(name, data, verdict, shown)


def no_files(inbox: Inbox, outside: Path, data: bytes) -> None:
    """Links, a pipe, a folder with a workbook's name, and a file that is larger than it looks."""
    outside.mkdir()
    (outside / "外の回答.xlsx").write_bytes(data)
    folder = inbox.folder
    (folder / "フォルダー.xlsx").mkdir()
    (folder / "出る.xlsx").symlink_to(outside / "外の回答.xlsx")
    (folder / "出るフォルダー").symlink_to(outside, target_is_directory=True)
    (folder / "中.xlsx").symlink_to(folder / "空.xlsx")
    (folder / "どこへも").symlink_to(folder / "ありません")
    os.mkfifo(folder / "管.xlsx")
    for name in ("出る.xlsx", "出るフォルダー", "中.xlsx", "どこへも", "管.xlsx"):
        inbox.expect(name, Verdict.NOT_A_FILE)
    with (folder / "60MB.xlsx").open("wb") as stream:
        stream.truncate(60 * 1024 * 1024)
    inbox.expect("60MB.xlsx", Verdict.TOO_LARGE)


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_size) for path in sorted(folder.rglob("*"))}


@pytest.fixture(scope="module")
def expected_register(distributed: Path, returned: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The merged register of the six returns alone, as they were saved."""
    root = tmp_path_factory.mktemp("plain") / "年度"
    shutil.copytree(distributed, root)
    for bureau, data in returned.items():
        (root / "inbox" / f"{bureau}.xlsx").write_bytes(data)
    main(["run", "--workspace", str(root)])
    return Workspace(root=root).register.read_bytes()


def test_every_file_gets_its_verdict_and_every_genuine_return_is_merged(
    workspace: Workspace, returned: dict[str, bytes], tmp_path: Path, expected_register: bytes
) -> None:
    inbox = Inbox(folder=workspace.inbox)
    outside = tmp_path / "外"
    secret = strange.with_id(returned["土木部"], survey_id("R6", "03"), survey_id("R6", "78"))
    genuine(inbox, returned, tmp_path)
    no_returns(inbox, returned)
    no_files(inbox, outside, secret)
    before, times = tree(workspace.inbox), stamps(workspace.inbox)

    begun = time.monotonic()
    command = [sys.executable, "-m", "dxkpi_xl", "run", "--json", "--workspace", str(workspace.root)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = process.stderr.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert (process.returncode, said) == (1, "")
    assert time.monotonic() - begun < _SECONDS
    assert usage.ru_maxrss < _MEMORY

    history = workspace.receipts_history.read_text(encoding="utf-8")
    entries = [json.loads(line) for line in history.removesuffix("\n").split("\n")]
    verdicts = {each["file"]: Verdict(each["verdict"]).name for each in entries}
    assert verdicts == {name: verdict.name for name, verdict in inbox.expected.items()}
    assert workspace.register.read_bytes() == expected_register
    assert (tree(workspace.inbox), stamps(workspace.inbox)) == (before, times)

    kept = sorted(path.stem for path in workspace.originals.rglob("*") if path.is_file())
    whole = {name: digest for name, digest in before.items() if name != "60MB.xlsx"}
    assert kept == sorted(set(whole.values()))
    assert hashlib.sha256(secret).hexdigest() not in kept


def test_a_second_run_over_the_same_inbox_changes_no_byte(
    workspace: Workspace, returned: dict[str, bytes], tmp_path: Path
) -> None:
    inbox = Inbox(folder=workspace.inbox)
    no_returns(inbox, returned)
    no_files(inbox, tmp_path / "外", returned["土木部"])
    main(["run", "--workspace", str(workspace.root)])
    outputs = tree(workspace.outbox)
    main(["run", "--workspace", str(workspace.root)])
    assert tree(workspace.outbox) == outputs
