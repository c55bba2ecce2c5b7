"""What the tests of ``grid`` share: a book with one sheet, and readers of another make."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.sheet import Sheet


@pytest.fixture
def book() -> Book:
    """A new workbook."""
    return Book(Properties(title="試し"))


@pytest.fixture
def sheet(book: Book) -> Sheet:
    """Its first sheet."""
    return book.sheet("表")


@pytest.fixture
def part(book: Book) -> Callable[[str], str]:
    """The XML of one part of the finished workbook."""

    def read(name: str = "xl/worksheets/sheet1.xml") -> str:
        with zipfile.ZipFile(io.BytesIO(book.to_bytes())) as package:
            return package.read(name).decode("utf-8")

    return read


@pytest.fixture
def tags(part: Callable[[str], str]) -> Callable[[str], list[str]]:
    """The start tags of one name on the first sheet."""

    def read(name: str) -> list[str]:
        return re.findall(rf"<{name}[ />][^>]*>?", part("xl/worksheets/sheet1.xml"))

    return read
