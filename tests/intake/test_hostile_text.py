"""A respondent's text is data: in no output does it become a formula, a link, a path, markup or a control sequence."""

from __future__ import annotations

import csv
import html.parser
import io
import re
import shutil
import subprocess
import sys
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dxkpi_xl.cells.read import read_workbook
from dxkpi_xl.workspace import Workspace

from .strange_files import parts_of, saved, with_part

# Every text holds this word, so that it is found wherever it goes.
_EVIL = "evil"
_TEXTS = (
    '=HYPERLINK("http://evil.example/","押す")',
    "=cmd|' /C evil'!A0",
    "+evil+1",
    "-evil+1",
    "@SUM(evil)",
    "＝evil＋1",
    "\n=evil",
    "\t=evil",
    "http://evil.example/x",
    "mailto:evil@evil.example",
    "file:///evil",
    "\\\\evil\\share",
    "internal:evil!A1",
    "external:evil.xlsx",
    "<script>evil()</script>",
    "<img src=x onerror=evil()>",
    '"><a href="javascript:evil()">',
    "{{evil}}{% evil %}",
    "{evil}{0}%s%n",
    "_x001B_[31mevil_x0007__x009B_2J",
    "\u202eevil\u2066\u2028evil",
    "'=evil",
    "evil&G&P&A",
    "../../evil.txt",
    "evil\x85evil",
    "evil\u061c\u00ad\u180e\ufff9\U000e0041",
)
_NAMES = ("=evil().xlsx", "<marquee>evil&G\u202e\x1b[2J\n\x9b31m.xlsx", "http:..evil.example.xlsx", "-evil.xlsx")
_SHEET_NAME = "evil_x001B_[31m&lt;marquee&gt;=1+1"
_LONG = "evil長" * 12_000
_CHECKED_KINDS = {".html", ".csv", ".json", ".jsonl", ".txt"}


def hostile(data: bytes, *, start: int, head: str) -> bytes:
    """A return with the texts in every open cell of its rows and head, beside and below the form, and as a heading."""
    book = load_workbook(io.BytesIO(data))
    sheet: Any = book["事業・KPI"]
    where = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    texts = [_TEXTS[(n + start) % len(_TEXTS)] for n in range(len(_TEXTS))]

    def put(row: int, column: int, text: str) -> None:
        cell = sheet.cell(row, column)
        if type(cell).__name__ == "Cell":
            cell.value = text.replace("\x85", "_x0085_")
            cell.data_type = "s"

    rows = [cell.row for text, cell in where.items() if re.fullmatch(r"L\d{4}", text)]
    for n, row in enumerate(rows):
        for m, heading in enumerate(("備考", "事業概要又は取組内容", "R6目標値", "区分")):
            if heading != "区分" or n % 5 == 4:
                put(row, where[heading].column, texts[(n + m) % len(texts)])
    spare = [cell for text, cell in where.items() if re.fullmatch(r"新\d\d", text)]
    for n, cell in enumerate(spare[:6]):
        put(cell.row, where["事業名又は取組名"].column, texts[n])
        put(cell.row, where["分野名称"].column, "I-3 公務能率の向上に向けた取組" if n % 2 else texts[n + 1])
        put(cell.row, where["項目名称"].column, "(5) RPAの導入")
    put(spare[6].row, spare[6].column, "新=evil_x001B_[31m")
    put(spare[6].row, where["備考"].column, texts[0])
    put(spare[7].row, spare[7].column, "L=evil_x001B_[31m")
    for label in ("記入者", "内線", "メール"):
        put(where[label].row, where[label].column + 1, head)
    put(where["備考"].row + 100, where["備考"].column + 30, texts[2])
    put(where["事業概要又は取組内容"].row, where["事業概要又は取組内容"].column, texts[-2])
    return saved(book)


def renamed_sheet(data: bytes) -> bytes:
    return with_part(data, "xl/workbook.xml", lambda part: part.replace("事業・KPI".encode(), _SHEET_NAME.encode()))


def with_long_texts(data: bytes) -> bytes:
    """The return with a text in one cell that no cell of Excel can hold."""
    sheet = next(name for name, part in parts_of(data).items() if b"=cmd|" in part and b"worksheet" in part[:300])
    return with_part(data, sheet, lambda part: part.replace(b"=cmd|", _LONG.encode() + b"=cmd|"))


@dataclass
class Outputs:
    """What a run over hostile returns left, and what it said."""

    workspace: Workspace
    said: dict[str, str]

    @property
    def files(self) -> list[Path]:
        """All that was made, but for the kept originals and what had been sent."""
        kept = (self.workspace.originals, self.workspace.distribution)
        return [
            path
            for path in sorted(self.workspace.outbox.rglob("*"))
            if path.is_file() and not any(folder in path.parents for folder in kept)
        ]

    @property
    def workbooks(self) -> list[Path]:
        return [path for path in self.files if path.suffix == ".xlsx"]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory, distributed: Path, returned: dict[str, bytes]) -> Outputs:
    root = tmp_path_factory.mktemp("hostile") / "年度"
    shutil.copytree(distributed, root)
    inbox = root / "inbox"
    bureaus = ("企画調整部", "総務部", "土木部", "警察本部")
    for n, (bureau, name) in enumerate(zip(bureaus, _NAMES, strict=True)):
        data = hostile(returned[bureau], start=n * 7, head=_TEXTS[n])
        data = renamed_sheet(data) if n == 0 else with_long_texts(data) if n == 1 else data
        (inbox / name).write_bytes(data)
    other_form = renamed_sheet(saved(load_workbook(io.BytesIO(returned["出納局"]))))
    (inbox / "=evil.zip").write_bytes(_zip({"=evil()\x1b[2J.xlsx": other_form, "<marquee>evil": b"evil"}))
    (inbox / "evil.csv").write_bytes(b"=evil,+evil\n")
    said = {}
    for name, options in (("lines", []), ("json", ["--json"])):
        command = [sys.executable, "-m", "dxkpi_xl", "run", *options, "--workspace", str(root)]
        done = subprocess.run(command, capture_output=True, check=False, timeout=120)
        assert done.returncode == 1, done.stderr.decode()
        assert done.stderr == b""
        said[name] = done.stdout.decode("utf-8")
    return Outputs(workspace=Workspace(root=root), said=said)


def _zip(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def steering(text: str) -> set[str]:
    """The characters of a text that steer a terminal or turn a line around."""
    return {
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in "\n\r\t\ufeff\u200d"
    }


def test_the_texts_arrived(outputs: Outputs) -> None:
    register = outputs.workspace.register.read_text(encoding="utf-8")
    assert register.count(_EVIL) > 30
    assert "=HYPERLINK(" in register
    assert _EVIL in outputs.said["lines"]


def test_no_workbook_has_a_formula_a_link_or_a_name_of_theirs(outputs: Outputs) -> None:
    live = re.compile(
        r"<f[ >].*?</f>|<formula\d?>.*?</formula\d?>|<definedName.*?</definedName>|<hyperlink [^>]*>"
        r"|<sheet [^>]*>|<Relationship [^>]*>|<(?:odd|even|first)(?:Header|Footer)>.*?<|<sqref>.*?<",
        re.DOTALL,
    )
    assert len(outputs.workbooks) >= 4
    for path in outputs.workbooks:
        for name, part in parts_of(path.read_bytes()).items():
            if name.endswith((".xml", ".rels")) and not name.startswith("docProps/"):
                found = [each for each in live.findall(part.decode("utf-8")) if _EVIL in each]
                assert (path.name, name, found) == (path.name, name, [])


def test_a_link_leads_nowhere_but_to_our_own_files(outputs: Outputs) -> None:
    for path in outputs.workbooks:
        for name, part in parts_of(path.read_bytes()).items():
            if name.endswith(".rels"):
                text = part.decode("utf-8")
                targets = re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"', text)
                assert {
                    t for t in targets if not re.fullmatch(r"受付\\原本\\[0-9a-f]{2}\\[0-9a-f]{64}\.[a-z]+", t)
                } == set()


def test_every_text_in_a_workbook_is_a_text(outputs: Outputs) -> None:
    for path in outputs.workbooks:
        for sheet in read_workbook(path.read_bytes()).sheets:
            for cell in sheet.cells.values():
                if _EVIL in cell.text:
                    place = f"{path.name} {sheet.name}!{cell.address}"
                    assert (place, cell.kind, cell.formula) == (place, "text", None)
                    # A send-back shows a bureau its own text as it wrote it; in a cell nothing obeys it.
                    assert path.name.startswith("差し戻し_") or (place, steering(cell.text)) == (place, set())


def test_no_text_file_holds_a_control_character(outputs: Outputs) -> None:
    checked = [path for path in outputs.files if path.suffix in _CHECKED_KINDS]
    assert {path.suffix for path in checked} >= {".csv", ".json", ".jsonl", ".html"}
    for path in checked:
        assert (path.name, steering(path.read_text(encoding="utf-8"))) == (path.name, set())


def test_what_is_said_on_a_terminal_steers_nothing(outputs: Outputs) -> None:
    assert {name: steering(text) for name, text in outputs.said.items()} == {"lines": set(), "json": set()}


def test_no_csv_field_is_a_formula(outputs: Outputs) -> None:
    begins = re.compile(r"\s*[=+\-@＝＋－＠]")
    harmless = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?|[-－]")
    found = 0
    for path in outputs.files:
        if path.suffix == ".csv":
            for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
                for cell in row:
                    found += _EVIL in cell
                    assert not begins.match(cell) or harmless.fullmatch(cell), (path.name, cell)
    assert found > 10


class _Page(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.extend(f"{name}={value}" for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_shows_the_texts_and_obeys_none(outputs: Outputs) -> None:
    page = _Page()
    page.feed(outputs.workspace.status_page.read_text(encoding="utf-8"))
    assert not page.tags & {"script", "img", "a", "iframe", "object", "link", "form", "marquee"}
    assert [each for each in page.attributes if _EVIL in each or each.lower().startswith(("on", "href", "src"))] == []
    assert _EVIL in "".join(page.text)


def test_no_file_is_named_by_them(outputs: Outputs) -> None:
    root = outputs.workspace.root
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.parent != outputs.workspace.inbox}
    assert {name for name in names if _EVIL in name} == set()


def test_a_text_that_no_cell_can_hold_is_found_at_its_cell_and_costs_no_other(outputs: Outputs) -> None:
    assert re.search(r'"code": "C005"', outputs.said["json"])
    assert _LONG[:200] not in outputs.workspace.register.read_text(encoding="utf-8")
