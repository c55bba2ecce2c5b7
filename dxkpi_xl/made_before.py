"""What earlier runs made, and of what: outputs that would be the same again are taken from where they lie.

A record among the others tells of each output what it was made of, and the size and SHA-256 of its files. Only what
still lies there byte for byte, made of the same, is taken; whatever was deleted, changed or replaced is made anew, and
where the record itself is missing or is not ours, all is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from dxkpi_xl import disk
from dxkpi_xl import workspace as ws
from dxkpi_xl.errors import CannotProceed
from dxkpi_xl.fingerprint import contents, fingerprint, maker_fingerprint

Files = Mapping[Path, bytes]

_MOST_BYTES = 2**26


class Ready(Protocol):
    """Some files that are ready to be made, here or in another process."""

    def files(self) -> Files:
        """Make them: bytes by path."""


@dataclass(frozen=True)
class Lying:
    """Some files that lie there as they would be made."""

    lying: Files

    def files(self) -> Files:
        """Give them: bytes by path."""
        return self.lying


@dataclass(frozen=True, kw_only=True)
class Made:
    """One output: what it was made of, and of each of its files the path below outbox/, the size and the SHA-256."""

    of: str
    files: Mapping[str, tuple[int, str]]


@dataclass(frozen=True, kw_only=True)
class MadeBefore:
    """What was made, by output, in earlier runs and in this one.

    ``depends`` tells apart what every output depends on; None where nothing may be taken or remembered. ``collected``
    tells apart all that was collected, for those that are made of all of it.
    """

    workspace: ws.Workspace
    depends: str | None
    collected: str
    known: dict[str, Made] = field(default_factory=dict)
    lying: set[str] = field(default_factory=set)

    @classmethod
    def recall(cls, workspace: ws.Workspace, depends: str | None, collected: str) -> MadeBefore:
        """Recall what earlier runs made; nothing where there is no record, or none that is ours."""
        known = {} if depends is None else _recalled(workspace.made)
        return cls(workspace=workspace, depends=depends, collected=collected, known=known)

    def again(self, output: str, made_of: str) -> Files | None:
        """Give an output's bytes by path as they lie there; None where it must be made."""
        known = self.known.get(output)
        if known is None or known.of != self._key(made_of):
            return None
        found: dict[Path, bytes] = {}
        for name, (size, sha256) in known.files.items():
            path = self.workspace.outbox / name
            data = _as_recorded(path, size, sha256)
            if data is None:
                return None
            found[path] = data
        self.lying.add(output)
        return found

    def made(self, output: str, made_of: str, make: Callable[[], Files]) -> Files:
        """Give an output's bytes by path, made now unless they lie there."""
        files = self.again(output, made_of)
        if files is None:
            files = make()
            self.keep(output, made_of, files)
        return files

    def keep(self, output: str, made_of: str, files: Files) -> None:
        """Note what an output was made of, unless it lay there."""
        if self.depends is not None and output not in self.lying:
            said = {
                path.relative_to(self.workspace.outbox).as_posix(): (len(data), hashlib.sha256(data).hexdigest())
                for path, data in files.items()
            }
            self.known[output] = Made(of=self._key(made_of), files=said)

    def write(self) -> None:
        """Record it, once its files are written; an output whose files are gone is forgotten."""
        if self.depends is not None:
            outbox = self.workspace.outbox
            still = {o: m for o, m in sorted(self.known.items()) if all((outbox / name).is_file() for name in m.files)}
            document = {output: {"of": made.of, "files": made.files} for output, made in still.items()}
            with suppress(CannotProceed):  # it only saves time: no reason not to go on
                disk.write_sealed(self.workspace.made, _text(document))

    def _key(self, made_of: str) -> str:
        return fingerprint((str(self.depends).encode(), made_of.encode("utf-8", errors="surrogatepass")))


def depends_on(*parts: str | bytes) -> str:
    """Tell apart what every output depends on: these parts, the program, what it writes with, forms and letters."""
    told = (part.encode("utf-8", errors="surrogatepass") if isinstance(part, str) else part for part in parts)
    return fingerprint((*told, maker_fingerprint().encode(), *contents(ws.templates_folder(), "*")))


def _text(document: Mapping[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _recalled(path: Path) -> dict[str, Made]:
    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= _MOST_BYTES else b""
        if not disk.is_sealed(path, data):
            return {}
        return {output: _entry(each) for output, each in json.loads(data).items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _entry(each: Any) -> Made:
    files = {name: (int(size), str(sha256)) for name, (size, sha256) in each["files"].items()}
    if not files or any(PurePosixPath(name).is_absolute() or ".." in name.split("/") for name in files):
        raise ValueError("files that no output has")
    return Made(of=str(each["of"]), files=files)


def _as_recorded(path: Path, size: int, sha256: str) -> bytes | None:
    """Give the bytes of a file; None where it is not there as it was written."""
    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size == size else b""
    except OSError:
        return None  # it is said of what cannot be read when it is to be written
    return data if hashlib.sha256(data).hexdigest() == sha256 else None
