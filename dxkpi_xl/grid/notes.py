"""The box of a cell's note: large enough for its text, because Excel shows what fits and no more."""

from dxkpi_xl.grid.text_lines import count_lines

_FONT = "BIZ UDゴシック"
_SIZE = 9.0
_WIDTH_EM = 26.0
_LINE = 1.35  # em a line, with slack
_MARGIN_PIXELS = 16
_MOST_PIXELS = 900  # a box higher than a screen cannot be read; Excel lets one scroll by enlarging it
_PIXELS_PER_POINT = 4 / 3


def note_options(text: str) -> dict[str, object]:
    """XlsxWriter's options of a note: font, and a box in pixels that holds every line."""
    lines = count_lines(text, _WIDTH_EM)
    height = int(lines * _SIZE * _LINE * _PIXELS_PER_POINT) + _MARGIN_PIXELS
    width = int((_WIDTH_EM + 1.5) * _SIZE * _PIXELS_PER_POINT) + _MARGIN_PIXELS
    return {"font_name": _FONT, "font_size": _SIZE, "width": width, "height": min(height, _MOST_PIXELS)}
