"""The judge is LibreOffice: every character of every cell must stand inside its cell on the PDF."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest

from dxkpi_xl.grid.addresses import address
from dxkpi_xl.grid.book import Book, Properties
from dxkpi_xl.grid.fonts import BIZ_UD_GOTHIC, BIZ_UD_MINCHO, MS_GOTHIC, NormalFont
from dxkpi_xl.grid.libreoffice import convert
from dxkpi_xl.grid.paper import PrintSetup
from dxkpi_xl.grid.styles import Line, Style
from dxkpi_xl.grid.text_height import CellText, row_height
from dxkpi_xl.grid.text_pieces import split_to_fit

WIDTHS = (6.0, 9.0, 14.0, 20.0, 31.0, 45.0)
HARD = (
    "https://www.example.lg.jp/sec/11045c/digital-transformation/index.html?year=2024&page=3#kpi-list-all",
    "申請はhttps://www.example.lg.jp/sec/11045c/dx.htmlから（24時間）受け付けています。",
    "「（（『【二重の括弧】』））」の中に「（（『【さらに】』））」あります、、、。。。",
    "、、、。。。、、、。。。、、、。。。",
    "Pneumonoultramicroscopicsilicovolcanoconiosis and Llanfairpwllgwyngyllgogerychwyrndrobwll",
    "RPA・AI-OCR・ChatGPT等のdigital toolsを活用し、75,600件（48.2%）の申請をオンライン化（電子化）する。",
    "This is a sentence written in plain English words which should break at the spaces between the words.",
    "１２３４５６７８９０１２３４５６７８９０ＡＢＣＤＥＦＧ全角英数字",
    "ｶﾀｶﾅﾊﾝｶｸﾓｼﾞﾉﾚﾂｦｶｷﾏｽ｡ﾀﾞｸﾃﾝﾓｱﾘﾏｽ｡｢ｶｯｺ｣､",
    "①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ○◎●△▲□■◇◆※〒→←↑↓…‥―～〜",
    "一行目\n二行目は少し長い文章です。\n\n四行目",
    "・箇条書き\n　（ア）字下げした文章がここに入ります。\n　（イ）同じく字下げした文章です。",
    "100%99%98%97%96%95%94%93%92%91%90%89%88%87%86%85%84%83%",
    "¥1,000,000,000,000 $1,000,000,000 €1,000",
    "部局名:企画調整部 担当:デジタル変革課(内線2381/2382) mail:dx-kikaku@example.lg.jp",
    "A/B/C/D/E/F-G-H-I_J_K.L.M.N,O,P;Q:R" * 3,
    "「、」「。」「、」「。」「、」「。」「、」「。」「、」「。」「、」「。」",
    "ッャュョー" * 12,
    "a" * 120,
)
#: Sentences of a published annex.
REAL = (
    "押印については、県規定に基づき押印を求めている手続きのうち約9割を見直したところであり、今後は個別の支障事例に応じて見直しを進める。",
    "書面規制、対面規制については、令和5年6月に策定した「アナログ規制(書面・対面規制)の点検・見直し方針」により見直しを行う。",
    "警察情報通信ネットワーク環境のない場所での警察情報システムへの接続環境を整備し、関係機関等との緊密な情報共有等を実現する。",
    "【指標(KPI)】\n電子申請の利用件数：75,600件（令和7年度）",
)


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("font", "bold", "sizes"),
    [(BIZ_UD_GOTHIC, False, (8, 9, 11)), (BIZ_UD_GOTHIC, True, (9,)), (BIZ_UD_MINCHO, False, (8, 10.5))],
)
def test_no_line_of_any_cell_is_clipped(font: str, bold: bool, sizes: tuple[float, ...]) -> None:
    printed = [trial(Style(font=font, size=size, bold=bold), HARD + REAL) for size in sizes]
    with ThreadPoolExecutor(2) as workers:
        pdfs = list(workers.map(lambda trial: convert(trial[0], "pdf"), printed))
    for (_, texts), pdf in zip(printed, pdfs, strict=True):
        assert fonts_used(pdf) <= {"BIZUDGothic-Regular", "BIZUDGothic-Bold", "BIZUDMincho-Regular"}
        on_paper = [row[0] for row in cells_on_paper(pdf)]
        assert [without_spaces(cell) for cell in on_paper] == [without_spaces(text) for text in texts]


@pytest.mark.libreoffice
def test_the_alias_of_the_ms_fonts_has_their_widths_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", str(Path(__file__).parents[1] / "fonts" / "ms-alias.conf"))
    workbook, texts = trial(Style(font=MS_GOTHIC, size=9), REAL)
    pdf = convert(workbook, "pdf")
    assert fonts_used(pdf) == {"IPAGothic"}
    on_paper = [row[0] for row in cells_on_paper(pdf)]
    assert [without_spaces(cell) for cell in on_paper] == [without_spaces(text) for text in texts]


def fonts_used(pdf: bytes) -> set[str]:
    """Names of the fonts in a PDF: another font than the one asked for proves nothing."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return {str(c["fontname"]).partition("+")[2] for page in document.pages for c in page.chars}


def trial(font: Style, texts: tuple[str, ...]) -> tuple[bytes, list[str]]:
    """A workbook with one sheet for each width, one text a row; and its texts, split where a row would be too high."""
    style = font.but(wrap=True, border=Line.THIN, valign="top")
    book = Book(Properties(title="試し刷り"), NormalFont(name=font.font))
    written: list[str] = []
    for width in WIDTHS:
        sheet = book.sheet(f"幅{width:g}")
        sheet.column_width(1, 1, width)
        points = book.normal.column_points(width)
        cells = [CellText(text=text, width=points, style=style, normal=book.normal) for text in texts]
        pieces = [replace(cell, text=piece.removesuffix("\n")) for cell in cells for piece in split_to_fit(cell)]
        for row, piece in enumerate(pieces, 1):
            sheet.row_height(row, row_height([piece]))
            sheet.text(address(row, 1), piece.text, style)
        written += [piece.text for piece in pieces]
        sheet.print_setup(PrintSetup(fit_width=0))
    return book.to_bytes(), written


def without_spaces(text: str) -> str:
    return "".join(text.split())


def cells_on_paper(pdf: bytes) -> list[list[str]]:
    """The text inside each cell's borders, row by row, over all pages."""
    rows: list[list[str]] = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            across = apart([edge["x0"] for edge in page.edges if edge["orientation"] == "v"])
            down = apart([edge["top"] for edge in page.edges if edge["orientation"] == "h"])
            for top, bottom in pairwise(down):
                line = [c for c in page.chars if top - 0.6 <= c["top"] and c["bottom"] <= bottom + 0.6]
                rows.append(
                    [
                        "".join(c["text"] for c in line if left <= (c["x0"] + c["x1"]) / 2 <= right)
                        for left, right in pairwise(across)
                    ]
                )
    return rows


def apart(places: list[float]) -> list[float]:
    """Places of the lines, those nearer than 5 points counted once."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > 5:
            kept.append(place)
    return kept
