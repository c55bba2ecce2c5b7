"""How much of a file is read before it is refused."""

from dataclasses import dataclass

EXCEL_ROWS = 1_048_576
EXCEL_COLUMNS = 16_384

_MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds on one file; of 2,375 real workbooks none reached the first four.

    Sizes are bytes as really inflated, not as the zip directory tells them.
    """

    file_bytes: int = 50 * _MIB
    entries: int = 2_000
    part_bytes: int = 100 * _MIB
    total_bytes: int = 200 * _MIB
    tags: int = 12_000_000  # "<" in the XML read: bounds the time, some seconds at most
    cells: int = 200_000  # cells with a value, all sheets together
    characters: int = 50_000_000  # in all cells: one long shared string may be used 200,000 times

    def __post_init__(self) -> None:
        if min(vars(self).values()) < 1:
            raise ValueError("a limit below 1 reads nothing")
