"""The files that go back, made from what was put together for them; in a light module, since a child process that
makes them imports no more than this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dxkpi_xl.survey_books.many import Batch


@dataclass(frozen=True, kw_only=True)
class SendBacks:
    """Some of the workbooks and mails that go back, ready to be made, here or in another process."""

    folder: Path
    stems: tuple[str, ...]
    mails: tuple[str, ...]
    books: Batch

    def files(self) -> Mapping[Path, bytes]:
        """Make them: bytes by path."""
        found: dict[Path, bytes] = {}
        for stem, mail, book in zip(self.stems, self.mails, self.books.books(), strict=True):
            of_book, of_mail = file_names(stem)
            found[self.folder / of_book] = book
            found[self.folder / of_mail] = mail.replace("\n", "\r\n").encode("utf-8-sig")
        return found


def file_names(stem: str) -> tuple[str, str]:
    """Give the names of the workbook and of the mail that go back to one department."""
    return f"{stem}.xlsx", f"{stem}_メール文.txt"
