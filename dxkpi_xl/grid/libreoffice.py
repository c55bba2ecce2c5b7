"""LibreOffice as a converter: found or clearly missing, with a profile of its own, a time limit, several at once."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from dxkpi_xl.errors import CannotProceed

_SECONDS = 180.0
_NAMES = ("soffice", "libreoffice")
_MAC = Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
#: soffice.com waits for the conversion on Windows; soffice.exe returns at once.
_WINDOWS_NAME = Path("LibreOffice", "program", "soffice.com")
_WINDOWS_ROOTS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)", "LOCALAPPDATA")

#: A fresh profile takes its Asian language from the machine; line breaking would differ from office to office.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Linguistic/General">
<prop oor:name="DefaultLocale_CJK" oor:op="fuse"><value>ja-JP</value></prop></item>
</oor:items>
"""


class LibreOfficeMissing(CannotProceed):
    """No LibreOffice on this computer."""

    def __init__(self) -> None:
        super().__init__(
            "LibreOfficeが見つかりません。",
            "LibreOfficeを導入するか、Excelで開いて「名前を付けて保存」からPDFを選んでください。",
        )


class LibreOfficeFailed(CannotProceed):
    """LibreOffice gave no file, or not in time."""

    def __init__(self, why: str) -> None:
        super().__init__(f"LibreOfficeで変換できませんでした（{why}）。", "もう一度実行してください。")


def find_soffice() -> Path:
    """The program's path: on PATH, in Windows' program folders, or the macOS application.

    Raises ``LibreOfficeMissing``.
    """
    found = (shutil.which(name) for name in _NAMES)
    on_path = [Path(path) for path in found if path]
    roots = [Path(os.environ[root]) for root in _WINDOWS_ROOTS if os.environ.get(root)]
    for candidate in [*on_path, *(root / _WINDOWS_NAME for root in roots), _MAC]:
        if candidate.is_file():
            return candidate
    raise LibreOfficeMissing


def convert(
    document: bytes, to: Literal["pdf", "xlsx", "ods"], *, suffix: str = ".xlsx", seconds: float = _SECONDS
) -> bytes:
    """The document as PDF, or saved again as xlsx or ods; ``suffix`` says what kind of file the bytes are.

    Raises ``LibreOfficeMissing``, and ``LibreOfficeFailed`` when there is no result after ``seconds``.
    """
    soffice = find_soffice()
    # LibreOffice can hold a file of its profile a moment longer than its process lives (Windows).
    with tempfile.TemporaryDirectory(prefix="dxkpi-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        source = work / f"in{suffix}"
        source.write_bytes(document)
        profile = work / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        _run([str(soffice), *_arguments(profile, source, work / "out", to)], seconds)
        result = work / "out" / f"in.{to}"
        if not result.is_file():
            raise LibreOfficeFailed("結果のファイルがありません")
        return result.read_bytes()


def _arguments(profile: Path, source: Path, out: Path, to: str) -> list[str]:
    quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    return [f"-env:UserInstallation={profile.as_uri()}", *quiet, "--convert-to", to, "--outdir", str(out), str(source)]


def _run(command: list[str], seconds: float) -> None:
    # A group of its own: soffice starts a second process, and both must end when time is up.
    process = subprocess.Popen(  # noqa: S603  # the program was found by us, the paths are our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
    )
    try:
        code = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired as late:
        _end(process)
        raise LibreOfficeFailed(f"{seconds:g}秒以内に終わりません") from late
    if code != 0:
        raise LibreOfficeFailed(f"終了コード {code}")


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        tree = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        subprocess.run(tree, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
