"""A finished workbook as a file: each part is made when its turn to be packed has come, so that one is held at once."""

import io
from collections.abc import Iterator
from typing import Any

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook

from dxkpi_xl.grid.shared_texts import SharedTexts, TextsPart

# What XlsxWriter takes a part as: its text or its bytes, its name in the file, whether it is bytes.
_Part = tuple[io.StringIO | io.BytesIO, str, bool]


class PackedWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter ships no types
    """XlsxWriter's workbook, packed part by part."""

    def __init__(self, file: io.BytesIO, options: dict[str, object]) -> None:
        super().__init__(file, options)
        self.str_table = SharedTexts()

    def _get_packager(self) -> Packager:
        return _PartByPart()

    def close(self) -> None:
        """Write the file, and let the sheets go: they know the workbook and it knows them, which keeps both."""
        super().close()
        self.worksheets_objs.clear()
        self.sheetnames.clear()


class _PartByPart(Packager):  # type: ignore[misc]  # XlsxWriter ships no types
    """Makes the parts of which a book of ours can consist, in XlsxWriter's order."""

    def _create_package(self) -> Iterator[_Part]:
        yield from self._made_by("content_types_file", "root_rels_file", "workbook_rels_file")
        for number, sheet in enumerate(self.workbook.worksheets(), start=1):
            yield self._as_bytes(f"xl/worksheets/sheet{number}.xml", sheet)
        yield from self._made_by("workbook_file", "chart_files", "drawing_files", "vml_files", "comment_files")
        if self.workbook.str_table.count:
            texts = TextsPart()
            texts.string_table = self.workbook.str_table
            yield self._as_bytes("xl/sharedStrings.xml", texts)
        yield from self._made_by("styles_file", "custom_file", "theme_file", "worksheet_rels_files")
        yield from self._made_by("drawing_rels_files", "core_file", "app_file")

    def _made_by(self, *writers: str) -> Iterator[_Part]:
        for name in writers:
            getattr(self, f"_write_{name}")()
            yield from self.filenames
            self.filenames.clear()

    def _as_bytes(self, name: str, part: Any) -> _Part:
        """Make a large part as the bytes that are packed, not as a text that would have to be encoded whole."""
        made = io.BytesIO()
        stream = io.TextIOWrapper(made, encoding="utf-8", newline="\n")
        part._set_filehandle(stream)
        part._assemble_xml_file()
        part._set_filehandle(None)
        stream.detach()
        return made, name, True
