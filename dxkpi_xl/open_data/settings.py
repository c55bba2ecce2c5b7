"""What the office may choose of the open data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Licence:
    """Terms of use: the name by which catalogues know them, the title, the address of the text."""

    name: str
    title: str
    path: str

    def entry(self) -> dict[str, str]:
        """Give the entry of datapackage.json."""
        return {"name": self.name, "title": self.title, "path": self.path}


# The terms that the public data of Japanese administrations mostly have (公共データ利用規約 is compatible with them).
CC_BY_4 = Licence(
    name="CC-BY-4.0",
    title="クリエイティブ・コモンズ 表示 4.0 国際",
    path="https://creativecommons.org/licenses/by/4.0/deed.ja",
)


@dataclass(frozen=True, kw_only=True)
class OpenDataSettings:
    """``bom``: CSV files begin with a byte order mark, which Excel needs; ``licence``: stated only where decided."""

    bom: bool = True
    licence: Licence | None = None
