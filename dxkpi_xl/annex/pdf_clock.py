"""Takes the clock out of a PDF, so that the same annex gives the same bytes."""

from __future__ import annotations

import hashlib
import re

_DATE = re.compile(rb"(/(?:CreationDate|ModDate)\s?\(D:)([0-9]{14})")
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-Fa-f]{32})(>\s*<)([0-9A-Fa-f]{32})(>)")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-Fa-f]{32})")
_CREATED = rb"\g<1>20000101000000"


def without_clock(pdf: bytes) -> bytes:
    """Give a PDF with a fixed time of creation and an identifier made from its content; no byte moves its place."""
    dated = _DATE.sub(_CREATED, pdf)
    digest = hashlib.sha256(_identified(dated, b"0" * 32)).hexdigest()[:32].upper()
    return _identified(dated, digest.encode("ascii"))


def _identified(pdf: bytes, digest: bytes) -> bytes:
    with_id = _ID.sub(rb"\g<1>" + digest + rb"\g<3>" + digest + rb"\g<5>", pdf)
    return _CHECKSUM.sub(rb"\g<1>" + digest, with_id)
