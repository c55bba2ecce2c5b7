"""Font names, and the measures of a workbook's Normal font on which every column width depends."""

from dataclasses import dataclass

from dxkpi_xl.grid.refusals import Reason, Refused

MS_GOTHIC = "ＭＳ ゴシック"
MS_MINCHO = "ＭＳ 明朝"
BIZ_UD_GOTHIC = "BIZ UDゴシック"
BIZ_UD_MINCHO = "BIZ UD明朝"
YU_GOTHIC = "游ゴシック"

#: Half width is exactly 0.5 em, full width exactly 1 em: wrapped lines can be computed.
FIXED_PITCH = frozenset({MS_GOTHIC, MS_MINCHO, BIZ_UD_GOTHIC, BIZ_UD_MINCHO, "IPAゴシック", "IPA明朝"})

#: OOXML font families (1 Roman, 2 Swiss, 3 Modern) and the Japanese character set.
_FAMILY = {MS_MINCHO: 1, BIZ_UD_MINCHO: 1, MS_GOTHIC: 3, BIZ_UD_GOTHIC: 3, YU_GOTHIC: 2}
_SHIFT_JIS = 128

#: Normal size in points -> pixels of one digit at 96 dpi.  Excel rounds the font to whole pixels first; 9, 10.5 and
#: 12 pt need no rounding, so Excel and LibreOffice agree on every column width there.
_DIGIT_PIXELS = {9: 6, 10.5: 7, 11: 8, 12: 8}
#: Digit pixels -> the default column's pixels; the only pairs XlsxWriter 3.3.1 knows for these digits.
_DEFAULT_COLUMN_PIXELS = {6: 56, 7: 64, 8: 72}
_PADDING_PIXELS = 5
_POINTS_PER_PIXEL = 0.75


def font_properties(name: str) -> dict[str, object]:
    """XlsxWriter's properties of a font; scheme ``none``, else Excel shows the theme's font instead of this one."""
    family = _FAMILY.get(name, 2)
    return {"font_name": name, "font_family": family, "font_charset": _SHIFT_JIS, "font_scheme": "none"}


@dataclass(frozen=True, kw_only=True)
class NormalFont:
    """The font of the workbook's Normal style; sizes other than 9, 10.5, 11 and 12 points are refused."""

    name: str = BIZ_UD_GOTHIC
    size: float = 10.5

    def __post_init__(self) -> None:
        if self.size not in _DIGIT_PIXELS:
            sizes = "、".join(f"{size:g}" for size in _DIGIT_PIXELS)
            raise Refused(Reason.FONT_NOT_MEASURED, "", "", {"size": self.size, "sizes": sizes})

    @property
    def digit_pixels(self) -> int:
        """Pixels of one digit in Excel at 96 dpi."""
        return _DIGIT_PIXELS[self.size]

    @property
    def default_column_pixels(self) -> int:
        """Pixels of a column whose width nobody set."""
        return _DEFAULT_COLUMN_PIXELS[self.digit_pixels]

    @property
    def default_row_pixels(self) -> int:
        """Pixels of a row whose height nobody set: one line and its slack."""
        line = 1.75 if self.name == YU_GOTHIC else 1.25
        return int(self.size * line / _POINTS_PER_PIXEL + 0.999)

    def column_pixels(self, characters: float) -> int:
        """Pixels of a column of so many characters, as Excel and XlsxWriter round them."""
        if characters < 1:
            return int(characters * (self.digit_pixels + _PADDING_PIXELS) + 0.5)
        return int(characters * self.digit_pixels + 0.5) + _PADDING_PIXELS

    def column_characters(self, pixels: int) -> float:
        """Characters of a column of so many pixels: the inverse of ``column_pixels``, to two decimals."""
        if pixels < self.digit_pixels + _PADDING_PIXELS:
            return round(pixels / (self.digit_pixels + _PADDING_PIXELS), 2)
        return round((pixels - _PADDING_PIXELS) / self.digit_pixels, 2)

    def column_points(self, characters: float) -> float:
        """Points of a column on paper, the narrower of Excel's and LibreOffice's (which does not round the digit)."""
        pixels = self.column_pixels(characters)
        unrounded_digit = self.size / 2 / _POINTS_PER_PIXEL
        return pixels * min(1.0, unrounded_digit / self.digit_pixels) * _POINTS_PER_PIXEL
