"""Excel's limits, each said once; a length is counted in UTF-16 units unless it says otherwise.

Sources: [spec] Microsoft, "Excel specifications and limits"; [oi] [MS-OI29500], Office's notes to ISO/IEC 29500;
[xw] refused or dropped by XlsxWriter 3.3.1 (measured).
"""

ROWS = 1_048_576  # [spec]
COLUMNS = 16_384  # [spec]

CELL_TEXT = 32_767  # [spec]; XlsxWriter cuts without a word
CELL_LINE_FEEDS = 253  # [spec]
ROW_HEIGHT = 409.0  # points [spec]
COLUMN_WIDTH = 255.0  # characters [spec]

SHEET_NAME = 31  # [spec] [xw]
SHEET_NAME_FORBIDDEN = "[]:*?/\\"  # [spec] [xw]
SHEET_NAME_RESERVED = ("history",)  # Excel keeps this name for its change history

LIST_TEXT = 255  # choices joined by commas [oi] [xw]
PROMPT_TITLE = 32  # [oi] [xw]
PROMPT_TEXT = 255  # [oi] [xw]
ERROR_TITLE = 32  # [oi] [xw]
ERROR_TEXT = 224  # [oi]; XlsxWriter accepts 255, Excel then repairs the file
VALIDATION_FORMULA = 255  # the dialog's own limit; longer ones cannot be edited
EDITABLE_RANGE_TITLE = 255  # [oi]

FORMULA = 8_192  # [spec]
FORMULA_TEXT = 255  # one quoted text inside a formula [spec]
DEFINED_NAME = 255  # [spec]
HEADER_OR_FOOTER = 255  # [spec], codes included
PAGE_BREAKS = 1_023  # horizontal, a sheet; 1,026 [spec], but XlsxWriter leaves out what is beyond, without a word
NOTE_TEXT = 32_767  # [xw]
LINKS = 65_530  # a sheet [spec]
LINK_TIP = 255  # [xw]
LINK_TARGET = 255  # [oi] location of a hyperlink inside the workbook
PROPERTY_TEXT = 255  # name and value of a custom property [xw]


def utf16_units(text: str) -> int:
    """The length of a text as Excel counts it (𠮷 counts 2)."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
